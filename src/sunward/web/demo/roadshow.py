"""A roadshow as it was asked for in the autumn of 2022: seven sub-districts, four months, thirty sessions.

The occupations are of the kind that the rosters name; speakers and their free days are made up.
"""

from sunward.gatherings.enums import HalfDay
from sunward.gatherings.roadshow.shapes import HALVES, Request, Speaker, Times, Venue

MORNING, AFTERNOON = HalfDay.MORNING, HalfDay.AFTERNOON
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)

TITLE = "2022年“小课式2.0”"
MONTHS = ("2022-09", "2022-10", "2022-11", "2022-12")
SESSIONS = 30
OCCUPATIONS = ("养老护理员", "保育员", "物业管理员", "叉车司机", "收银员", "新媒体运营", "家政服务员", "咖啡师")
# Code and name, as in the tree of units.
SUBDISTRICTS = {
    "310110001": "定海路街道",
    "310110006": "平凉路街道",
    "310110008": "江浦路街道",
    "310110009": "四平路街道",
    "310110012": "控江路街道",
    "310110013": "长白新村街道",
    "310110015": "延吉新村街道",
}


def free(*weekdays: int, halves: tuple[HalfDay, ...] = HALVES) -> Times:
    return Times(frozenset((weekday, half) for weekday in weekdays for half in halves))


SPEAKERS = (
    Speaker("何老师", frozenset({"养老护理员"}), free(TUESDAY, THURSDAY, halves=(AFTERNOON,)), 3),
    Speaker("曾老师", frozenset({"保育员"}), free(MONDAY, WEDNESDAY, FRIDAY, halves=(MORNING,)), 3),
    Speaker("龚老师", frozenset({"物业管理员", "叉车司机"}), free(TUESDAY, WEDNESDAY), 4),
    Speaker("梁老师", frozenset({"收银员", "新媒体运营"}), free(THURSDAY, FRIDAY), 4),
    Speaker("孟老师", frozenset({"新媒体运营"}), free(*range(5), halves=(AFTERNOON,)), 2),
    Speaker("龙老师", frozenset({"家政服务员", "养老护理员"}), free(MONDAY, FRIDAY), 3),
    Speaker("汤老师", frozenset({"咖啡师"}), free(WEDNESDAY), 4),
    Speaker("上官老师", frozenset({"保育员", "物业管理员", "叉车司机"}), free(TUESDAY, FRIDAY, halves=(MORNING,)), 2),
)
_HALL, _HOUSE = "社区事务受理服务中心", "睦邻中心"
_FREE = {
    "310110001": (free(TUESDAY, FRIDAY, halves=(MORNING,)), free(WEDNESDAY, THURSDAY, FRIDAY)),
    "310110006": (free(MONDAY, FRIDAY, halves=(MORNING,)), free(TUESDAY, WEDNESDAY, halves=(AFTERNOON,))),
    "310110008": (free(WEDNESDAY, halves=(MORNING,)), free(TUESDAY, FRIDAY)),
    "310110009": (free(MONDAY, THURSDAY, FRIDAY, halves=(MORNING,)), free(WEDNESDAY, halves=(AFTERNOON,))),
    "310110012": (free(WEDNESDAY, THURSDAY, halves=(AFTERNOON,)), free(MONDAY)),
    "310110013": (free(MONDAY, THURSDAY, halves=(AFTERNOON,)), free(TUESDAY, WEDNESDAY)),
    "310110015": (free(TUESDAY, THURSDAY, halves=(AFTERNOON,)), free(FRIDAY, halves=(MORNING,))),
}
VENUES = tuple(
    Venue(f"{SUBDISTRICTS[code]}{place}", code, times)
    for code, both in _FREE.items()
    for place, times in zip((_HALL, _HOUSE), both, strict=True)
)


def ask() -> Request:
    return Request(tuple(SUBDISTRICTS), MONTHS, SESSIONS, OCCUPATIONS, SPEAKERS, VENUES)
