"""The register of children in difficulty."""

import re
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.registers.normalise import readers, shapes
from sunward.registers.normalise.dates import PartialDate
from sunward.registers.normalise.text import clean_text
from sunward.registers.sheets import columns
from sunward.registers.sheets.codes import rejects, warns
from sunward.registers.sheets.declarations import Draft, Field, SheetKind, Value, listed
from sunward.registers.workbook.cells import Cell, text_of

ADULT_AGE = 18

_GUARDIAN_GROUPS = listed("监护、家长、抚养人、照料人、照护人、看护人、父母、联系人、家庭联系")
_NOT_IN_SCHOOL = re.compile(
    r"不在校|不在读|未在校|未在读|辍学|失学|退学|离校|毕业(?!班)|肄业|待业|已工作|工作|就业|在职|未入学|未就学|[不未没]有?上学|无学籍|务工|打工|无业|^(?:无|否|没有|未|×|n|no)$",
    re.IGNORECASE,
)
_IN_SCHOOL = re.compile(
    r"学|高|初|中专|职校|技校|大专|大[一二三四五]|本科|年级|在校|在读|就读|复读|幼|研|班|^(?:是|有|√|y|yes)$|[一二三四五六]年",
    re.IGNORECASE,
)
_RISK = {
    "高": ("高风险", "高级", "高危", "高等", "较高风险", "红", "红色"),
    "中": ("中风险", "中级", "中危", "中等", "一般风险", "黄", "黄色"),
    "低": ("低风险", "低级", "低危", "低等", "较低风险", "绿", "绿色"),
}


@lru_cache(maxsize=4096)
def is_in_school(text: str) -> bool:
    """Whether what is written about school says that the child is still studying."""
    written = "".join(clean_text(text).split())
    if re.search(r"应届|升学|在读|就读", written) and not re.search(r"不在读|未就读|未在读", written):
        return True
    return not _NOT_IN_SCHOOL.search(written) and bool(_IN_SCHOOL.search(written))


def age_on(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _guardian_contact(cell: Cell, draft: Draft) -> Value:
    """One column for both: 曹婧娟 19900754125."""
    text = clean_text(text_of(cell))
    number = readers.phone(text, draft) if any(sign.isdigit() for sign in text) else None
    name = re.sub(r"[\d\s+\-/,;:、()]+", "", text)
    draft.values |= {"phone": number, "guardian_name": readers.other_name(name, draft)}
    return None


def _drop_parts(draft: Draft) -> None:
    draft.values.pop("guardian_contact", None)


def _judge_age(draft: Draft) -> None:
    """18 and over only while still at school (沪府规〔2025〕11号); an unknown day counts for the child."""
    born = draft.values.get("birth_date")
    if not isinstance(born, str) or age_on(_last_day(born), draft.on) < ADULT_AGE:
        return
    schooling = draft.values.get("schooling")
    draft.flag("child_over_18_in_school" if is_in_school(str(schooling or "")) else "child_over_18")


@lru_cache(maxsize=8192)
def _last_day(born: str) -> date:
    return PartialDate.from_iso(born).last


CHILDREN = SheetKind(
    key="children",
    label=_("Children in difficulty"),
    roles=(Role.DISTRICT_OFFICER, Role.SUPERVISOR),
    ledger="mentoring:children",
    titles=listed(
        "困境儿童、儿童台账、儿童花名册、儿童名册、儿童信息、特殊儿童、儿童排摸、未成年人、留守儿童、"
        "流动儿童、儿童清单、儿童名单、儿童情况"
    ),
    fields=(
        columns.SEQUENCE,
        Field(
            "name",
            _("Name"),
            listed(
                "儿童姓名、困境儿童姓名、姓名、孩子姓名、名字、未成年人姓名、对象姓名、人员姓名、学生姓名、困境儿童姓名、"
                "儿童、小朋友姓名、被帮扶人姓名、帮扶对象姓名、受助儿童姓名、服务对象姓名、服务对象、"
                "帮扶对象、姓 名、name、child、child name"
            ),
            readers.name,
            like=r"(?:困境|特殊|留守|流动)?(?:儿童|孩子|幼儿|小孩|学生|青少年|未成年人|受助人|受助儿童|被监护人|被帮扶人|服务对象|帮扶对象|对象|小朋友)(?:的)?(?:姓名|名字|名称).*|(?:困境)?(?:儿童|学生|对象)",
            is_required=True,
            shape=shapes.is_name,
        ),
        Field(
            "sex",
            _("Sex"),
            (*columns.SEX_HEADINGS, "儿童性别", "孩子性别"),
            readers.sex,
            like=r"(?:儿童|孩子|幼儿|学生|对象)?性别.*",
            shape=shapes.is_sex,
        ),
        Field(
            "id_number",
            _("Document number"),
            (
                *columns.ID_HEADINGS,
                *listed(
                    "儿童身份证号、儿童身份证号码、儿童身份证、儿童证件号码、孩子身份证号、孩子身份证号码、"
                    "未成年人身份证号"
                ),
            ),
            readers.document_number,
            like=r"(?:困境|特殊|留守|流动)?(?:儿童|孩子|幼儿|小孩|学生|青少年|未成年人|受助人|受助儿童|被监护人|被帮扶人|服务对象|帮扶对象|对象|小朋友)?(?:"
            + columns.ID_LIKE
            + ")",
            shape=shapes.is_id,
        ),
        Field(
            "birth_date",
            _("Birth date"),
            (*columns.BIRTH_HEADINGS, *listed("儿童出生日期、儿童出生年月、孩子出生日期")),
            readers.birth_date,
            like=r"(?:困境|特殊|留守|流动)?(?:儿童|孩子|幼儿|小孩|学生|青少年|未成年人|受助人|受助儿童|被监护人|被帮扶人|服务对象|帮扶对象|对象|小朋友)?"
            + columns.BIRTH_LIKE,
            shape=shapes.is_date,
        ),
        columns.AGE,
        columns.PLACE,
        columns.subdistrict(),
        columns.neighbourhood(),
        Field(
            "address",
            _("Address"),
            listed(
                "住址、地址、家庭住址、现住址、居住地址、家庭地址、详细地址、现居住地址、居住地、"
                "实际居住地址、实际居住地、现居住地、住所、常住地址、联系地址、住所地址、居住详细地址、"
                "门牌号、address"
            ),
            readers.plain_text,
            like=r"(?:家庭|现|居住|常住|实际|详细|联系|目前)*(?:住址|地址|住所|居住地|常住地|住处).*",
        ),
        Field(
            "guardianship",
            _("State of guardianship"),
            listed(
                "监护状况、监护情况、监护状态、监护类型、监护现状、监护类别、监护评估、监护情况类型、"
                "监护方式、家庭监护状况、家庭监护情况、监护能力、guardianship"
            ),
            readers.plain_text,
            like=r"(?:家庭|目前|现|当前)?监护(?:的)?(?:状况|情况|状态|现状|类型|类别|能力|方式|缺失).*|(?:家庭|目前)?监护.{0,4}(?:状况|情况|状态|现状|评估|类型)",
            groups=("监护",),
            bare_headings=("状况", "情况", "状态", "类型", "现状", "类别", "方式", "评估"),
            is_signature=True,
        ),
        Field(
            "guardian_name",
            _("Guardian"),
            listed(
                "实际监护人、监护人、监护人姓名、实际监护人姓名、家长姓名、家长、法定监护人、法定监护人姓名、"
                "现监护人、现监护人姓名、主要监护人、监护人(姓名)、实际抚养人、实际照料人、照料人姓名、"
                "抚养人、抚养人姓名、照护人、照护人姓名、看护人、委托监护人、监护照料人、guardian、"
                "guardian name"
            ),
            readers.other_name,
            like=r"(?=.*(?:监护人|照料人|照护人|抚养人|看护人|家长|养育人))"
            r"(?:目前|现|主要|法定|实际|委托|临时|监护人|照料人|照护人|抚养人|看护人|家长|养育人|/|的|姓名|名字|名称)+",
            groups=_GUARDIAN_GROUPS,
            bare_headings=("姓名", "名字", "监护人", "实际监护人", "家长", "人员姓名"),
            is_signature=True,
        ),
        Field(
            "relation",
            _("Relation to the child"),
            listed(
                "关系、与儿童关系、与孩子关系、与监护人关系、与本人关系、监护人关系、监护关系、"
                "与监护人的关系、与儿童的关系、与被监护人关系、亲属关系、与未成年人关系、与困境儿童关系、"
                "称谓、与对象关系、家长关系、监护人与儿童关系、relation、relationship"
            ),
            readers.plain_text,
            like=r".*关系.*",
            groups=_GUARDIAN_GROUPS,
            bare_headings=("关系", "与儿童关系", "与本人关系", "称谓", "与孩子关系", "亲属关系"),
        ),
        Field(
            "guardian_contact",
            _("Guardian and phone"),
            listed("监护人及电话、监护人及联系电话、监护人姓名及电话、监护人姓名及联系电话"),
            _guardian_contact,
            is_combined=True,
            like=r"(?:实际|法定)?(?:监护人|家长|照料人|抚养人)(?:姓名)?(?:及|和|与|/)(?:其)?(?:联系)?(?:电话|手机|方式).*",
            is_signature=True,
        ),
        Field(
            "phone",
            _("Phone of the guardian"),
            (
                *listed(
                    "监护人电话、监护人联系电话、监护人手机、监护人手机号、监护人手机号码、监护人联系方式、"
                    "家长电话、家长手机、家长联系电话、家长联系方式、家长手机号、家庭电话、家庭联系电话、"
                    "实际监护人电话、实际监护人联系电话、照料人电话、照料人联系电话、抚养人电话、"
                    "抚养人联系电话、guardian phone"
                ),
                *columns.PHONE_HEADINGS,
            ),
            readers.phone,
            like=r"(?:目前|现|主要|法定|实际|委托|监护人|家长|家属|家庭|照料人|照护人|抚养人|看护人|联系人|的|\(|\))*"
            + columns.PHONE_CORE
            + r"\)?",
            groups=_GUARDIAN_GROUPS,
            bare_headings=listed("电话、手机、手机号、手机号码、联系电话、联系方式、电话号码、移动电话、联系手机"),
            shape=shapes.is_phone,
        ),
        Field(
            "hardship",
            _("Kind of hardship"),
            listed(
                "困境类型、困境类别、儿童类别、儿童类型、困境儿童类型、困境儿童类别、困境情形、困境原因、"
                "困难类型、困难类别、对象类别、对象类型、分类、保障类别、困境分类、所属类别、困境情况、"
                "致困原因、特殊儿童类别、儿童分类、类别、类型、人员类别、困境种类、hardship"
            ),
            readers.plain_text,
            like=r".*困境.*(?:类|种|情|原因|分).*|(?:主要|所属|家庭)?困[难境](?:类型|类别|情况|情形|原因|种类)?|(?:保障|儿童|救助)(?:类型|类别|分类|对象类别)",
            is_signature=True,
        ),
        Field(
            "risk",
            _("Risk level"),
            listed(
                "风险等级、风险级别、风险、风险评级、风险程度、评估等级、关爱等级、风险评估等级、风险评估、"
                "风险分级、等级、危险等级、紧急程度、预警等级、风险层级、风险等次、风险类别、risk、risk level"
            ),
            readers.one_of(_RISK),
            like=r".*风险.*|(?:关注|关爱|预警|紧急|危险|干预)(?:等级|级别|程度|层级)",
            is_signature=True,
        ),
        Field(
            "needs",
            _("Needs"),
            listed(
                "需求、帮扶需求、服务需求、需求类型、主要需求、关爱需求、儿童需求、需要的帮助、需求内容、"
                "具体需求、帮助需求、个性化需求、需求情况、关爱服务需求、需求类别、所需帮助、需要帮助、"
                "帮扶需要、服务需要、需求描述、需求意向、needs"
            ),
            readers.items,
            like=r"(?:主要|目前|当前|具体|帮扶|服务|关爱|儿童|个性化|实际|生活|心理|家庭)*(?:需求|诉求|需要)(?:项目|类型|类别|内容|情况|描述|清单|说明|事项)?|.*(?:需要|希望|所需).*(?:帮助|帮扶|支持).*|关爱帮扶需求",
            blank=[],
            is_signature=True,
        ),
        Field(
            "willing_to_pair",
            _("Willing to be paired"),
            listed(
                "是否愿意结对、愿意结对、结对意愿、是否同意结对、结对意向、是否结对、是否愿意接受结对、"
                "是否需要结对、同意结对、愿否结对、是否愿意参加结对、结对需求、是否有结对意愿、愿不愿意结对、"
                "意愿结对、接受结对、是否接受结对、willing to pair"
            ),
            readers.yes_no,
            like=r"(?!.*已).*(?:是否|愿|意向|同意|接受).*(?:结对|妈妈).*|.*(?:结对|妈妈).*(?:意愿|意向|愿)",
            is_signature=True,
        ),
        Field(
            "language",
            _("Language or dialect"),
            listed(
                "语言/方言、语言、方言、使用语言、日常语言、语言(方言)、语言方言、交流语言、常用语言、沟通语言、"
                "language"
            ),
            readers.plain_text,
            like=r".*(?:语言|方言).*",
        ),
        Field(
            "schooling",
            _("Schooling"),
            listed(
                "就学情况、就学状况、就读情况、在读情况、就读年级、年级、就读学校、学校、就读学校及年级、"
                "就学阶段、学习阶段、在校情况、就学、学籍情况、学校年级、学校及年级、就读状况、受教育情况、"
                "入学情况、所在学校、在读学校、学段、就学学校、学业情况、是否在读、是否在校、就读阶段、"
                "所读年级、学校/年级、schooling、school"
            ),
            readers.plain_text,
            like=r"(?!.*(?:电话|联系|老师|日期|时间|地址))(?:目前|现|所在|在读|就读)*(?:就[学读]|在校|在读|学籍|学校|上学|入学|学段|年级|班级|受教育|学业|学习|就\(?入?学).*",
        ),
        columns.REMARK,
    ),
    rules=(*columns.PERSON_RULES, _judge_age, _drop_parts),
    any_of=("id_number", "birth_date", "sex"),
    identities=columns.PERSON_IDENTITIES,
    codes=(
        rejects("child_over_18", _("18 or older on the day of judgement and not at school.")),
        warns("child_over_18_in_school", _("18 or older but still studying; support may go on.")),
    ),
    never_collected=("民族", "父母婚姻状况", "家庭成员政治面貌", "家长单位", "父母单位", "父母工作单位"),
    others_groups=(*_GUARDIAN_GROUPS, *listed("父亲、母亲、填报、责任人、结对、帮扶、志愿者")),
    lengths=("remark",),
)
