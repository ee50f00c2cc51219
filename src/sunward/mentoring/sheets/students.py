"""The list of student volunteers who tutor online."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.registers.normalise import persons, readers, shapes
from sunward.registers.normalise.schools import is_school, read_school
from sunward.registers.sheets import columns
from sunward.registers.sheets.codes import warns
from sunward.registers.sheets.declarations import Field, Identity, SheetKind, listed

STUDENTS = SheetKind(
    key="students",
    label=_("Student volunteers"),
    roles=(Role.DISTRICT_OFFICER, Role.SUPERVISOR),
    ledger="mentoring:mentors",
    titles=listed("云上牵手、大学生、学生志愿者、高校志愿者、助学志愿者、大学生志愿者、线上辅导、线上助学"),
    fields=(
        columns.SEQUENCE,
        Field(
            "name",
            _("Name"),
            listed("姓名、学生姓名、志愿者姓名、名字、大学生姓名、志愿者、人员姓名、本人姓名、成员姓名、name"),
            readers.name,
            like=r"(?:大学生|学生|高校)?(?:志愿者|学生|大学生|成员|队员)?(?:的)?(?:姓名|名字|名称).*",
            is_required=True,
            shape=shapes.is_name,
        ),
        columns.SEX,
        columns.DOCUMENT,
        columns.BIRTH,
        columns.AGE,
        Field(
            "phone",
            _("Mobile"),
            (*columns.PHONE_HEADINGS, *listed("学生电话、志愿者电话、学生手机、志愿者手机")),
            readers.phone,
            like=r"(?:大学生|学生|志愿者)?(?:" + columns.PHONE_LIKE + ")",
            shape=shapes.is_phone,
        ),
        Field(
            "school",
            _("University or college"),
            listed(
                "学校、院校、高校、大学、所在学校、学校名称、所在高校、就读学校、就读院校、院校名称、"
                "高校名称、毕业院校、所属学校、所属高校、所在院校、就读高校、在读学校、在读高校、学校(院校)、"
                "在读院校、学校全称、school、university、college"
            ),
            readers.school,
            like=r"(?:所在|就读|在读|所属|高等|毕业)*(?:学校|大学|院校|高校)(?:名称|全称|/.*)?",
            fills_down=True,
            shape=is_school,
            tells=lambda text: read_school(text) if is_school(text) else None,
        ),
        Field(
            "major",
            _("Major"),
            listed(
                "专业、所学专业、就读专业、专业名称、院系专业、专业/院系、院系/专业、学院专业、院系、学院、"
                "所在院系、学院/专业、学科专业、所读专业、在读专业、major"
            ),
            readers.plain_text,
            like=r"(?:所学|就读|在读|所在|学科)*(?:专业|院系|学院|系别).*",
        ),
        Field(
            "student_no",
            _("Student number"),
            listed(
                "学号、学生证号、学籍号、学生编号、学生学号、学生证号码、学生证编号、学号/工号、本人学号、"
                "校园卡号、student no、student id、student number"
            ),
            readers.exact_digits("student_no_lost"),
            like=r".*(?:学号|学工号|学生证|学籍号|学生号).*",
            is_signature=True,
            shape=shapes.is_student_number,
        ),
        Field(
            "subjects",
            _("Subjects"),
            listed(
                "可辅导科目、辅导科目、科目、擅长科目、辅导学科、可辅导学科、可教科目、辅导课程、可辅导课程、"
                "擅长学科、学科、授课科目、教学科目、辅导内容、意向科目、可辅导内容、可教学科、拟辅导科目、"
                "辅导方向、可授课科目、课程、可提供辅导科目、意向辅导科目、subjects"
            ),
            readers.items,
            like=r".*(?:科目|学科|课目|课程).*",
            blank=[],
            is_signature=True,
        ),
        Field(
            "times",
            _("Times for tutoring"),
            listed(
                "可用时段、可辅导时段、可辅导时间、可服务时段、可服务时间、空闲时间、服务时间、可用时间、"
                "辅导时间、辅导时段、空闲时段、时间段、可授课时间、服务时段、方便时间、空余时间、时间安排、"
                "可参与时间、可上课时间、上课时段"
            ),
            readers.items,
            like=r".*(?:辅导|服务|空闲|可用|安排|上课|授课|方便|空余).*(?:时间|时段).*",
            blank=[],
            is_signature=True,
        ),
        Field(
            "grade",
            _("Year of study"),
            listed(
                "年级、所在年级、就读年级、入学年份、级别、年级/班级、学历层次、年级(级)、届别、在读年级、"
                "入学年级、grade"
            ),
            readers.plain_text,
            like=r"(?:所在|就读|在读|所读|入学)*(?:年级|届别|入学年).*",
        ),
        Field(
            "has_experience",
            _("Has tutored before"),
            listed(
                "有无辅导经验、辅导经验、是否有辅导经验、有无家教经验、家教经验、有无经验、是否有经验、"
                "教学经验、有无教学经验、是否有家教经验、支教经验、有无支教经验、经验、辅导经历、"
                "是否有教学经验"
            ),
            readers.yes_no,
            like=r".*(?:经验|经历).*|曾否.*|是否.*(?:辅导过|教过).*",
            is_signature=True,
        ),
        columns.REMARK,
    ),
    rules=(persons.require_name, persons.settle_voluntary_document),
    any_of=("student_no", "phone", "school"),
    identities=(
        Identity("student_no", ("school", "student_no")),
        Identity("name_phone", ("name", "phone"), unless="student_no"),
    ),
    codes=(warns("student_no_lost", _("The student number has lost its last digits; it was left empty.")),),
    others_groups=("紧急联系", "家长", "辅导员", "辅导对象", "结对", "联系人", "学生家长"),
    lengths=("remark",),
)
