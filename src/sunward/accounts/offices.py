"""The offices of a district that take part, and how papers write their names. Codes are ours. No database."""

from dataclasses import dataclass
from functools import lru_cache

from sunward.accounts.areas import DISTRICT_CODE, fold


@dataclass(frozen=True, slots=True)
class Office:
    """`letters` follow the district's code in the code of the unit."""

    letters: str
    name: str
    other_names: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return f"{DISTRICT_CODE}{self.letters}"


OFFICES = (
    Office("WF", "区妇联", ("区妇女联合会", "妇联", "妇女联合会")),
    Office("CA", "区民政局", ("民政局",)),
    Office(
        "HR",
        "区人社局",
        ("区人力资源社会保障局", "区人力资源和社会保障局", "区人保局", "人社局", "人力资源社会保障局",
         "人力资源和社会保障局"),
    ),
    Office("ED", "区教育局", ("区教育行政部门", "教育局")),
)  # fmt: skip


@lru_cache(maxsize=512)
def find_office_in(text: str) -> Office | None:
    """The office that is named first."""
    written = fold(text)
    found = [
        (written.index(name), office)
        for office in OFFICES
        for name in (office.name, *office.other_names)
        if name in written
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None
