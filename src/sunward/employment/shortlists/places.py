"""Where people live and posts are, in kilometres: the middle of the sub-district, for no address leaves a file."""

import csv
import math
from functools import lru_cache
from importlib.resources import files

_KM_PER_DEGREE = 111.32
_SUBDISTRICT = 9  # signs of a sub-district's code; a committee's goes on behind it
Km = tuple[float, float]
NOWHERE: Km = (math.nan, math.nan)


def place_km(code: str) -> Km:
    """East and north of the district's south-western corner; `NOWHERE` for a code that is not known."""
    return _points().get(code[:_SUBDISTRICT], NOWHERE)


@lru_cache(maxsize=1)
def _points() -> dict[str, Km]:
    with files("sunward.accounts").joinpath("data/subdistrict_points.csv").open(encoding="utf-8") as file:
        read = [(row["code"], float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)]
    west, south = min(lon for _code, lon, _lat in read), min(lat for _code, _lon, lat in read)
    narrower = math.cos(math.radians(south))
    return {code: ((lon - west) * narrower * _KM_PER_DEGREE, (lat - south) * _KM_PER_DEGREE) for code, lon, lat in read}
