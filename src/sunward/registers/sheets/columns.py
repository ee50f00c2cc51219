"""Columns that registers of persons share, with the many ways their headings are written."""

from django.utils.translation import gettext_lazy as _

from sunward.registers.normalise import persons, readers, shapes
from sunward.registers.sheets.declarations import Field, Identity, listed

SEQUENCE = Field(
    "seq",
    _("No."),
    listed("序号、编号、序、No、No.、号、行号、顺序号、项次、序列、序列号、#、number"),
)
REMARK = Field(
    "remark",
    _("Remark"),
    listed(
        "备注、说明、其他说明、备注说明、备注信息、其他、附注、补充说明、其它、备 注、情况说明、remark、remarks、notes"
    ),
    readers.plain_text,
    like=r"(?:其他|其它|补充|特殊情况|附加)?(?:备注|说明|附注|补充).*|(?:其他|其它)(?:情况|事项|信息)",
)
ID_HEADINGS = listed(
    "身份证号、身份证号码、身份证、公民身份号码、公民身份证号码、公民身份证号、居民身份证号、居民身份证号码、"
    "证件号码、证件号、有效证件号码、有效身份证件号码、身份证件号码、身份证件号、身份号码、证件编号、"
    "身份证明号码、证照号码、ID、ID number、本人身份证号、本人身份证号码、身份证号(护照号)、身份证/护照号、"
    "身份证号/护照号、身份证(护照)号、id no、identity number"
)
BIRTH_HEADINGS = listed(
    "出生日期、出生年月、出生年月日、生日、出生时间、出生、出生日、生年月日、出生年份、birth date、"
    "date of birth、dob、birthday"
)
SEX_HEADINGS = ("性别", "男/女", "性 别", "男女", "sex", "gender")
PHONE_HEADINGS = listed(
    "手机、手机号、手机号码、联系电话、联系方式、电话、电话号码、移动电话、联系手机、本人电话、本人手机、"
    "联系电话(手机)、联系号码、手机/电话、电话/手机、手机电话、联系人电话、常用电话、phone、mobile、"
    "本人联系电话、本人联系方式、本人手机号、本人手机号码、联系电话1、手机1、telephone、tel"
)


# Patterns of headings. The row's own person only: other persons are named in front.
OWN = r"(?:本人|个人|人员|对象|服务对象|真实|中文)?"
ID_LIKE = OWN + r"(?:身份|证件|有效证件|身份证件|公民身份|居民身份|身份证|证照).*(?:号|码|id).*|id(?:号|号码|card)?"
BIRTH_LIKE = OWN + r"(?:出生.*|生日.*|生年.*)"
SEX_LIKE = OWN + r"性别.*"
PHONE_CORE = r"(?:(?:微信|常用|移动|固定|联系|手机|电话|方式|号码|号|座机|/|及|和|或|[12一二])+)"
PHONE_LIKE = OWN + r"(?=.*(?:手机|电话|联系方式|联系号码))" + PHONE_CORE


def subdistrict(*more: str) -> Field:
    headings = (
        *more,
        *listed(
            "街道、所属街道、所在街道、街镇、所属街镇、街道(镇)、街道/镇、街道名称、街道办、街道办事处、"
            "居住街道、户籍街道、属地街道、所属街道(镇)、镇/街道、街道（乡镇）、乡镇街道、所在街镇、"
            "辖区街道、管辖街道、属地、服务街道、subdistrict、sub-district"
        ),
    )
    return Field(
        "subdistrict",
        _("Sub-district"),
        headings,
        persons.place_text,
        fills_down=True,
        like=r"(?:所在|所属|所辖|现|居住|居住地|户籍|户籍所在|属地|服务|管辖|辖区)*(?:街道|街镇|街[/(]镇|镇/街)[^电联负书主/居社人]*",
        shape=shapes.is_subdistrict,
    )


def neighbourhood(*more: str) -> Field:
    headings = (
        *more,
        *listed(
            "居委、居委会、所属居委、所属居委会、所在居委、所在居委会、居民区、所属居民区、居村委、居(村)委、"
            "居(村)委会、社区、所属社区、所在社区、村居、居委名称、居民委员会、居委会名称、村(居)委会、"
            "村居委、所在居民区、社区/居委、居委/社区、居村、小区居委、属地居委、neighbourhood committee、"
            "committee"
        ),
    )
    return Field(
        "neighbourhood",
        _("Neighbourhood committee"),
        headings,
        persons.place_text,
        like=r"(?:所在|所属|现|居住|居住地|户籍|户籍所在|属地)*(?:居委|居民[区委]|居\(?村|村[/(]?居|社区)[^址电联负书主长员人]*",
        fills_down=True,
        shape=shapes.is_committee,
        tells=persons.told_committee,
    )


PLACE = Field(
    "place",
    _("Sub-district and committee"),
    listed(
        "街道/居委、街道居委、所属街道/居委、所属街道居委、街道及居委、所在街道/居委、街道/居委会、所属街道及居委、"
        "街道(居委)、街镇/居委"
    ),
    persons.place_text,
    is_combined=True,
    like=r"(?:所在|所属|居住)*(?:街道|街镇)[^电联负书主]{0,3}(?:居委|居民区|社区|居村|居)[^电联负书主]*",
)
DOCUMENT = Field(
    "id_number", _("Document number"), ID_HEADINGS, readers.document_number, like=ID_LIKE, shape=shapes.is_id
)
SEX = Field("sex", _("Sex"), SEX_HEADINGS, readers.sex, like=SEX_LIKE, shape=shapes.is_sex)
BIRTH = Field("birth_date", _("Birth date"), BIRTH_HEADINGS, readers.birth_date, like=BIRTH_LIKE, shape=shapes.is_date)
AGE = Field("age", _("Age"), ("年龄", "周岁", "实足年龄", "年龄(周岁)", "岁数", "年 龄", "age"))
PERSON_RULES = (persons.require_name, persons.settle_document, persons.settle_place)
PERSON_IDENTITIES = (
    Identity("id_number", ("id_number",)),
    # Namesakes exist, twins share a phone: name and phone tell only where one of the two rows has no number.
    Identity("name_phone", ("name", "phone"), unless="id_number"),
)
