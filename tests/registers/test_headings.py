"""Headings in words that no declaration lists are understood, and headings about somebody else are not."""

import pytest

from sunward.mentoring.sheets import SHEETS
from sunward.registers.sheets.declarations import SheetKind, listed
from sunward.registers.sheets.headings import HeadingIndex, fold_heading

KINDS = {kind.key: kind for kind in SHEETS}

MEANT = {
    "children": {
        "name": (
            "幼儿姓名、受助人姓名、青少年姓名、姓名(儿童)、名 字、儿童名字、姓名（全名）、被监护人姓名、学生、对象"
        ),
        "id_number": (
            "身份证号码/护照号、证件号码(身份证)、身份证件、公民身份号、身份证号(必填)、"
            "身份证号码（文本格式）、有效证件号、身份号、ID号、身份证号（18位）、身份证号码（15/18位）、"
            "证件号码（必填）"
        ),
        "birth_date": "出生日期(年月日)、出生年月(公历)、生年月、出生日期（如2010-01-01）、出生 年月",
        "subdistrict": (
            "所在街镇、街道名、所辖街道、街(镇)、街/镇、街道（镇）名称、所属街（镇）、居住地街道、"
            "所属街道办事处、街道(乡镇)、现居住街道、户籍所在街道"
        ),
        "neighbourhood": (
            "所在居（村）、居委会(村)、所在社区居委、社区居委会、所属居村、居(村)、村/居、居民区名称、"
            "社区（居委）、居（村）委会名称、所属居（村）委、居委(社区)、所属村居"
        ),
        "phone": (
            "联系电话（手机）、联系人手机、手机号码（监护人）、家长联系手机、监护人手机/电话、"
            "监护人（手机）、监护人电话号码、家属电话、联系方式（手机）、监护人联系电话（手机）"
        ),
        "guardianship": (
            "监护状况分类、监护情况(选填)、监护现状评估、目前监护状况、监护情况（现状）、监护状况（单选）、家庭监护现状"
        ),
        "guardian_name": (
            "目前监护人、现实际监护人、实际照护人、监护人名字、监护人（实际）、主要照料人、"
            "实际监护人（姓名）、监护人姓名（实际）、法定监护人/实际监护人、主要监护人姓名"
        ),
        "relation": (
            "与该儿童关系、和儿童关系、监护人与儿童的关系、关系（与儿童）、监护人与其关系、与孩子的关系、"
            "与被监护儿童关系"
        ),
        "hardship": (
            "困境类型（单选）、类型（困境）、困境儿童分类、主要困难、困难情况、保障类型、儿童困境类型、"
            "困境情况分类、困境类型/类别"
        ),
        "risk": (
            "风险等级（高/中/低）、评估风险等级、风险等级评定、关注等级、风险评定、风险等级（评估）、当前风险等级"
        ),
        "needs": (
            "需求（多选）、主要服务需求、需求项目、帮扶需求类型、关爱帮扶需求、需要什么帮助、"
            "希望得到的帮助、诉求、服务需求（可多选）、目前需求"
        ),
        "willing_to_pair": (
            "是否愿意与邻家妈妈结对、结对意愿（是/否）、愿意结对吗、是否需要邻家妈妈、是否参加结对、"
            "邻家妈妈结对意愿、是否愿意被结对、是否愿意结对（是/否）、结对意愿（愿意/不愿意）"
        ),
        "language": "语言（方言）、家庭语言、所用语言、惯用语言/方言、日常使用语言、语言、方言情况",
        "schooling": (
            "就学（就业）情况、在校状况、学籍状况、就学情况（年级）、目前就读、所在学校及年级、学校班级、"
            "就读学校/年级、就学学段、上学情况、就学现状、学校、年级"
        ),
        "remark": "备注栏、其他情况、备注1、其它说明、备注（其他）、补充、特殊情况说明",
        "address": (
            "家庭住址（详细）、居住详细地址、现家庭住址、常住地、实际居住地、居住地址（门牌）、现住地址、"
            "家庭现住址、家庭详细地址"
        ),
    },
    "mothers": {
        "name": "邻家妈妈（姓名）、志愿者名字、妈妈、志愿者姓名（全名）、队员",
        "phone": "手机号（本人）、本人手机号、联系手机号、手机号码（必填）、移动电话号码、联系方式（手机）",
        "occupation": (
            "职业或单位、工作单位（职业）、单位职业、从业情况、现工作单位、工作单位名称、单位名称、职业身份/单位"
        ),
        "skills": ("特长技能、个人专长、爱好、兴趣爱好、擅长、特长（可多选）、服务特长/技能、特长/技能、技能/特长"),
        "children_ages": "子女年龄（岁）、子女年龄段、家中孩子年龄、自家孩子年龄、孩子情况（年龄）",
        "times": (
            "可以服务时间、可提供服务的时间、能服务的时间、空闲时段、可陪伴时段、服务时间段、"
            "可服务时间（可多选）、方便服务时间、可支配时间"
        ),
        "honours": "荣誉（可多选）、个人荣誉称号、曾获得荣誉、获得的荣誉、荣誉/奖项、曾获奖项、先进荣誉",
        "vetted_on": (
            "从业查询（日期）、从业人员查询日期、准入查询时间、从业禁止查询时间、性侵违法犯罪查询日期、"
            "违法犯罪查询日期、背景核查日期、入职查询时间、最近一次从业查询日期、查询日期（从业）、"
            "从业资格查询日期"
        ),
        "vetting_result": (
            "从业查询（结果）、从业人员查询结果、准入查询情况、性侵违法犯罪查询结果、违法犯罪查询结果、"
            "背景核查结果、从业查询结论、查询结果（从业）、从业资格查询结果"
        ),
        "trained_on": (
            "培训日期（最近）、最近培训时间、上岗培训时间、岗前培训（日期）、参加培训的日期、受训时间、"
            "培训完成时间、培训结束日期"
        ),
        "vetting_certificate": "无犯罪记录证明（有/无）、是否开具无犯罪证明、无犯罪记录证明提供情况",
        "vetting_passed": ("是否通过从业查询、政审是否合格（是/否）"),
        "capacity": (
            "可结对人数（人）、可结对孩子数量、能结对人数、可接受结对人数、可结对儿童人数、愿意结对人数、能结对几人、"
            "最多可结对人数、可承担结对数、结对人数上限、结对容量"
        ),
        "joined_on": (
            "入队年月、加入志愿者时间、加入日期（年月）、加入队伍日期、参加志愿服务时间、"
            "成为邻家妈妈时间、加入项目日期、登记时间、注册志愿者时间"
        ),
    },
    "students": {
        "school": "学校（全称）、所在大学、就读大学、大学名称、学校/院系、高等院校、学校（校区）、在读大学",
        "major": "专业（方向）、所学专业名称、专业方向、就读专业名称、院系及专业、学院及专业",
        "student_no": "学号（完整）、学生学号/工号、校园学号、学生号、学号（10位）、学工号",
        "subjects": (
            "可以辅导的科目、能辅导科目、辅导科目（多选）、可辅导学科、擅长辅导科目、志愿辅导科目、可辅导课目、教授科目"
        ),
        "times": "可辅导时间段、可用时间段、可辅导的时间、空闲时间段、可安排时间、可服务时间（多选）",
        "grade": "年级（入学年）、所读年级、就读年级（级）、年级/届",
        "has_experience": (
            "是否有辅导经历、有无家教/辅导经验、辅导经验（有/无）、有没有辅导经验、曾否辅导、是否有过辅导经验、家教经历"
        ),
        "phone": "手机（微信同号）、学生联系电话、学生手机号、本人联系手机",
        "name": "学生姓名（中文）、志愿者名称、大学生志愿者姓名",
    },
}
NOT_MEANT = {
    "children": (
        "居委联系人、居委电话、居委会电话、社区联系电话、社工姓名、社工电话、学校电话、学校联系人、"
        "填报人、审核人、责任人、责任人电话、帮扶责任人、结对妈妈姓名、结对志愿者、志愿者姓名、"
        "志愿者电话、父亲姓名、母亲姓名、父亲身份证号、母亲联系电话、监护人身份证号、监护人身份证号码、"
        "监护人出生日期、监护人性别、监护人职业、监护人住址、监护人年龄、家庭年收入、家庭人口、低保证号、"
        "残疾证号、残疾类别、户籍地址、健康状况、籍贯、走访日期、走访人、建档日期、结案日期、结对日期、"
        "服务次数、负责人、入学日期、填表日期、街道负责人、街道联系人、儿童主任姓名、儿童主任电话、"
        "儿童督导员、班主任、班主任电话、父亲电话、母亲职业、父母情况、家庭成员、兄弟姐妹、救助金额、"
        "更新时间、联系人、紧急联系人、紧急联系电话、身高、体重、户口性质、政治面貌、婚姻状况、是否已结对、已结对妈妈"
    ),
    "mothers": (
        "紧急联系人、紧急联系人电话、配偶姓名、配偶电话、推荐单位、推荐人、结对儿童姓名、"
        "结对儿童身份证号、结对日期、服务时长、服务次数、填表日期、审核日期、所在支部、学历、民族、籍贯、"
        "健康状况、微信号、队长、联系人、居委电话、街道联系人、孩子姓名、孩子性别、孩子学校、介绍人、"
        "政治面貌、婚姻状况、从业查询有效日期、无犯罪记录证明有效期至、查询有效期、从业查询（有效期至）、下次查询日期、"
        "培训有效日期、证明编号、已结对人数、现结对儿童数、目前结对人数"
    ),
    "students": (
        "辅导员、辅导员电话、家长电话、紧急联系人、紧急联系电话、辅导对象、结对儿童、班级、宿舍、"
        "政治面貌、籍贯、民族、QQ号、微信号、邮箱、学历、填表日期、身份证有效期、负责人"
    ),
}


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind, fields in MEANT.items() for field in fields])
def test_other_words_for_a_heading_are_understood(kind: str, field: str) -> None:
    index = HeadingIndex(KINDS[kind])
    for heading in listed(MEANT[kind][field]):
        meaning = index.meaning([heading])
        assert (meaning.field.key if meaning and meaning.field else None) == field, heading


@pytest.mark.parametrize("kind", NOT_MEANT)
def test_a_heading_about_somebody_or_something_else_means_nothing(kind: str) -> None:
    index = HeadingIndex(KINDS[kind])
    for heading in listed(NOT_MEANT[kind]):
        meaning = index.meaning([heading])
        assert meaning is None or meaning.field is None, (heading, meaning.field)


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.key)
def test_every_declared_heading_means_its_field_and_no_two_fields_declare_the_same(kind: SheetKind) -> None:
    index = HeadingIndex(kind)
    owners: dict[str, set[str]] = {}
    for field in kind.fields:
        for heading in field.headings:
            owners.setdefault(fold_heading(heading), set()).add(field.key)
            meaning = index.meaning([heading])
            assert meaning is not None
            assert meaning.field is field, heading
            assert not meaning.is_guess
    assert {heading: keys for heading, keys in owners.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(
    "decoration", ["* {}", "1.{}", "{}（必填）", "{}：", " {} \n", "（1）{}", "★{}", "{}*", "二、{}"]
)
def test_marks_numbers_and_spaces_around_a_heading_say_nothing(decoration: str) -> None:
    meaning = HeadingIndex(KINDS["children"]).meaning([decoration.format("风险等级")])
    assert meaning is not None
    assert meaning.field is not None
    assert meaning.field.key == "risk"


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (("监护情况", "电话"), "phone"),
        (("监护人信息", "姓名"), "guardian_name"),
        (("家长", "与儿童关系"), "relation"),
        (("监护情况", "状况"), "guardianship"),
        (("儿童基本信息", "姓名"), "name"),
        (("二、监护", "监护人信息", "联系电话"), "phone"),
        (("结对", "是否愿意结对"), "willing_to_pair"),
        (("帮扶情况", "需求"), "needs"),
        (("监护人信息", "身份证号"), None),
        (("监护人信息", "性别"), None),
        (("父亲", "姓名"), None),
        (("填报人", "联系地址"), None),
    ],
)
def test_what_stands_below_a_group_belongs_to_whom_the_group_names(parts: tuple[str, ...], field: str | None) -> None:
    meaning = HeadingIndex(KINDS["children"]).meaning(parts)
    assert (meaning.field.key if meaning and meaning.field else None) == field


def test_columns_that_must_not_be_collected_are_known_as_such() -> None:
    for heading in ("婚育状况", "政治面貌", "婚姻状况", "宗教信仰", "民族", "政 治 面 貌"):
        meaning = HeadingIndex(KINDS["children"]).meaning([heading])
        assert meaning is not None
        assert meaning.field is None


def test_what_a_person_corrected_goes_before_what_is_declared() -> None:
    index = HeadingIndex(KINDS["children"], {"备注": "needs", "怎么称呼": "name", "需求": None})
    told = {heading: index.meaning([heading]) for heading in ("备注", "怎么称呼", "需求")}
    assert {heading: meaning.field.key if meaning and meaning.field else None for heading, meaning in told.items()} == {
        "备注": "needs",
        "怎么称呼": "name",
        "需求": None,
    }
