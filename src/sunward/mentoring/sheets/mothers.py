"""The register of neighbour moms, with their background checks as dated facts."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.registers.normalise import answers, readers, shapes
from sunward.registers.normalise.dates import PartialDate
from sunward.registers.normalise.text import clean_text, is_placeholder
from sunward.registers.sheets import columns
from sunward.registers.sheets.codes import rejects, warns
from sunward.registers.sheets.declarations import Draft, Field, SheetKind, Value, listed
from sunward.registers.workbook.cells import Cell, text_of

VETTING_MONTHS = 12

CLEAR, PENDING, UNFIT = "clear", "pending", "unfit"
# In this order: the first that is found decides. Words of refusal stand before words of approval that they contain.
_RESULTS: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (
        re.compile(
            r"^(?:未|尚未|暂未|没|还没)(?:查|查询|查验|办理|做|申请|开展|核查)(?:过|询)?$|^(?:无需|不需|免查|无法)|^待办$"
        ),
        None,
    ),
    (
        re.compile(
            r"(?:查询|办理|进行|审核|处理|核查)中|待查|待查询|待反馈|待定|未反馈|正在|受理|已提交|已申请|等待|在查"
        ),
        PENDING,
    ),
    (re.compile(r"(?:无|未见|未发现|没有|不存在)[^，。;；]{0,4}(?:不(?:适宜|适合|合格|良|符合)|禁止|限制)"), CLEAR),
    (re.compile(r"不适宜|不适合|不合格|不通过|未通过|没有?通过|不符合|不宜|不得|不予|禁止"), UNFIT),
    (re.compile(r"未见|未发现|未查见|未查到|未查询到|未检索到|没有|不存在|未存在|未有|无"), CLEAR),
    (re.compile(r"(?:有|存在|发现|查见)[^，。;；]{0,4}(?:违法|犯罪|前科|记录|不良)|异常|^[有是]$"), UNFIT),
    (re.compile(r"正常|通过|合格|适宜|适合|符合|清白|√|^否$|^(?:ok|clear|pass(?:ed)?)$", re.IGNORECASE), CLEAR),
)


_DAY = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?|\s*月)?")
_UNTIL = re.compile(r"有效|到期|截止|至\s*\d")  # the day on which it ends is not the day of the check
_CERTIFICATE = re.compile(r"^(?:已|均已)(?:有|具备|提供|开具?|出具|取得|办理?|齐全|交)|^(?:有|齐全)|证明")
_NO_CERTIFICATE = re.compile(
    r"^(?:无|未|尚未|暂未|没|没有|缺|待)(?:有|提供|提交|开具?|出具|取得|办理?|交|补交?|证明)*$|过期|失效"
)


def read_vetting_result(text: str) -> str | None:
    """clear, pending, unfit; None for what says nothing or that nobody has asked yet."""
    written = "".join(clean_text(text).split())
    return next((result for shape, result in _RESULTS if shape.search(written)), None) if written else None


def _vetting_result(cell: Cell, draft: Draft) -> Value:
    return read_vetting_result(text_of(cell))


def _vetted_on(cell: Cell, draft: Draft) -> Value:
    """A date; but where the state stands in the date column (查询中), it is no unreadable date."""
    if isinstance(cell, str) and not re.search(r"\d", cell) and read_vetting_result(cell):
        draft.values["vetting_told"] = read_vetting_result(cell)
        return None
    if isinstance(cell, str) and _DAY.search(cell) and read_vetting_result(_DAY.sub("", cell)):
        _vetting(cell, draft)  # both in the column of the day: 2022.3.8未见记录
        return draft.values.get("vetted_on")
    return readers.past_date(cell, draft)


def _is_day(cell: Cell) -> bool:
    """A date, or the number of one."""
    return isinstance(cell, date) or (isinstance(cell, int | float) and cell > 10_000)


def _vetting(cell: Cell, draft: Draft) -> Value:
    """One column for both: 2022.3.8 未见记录."""
    text = clean_text(text_of(cell))
    if _is_day(cell):
        draft.values["vetted_on"] = readers.past_date(cell, draft)
        text = ""
    found = _DAY.search(text)
    if found and not _UNTIL.search(text):
        draft.values["vetted_on"] = readers.past_date(found.group(), draft)
        text = text.replace(found.group(), "")
    draft.values["vetting_told"] = read_vetting_result(text)
    return None


def _vetting_certificate(cell: Cell, draft: Draft) -> Value:
    """Whether the certificate of a clean record is there. Here 有 speaks for her, and 无 says nothing."""
    text = "".join(clean_text(text_of(cell)).split())
    has_day = _is_day(cell) or bool(_DAY.search(text))
    words = _DAY.sub("", text).strip("(),.;")
    answer = answers.read_yes_no(words)
    if answer is False or (is_placeholder(words) and not has_day) or _NO_CERTIFICATE.search(words):
        return None
    _vetting(cell, draft)
    told = CLEAR if answer else draft.values["vetting_told"]
    draft.values["vetting_told"] = told or (CLEAR if has_day or _CERTIFICATE.search(words) else None)
    return None


def _vetting_passed(cell: Cell, draft: Draft) -> Value:
    """A question: 是 is clear and 否 is not, the other way round than below 有无记录."""
    answer = answers.read_yes_no(text_of(cell))
    if answer is None:
        draft.values["vetting_told"] = read_vetting_result(text_of(cell))
    else:
        draft.values["vetting_told"] = CLEAR if answer else UNFIT
    return None


def _judge_vetting(draft: Draft) -> None:
    """A background check counts for twelve months and only with a known day."""
    told = draft.values.pop("vetting_told", None)
    for part in ("vetting", "vetting_certificate", "vetting_passed"):
        draft.values.pop(part, None)
    vetted_on, result = draft.values.get("vetted_on"), draft.values.get("vetting_result") or told
    draft.values |= {"vetted_on": vetted_on, "vetting_result": result}
    if result == UNFIT:
        draft.flag("vetting_unfit")
    elif result == PENDING:
        draft.flag("vetting_pending")
    elif result is None or not isinstance(vetted_on, str):
        draft.flag("vetting_missing")
    elif _is_expired(PartialDate.from_iso(vetted_on).first, draft.on):
        draft.flag("vetting_expired")


def _is_expired(vetted_on: date, on: date) -> bool:
    months = (on.year - vetted_on.year) * 12 + on.month - vetted_on.month
    return months > VETTING_MONTHS or (months == VETTING_MONTHS and on.day > vetted_on.day)


_VETTING_GROUPS = listed("从业查询、背景审查、背景调查、查询、审查、从业禁止、准入、资格审查、违法犯罪")

MOTHERS = SheetKind(
    key="mothers",
    label=_("Neighbour moms"),
    roles=(Role.DISTRICT_OFFICER, Role.SUPERVISOR),
    ledger="mentoring:mentors",
    titles=listed("邻家妈妈、爱心妈妈、妈妈志愿者、志愿者花名册、妈妈花名册、志愿妈妈、妈妈名册、妈妈名单、爱心家长"),
    fields=(
        columns.SEQUENCE,
        Field(
            "name",
            _("Name"),
            listed(
                "姓名、志愿者姓名、妈妈姓名、名字、邻家妈妈姓名、志愿者、人员姓名、邻家妈妈、本人姓名、"
                "队员姓名、成员姓名、爱心妈妈、爱心妈妈姓名、name"
            ),
            readers.name,
            like=r"(?:邻家|爱心|志愿)?(?:妈妈|志愿者|队员|成员|人员)(?:的)?(?:姓名|名字|名称)?.{0,2}",
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
            (*columns.PHONE_HEADINGS, *listed("志愿者电话、志愿者手机、志愿者联系电话")),
            readers.phone,
            like=r"(?:邻家|爱心|志愿)?(?:妈妈|志愿者|队员|成员|人员)?(?:" + columns.PHONE_LIKE + ")",
            shape=shapes.is_phone,
        ),
        columns.PLACE,
        columns.subdistrict(),
        columns.neighbourhood(),
        Field(
            "address",
            _("Address"),
            listed("住址、地址、家庭住址、现住址、居住地址、家庭地址、详细地址、联系地址、现居住地址、address"),
            readers.plain_text,
            like=r"(?:家庭|现|居住|常住|实际|详细|联系)*(?:住址|地址|住所|居住地).*",
        ),
        Field(
            "occupation",
            _("Occupation or employer"),
            listed(
                "职业/单位、职业、单位、工作单位、职业(单位)、单位/职业、职业及单位、工作单位及职务、"
                "从事职业、现职业、所在单位、职务、工作单位/职业、职业单位、单位及职务、单位职务、工作情况、"
                "目前职业、职业身份、occupation"
            ),
            readers.plain_text,
            like=r"(?:目前|现|从事|所在|工作|原)*(?:职业|单位|工作单位|职务|职业身份)(?:名称|情况|及职务|/.*|及.*)?|(?:从业|工作|就业)(?:情况|状况)",
        ),
        Field(
            "skills",
            _("Skills"),
            listed(
                "特长、技能、专长、个人特长、技能特长、服务特长、特长爱好、爱好特长、擅长领域、擅长、"
                "服务专长、专业特长、兴趣特长、特长技能、服务技能、可提供服务、服务内容、能提供的服务、"
                "擅长方向、skills"
            ),
            readers.items,
            like=r"(?:个人|服务|专业|兴趣|技能|主要)*(?:特长|专长|技能|擅长|爱好|才艺).*",
            blank=[],
        ),
        Field(
            "children_ages",
            _("Ages of her own children"),
            listed(
                "子女年龄、孩子年龄、子女情况、自己孩子年龄、家中子女年龄、子女年龄情况、子女(年龄)、"
                "子女岁数、本人子女年龄、小孩年龄"
            ),
            readers.plain_text,
            like=r"(?:家中|自家|自己|本人|家庭)?(?:子女|孩子|小孩).*(?:年龄|情况|岁).*",
            groups=("子女", "孩子"),
            bare_headings=("年龄", "情况", "岁数"),
            is_signature=True,
        ),
        Field(
            "times",
            _("Times she can serve"),
            listed(
                "可服务时间、服务时间、可服务时段、服务时段、空闲时间、可用时间、可用时段、可陪伴时间、"
                "志愿服务时间、可参与时间、可参加时间、方便时间、时间安排、可提供服务时间、参与时间、"
                "空余时间、陪伴时间"
            ),
            readers.items,
            like=r"(?!.*(?:加入|注册|参加|登记|报名|成为)).*(?:服务|空闲|可用|陪伴|方便|支配|参与|空余|志愿).*(?:时间|时段).*|空[闲余](?:时间|时段).*",
            blank=[],
            is_signature=True,
        ),
        Field(
            "honours",
            _("Honours"),
            listed(
                "荣誉、荣誉称号、获得荣誉、所获荣誉、曾获荣誉、荣誉情况、获奖情况、奖项、表彰、获奖荣誉、"
                "荣誉奖项、所获奖项、表彰情况、奖励、个人荣誉"
            ),
            readers.items,
            like=r".*(?:荣誉|奖项|获奖|表彰|先进).*",
            blank=[],
            is_signature=True,
        ),
        Field(
            "vetted_on",
            _("Day of the background check"),
            listed(
                "从业查询日期、查询日期、从业查询时间、查询时间、背景审查日期、背景调查日期、"
                "从业禁止查询日期、违法犯罪记录查询日期、审查日期、入职查询日期、从业限制查询日期、背审日期、"
                "背调日期、犯罪记录查询日期、密切接触未成年人查询日期、准入查询日期、最近查询日期、"
                "最近一次查询日期、核查日期、从业核查日期、背景查询日期、政审日期"
            ),
            _vetted_on,
            like=r".*(?:(?:查询|审查|核查|背调|背审|准入|政审).*(?:日期|时间|年月).*"
            r"|无(?:违法)?犯罪(?:记录)?(?:证明)?(?:查询|开具|出具|办理)?(?:日期|时间))",
            groups=_VETTING_GROUPS,
            bare_headings=("日期", "时间", "查询日期", "查询时间", "审查日期", "审查时间", "办理日期"),
            is_signature=True,
            shape=shapes.is_date,
        ),
        Field(
            "vetting_result",
            _("Result of the background check"),
            listed(
                "从业查询结果、查询结果、背景审查结果、背景调查结果、从业禁止查询结果、审查结果、"
                "违法犯罪记录查询结果、入职查询结果、从业限制查询结果、背审结果、背调结果、犯罪记录查询结果、"
                "准入结果、准入查询结果、查询情况、查询结论、审查结论、核查结果、从业核查结果、背景查询结果、"
                "政审结果、有无违法犯罪记录"
            ),
            _vetting_result,
            like=r"(?!.*是否).*(?:查询|审查|核查|背调|背审|准入|政审).*(?:结果|结论|情况|状态|意见).*"
            r"|(?:有无|是否有|无)?(?:违法)?犯罪(?:记录)?(?:查询)?(?:结果|情况)|有无(?:违法)?犯罪(?:记录)?",
            groups=_VETTING_GROUPS,
            bare_headings=("结果", "结论", "查询结果", "查询结论", "情况", "状态"),
            is_signature=True,
        ),
        Field(
            "vetting",
            _("Background check, day and result"),
            listed(
                "从业查询、从业查询情况、背景审查、背景调查、背景审查情况、从业查询日期及结果、"
                "从业查询日期和结果、查询日期及结果、背景调查情况、背审情况、从业禁止查询"
            ),
            _vetting,
            is_combined=True,
            is_signature=True,
        ),
        Field(
            "vetting_certificate",
            _("Certificate of a clean record"),
            listed(
                "无犯罪记录证明、无犯罪证明、无违法犯罪记录证明、有无无犯罪记录证明、是否有无犯罪记录证明、"
                "无犯罪记录证明情况、无犯罪记录证明(有/无)、是否提供无犯罪记录证明、是否开具无犯罪记录证明"
            ),
            _vetting_certificate,
            is_combined=True,
            like=r"(?!.*(?:日期|时间|编号)).*无(?:违法)?犯罪(?:记录)?证明.*",
            is_signature=True,
        ),
        Field(
            "vetting_passed",
            _("Has passed the background check"),
            listed(
                "是否通过从业查询、从业查询是否通过、是否通过背景审查、背景审查是否通过、审查是否通过、"
                "是否通过审查、审查是否合格、查询是否合格、政审是否通过、是否通过政审"
            ),
            _vetting_passed,
            is_combined=True,
            like=r"(?=.*(?:查询|审查|核查|背调|背审|准入|政审)).*是否(?:通过|合格|适宜|符合).*",
            is_signature=True,
        ),
        Field(
            "trained_on",
            _("Day of the training"),
            listed(
                "培训日期、培训时间、参训日期、岗前培训日期、岗前培训时间、培训完成日期、上岗培训日期、"
                "最近培训日期、参加培训日期、参加培训时间、结业日期、培训结业日期、最近一次培训、受训日期、"
                "初次培训日期"
            ),
            readers.past_date,
            like=r"(?!.*(?:拟|计划)).*(?:培训|参训|受训|结业).*(?:日期|时间|年月).*",
            groups=("培训",),
            bare_headings=("日期", "时间", "完成日期"),
            shape=shapes.is_date,
        ),
        Field(
            "capacity",
            _("Children she can take"),
            listed(
                "可结对人数、结对人数、可结对数、可结对儿童数、可帮扶人数、可陪伴人数、最多结对人数、"
                "结对上限、可结对名额、可结对孩子数、拟结对人数、结对数量、可带人数、可结对儿童人数、"
                "结对名额、可结对数量、可承接人数、计划结对人数、愿结对人数、可结对人次、最多可结对、"
                "意向结对人数"
            ),
            readers.count,
            like=r"(?!.*(?:已|现|目前)).*结对.*(?:人数|名额|数量|数|上限|容量|几[人名个]).*|.*(?:可|能|最多).*(?:承接|帮扶|陪伴|带).*(?:数|名额).*",
            groups=("结对",),
            bare_headings=("人数", "名额", "数量", "上限", "可结对人数"),
            is_signature=True,
        ),
        Field(
            "joined_on",
            _("Joined on"),
            listed(
                "加入日期、加入时间、入队日期、入队时间、注册日期、注册时间、参加时间、参加日期、加入年月、"
                "入会日期、入会时间、登记日期、志愿者注册日期、报名日期、报名时间、加入队伍时间、"
                "成为志愿者日期、上岗日期、入册日期、招募日期、加入志愿队日期"
            ),
            readers.past_date,
            like=r".*(?:加入|入队|入会|入册|注册|登记|报名|成为|招募|上岗|参加志愿).*(?:日期|时间|年月).*",
            shape=shapes.is_date,
        ),
        columns.REMARK,
    ),
    rules=(*columns.PERSON_RULES, _judge_vetting),
    any_of=("id_number", "phone"),
    identities=columns.PERSON_IDENTITIES,
    codes=(
        warns("vetting_missing", _("No background check; she must not be matched.")),
        warns("vetting_expired", _("The background check is older than twelve months; she must not be matched.")),
        warns("vetting_pending", _("The background check is under way; she must not be matched.")),
        rejects("vetting_unfit", _("The background check says unfit. She cannot be taken in; no detail is stored.")),
    ),
    others_groups=("紧急联系", "家属", "配偶", "推荐", "结对儿童", "结对对象", "子女"),
    lengths=("remark",),
)
