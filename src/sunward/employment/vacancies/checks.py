"""What an advert may not say: findings for a person to review, each with the article and a better wording.

Nothing is decided here (Personal Information Protection Law, art. 24): a finding holds an advert back until somebody
has looked at it. A finding says which article it leans on; for some no article forbids it, and a reason is asked for.
"""

import re
import unicodedata
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CheckLevel(StrEnum):
    """Against the law; doubtful; lawful only for a reason that the employer has to give."""

    BLOCK = "block"
    WARN = "warn"
    ASK = "ask"


class CheckRule(StrEnum):
    """Values are the codes of an import."""

    GENDER = "disc_gender"
    AGE = "disc_age"
    MARITAL = "disc_marital"
    HUKOU = "disc_hukou"
    HEPATITIS_B = "disc_hepatitis_b"
    DISABILITY = "disc_disability"
    APPEARANCE = "disc_appearance"
    ETHNICITY = "disc_ethnicity"
    ILLNESS = "disc_illness"
    FEE = "fee_or_deposit"
    UNDERAGE = "underage"
    POLICY_POST = "policy_post_ask"
    LURE = "lure"
    SCHOOL = "school_kind"
    ZODIAC = "zodiac"
    POLITICS = "political_status"
    RECORD = "credit_or_record"


@dataclass(frozen=True, slots=True)
class Finding:
    """`words` as they stand in the text from `start` to `end`."""

    rule: CheckRule
    level: CheckLevel
    words: str
    start: int
    end: int
    article: str | Promise
    instead: str | Promise


@dataclass(frozen=True, slots=True)
class _Rule:
    """`signs`: no pattern matches a text without one of them, so that most texts are not searched at all."""

    level: CheckLevel
    article: str | Promise
    instead: str | Promise
    signs: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]


def _rule(level: CheckLevel, article: str | Promise, instead: str | Promise, signs: str, *patterns: str) -> _Rule:
    return _Rule(level, article, instead, frozenset(signs), tuple(re.compile(pattern) for pattern in patterns))


# A sex that is a condition, not a product, a department or a patient: 男装, 女鞋, 男科, 女厕.
_SEX = r"(?:男|女)(?:性|士|生|孩|工|员工|青年)?(?![装鞋包款袜裤裙科厕儿童子团足篮排双表]|士用品)"
_AWAY = r"(?:勿扰|免谈|勿投|不要|不招|不予录用|不录用|除外|谢绝|拒绝)"
_PEOPLE = r"(?!.{0,2}(?:幼儿|婴|儿童|孩|宝宝|老人|老年|长者|学员|学生|客户|人群|青少年|女童|男童))"
_BEGIN = r"(?:^|(?<=[，,、;；:：。.(（\[【/]))"
_ENDING = r"(?=$|[，,、;；。.)）\]】/])"

_NO_ARTICLE = _("No article forbids it as such: the employer says why the work needs it.")
_POLICY_ARTICLE = _("National policy: nobody is turned away for an illness that is over.")

_RULES: dict[CheckRule, _Rule] = {
    CheckRule.GENDER: _rule(
        CheckLevel.BLOCK, "就业促进法 27；妇女权益保障法 43", _("Leave the sex out; say what the work asks for."),
        "男女先姐帅妈",
        rf"(?<!不)(?:仅限|只限|限招|限|只招|仅招|只要|招聘?){_SEX}",
        rf"{_SEX}(?:优先|为佳|更佳|最好|尤佳|{_AWAY})",
        rf"(?:先生|女士|小姐姐|帅哥|美女|宝妈|妈妈)(?:优先|{_AWAY})",
        r"性别(?:要求)?[:：]?(?:男|女)(?!女?(?:不限|均可|皆可|都可))",
        rf"{_BEGIN}(?:男|女)(?:性|士|生)?{_ENDING}",
        r"(?:男|女)(?:性)?[:：]?\d+(?:名|人|位)",
    ),
    CheckRule.MARITAL: _rule(
        CheckLevel.BLOCK, "妇女权益保障法 43", _("Leave marriage and children out; nobody may ask for them."),
        "婚育孕胎娠哺",
        r"(?:已|未)婚(?:(?:已|未)育)?(?:者)?(?:优先|为佳|更佳|最好)", r"(?:限|须|需|要求|仅招|只招)(?:已|未)婚",
        rf"(?:已|未)婚(?:(?:已|未)育)?(?:者)?{_AWAY}", r"无(?:生育|怀孕|备孕|二胎|三胎)(?:计划|打算)",
        r"[一二两三四五\d]+年内(?:不|无)(?:怀孕|生育|结婚)", r"(?:孕检|妊娠(?:检测|测试|检查)|不孕保证|孕期{_AWAY})",
        rf"(?:孕妇|备孕|哺乳期)(?:者)?{_AWAY}",
    ),
    CheckRule.HUKOU: _rule(
        CheckLevel.BLOCK, "人力资源市场暂行条例 11；就业促进法 31", _("Leave the household registration out."),
        "户籍人外农省",
        r"(?<!不)(?:仅限|只限|限|须|需|要求|只招|仅招|具有|持)(?:有)?(?:本市|本地|上海|沪|当地|城镇|本区|外地)(?:市)?(?:户籍|户口|人)",
        r"(?:本市|本地|上海|沪|当地|城镇)(?:市)?(?:户籍|户口|人)(?:者)?(?:优先|为佳)",
        rf"{_BEGIN}(?:本市|本地|上海|沪籍?|当地|城镇)(?:市)?(?:户籍|户口){_ENDING}",
        rf"(?:外地|外来|农村|[一-龥]{{2,3}}(?:省|籍))(?:户籍|户口|人员|人)?(?:者)?{_AWAY}",
    ),
    CheckRule.ETHNICITY: _rule(
        CheckLevel.BLOCK, "就业促进法 28", _("Leave the ethnic group and religion out."), "族教信",
        rf"(?:汉族|少数民族|[一-龥]族|信教|有?宗教信仰)(?:者|人员)?(?:优先|{_AWAY})",
        r"(?<!不)(?:仅限|只限|限|只招)(?:汉族|[一-龥]族)",
        r"无宗教信仰",
    ),
    CheckRule.DISABILITY: _rule(
        CheckLevel.BLOCK, "就业促进法 29", _("Say which task has to be done, not which body does it."),
        "残健陷肢",
        r"身体(?:健全|无残疾|无缺陷)", r"(?:无|非)残疾", rf"残疾(?:人|者)?{_AWAY}", r"四肢健全",
    ),
    CheckRule.HEPATITIS_B: _rule(
        CheckLevel.BLOCK, "就业促进法 30", _("Leave hepatitis B out; no test may be asked for."), "肝半",
        r"(?:无|非|没有)乙肝", r"(?:乙肝)?两对半", r"(?:须|需|要)?(?:查|检查|检测)乙肝",
        rf"乙肝(?:病毒)?(?:携带者|患者)?{_AWAY}", r"乙肝.{0,4}阴性",
    ),
    CheckRule.ILLNESS: _rule(
        CheckLevel.BLOCK, _POLICY_ARTICLE, _("Leave past illnesses out."), "冠阳康艾病",
        r"(?:无|未)(?:曾)?(?:感染|患|得)(?:过)?(?:新冠|阳)", rf"(?:新冠|阳过|康复者).{{0,3}}{_AWAY}",
        r"无(?:艾滋|传染病史|精神病史)",
    ),
    CheckRule.FEE: _rule(
        CheckLevel.BLOCK, "劳动合同法 9；就业促进法 41", _("No money and no document may be asked of whoever applies."),
        "押保费证",
        r"(?:缴纳|交纳|交|收取?|支付|预付|扣留?|押)(?:[一-龥]{0,4})(?:押金|保证金|培训费|报名费|服装费|工装费|体检费|建档费|身份证)",
        r"(?:服装|工装|入职|住宿|工牌)押金", r"(?:押金|保证金)\d+",
    ),
    CheckRule.APPEARANCE: _rule(
        CheckLevel.ASK, _NO_ARTICLE,
        _("Say what the work needs, not how one looks."), "端貌形颜气身体m厘公米",
        r"五官端正|相貌(?:端正|姣好|良好)|形象(?:气质)?(?:佳|好|良好|出众|俱佳)|颜值|气质佳",
        r"身高(?:要求)?[:：]?(?:在)?1[4-9]\d(?:cm|厘米|公分)?",
        r"身高.{0,6}1\.?\d{2}(?:米|m)?",
        r"1\.?[4-9]\d?(?:cm|厘米|公分|米)(?:以上|及以上)", r"体重.{0,6}\d+(?:kg|公斤|斤)",
    ),
    CheckRule.LURE: _rule(
        CheckLevel.WARN, "人社部关于网络招聘的通知", _("Write the pay that is really paid."), "结入赚过录",
        r"日(?:结|入|赚)(?:过|上)?(?:千|万)", r"月入(?:过)?(?:[3-9]\d?|1\d{1,2})[万w]", r"包过|保录|稳过|躺赚|轻松月入",
    ),
    CheckRule.SCHOOL: _rule(
        CheckLevel.ASK, _NO_ARTICLE,
        _("Name the knowledge that is needed."), "92双q全统",
        r"985|211(?!\d)|双一流|QS前?\d+|qs前?\d+|(?<!不)限?全日制|统招",
    ),
    CheckRule.ZODIAC: _rule(
        CheckLevel.ASK, _NO_ARTICLE,
        _("Leave the sign and the year of birth out."), "座属",
        rf"[一-龥]{{2}}座(?:优先|{_AWAY})", rf"属[鼠牛虎兔龙蛇马羊猴鸡狗猪](?:者|的)?(?:优先|{_AWAY})",
    ),
    CheckRule.POLITICS: _rule(
        CheckLevel.ASK, _NO_ARTICLE,
        _("Name the duty for which it is needed."), "党",
        r"(?<!不)(?:限|须|需|要求)?(?:中共)?党员(?:优先)?(?!活动|服务|教育|发展|之家)",
    ),
    CheckRule.RECORD: _rule(
        CheckLevel.ASK, _NO_ARTICLE,
        _("Ask for it only where a law does, and name that law."), "犯违良案征",
        r"无(?:犯罪|违法|不良|案底)(?:记录|征信)?|征信(?:良好|无不良)",
    ),
}  # fmt: skip
_AGE_ARTICLE = "上海市促进就业若干规定 22"
_AGE_INSTEAD = _("Leave the age out; above sixteen and below retirement everybody may apply.")
_CHILD_ARTICLE = "未成年人保护法 61；禁止使用童工规定"
_CHILD_INSTEAD = _("Nobody under sixteen may be employed.")
_POLICY_INSTEAD = _("Name the policy for which this post is kept.")
# What is said next to a condition and takes it back, within the same clause.
_TAKEN_BACK = re.compile(
    r"不限|均可|皆可|都可以?|不作要求|不做要求|无要求|不要求|不收|不得|不会|无需|无须|严禁|禁止|从不|欢迎|[不免勿]\0"
)
_CLAUSE = re.compile(r"[，,。;；!！?？\n]")
_AGES = re.compile(
    rf"(?P<low>\d{{2}})?(?:周?岁)?(?P<to>[-~—–至到])?(?P<high>\d{{2}})周?岁(?P<side>以下|以内|及以下|之内|以上|及以上|起|左右)?{_PEOPLE}"
)
_AGE_SIGNS = re.compile("[岁后]")
_GENERATION = re.compile(r"(?:[6-9]0|0[05])(?:、(?:[6-9]0|0[05]))*后")
_NO_MORE_THAN = re.compile(r"(?:不超过|不得超过|不大于|小于|低于)(\d{2})周?岁")
_OF_APPLICANTS = re.compile(r"优先|限|要求|年龄|招|为佳|最好|者|应聘")
_OF_OTHERS = re.compile(r"客户|用户|市场|团队|消费|群体|氛围|公司")
# Below this nobody may be employed; up to this everybody may, whatever the sex.
YOUNGEST, OLDEST = 16, 60
_TRAINEESHIP, _POLICY = re.compile(r"见习"), re.compile(r"公益性岗位|就业援助岗|就业困难人员")


def check_advert(title: str, description: str = "", age: str = "", sex: str = "") -> dict[str, tuple[Finding, ...]]:
    """What a person has to look at before the advert is shown: by field, in the order of its text.

    `age` and `sex` are the fields that some channels have beside the text: 35岁以下, 限男.
    """
    whole = f"{title}\n{description}"
    is_traineeship, is_policy = bool(_TRAINEESHIP.search(whole)), bool(_POLICY.search(whole))
    fields = {"title": title, "description": description, "age": age, "sex": sex}
    found: dict[str, tuple[Finding, ...]] = {}
    for name, text in fields.items():
        if not text:
            found[name] = ()
            continue
        folded = _fold(text)
        findings = [*_search(folded), *_search_ages(folded, is_traineeship=is_traineeship, is_field=name == "age")]
        findings = [_for_policy(one) if is_policy and one.rule == CheckRule.HUKOU else one for one in findings]
        found[name] = tuple(sorted(findings, key=lambda one: (one.start, one.end)))
    return found


@dataclass(frozen=True, slots=True)
class _Folded:
    """The text without what hides words (spaces, wide signs, invisible ones), and where each sign stood."""

    text: str
    plain: str
    places: Sequence[int]
    breaks: tuple[int, ...]

    def clause(self, start: int, end: int, instead: str) -> str:
        """The clause in which a match stands, with `instead` in its place."""
        before = self.breaks[bisect(self.breaks, start) - 1] + 1
        after = self.breaks[bisect_left(self.breaks, end)]
        return self.plain[before:start] + instead + self.plain[end:after]

    def find(
        self, rule: CheckRule, level: CheckLevel, match: re.Match[str], article: str | Promise, instead: str | Promise
    ) -> Finding:
        start, end = self.places[match.start()], self.places[match.end() - 1] + 1
        return Finding(rule, level, self.text[start:end], start, end, article, instead)


# Nothing invisible or spaced among them, and nothing wide but marks that every pattern knows both ways.
_PLAIN = re.compile(r"[\u4e00-\u9fff\d\na-z.;,，。、；：！？（）!?()/~+*%-]*", re.ASCII)


def _fold(text: str) -> _Folded:
    plain, places = (text, range(len(text))) if _PLAIN.fullmatch(text) else _unhide(text)
    breaks = (-1, *(found.start() for found in _CLAUSE.finditer(plain)), len(plain))
    return _Folded(text, plain, places, breaks)


def _unhide(text: str) -> tuple[str, Sequence[int]]:
    signs, places = [], []
    for place, sign in enumerate(text):
        for one in unicodedata.normalize("NFKC", sign).casefold():
            if one == "\n" or not (one.isspace() or unicodedata.category(one) in ("Cf", "Mn")):
                signs.append(one)
                places.append(place)
    return "".join(signs), places


def _search(folded: _Folded) -> Iterator[Finding]:
    there = set(folded.plain)
    for code, rule in _RULES.items():
        if rule.signs.isdisjoint(there):
            continue
        taken = bytearray(len(folded.plain))
        for match in (match for pattern in rule.patterns for match in pattern.finditer(folded.plain)):
            start, end = match.span()
            if not any(taken[start:end]) and not _is_taken_back(folded, match):
                taken[start:end] = b"\1" * (end - start)
                yield folded.find(code, rule.level, match, rule.article, rule.instead)


def _is_taken_back(folded: _Folded, match: re.Match[str]) -> bool:
    return bool(_TAKEN_BACK.search(folded.clause(*match.span(), "\0")))


def _search_ages(folded: _Folded, *, is_traineeship: bool, is_field: bool) -> Iterator[Finding]:
    if not _AGE_SIGNS.search(folded.plain):
        return
    for match in _AGES.finditer(folded.plain):
        low, high = _bounds(match)
        if low is not None and low < YOUNGEST and (high is None or high > YOUNGEST):
            yield folded.find(CheckRule.UNDERAGE, CheckLevel.BLOCK, match, _CHILD_ARTICLE, _CHILD_INSTEAD)
        elif _limits(low, high) and not is_traineeship and not _is_taken_back(folded, match):
            yield folded.find(CheckRule.AGE, CheckLevel.WARN, match, _AGE_ARTICLE, _AGE_INSTEAD)
    for match in (match for pattern in (_GENERATION, _NO_MORE_THAN) for match in pattern.finditer(folded.plain)):
        is_meant = is_field or _is_about_applicants(folded.clause(*match.span(), match[0]))
        if is_meant and not is_traineeship and not _is_taken_back(folded, match):
            yield folded.find(CheckRule.AGE, CheckLevel.WARN, match, _AGE_ARTICLE, _AGE_INSTEAD)


def _bounds(match: re.Match[str]) -> tuple[int | None, int | None]:
    """18-40周岁: 18 and 40; 35岁以下: none and 35; 18周岁以上: 18 and none."""
    high = int(match["high"])
    if match["low"] and match["to"]:
        return int(match["low"]), high
    if match["side"] in ("以下", "以内", "及以下", "之内"):
        return None, high
    return high, None


def _limits(low: int | None, high: int | None) -> bool:
    return (high is not None and high < OLDEST) or (low is not None and low > 18)


def _is_about_applicants(clause: str) -> bool:
    """90后优先 speaks of whoever applies, 服务90后客户 does not."""
    return bool(_OF_APPLICANTS.search(clause)) or not _OF_OTHERS.search(clause)


def _for_policy(finding: Finding) -> Finding:
    """A post of public benefit may be kept for those whom the policy means: somebody looks which policy it is."""
    return replace(
        finding,
        rule=CheckRule.POLICY_POST,
        level=CheckLevel.ASK,
        instead=_POLICY_INSTEAD,
    )


def explain(rule: CheckRule) -> tuple[str | Promise, str | Promise]:
    """The article a finding of this rule leans on, and the wording that is better."""
    if rule == CheckRule.POLICY_POST:
        return _RULES[CheckRule.HUKOU].article, _POLICY_INSTEAD
    if rule == CheckRule.AGE:
        return _AGE_ARTICLE, _AGE_INSTEAD
    if rule == CheckRule.UNDERAGE:
        return _CHILD_ARTICLE, _CHILD_INSTEAD
    return _RULES[rule].article, _RULES[rule].instead
