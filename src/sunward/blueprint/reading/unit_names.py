"""Units as papers write them: which one is meant, which words mean several, and which name nobody knows."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sunward.accounts.areas import fold, short_names, subdistricts
from sunward.accounts.offices import OFFICES, OTHER_OFFICES

_MARK = re.compile(r"[(\[【](?:牵头|主办|主责|负责|责任|配合|协办)[^)\]】]*[)\]】]")
_BRACKETED = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_ABOVE = re.compile(r"^(?:中共)?(?:上海市)?杨浦区?(?=.{2,})")
_AROUND = re.compile(
    r"^(?:由|责任单位[:：]|牵头单位[:：])|(?:等|等单位|等部门)?(?:按照?职责分工)?(?:负责|牵头|配合)?[。.]?$"
)
_SEPARATOR = re.compile(r"[、,;/|\n\r\t]+|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_CONJUNCTION = re.compile(r"以及|会同|[和及与]")
_SEVERAL = re.compile(
    r"(?:全?[区市])?(?:各|有关|相关|其他|其它|所有|全体|\d+个|十[一二三四五]?个)[\u4e00-\u9fff()]*?"
    r"(?:街道|街镇|镇|部门|单位|委办局?|委局|局办|专班|居委会?|居民区|园区|高校|院校|企业|机构|小组)(?:办事处|党工委)?$"
)
_ALL_SUBDISTRICTS = re.compile(
    r"(?:全区)?(?:各|所有|全体|全部)?(?P<count>\d+个|十[一二三四五]?个)?(?:街道|街镇|街道\(镇\))(?:办事处|党工委)?"
)
# What a bracket at the end of a decision holds if it holds units, known or not.
_LIKE_A_UNIT = re.compile(r"(?:区|市|团)?[\u4e00-\u9fff]{1,12}(?:局|委|办|院|会|部|中心|街道|镇|公司|集团|馆|署|分局)$")
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """One item of a list of units. `unit` is its official name, empty where nobody knows it or where several are meant.

    `expands_to`: whom a word for several stands for, for a person to confirm; empty where only a person can say.
    """

    written: str
    unit: str = ""
    is_collective: bool = False
    expands_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitNames:
    """`by_name`: every way to write a unit, folded, with its official name."""

    by_name: Mapping[str, str]
    subdistricts: tuple[str, ...]

    def find(self, written: str) -> str:
        """The official name; empty if nobody is called so."""
        bare = fold(_MARK.sub("", unicodedata.normalize("NFKC", written)))
        for spelling in (bare, _BRACKETED.sub("", bare)):
            for inner in (spelling, _ABOVE.sub("区", spelling), _ABOVE.sub("", spelling)):
                if inner in self.by_name:
                    return self.by_name[inner]
        return ""

    def find_leading(self, text: str) -> tuple[str, str]:
        """The unit a text begins with, by its longest name, and the rest of the text; two empty strings if none."""
        bare = fold(text)
        name = max((name for name in self.by_name if bare.startswith(name)), key=len, default="")
        return (self.by_name[name], bare[len(name) :]) if name else ("", "")

    def read_list(self, text: str) -> tuple[NamedUnit, ...]:
        """The items of a list, in the order written, each once."""
        written = _MARK.sub("", unicodedata.normalize("NFKC", text))
        pieces = (_AROUND.sub("", piece.strip()).strip(" .。:") for piece in _SEPARATOR.split(written))
        found: dict[str, NamedUnit] = {}
        for piece in pieces:
            for item in self._read_item(piece) if piece else ():
                found.setdefault(item.unit or item.written, item)
        return tuple(found.values())

    def _read_item(self, written: str) -> tuple[NamedUnit, ...]:
        if unit := self.find(written):
            return (NamedUnit(written, unit),)
        if _SEVERAL.fullmatch(written):
            return (NamedUnit(written, is_collective=True, expands_to=self._expand(written)),)
        parts = [part for part in _CONJUNCTION.split(written) if part]
        if len(parts) > 1 and all(self.find(part) or _SEVERAL.fullmatch(part) for part in parts):
            return tuple(item for part in parts for item in self._read_item(part))
        return (NamedUnit(written),)

    def _expand(self, written: str) -> tuple[str, ...]:
        """All sub-districts, unless a number says that there are more or fewer of them."""
        match = _ALL_SUBDISTRICTS.fullmatch(written)
        if match is None:
            return ()
        counts = (None, f"{len(self.subdistricts)}个", f"{_in_words(len(self.subdistricts))}个")
        return self.subdistricts if match["count"] in counts else ()

    def looks_like_a_list(self, text: str) -> bool:
        """Whether a bracket holds units, and not a remark such as （试行）."""
        items = self.read_list(text)
        if not items or any(len(item.written) > _LONGEST for item in items):
            return False
        return all(item.unit or item.is_collective or _LIKE_A_UNIT.fullmatch(item.written) for item in items)


def _in_words(number: int) -> str:
    digits = "零一二三四五六七八九"
    return digits[number] if number < 10 else f"十{digits[number - 10] if number > 10 else ''}"


@lru_cache(maxsize=1)
def district_names() -> UnitNames:
    """The names of our own district: its offices and its sub-districts."""
    names: dict[str, str] = {}
    for office in (*OFFICES, *OTHER_OFFICES):
        names.update(dict.fromkeys((fold(name) for name in (office.name, *office.other_names)), office.name))
    for area in subdistricts():
        written = (area.name, *short_names(area.name), f"{area.name}办事处", f"{area.name}党工委")
        names.update(dict.fromkeys((fold(name) for name in written), area.name))
    return UnitNames(names, tuple(area.name for area in subdistricts()))
