"""The number that a line of work is measured by, where its words fix exactly one."""

import re
import unicodedata
from dataclasses import dataclass

from sunward.registers.sheets.declarations import listed

SEVERAL = "indicator_several"  # 20-30场, 建成2个、改造3处
UNIT_UNKNOWN = "indicator_unit"

_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》|\"[^\"]*\"")
_COUNTED = listed(
    "个百分点、平方公里、平方米、人次、家次、户次、件次、项次、亿元、万元、课时、学时、床位、公里、公顷、小时、"
    "%、‰、元、个、家、场、次、人、名、户、件、台、座、处、份、期、条、项、套、亩、天、所、间、批、幢、栋、门、部、篇、"
    "棵、株、吨、米、辆、班、节、对、队、组、种、类、张、宗、例、岗、床、位、站、支、轮、本"
)
_NUMBER = re.compile(
    r"(?<![\d.第A-Za-z])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>[万亿千百]?)余?"
    rf"(?P<unit>{'|'.join(map(re.escape, _COUNTED))})?"
)
# Days, versions and ordinals count nothing: 2023年, 2.0课程, 15分钟.
_NOT_COUNTED = re.compile(r"\s*(?:年|月|日|号|季度|分钟|点|时(?!长)|岁|版|课程|级|-\d+号|\.|/)")
_RANGE = re.compile(r"\d\s*[%个场次人]?\s*[-—–~～至到]\s*\d")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_AT_LEAST = re.compile(r"不少于|不低于|不小于|以上|至少|达到|超过(?<!不超过)|力争")
_AT_MOST = re.compile(r"不超过|不高于|不多于|以内|以下|至多|控制在")


@dataclass(frozen=True, slots=True)
class Target:
    """`number` is None where the words fix none, and where they fix several (then `code` says so)."""

    written: str = ""
    number: float | None = None
    unit: str = ""
    comparison: str = ""  # at_least, at_most, or the number itself
    code: str = ""


def read_target(text: str) -> Target:
    written = text.strip()
    bare = _QUOTED.sub("", "".join(unicodedata.normalize("NFKC", written).split()))
    if _RANGE.search(bare):
        return Target(written, code=SEVERAL)
    found = [match for match in _NUMBER.finditer(bare) if match["unit"] or not _NOT_COUNTED.match(bare, match.end())]
    counted = [match for match in found if match["unit"]]
    if len(counted) > 1:
        return Target(written, code=SEVERAL)
    if not counted:
        return Target(written, code=UNIT_UNKNOWN if found else "")
    match = counted[0]
    number = float(match["number"].replace(",", "")) * _SCALES[match["scale"]]
    comparison = "at_most" if _AT_MOST.search(bare) else "at_least" if _AT_LEAST.search(bare) else ""
    return Target(written, round(number, 6), match["unit"], comparison)
