"""Plans of courses in the sub-districts (小课式): a month, a course, the post it is about, and who speaks."""

from django.utils.translation import gettext_lazy as _

from sunward.employment.sheets import columns as own
from sunward.employment.sheets import events
from sunward.employment.sheets.when import require_month, settle_counts, settle_when
from sunward.employment.sheets.where import settle_mode, settle_where
from sunward.registers.normalise import readers
from sunward.registers.sheets import columns
from sunward.registers.sheets.declarations import Field, SheetKind, listed

COURSES = SheetKind(
    key=events.COURSE,
    label=_("Courses"),
    titles=listed("小课、课程安排、课程表、课程计划、公开课、讲座、就业课堂、微课、课程、培训课"),
    fields=(
        columns.SEQUENCE,
        Field(
            "name",
            _("Course"),
            listed(
                "课程、课程名称、课程主题、课程内容、授课内容、小课名称、小课主题、小课、主题、讲座主题、题目、授课主题、培训主题、"
                "培训内容、课题、活动名称、活动主题、名称、内容、course"
            ),
            own.one_line,
            like=r"(?:小课|课程|授课|讲座|培训|活动|微课)(?:的)?(?:名称|主题|题目|标题|内容).*",
            is_signature=True,
        ),
        own.CATEGORY,
        own.MODE,
        own.YEAR,
        own.DATE,
        own.TIME,
        own.MONTH,
        own.SUBDISTRICT,
        own.PLACE,
        own.HOST,
        Field(
            "post",
            _("Occupation"),
            listed(
                "岗位、对应岗位、职业、工种、岗位名称、体验岗位、面向岗位、讲解岗位、课程岗位、岗位(工种)、岗位/工种、职业(工种)、"
                "涉及岗位、介绍岗位、推介岗位、岗位方向、职业方向、occupation"
            ),
            own.one_line,
            like=r"(?:对应|面向|讲解|体验|涉及|介绍|推介|课程)?(?:岗位|职业|工种)(?:名称|方向|\(?工种\)?|类别)?",
            is_signature=True,
        ),
        own.participants("听课人数", "学员人数", "参课人数", "上课人数", "培训人数"),
        Field(
            "speaker",
            _("Speaker"),
            listed(
                "讲师、主讲人、主讲、授课老师、授课人、讲课老师、老师、主讲老师、导师、嘉宾、主讲嘉宾、授课教师、任课老师、讲课人、"
                "授课讲师、讲师姓名、主讲人姓名、speaker"
            ),
            readers.other_name,
            like=r"(?:主讲|授课|讲课|任课|特邀|分享)(?:人|老师|教师|讲师|嘉宾|专家)?(?:姓名)?",
            is_signature=True,
        ),
        own.STATUS,
        columns.REMARK,
    ),
    rules=(
        settle_when,
        require_month,
        settle_mode,
        settle_where,
        settle_counts,
        events.settle_status,
        events.settle_kind(events.COURSE, title="小课"),
        events.settle_identity,
    ),
    identities=events.IDENTITIES,
    codes=own.CODES,
    any_of=("date", "time", "month"),
    roles=own.ROLES,
    family=own.FAMILY,
    ledger="gatherings:gatherings",
    is_about_persons=False,
    compared="status",
    lengths=("remark",),
)
