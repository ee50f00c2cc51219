"""What of a vacancy a machine is told: public columns only, and no person behind the words.

No contact, no finding, no note, no number of candidates: what is not named here does not leave the house.
"""

import re
from typing import Any

from sunward.employment.enums import Education
from sunward.employment.models import Vacancy
from sunward.people.screening.finding import FindingKind
from sunward.people.screening.numbers import SPOKEN, find_numbers
from sunward.people.screening.plain import make_plain
from sunward.people.screening.screen import INSTEAD

# A change of what is told here: everything is told once more.
_FORMAT = 1
# 联系人：张经理; whoever is named there is a person, known or not.
_NAMED = re.compile(
    r"((?:联系人|接洽人|经办人|招聘负责人)\s*[:：]?\s*)(?:[\u4e00-\u9fff·]{1,3}(?:经理|主管|主任|老师|女士|先生|小姐|老板)"
    r"|(?<=[:：\s])[\u4e00-\u9fff·]{2,4})"
)
# Pay and years stand in adverts in as many digits (5000-7000); a telephone begins like one, or is called one.
_LIKE_A_PHONE = re.compile(r"(?:86)?1[3-9]\d{9}|0\d{9,12}|[48]00\d{7}")
_CALLED_A_PHONE = re.compile(
    r"(?:电话|手机|热线|座机|固话|致电|拨打|联系|咨询|微信|tel|phone)[号码是为:：\s]{0,6}$", re.IGNORECASE
)
_ONE_RUN = re.compile(r"[2-9]\d{6,7}")
_MONEY = re.compile(r"\s*(?:元|块|万|千|[kK￥¥])")
_SOMEONE = "某某"
PUBLIC_COLUMNS = (
    "title", "kind", "occupation", "places_min", "places_max", "salary_text", "salary_min", "salary_max",
    "salary_period", "salary_months", "description", "workplace", "shifts",
)  # fmt: skip


def mark_of(vacancy: Vacancy) -> str:
    """Changes whenever something that is told may have changed."""
    return f"{_FORMAT}.{vacancy.version}.{vacancy.employer.version}.{vacancy.employer_id}.{vacancy.occupation}"


def content_of(vacancy: Vacancy) -> dict[str, Any]:
    """In the words of `employment.feeds.items.ToldVacancy`. `vacancy` comes with its employer and contact name."""
    told: dict[str, Any] = {name: getattr(vacancy, name) for name in PUBLIC_COLUMNS}
    for name in ("title", "salary_text", "description", "workplace"):
        told[name] = without_persons(told[name], vacancy.contact_name)
    return told | {
        "reference": str(vacancy.uid),
        "employer": vacancy.employer.name,
        "uscc": vacancy.employer.uscc or "",
        "industry": vacancy.employer.industry,
        "education": "" if vacancy.education is None else Education(vacancy.education).name.lower(),
        "valid_until": vacancy.valid_until.isoformat() if vacancy.valid_until else None,
    }


def without_persons(text: str, contact_name: str = "") -> str:
    """The text without telephones, accounts and document numbers, and without whoever is to be asked."""
    if not text:
        return ""
    plain = make_plain(text)
    spans: list[tuple[int, int, str]] = []
    for kind, start, end in sorted(find_numbers(plain.text), key=lambda hit: (hit[1], -hit[2])):
        if (spans and start < spans[-1][1]) or not _may_not_leave(kind, plain.text, start, end):
            continue
        spans.append((start, end, INSTEAD[kind]))
    for start, end, instead in reversed(spans):
        first, last = plain.span(start, end)
        text = text[:first] + instead + text[last:]
    if len(contact_name.strip()) > 1:
        text = text.replace(contact_name.strip(), _SOMEONE)
    return _NAMED.sub(rf"\1{_SOMEONE}", text)


def _may_not_leave(kind: FindingKind, text: str, start: int, end: int) -> bool:
    if kind != FindingKind.PHONE:
        return kind in (FindingKind.ID_NUMBER, FindingKind.ACCOUNT)
    said = text[start:end].translate(SPOKEN)
    digits = re.sub(r"\D", "", said)
    if _LIKE_A_PHONE.fullmatch(digits) or _CALLED_A_PHONE.search(text[max(0, start - 12) : start]):
        return True
    return _ONE_RUN.fullmatch(said) is not None and not _MONEY.match(text[end:])
