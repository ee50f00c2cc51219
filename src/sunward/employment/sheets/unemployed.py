"""The survey of people without work (失业人员排摸表): what a sub-district delivers, and what a call said afterwards."""

import re
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.employment.sheets.education import read_education
from sunward.employment.sheets.situations import is_intention
from sunward.employment.vacancies.salaries import SalaryFlag, read_salary
from sunward.registers.normalise import readers, shapes
from sunward.registers.normalise.answers import read_yes_no
from sunward.registers.normalise.dates import PartialDate
from sunward.registers.normalise.text import UNKNOWN_WORDS, clean_text
from sunward.registers.sheets import columns
from sunward.registers.sheets.codes import warns
from sunward.registers.sheets.declarations import Draft, Field, SheetKind, Value, listed
from sunward.registers.workbook.cells import Cell, text_of

YOUNGEST, OLDEST = 16, 60

# Whom a heading names in front of what it asks for.
_OWN = (
    r"(?:失业|无业|待业|未就业|求职|登记失业|长期失业|服务|援助|帮扶|排摸|摸排|调查|被调查)?"
    r"(?:人员|者|人|青年|对象|劳动者|本人)?(?:的)?"
)
_AFTER = r"(?:调查|核实|回访|走访|摸底|核查|电访|联系)(?:之)?后(?:的)?"
_AFTER_GROUPS = listed("调查后、核实后、回访后、走访后、摸底后、核查后、电访后、联系后")
_NOT_AFTER = rf"(?!.*{_AFTER})"
_DISABLED = re.compile(r"级|残|肢体|视力|听力|言语|智力|精神|多重|^有|^持")
_NOT_DISABLED = re.compile(r"^(?:非|未|无|没有?|不是|否|健全|正常)")


def _education(cell: Cell, draft: Draft) -> Value:
    """The level, with the words as delivered beside it."""
    written = readers.plain_text(cell, draft)
    draft.values["education_written"] = written
    return read_education(written) if written else None


def _salary(cell: Cell, draft: Draft) -> Value:
    """Yuan a month at both ends, with the words as delivered; that nothing is wished needs no warning."""
    written = readers.plain_text(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else cell, draft)
    wished = _read_pay(written or "")
    draft.values |= {"salary_min": wished.month_min, "salary_max": wished.month_max}
    for flag in wished.flags:
        if flag is not SalaryFlag.NOT_STATED:
            draft.flag(flag.value)
    return written


def _disabled(cell: Cell, draft: Draft) -> Value:
    """Yes or no. Of what kind and how far is nobody's matter here, and is not kept."""
    return cell if isinstance(cell, bool) else _read_disabled(text_of(cell))


def _split(cell: Cell, draft: Draft) -> Value:
    return cell if isinstance(cell, bool) else _read_split(text_of(cell))


# Most columns hold few different things.
_read_pay = lru_cache(maxsize=4096)(read_salary)


@lru_cache(maxsize=512)
def _read_disabled(text: str) -> bool | None:
    answer, written = read_yes_no(text), "".join(clean_text(text).split())
    if answer is not None or written in UNKNOWN_WORDS:
        return answer
    return False if _NOT_DISABLED.match(written) else True if _DISABLED.search(written) else None


@lru_cache(maxsize=512)
def _read_split(text: str) -> bool | None:
    """人户分离 written into its own column says yes, as 是 does."""
    written = "".join(clean_text(text).split())
    if written in ("人户分离", "分离"):
        return True
    return False if written in ("人户一致", "一致", "不分离", "非人户分离") else read_yes_no(text)


def _settle_wishes(draft: Draft) -> None:
    """求职意向 heads wished posts on most forms; where what is written is an intention (找工作), it is taken as one."""
    wished = draft.values.get("wished_posts")
    if not isinstance(wished, list) or draft.values.get("intention") or "intention" in draft.cells:
        return
    if len(wished) == 1 and is_intention(wished[0]):
        draft.values |= {"intention": wished[0], "wished_posts": []}


def _judge_age(draft: Draft) -> None:
    born = draft.values.get("birth_date")
    if isinstance(born, str) and not _is_of_working_age(born, draft.on):
        draft.flag("age_outside_working_age")


@lru_cache(maxsize=16384)
def _is_of_working_age(born: str, on: date) -> bool:
    """Where the day of birth is not known, only what is certain counts."""
    known = PartialDate.from_iso(born)
    oldest, youngest = (
        on.year - day.year - ((on.month, on.day) < (day.month, day.day)) for day in (known.first, known.last)
    )
    return oldest >= YOUNGEST and youngest <= OLDEST


def _judge_days(draft: Draft) -> None:
    """Nobody registers as unemployed before the work is gone."""
    registered, since = draft.values.get("registered_on"), draft.values.get("unemployed_since")
    if not isinstance(registered, str) or not isinstance(since, str):
        return
    if PartialDate.from_iso(since).first > PartialDate.from_iso(registered).last:
        draft.flag("unemployed_after_registered")


UNEMPLOYED = SheetKind(
    key="unemployed",
    label=_("People without work"),
    titles=listed(
        "失业人员、失业登记、登记失业、无业人员、待业人员、未就业人员、求职人员、求职者、失业青年、失业排摸、就业困难人员、就业援助、劳动力资源、"
        "就业状况调查、就业排摸"
    ),
    roles=(Role.EMPLOYMENT_OFFICER,),
    fields=(
        columns.SEQUENCE,
        Field(
            "name",
            _("Name"),
            listed(
                "姓名、名字、人员姓名、失业人员姓名、求职者姓名、求职人员姓名、登记人姓名、登记人员姓名、无业人员姓名、对象姓名、服务对象姓名、"
                "失业人员、求职者、本人姓名、劳动者姓名、被调查人姓名、name"
            ),
            readers.name,
            like=_OWN + r"(?:姓名|名字|名称).{0,2}",
            is_required=True,
            shape=shapes.is_name,
        ),
        Field(
            "id_number",
            _("Document number"),
            (*columns.ID_HEADINGS, *listed("失业人员身份证号、求职者身份证号、求职人员身份证号")),
            readers.document_number,
            like=_OWN + r"(?:" + columns.ID_LIKE + r"|身份证|身份证件)",
            shape=shapes.is_id,
        ),
        columns.SEX,
        columns.BIRTH,
        columns.AGE,
        columns.PLACE,
        columns.subdistrict(),
        columns.neighbourhood(),
        Field(
            "phone",
            _("Mobile"),
            (*columns.PHONE_HEADINGS, *listed("失业人员电话、求职者电话、求职者联系电话、求职者手机")),
            readers.phone,
            like=_OWN + r"(?:" + columns.PHONE_LIKE + r")",
            shape=shapes.is_phone,
        ),
        Field(
            "address",
            _("Address"),
            listed(
                "现住址、居住地址、住址、地址、现居住地址、家庭住址、家庭地址、详细地址、联系地址、现居住地、居住地、实际居住地址、"
                "实际居住地、常住地址、居住详址、现住详址、现住地址、address"
            ),
            readers.plain_text,
            like=r"(?:家庭|现|目前|居住|常住|实际|详细|联系)*(?:住址|地址|住所|居住地|常住地|详址).*",
        ),
        Field(
            "situation_after",
            _("Situation after the call"),
            listed(
                "调查后的目前状况、调查后目前状况、调查后就业状态、核实后就业状态、核实后状态、回访后就业状态、走访后就业状态、调查后状况"
            ),
            readers.plain_text,
            like=_AFTER + r"(?:目前|当前|就业|实际|人员)*(?:状况|状态|情况|现状)",
            groups=_AFTER_GROUPS,
            bare_headings=listed("目前状况、当前状况、就业状态、就业状况、状况、状态、目前状态、现状"),
            is_combined=True,
        ),
        Field(
            "intention_after",
            _("Intention after the call"),
            listed(
                "调查后的当前意向、调查后当前意向、调查后就业意向、核实后就业意向、回访后就业意向、走访后就业意向、调查后意向"
            ),
            readers.plain_text,
            like=_AFTER + r"(?:目前|当前|就业|求职)*(?:意向|意愿|打算)",
            groups=_AFTER_GROUPS,
            bare_headings=listed("当前意向、就业意向、意向、目前意向、就业意愿、意愿"),
            is_combined=True,
        ),
        Field(
            "surveyed_on",
            _("Day of the call"),
            listed("调查日期、回访日期、核实日期、电访日期、调查时间、回访时间、核实时间、联系日期"),
            readers.past_date,
            is_combined=True,
            shape=shapes.is_date,
        ),
        Field(
            "situation",
            _("Situation"),
            listed(
                "就业状态、就业状况、目前状况、目前状态、当前状况、当前状态、就业失业状态、就业失业状况、就业/失业状态、目前就业状态、"
                "目前就业状况、当前就业状态、当前就业状况、人员状态、人员状况、就业情况、目前情况、现状、就业现状、目前就业情况、失业状态、"
                "现就业状态、就业类别、从业状况、从业状态、status"
            ),
            readers.plain_text,
            like=_NOT_AFTER + _OWN + r"(?:目前|当前|现|现在|实际|就业|失业|从业|/|及)+(?:的)?(?:状况|状态|情况|现状).*",
            is_signature=True,
        ),
        Field(
            "intention",
            _("Intention"),
            listed(
                "就业意向、当前意向、就业意愿、目前意向、意向、求职意愿、就业打算、下一步打算、当前就业意向、目前就业意向、当前意愿、意愿、"
                "求职就业意愿、就业愿望、今后打算、个人意向、本人意向、intention"
            ),
            readers.plain_text,
            like=_NOT_AFTER
            + _OWN
            + r"(?:目前|当前|现|就业|创业|求职|/|个人|本人)*(?:意愿|打算|愿望)"
            + r"|(?:目前|当前|就业|就业创业|创业)(?:的)?意向",
            is_signature=True,
        ),
        Field(
            "wished_posts",
            _("Wished posts"),
            listed(
                "期望岗位、求职岗位、意向岗位、求职意向、期望职位、意向职位、期望工种、求职工种、意向工种、期望职业、意向职业、求职职位、岗位意向、"
                "职业意向、工种意向、择业意向、目标岗位、应聘岗位、期望从事岗位、希望从事岗位、期望从事职业、希望从事的工作、期望从事的工作、"
                "希望从事工种、想从事的工作、求职期望、就业岗位意向、就业意向岗位、wished post"
            ),
            readers.items,
            like=_OWN + r"(?:(?:期望|希望|意向|求职|应聘|择业|想|愿意|目标|就业)+(?:从事)?(?:的)?"
            r"(?:岗位|职位|工种|职业|行业|工作)(?!.*(?:薪|地点|区域|时间|性质)).{0,4}"
            r"|(?:岗位|职位|工种|职业)(?:意向|需求|期望))",
            blank=[],
            is_signature=True,
        ),
        Field(
            "salary_written",
            _("Wished pay"),
            listed(
                "期望薪资、期望月薪、期望薪酬、期望工资、薪资要求、期望待遇、期望收入、意向薪资、薪酬要求、工资要求、要求薪资、期望月收入、"
                "薪资期望、求职薪资、意向月薪、希望薪资、希望月薪、最低薪资要求、薪酬期望、薪资待遇要求、月薪要求"
            ),
            _salary,
            like=r"(?:最低|个人|本人)?(?:期望|意向|希望|求职|要求|理想|可接受)+(?:的)?(?:最低)?(?:月|年)?(?:薪资|薪酬|薪|工资|待遇|收入|报酬)(?:待遇|水平|范围)?.*"
            r"|(?:月|年)?(?:薪资|薪酬|薪|工资|待遇|收入)(?:待遇|水平)?(?:要求|期望|意向).*",
            is_signature=True,
        ),
        Field(
            "skills",
            _("Skills and certificates"),
            listed(
                "技能、技能证书、职业技能、特长、技能特长、专业技能、持证情况、证书、职业资格证书、资格证书、技能等级、掌握技能、技术特长、个人特长、"
                "专长、技能水平、职业资格、特长技能、技能情况、技术等级、技能/证书、skills"
            ),
            readers.items,
            like=r"(?:个人|职业|专业|掌握|具备|所持|持有|拥有|技术)*(?:的)?(?:技能|特长|专长|证书|技术等级)(?:证书|特长|等级|情况|名称|及.*|/.*)*",
            blank=[],
        ),
        Field(
            "education",
            _("Education"),
            listed(
                "学历、文化程度、最高学历、受教育程度、教育程度、学历层次、文化水平、学历程度、文化程度(学历)、学历(文化程度)、毕业学历、"
                "学历水平、现有学历、education"
            ),
            _education,
            like=_OWN
            + r"(?:最高|现|现有|毕业|受)*(?:学历|文化程度|教育程度|文化水平)(?!.*(?:要求|编号|号码|时间|日期)).*",
        ),
        Field(
            "registered_on",
            _("Registered as unemployed on"),
            listed(
                "失业登记日期、登记日期、失业登记时间、登记时间、登记失业日期、登记失业时间、最近失业登记日期、最近一次失业登记日期、"
                "失业登记年月、登记年月、办理失业登记日期、失业登记日、失业登记办理日期、registered on"
            ),
            readers.past_date,
            like=r"(?:最近|一次|末次|首次|本次|办理|进行|现)*(?:失业登记|登记失业)(?:办理)?(?:的)?(?:日期|时间|年月).*",
            shape=shapes.is_date,
        ),
        Field(
            "unemployed_since",
            _("Without work since"),
            listed(
                "失业日期、失业时间、失业年月、失业起始日期、失业开始日期、开始失业日期、失业起始时间、失业开始时间、开始失业时间、无业起始日期"
            ),
            readers.past_date,
            like=r"(?:最近|本次|开始|一次)*(?:失业|无业)(?:起始|开始|起)*(?:的)?(?:日期|时间|年月)",
            shape=shapes.is_date,
        ),
        Field(
            "is_elsewhere",
            _("Lives elsewhere than registered"),
            listed("人户分离、是否人户分离、人户分离情况、人户是否分离"),
            _split,
            like=r"(?:是否|有无)?人户(?:是否)?分离.*",
            is_signature=True,
        ),
        Field(
            "disabled",
            _("Disabled"),
            listed(
                "是否残疾、残疾、残疾情况、是否残疾人、残疾人、有无残疾、是否有残疾、残疾状况、是否持残疾证、残疾与否、有无残疾证、残疾等级、"
                "是否为残疾人、残疾类别"
            ),
            _disabled,
            like=r"(?:是否|有无|是否为|是否有|是否持)*残疾(?:人)?(?:证)?(?:与否|情况|状况)?",
        ),
        columns.REMARK,
    ),
    rules=(*columns.PERSON_RULES, _settle_wishes, _judge_age, _judge_days),
    identities=columns.PERSON_IDENTITIES,
    codes=(
        warns("age_outside_working_age", _("Younger than 16 or older than 60. Check the date of birth.")),
        warns(
            "subdistrict_differs",
            _("Listed under two sub-districts; the first one keeps the file. Agree between you who looks after them."),
        ),
        warns(
            "unemployed_after_registered",
            _("The work is said to have ended after the registration. Ask which day is right."),
        ),
        warns(SalaryFlag.UNIT_MISSING.value, _("The wished pay has no unit, so only its words were kept.")),
        warns(SalaryFlag.MIN_OVER_MAX.value, _("The lower pay stood last; the two were swapped.")),
        warns(SalaryFlag.NOT_CREDIBLE.value, _("A wished pay that cannot be believed; only its words were kept.")),
        warns(SalaryFlag.UNREADABLE.value, _("No pay could be read from these words; they were kept.")),
    ),
    never_collected=listed(
        "民族、籍贯、户口性质、健康状况、身体状况、病史、家庭成员、家庭成员单位、配偶工作单位、子女情况、家庭收入、残疾证号、残疾证号码"
    ),
    others_groups=listed(
        "家属、配偶、父亲、母亲、子女、户主、紧急联系、联系人、填报、填表、调查人、摸底人、推荐、介绍人、帮扶、援助员、责任人、专员、原单位、用人单位、家庭成员"
    ),
    lengths=("remark",),
)
