"""Lists of vacancies (岗位信息), as employers, sub-districts, fairs and the city's own service deliver them."""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.employment.sheets import vacancy_readers as own
from sunward.employment.sheets import vacancy_shapes as shapes
from sunward.employment.sheets.columns import one_line, settled_later
from sunward.employment.vacancies.likeness import blocks_of, likeness, sketch_of
from sunward.registers.sheets import columns
from sunward.registers.sheets.codes import rejects, warns
from sunward.registers.sheets.declarations import Field, Likeness, SheetKind, listed

VACANCY_KIND = "vacancies"

_EMPLOYER = Field(
    "employer",
    _("Employer"),
    listed(
        "单位名称、企业名称、公司名称、用人单位、用人单位名称、招聘单位、招聘单位名称、招聘企业、招聘企业名称、单位全称、企业全称、公司全称、"
        "公司、企业、单位、雇主、雇主名称、名称(单位)、employer、company"
    ),
    own.name_line,
    like=r"(?:用人|招聘|用工|发布|所属)*(?:单位|企业|公司|雇主)(?:全称|名称|名)?(?:\(.*\))?",
    is_required=True,
    fills_down=True,
    shape=shapes.is_firm,
)
_CREDIT_CODE = Field(
    "uscc",
    _("Social credit code"),
    listed(
        "统一社会信用代码、社会信用代码、信用代码、统一信用代码、单位信用代码、企业信用代码、组织机构代码、统一社会信用码、"
        "统一代码、单位代码、机构代码、税号、纳税人识别号、uscc"
    ),
    own.credit_code,
    like=r".*信用(?:代码|码|编码).*|(?:组织)?机构代码.*",
    is_signature=True,
    fills_down=True,
    shape=shapes.is_credit_code,
)
_INDUSTRY = Field(
    "industry",
    _("Industry"),
    listed("行业、所属行业、行业类别、行业类型、行业分类、单位行业、企业行业、行业领域、产业、industry"),
    own.industry,
    like=r"(?:单位|企业|所属|公司)*行业.*",
    fills_down=True,
    shape=shapes.is_industry,
)
_TITLE = Field(
    "title",
    _("Title of the post"),
    listed(
        "岗位名称、岗位、职位、职位名称、招聘岗位、招聘职位、工种、岗位(工种)、岗位/工种、招聘工种、招聘岗位名称、需求岗位、用工岗位、"
        "工种名称、职务、岗位信息、拟招岗位、title、post、position"
    ),
    own.name_line,
    like=r"(?:招聘|需求|用工|拟招|空缺|提供)*(?:岗位|职位|工种)(?:名称|名|\(.*\))?",
    is_required=True,
    is_signature=True,
)
_HEADCOUNT = Field(
    "headcount",
    _("Number of places"),
    listed(
        "招聘人数、人数、需求人数、招聘名额、名额、招工人数、用工人数、岗位数、招聘数量、拟招人数、需求数、招聘数、招录人数、人数(人)、"
        "岗位人数、计划招聘人数、缺工人数、headcount、openings"
    ),
    settled_later,
    like=r"(?:计划|招聘|需求|用工|拟招|招录|缺工|岗位)+(?:总)?(?:人数|名额|数量|数).*",
    is_signature=True,
    shape=shapes.is_headcount,
)
_SALARY = Field(
    "salary",
    _("Pay"),
    listed(
        "薪资、工资、薪酬、薪资待遇、工资待遇、薪酬待遇、待遇、月薪、薪资范围、薪水、月工资、岗位薪资、薪资水平、工资范围、薪酬范围、"
        "薪金、税前月薪、薪资(元/月)、月薪(元)、工资标准、薪资标准、综合月薪、报酬、劳动报酬、salary、pay"
    ),
    settled_later,
    like=r"(?!.*(?:最低|最高|下限|上限)).*(?:薪资|薪酬|工资|月薪|薪水|薪金|报酬|年薪).*",
    is_signature=True,
    shape=shapes.is_salary,
)
_ENDS = (
    Field(
        "salary_from", _("Pay from"),
        listed("最低薪资、最低工资、薪资下限、工资下限、最低月薪、月薪下限、薪酬下限、薪资(最低)、最低薪酬"),
        settled_later, is_combined=True, is_signature=True,
        like=r"(?:薪资|工资|薪酬|月薪).*(?:下限|最低)|最低(?:薪资|薪酬|月薪).*",
    ),
    Field(
        "salary_to", _("Pay to"),
        listed("最高薪资、最高工资、薪资上限、工资上限、最高月薪、月薪上限、薪酬上限、薪资(最高)、最高薪酬"),
        settled_later, is_combined=True, is_signature=True,
        like=r"(?:薪资|工资|薪酬|月薪).*(?:上限|最高)|最高(?:薪资|薪酬|月薪).*",
    ),
)  # fmt: skip
_EDUCATION = Field(
    "education",
    _("Schooling asked for"),
    listed(
        "学历要求、学历、文化程度、最低学历、学历条件、文化程度要求、教育程度、学历(要求)、最低学历要求、文化要求、education"
    ),
    own.education,
    like=r"(?:最低|要求|岗位)*(?:学历|文化程度|教育程度)(?:要求|条件)?",
    blank="不限",
    shape=shapes.is_schooling,
)
_AGE = Field(
    "age",
    _("Age asked for"),
    listed("年龄要求、年龄、年龄限制、年龄条件、年龄范围、岁数要求"),
    one_line,
    like=r"年龄.*",
)
_SEX = Field(
    "sex",
    _("Sex asked for"),
    listed("性别要求、性别、性别限制、男女要求、男女"),
    one_line,
    like=r"性别.*",
)
_EXPERIENCE = Field(
    "experience",
    _("Experience asked for"),
    listed("工作经验、经验要求、工作年限、经验、工作经验要求、从业经验、工作经历要求"),
    one_line,
    like=r"(?:工作|从业)?(?:经验|年限|经历).*",
)
_NATURE = Field(
    "nature",
    _("Full time, part time or traineeship"),
    listed("工作性质、岗位性质、用工性质、用工形式、岗位类型、用工类型、全职/兼职、招聘类型、工作类型"),
    one_line,
    like=r"(?:工作|用工|岗位)(?:性质|形式|类型).*",
)
_SHIFTS = Field(
    "shifts",
    _("Working hours"),
    listed("工作时间、班次、工作班次、班时、工作班时、上班时间、作息时间、工时、工作制"),
    one_line,
    like=r"(?:工作|上班|作息)(?:时间|班次|班时|制度?).*",
)
_PLACE = Field(
    "place",
    _("Workplace"),
    listed(
        "工作地点、工作地址、上班地点、上班地址、地点、岗位地点、工作区域、用工地点、单位地址、企业地址、公司地址、地址、工作地、"
        "就业地点、工作所在地、place"
    ),
    settled_later,
    like=r"(?:工作|上班|岗位|用工|单位|企业|公司|就业)+(?:所在)?(?:地点|地址|区域|地)",
)
_CONTACT = Field(
    "contact",
    _("Contact details"),
    listed(
        "联系方式、联系人及电话、联系人及联系方式、联系人/电话、联系人和电话、招聘联系方式、应聘方式、联系方法、"
        "报名方式、contact"
    ),
    settled_later,
    like=r"(?:招聘|应聘|单位|企业|报名)?联系(?:方式|方法|人及.*|人/.*|人和.*)",
    shape=shapes.is_phone,
)
_CONTACT_NAME = Field(
    "contact_name",
    _("Contact person"),
    listed("联系人、招聘联系人、联系人姓名、招聘负责人、单位联系人、企业联系人、人事、负责人、HR"),
    settled_later,
    like=r"(?:招聘|单位|企业|公司)?(?:联系人|负责人)(?:姓名)?",
)
_PHONE = Field(
    "phone",
    _("Telephone"),
    listed(
        "联系电话、电话、手机、手机号、手机号码、联系手机、联系人电话、招聘电话、单位电话、咨询电话、报名电话、phone"
    ),
    settled_later,
    like=r"(?:招聘|单位|企业|公司|咨询|报名|联系|联系人)*(?:电话|手机)(?:号码|号)?",
    shape=shapes.is_phone,
)
_VALID_UNTIL = Field(
    "valid_until",
    _("Valid until"),
    listed(
        "有效期、有效期至、有效期限、截止日期、招聘截止日期、截止时间、招聘截止时间、有效日期、信息有效期、岗位有效期、到期日期、"
        "报名截止时间、报名截止日期、招聘期限、发布截止日期、有效时间、失效日期、valid until"
    ),
    settled_later,
    like=r"(?:招聘|报名|发布|信息|岗位)*(?:截止|有效期|期限).*",
    is_signature=True,
)
_DESCRIPTION = Field(
    "description",
    _("Duties of the post"),
    listed(
        "岗位描述、岗位职责、工作内容、职位描述、岗位说明、工作职责、岗位内容、职责、岗位要求及描述、岗位职责及要求、"
        "岗位介绍、主要职责、职位说明、工作描述、岗位描述及要求、description"
    ),
    own.whole_text,
    like=r"(?:岗位|职位|工作|主要)+(?:描述|职责|内容|说明|介绍).*",
    is_signature=True,
)
_REQUIREMENTS = Field(
    "requirements",
    _("Demands"),
    listed(
        "任职要求、岗位要求、任职条件、招聘条件、招聘要求、其他要求、职位要求、应聘条件、录用条件、技能要求、要求、条件"
    ),
    own.whole_text,
    like=r"(?:任职|岗位|招聘|职位|应聘|录用|其他|专业|技能)(?:要求|条件|资格).*",
)
_BENEFITS = Field(
    "benefits",
    _("Benefits"),
    listed("福利待遇、福利、其他待遇、员工福利、福利情况、待遇说明"),
    own.whole_text,
    like=r"(?:员工|公司|其他)?福利.*",
)
_CHANNEL = Field(
    "channel",
    _("Channel"),
    listed(
        "来源渠道、渠道、信息来源、来源、岗位来源、采集渠道、收集渠道、数据来源、招聘渠道、发布渠道、channel、source"
    ),
    one_line,
    like=r"(?:信息|岗位|数据|采集|收集|招聘|发布)?(?:来源|渠道)(?:渠道)?",
)
_CODES = (
    rejects("title_missing", _("The post has no name. Ask the employer what it is called.")),
    rejects("employer_missing", _("No employer is named. Without one the post cannot be verified.")),
    rejects("name_invalid", _("Employer or title hold a formula or markup, no name. Type it as plain text.")),
    warns("uscc_missing", _("There is no social credit code. Add it when the post is verified.")),
    warns("uscc_checksum", _("The social credit code is wrong, often an O for a 0. It was left empty.")),
    warns("uscc_excel_truncated", _("Excel has cut off the last digits of the credit code. It was left empty.")),
    warns("salary_not_stated", _("No pay is given, though an advert has to state it. Ask the employer.")),
    warns("salary_min_over_max", _("The ends of the pay stood in the wrong order; they were swapped.")),
    warns("salary_unit_missing", _("The pay has no unit: thousands, or yuan an hour? It was left empty.")),
    warns("salary_not_credible", _("The pay cannot be right. It was left empty; ask the employer.")),
    warns("salary_unreadable", _("The pay could not be read. The words are kept; ask the employer.")),
    warns("salary_below_minimum", _("The pay is below the minimum wage. Ask the employer before it is shown.")),
    warns(
        "salary_below_minimum_ask", _("Is the pay below the minimum wage? The amount is still to be confirmed: ask.")
    ),
    warns("headcount_not_stated", _("The number of places is not given.")),
    warns("headcount_not_credible", _("The number of places cannot be right. It was left empty; ask the employer.")),
    warns("vacancy_expired", _("The advert had expired when it came in: it waits for nobody and is not shown.")),
    warns("description_missing", _("The duties are not described. Ask the employer for them.")),
    warns("description_long", _("The description is very long. It is kept whole; shorten it before it is shown.")),
    warns("disc_gender", _("It asks for a sex, which the law forbids. Held until somebody has looked.")),
    warns("disc_age", _("It sets an age limit. Held until somebody has looked.")),
    warns("disc_marital", _("It asks about marriage or children, which is forbidden. Held until somebody has looked.")),
    warns("disc_hukou", _("It asks for a household registration or an origin. Held until somebody has looked.")),
    warns("disc_hepatitis_b", _("It asks about hepatitis B, which is forbidden. Held until somebody has looked.")),
    warns("disc_disability", _("It excludes disabled persons, which is forbidden. Held until somebody has looked.")),
    warns("disc_appearance", _("It asks for looks or height. Held until the employer has given a reason.")),
    warns("disc_ethnicity", _("It asks for an ethnic group or a religion. Held until somebody has looked.")),
    warns("disc_illness", _("It excludes whoever was ill. Held until somebody has looked.")),
    warns("fee_or_deposit", _("It asks the applicant for money or documents. Held until somebody has looked.")),
    warns("underage", _("It admits children under sixteen, which is forbidden. Held until somebody has looked.")),
    warns("policy_post_ask", _("A post kept for some by policy? Look which policy it is.")),
    warns("lure", _("It promises what sounds too good. Held until somebody has looked.")),
    warns("school_kind", _("It asks for a kind of school. Held until the employer has given a reason.")),
    warns("zodiac", _("It asks for a sign or a year of birth. Held until the employer has given a reason.")),
    warns("political_status", _("It asks for party membership. Held until the employer has given a reason.")),
    warns("credit_or_record", _("It asks for a clean record or credit. Held until the employer names the law.")),
    warns("known_elsewhere", _("Another office has this post already.")),
    warns("same_from_another_source", _("You said that it is the same post: its source is added to the one there.")),
)

VACANCIES = SheetKind(
    key=VACANCY_KIND,
    label=_("Vacancies"),
    titles=listed("岗位信息、招聘岗位、岗位汇总、岗位表、职位信息、用工需求、招聘信息、岗位需求、缺工、岗位清单、企业招聘、空岗"),
    fields=(
        columns.SEQUENCE, _EMPLOYER, _CREDIT_CODE, _INDUSTRY, _TITLE, _HEADCOUNT, _SALARY, *_ENDS, _EDUCATION, _AGE,
        _SEX, _EXPERIENCE, _NATURE, _SHIFTS, _PLACE, columns.subdistrict(), _CONTACT, _CONTACT_NAME, _PHONE,
        _VALID_UNTIL, _DESCRIPTION, _REQUIREMENTS, _BENEFITS, _CHANNEL, columns.REMARK,
    ),
    rules=(
        own.require_names, own.settle_credit_code, own.settle_headcount, own.settle_salary, own.settle_place,
        own.settle_contact, own.settle_validity, own.settle_description, own.settle_findings,
    ),
    codes=_CODES,
    never_collected=listed(
        "婚育要求、婚姻要求、民族、民族要求、籍贯、籍贯要求、户籍要求、户口要求、法人身份证号、法定代表人身份证、身份证号、"
        "身份证号码、联系人身份证号、政治面貌要求、身高、身高要求、体重、生育要求"
    ),
    signatures_needed=3,
    roles=(Role.EMPLOYMENT_OFFICER,),
    is_about_persons=False,
    likeness=Likeness(blocks_of, sketch_of, likeness),
    ledger="employment:vacancies",
    named_by="title",
    told_by=("employer", "salary_text", "place", "channel"),
    lengths=("description",),
)  # fmt: skip
