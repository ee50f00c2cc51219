"""Columns that plans of events share, with the many ways their headings are written."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.registers.normalise import readers
from sunward.registers.normalise.shapes import is_date
from sunward.registers.normalise.spans import told_year
from sunward.registers.normalise.text import ERROR_VALUES, squeeze
from sunward.registers.sheets import columns
from sunward.registers.sheets.codes import rejects, warns
from sunward.registers.sheets.declarations import Draft, Field, Value, listed
from sunward.registers.workbook.cells import Cell, text_of

FAMILY = "events"
ROLES = (Role.EMPLOYMENT_OFFICER,)
COUNT_NOT_STATED = "count_not_stated"
CODES = (
    rejects("event_empty", _("There is neither a name nor a day, so this is no event. Fill one in, or leave it out.")),
    rejects(
        "outside_your_unit",
        _("Another unit hosts this event, so its own officer takes it over. Leave the row out, or correct the host."),
    ),
    warns(
        "status_differs",
        _(
            "Sunward and this plan differ in whether it takes place."
            " Open the gathering and put right which one is wrong."
        ),
    ),
    warns("known_elsewhere", _("This event is in Sunward already, under another host.")),
    warns("event_date_vague", _("No exact day is given. The words are kept; set the day once it is known.")),
    warns("event_year_assumed", _("Neither the date nor a title names the year; the nearest one was taken.")),
    warns("event_cancelled", _("It is marked as cancelled or postponed, and counts as cancelled.")),
    warns(COUNT_NOT_STATED, _("The number of participants or of posts is not given.")),
)


def settled_later(cell: Cell, draft: Draft) -> Value:
    """Several columns are read together by a rule; here only an error is seen."""
    if text_of(cell).strip().upper() in ERROR_VALUES:
        draft.flag("formula_error")
    return None


def one_line(cell: Cell, draft: Draft) -> Value:
    text = readers.plain_text(cell, draft)
    return squeeze(text) if text else None


def name(*more: str) -> Field:
    return Field(
        "name",
        _("Name of the event"),
        (
            *more,
            *listed("活动名称、活动主题、名称、主题、活动、专场名称、场次名称、项目名称、活动标题、标题、event、title"),
        ),
        one_line,
        like=r"(?:活动|专场|场次|项目|招聘会|面试会|课程|招聘)(?:的)?(?:名称|主题|题目|标题)",
    )  # fmt: skip


CATEGORY = Field(
    "category",
    _("Kind of event"),
    listed("活动类型、活动类别、类型、类别、场次类型、项目类型、活动种类"),
    one_line,
)
MODE = Field(
    "mode",
    _("On site or online"),
    listed("形式、活动形式、举办形式、方式、举办方式、线上/线下、线上线下、线上或线下、开展形式、开展方式、组织形式、招聘形式"),
    one_line,
    like=r"(?:活动|举办|开展|组织|招聘|授课|培训)*(?:形式|方式).{0,8}|.*线上.{0,2}线下.*",
    is_signature=True,
)  # fmt: skip
SECTOR = Field(
    "sector",
    _("Industry"),
    listed("行业专场、行业、专场行业、行业类别、行业领域、面向行业、所属行业、专场类型、专场、行业类型、产业"),
    one_line,
    like=r"(?:所属|面向|涉及|主要|招聘)?(?:行业|产业).*",
    is_signature=True,
)
YEAR = Field(
    "year",
    _("Year"),
    listed("年份、年度、年"),
    settled_later,
    is_combined=True,
    tells=told_year,
)
DATE = Field(
    "date",
    _("Day"),
    listed(
        "日期、活动日期、举办日期、举行日期、开展日期、计划日期、拟定日期、举办日、开课日期、上课日期、授课日期、日期安排、"
        "起止日期、计划举办日期、活动日、date"
    ),
    settled_later,
    like=r"(?!.*(?:填|报|截止|统计|出生)).*日期.*",
    shape=is_date,
)
TIME = Field(
    "time",
    _("Time of the day"),
    listed(
        "时间、活动时间、举办时间、举行时间、具体时间、起止时间、时段、时间段、开始时间、场次时间、上课时间、授课时间、"
        "开课时间、时间安排、日期时间、日期/时间、计划时间、开展时间、time"
    ),
    settled_later,
    like=r"(?!.*(?:填|报|截止|统计|出生)).*(?:时间|时段).*",
)
MONTH = Field(
    "month",
    _("Month"),
    listed("月份、月、举办月份、开课月份、计划月份、所在月份、活动月份、month"),
    settled_later,
    like=r"(?:举办|开课|计划|活动|开展|安排)?月份.*",
)
SUBDISTRICT = columns.subdistrict("举办街道", "活动街道", "所在地街道")
PLACE = Field(
    "place",
    _("Place"),
    listed(
        "地点、活动地点、举办地点、场地、举办场地、活动场地、会场、活动场所、场所、地址、举办地址、活动地址、举办地、地点/平台、"
        "平台、直播平台、线上平台、上课地点、授课地点、开课地点、教室、具体地点、地点安排、venue、place"
    ),
    one_line,
    like=r"(?:活动|举办|举行|开展|授课|上课|招聘|具体|详细)*(?:地点|场地|地址|场所|会场|平台).*",
)
HOST = Field(
    "host",
    _("Host"),
    listed(
        "主办单位、主办、主办方、主办部门、举办单位、主承办单位、主办/承办、主办/承办单位、主办（承办）单位、承办单位、承办、"
        "承办方、组织单位、组织方、责任单位、牵头单位、负责单位、实施单位、host"
    ),
    one_line,
    like=r"(?:主办|举办|承办|组织|主承办)(?!.*(?:街|日|时|地|月|式)).{0,6}",
    is_signature=True,
)
_AMOUNT = readers.amount(COUNT_NOT_STATED)
EMPLOYERS = Field(
    "employers",
    _("Employers taking part"),
    listed(
        "参会企业数、参会单位数、企业数、单位数、参展企业数、招聘企业数、招聘单位数、用人单位数、参会企业、参会单位、参与企业数、"
        "参加企业数、企业、招聘单位、用人单位、参会企业数量、企业数量、企业家数、参与企业、参加企业"
    ),
    readers.amount(),
    like=r"(?:参会|参展|参与|参加|招聘|用人|邀请|组织|进场)*(?:企业|单位|用人单位)(?:数|数量|家数|总数|户数)(?:量)?.*",
    is_signature=True,
)
POSTS = Field(
    "posts",
    _("Posts offered"),
    listed(
        "提供岗位数、岗位数、提供岗位、岗位数量、招聘岗位数、招聘岗位、岗位、岗位总数、提供岗位数量、招聘岗位数量、推出岗位数、"
        "岗位个数、职位数、提供职位数"
    ),
    _AMOUNT,
    like=r"(?:提供|招聘|推出|发布|释放|需求)*(?:岗位|职位)(?:数|数量|个数|总数)(?:量)?.*",
    is_signature=True,
)


def participants(*more: str) -> Field:
    return Field(
        "participants",
        _("Participants"),
        (
            *more,
            *listed(
                "参加人数、参会人数、参与人数、到场人数、人数、到会人数、进场人数、入场人数、参加人次、参与人次、到场人次、"
                "服务人次、服务人数、参加人员数、观看人数、观看人次、求职者人数、求职人数、参会人次、实到人数、签到人数"
            ),
        ),
        _AMOUNT,
        like=r"(?:参加|参会|参与|到场|到会|进场|入场|观看|服务|求职|听课|上课|培训|参训|学员|实际|活动)+(?:者|群众|人员)?(?:总)?(?:人数|人次|数).*",
    )


STATUS = Field(
    "state",
    _("How it stands"),
    listed("状态、举办情况、活动状态、是否举办、是否取消、完成情况、进展情况、进展、执行情况、落实情况、开展情况"),
    one_line,
)
