"""What the cells and the whole row of an advert are read by."""

import re
from functools import lru_cache

from sunward.accounts.areas import find_subdistrict_in, read_numeral
from sunward.employment.enums import SalaryPeriod
from sunward.employment.vacancies.checks import CheckRule, check_advert
from sunward.employment.vacancies.industries import read_industry
from sunward.employment.vacancies.minimum_wage import minimum_wage
from sunward.employment.vacancies.salaries import Salary, read_salary
from sunward.people.credit_codes import MISSING, TRUNCATED, read_credit_code
from sunward.people.phones import read_phone
from sunward.registers.normalise import readers
from sunward.registers.normalise.names import read_name
from sunward.registers.normalise.persons import written_in
from sunward.registers.normalise.text import UNKNOWN_WORDS, clean_text, is_formula_like, is_placeholder, squeeze
from sunward.registers.sheets.declarations import Draft, Value
from sunward.registers.workbook.cells import Cell, text_of

TITLE_MISSING, EMPLOYER_MISSING, NOT_A_NAME = "title_missing", "employer_missing", "name_invalid"
HEADCOUNT_NOT_STATED, HEADCOUNT_NOT_CREDIBLE = "headcount_not_stated", "headcount_not_credible"
SALARY_BELOW_MINIMUM, SALARY_PERHAPS_BELOW = "salary_below_minimum", "salary_below_minimum_ask"
EXPIRED = "vacancy_expired"
DESCRIPTION_MISSING, DESCRIPTION_LONG = "description_missing", "description_long"
# More places than this in one advert are a slip of the pen more often than not.
MOST_PLACES = 999
LONGEST_DESCRIPTION = 10_000
LONGEST_NAME = 120

_NUMBER = r"(\d+|[零一二两三四五六七八九十百]+)"
_RANGE = re.compile(rf"{_NUMBER}[名人位个]?(?:[-~—–至到]+){_NUMBER}")
_ONE = re.compile(_NUMBER)
_SOME = re.compile(r"若干|数名|多名|不限|几名|[\d十百]+余")
_AT_LEAST = re.compile(r"以上|起|不少于|至少")
_MARKUP = re.compile(r"<\s*[/!]?\s*[a-z][^>]*>?|javascript:|&#?\w+;", re.IGNORECASE)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_WIDE = str.maketrans("()", "（）")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_OPEN_END = re.compile(r"长期|招满|招到|持续|常年|不限|无期限|永久")
_UNTIL = re.compile(r"[至到~～—–]+|(?<=[\d日])\s*-\s*(?=\d{4})")
_EDUCATION = (
    ("不限", re.compile(r"不限|无要求|不要求|不作要求|不做要求|均可")),
    ("初中及以下", re.compile(r"初中|小学|九年")),
    ("中专", re.compile(r"中专|中技|技校|职高|职校|中职|技工")),
    ("高中", re.compile(r"高中")),
    ("大专", re.compile(r"大专|专科|高职")),
    ("本科", re.compile(r"本科|学士")),
    ("硕士", re.compile(r"硕士|研究生")),
    ("博士", re.compile(r"博士")),
)
_FROM_CONTACT = re.compile(r"[+\d\-\s()（）\[\]/、,，;；:：]+|电话|手机|联系人|微信同号|同微信|转\d+")


def name_line(cell: Cell, draft: Draft) -> Value:
    """A name on one line; a formula or markup is none, and no page ever shows it."""
    text = squeeze(text_of(cell))
    if is_placeholder(text) or text in UNKNOWN_WORDS:
        return None
    if is_formula_like(text) or _MARKUP.search(text):
        draft.flag(NOT_A_NAME)
        return None
    return (text.translate(_WIDE) if _CJK.search(text) else text)[:LONGEST_NAME]


def whole_text(cell: Cell, draft: Draft) -> Value:
    """A text that jobseekers read: its marks stay as they were written."""
    if readers.plain_text(cell, draft) is None:
        return None
    return _HIDDEN.sub("", text_of(cell)).replace("\r\n", "\n").strip()


def require_names(draft: Draft) -> None:
    for key, code in (("title", TITLE_MISSING), ("employer", EMPLOYER_MISSING)):
        if not draft.values.get(key):
            draft.values[key] = None
            if NOT_A_NAME not in draft.codes:
                draft.flag(code)


def credit_code(cell: Cell, draft: Draft) -> Value:
    is_numeric = isinstance(cell, int | float) and not isinstance(cell, bool)
    text = clean_text(text_of(cell))
    if is_placeholder(text) or text in UNKNOWN_WORDS:
        return None
    code, problem = read_credit_code(text, is_numeric=is_numeric)
    if problem:
        draft.flag(problem)
    return code


def settle_credit_code(draft: Draft) -> None:
    draft.values.setdefault("uscc", None)
    if draft.values["uscc"] is None and not {"uscc_checksum", TRUNCATED}.intersection(draft.codes):
        draft.flag(MISSING)


def industry(cell: Cell, draft: Draft) -> Value:
    text = readers.plain_text(cell, draft)
    draft.values["industry_code"] = read_industry(text) if text else None
    return squeeze(text)[:60] if text else None


def settle_headcount(draft: Draft) -> None:
    low, high, code = read_headcount(written_in(draft, "headcount"))
    draft.values |= {"headcount_min": low, "headcount_max": high}
    draft.values.pop("headcount", None)
    if code:
        draft.flag(code)


@lru_cache(maxsize=1024)
def read_headcount(text: str) -> tuple[int | None, int | None, str]:
    """三名, 2-3人, 5人以上; 若干 says no number; none at all, and thousands, are not believed."""
    written = "".join(text.split()).replace(",", "")
    found = _RANGE.search(written) or _ONE.search(written)
    if found is None or _SOME.search(written):
        return None, None, HEADCOUNT_NOT_STATED
    counts = sorted(int(one) if one.isdigit() else int(read_numeral(one)) for one in found.groups())
    if counts[0] < 1 or counts[-1] > MOST_PLACES:
        return None, None, HEADCOUNT_NOT_CREDIBLE
    return counts[0], None if len(counts) == 1 and _AT_LEAST.search(written) else counts[-1], ""


def settle_salary(draft: Draft) -> None:
    salary = _salary(*(clean_text(text_of(draft.cells.get(key, ""))) for key in ("salary", "salary_from", "salary_to")))
    is_monthly = salary.period in (SalaryPeriod.MONTH, SalaryPeriod.YEAR)
    draft.values |= {
        "salary_min": salary.month_min,
        "salary_max": salary.month_max,
        "salary_period": str(salary.period) if salary.period else None,
        "amount_min": None if is_monthly else _whole(salary.amount_min),
        "amount_max": None if is_monthly else _whole(salary.amount_max),
        "pay_months": salary.months if is_monthly else None,
        "salary_text": written_in(draft, "salary")[:LONGEST_NAME] or None,
    }
    for key in ("salary", "salary_from", "salary_to"):
        draft.values.pop(key, None)
    for flag in salary.flags:
        draft.flag(str(flag))
    if salary.month_max is not None:
        _hold_against_minimum(draft, salary.month_max)


def _hold_against_minimum(draft: Draft, most: int) -> None:
    """Below what is sure it is a finding; below a step that the office has still to confirm it is a question."""
    sure, lowest = minimum_wage(draft.on, is_confirmed=True), minimum_wage(draft.on)
    if sure is not None and most < sure:
        draft.flag(SALARY_BELOW_MINIMUM)
    elif lowest is not None and most < lowest:
        draft.flag(SALARY_PERHAPS_BELOW)


@lru_cache(maxsize=4096)
def _salary(text: str, low: str, high: str) -> Salary:
    """One cell, or the two ends in cells of their own."""
    if text or not (low or high):
        return read_salary("" if is_placeholder(text) else text)
    if low and high:
        return read_salary(f"{low}-{high}")
    return read_salary(f"{low}以上" if low else f"{high}以下")


def _whole(amount: float | None) -> int | float | None:
    return int(amount) if amount is not None and amount == int(amount) else amount


def education(cell: Cell, draft: Draft) -> Value:
    return read_education(clean_text(text_of(cell)))


@lru_cache(maxsize=512)
def read_education(text: str) -> str:
    """The schooling that is enough: of several the one named first; nobody says what is not asked for."""
    found = [(match.start(), level) for level, shape in _EDUCATION if (match := shape.search(text))]
    return min(found)[1] if found else "不限"


def settle_place(draft: Draft) -> None:
    """The sub-district of its own column, else the one that the workplace names in full."""
    place, own = written_in(draft, "place"), written_in(draft, "subdistrict")
    area = find_subdistrict_in(own) if own else None
    if area is None and ("街道" in place or "镇" in place or len(place) <= _SHORT_PLACE):
        area = find_subdistrict_in(place)
    draft.values["place"] = squeeze(place)[:LONGEST_NAME] or None
    draft.values["subdistrict"] = area.name if area else None
    draft.values["subdistrict_code"] = area.code if area else None


_SHORT_PLACE = 6


def settle_contact(draft: Draft) -> None:
    """The first mobile, and a name if one stands beside it: both are a natural person's."""
    told, number = written_in(draft, "contact"), written_in(draft, "phone")
    phone = read_phone(number) if number else None
    phone = phone or (read_phone(told) if told else None)
    if phone is None and (told or number):
        draft.flag("phone_invalid")
    named = written_in(draft, "contact_name") or _FROM_CONTACT.sub(" ", told or number).strip()
    draft.values["phone"] = phone
    draft.values["contact_name"] = read_name(named)[0] if named and len(named) <= _LONGEST_PERSON else None
    draft.values.pop("contact", None)


_LONGEST_PERSON = 20


def settle_validity(draft: Draft) -> None:
    """Until when it stands; 长期有效 is no day and no fault."""
    cell = draft.cells.get("valid_until", "")
    text = clean_text(text_of(cell)) if isinstance(cell, str) else ""
    draft.values["valid_until"] = None
    if isinstance(cell, str) and (not text or is_placeholder(text) or _OPEN_END.search(text)):
        return
    reading = readers.read_date_cell(_UNTIL.split(text)[-1] if text else cell, draft)
    if reading is None or reading.value is None:
        draft.flag((reading.problem if reading else None) or "date_unreadable")
        return
    last = reading.value.last
    draft.values["valid_until"] = last.isoformat()
    if last < draft.on:
        draft.flag(EXPIRED)


def settle_description(draft: Draft) -> None:
    """Duties and demands are one text, kept whole."""
    parts = [draft.values.get(key) for key in ("description", "requirements", "benefits")]
    text = "\n".join(str(part) for part in parts if part)
    draft.values["description"] = text or None
    draft.values.pop("requirements", None)
    draft.values.pop("benefits", None)
    if not text:
        draft.flag(DESCRIPTION_MISSING)
    elif len(text) > LONGEST_DESCRIPTION:
        draft.flag(DESCRIPTION_LONG)


def settle_findings(draft: Draft) -> None:
    """What the check finds holds the advert back until a person has looked."""
    title, description = (str(draft.values.get(key) or "") for key in ("title", "description"))
    found = find_rules(title, description, written_in(draft, "age"), written_in(draft, "sex"))
    for rule in found:
        draft.flag(rule)
    draft.values["findings"] = [*found]
    for key in ("age", "sex"):
        draft.values[key] = written_in(draft, key)[:LONGEST_NAME] or None


def find_rules(title: str, description: str, age: str, sex: str) -> tuple[str, ...]:
    found = check_advert(title, description, age=age, sex=sex)
    rules = {finding.rule for findings in found.values() for finding in findings}
    return tuple(str(rule) for rule in CheckRule if rule in rules)
