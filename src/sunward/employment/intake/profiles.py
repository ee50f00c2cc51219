"""What the values of a row of the survey mean for a jobseeker's profile, wishes and needs."""

from typing import Any

from sunward.employment.enums import Education, Intention
from sunward.employment.sheets import education
from sunward.employment.sheets.situations import read_intention, read_situation
from sunward.registers.intake import Values
from sunward.registers.persons import day, precision, text, words

COLUMNS = (
    "delivered", "education", "situation", "intention", "surveyed_situation", "surveyed_intention", "surveyed_on",
    "registered_on", "registered_precision", "unemployed_since", "is_elsewhere", "is_disabled", "skills", "salary_min",
    "salary_max",
)  # fmt: skip
EDUCATION = {
    education.JUNIOR: Education.JUNIOR,
    education.SENIOR: Education.SENIOR,
    education.VOCATIONAL: Education.VOCATIONAL,
    education.COLLEGE: Education.COLLEGE,
    education.BACHELOR: Education.BACHELOR,
    education.MASTER: Education.MASTER,
    education.DOCTOR: Education.DOCTOR,
}
# The words of the register that stay as they came, by field of the sheet. Nothing that is sealed elsewhere, and nothing
# of a disability: a name, a number, a phone or an address would lie open here.
DELIVERED = {
    "situation": "situation", "intention": "intention", "education_written": "education",
    "salary_written": "salary_written", "situation_after": "situation_after", "intention_after": "intention_after",
}  # fmt: skip
# Whoever means to study on, or nothing for now, asks for nothing yet.
_NEEDED = (Intention.WORK, Intention.START_UP, Intention.TRAINING, Intention.TRAINEESHIP)
_ANY_POST = ("不限", "不限岗位", "岗位不限", "均可", "都可以", "都行", "无要求", "无所谓", "随便")
_MOST_WISHES, _LONGEST_WISH, _MOST_SKILLS, _LONGEST_WORDS = 8, 60, 30, 200
_LONGEST_DIGITS = 2_000_000_000  # what a column of the database holds


def read(values: Values) -> tuple[Any, ...]:
    """In the order of `COLUMNS`."""
    registered = values.get("registered_on")
    return (
        read_delivered(values), EDUCATION.get(str(values.get("education"))), _situation(values, "situation"),
        _intention(values, "intention"), _situation(values, "situation_after"), _intention(values, "intention_after"),
        day(values.get("surveyed_on")), day(registered), precision(registered), day(values.get("unemployed_since")),
        values.get("is_elsewhere"), values.get("disabled"),
        [skill[:_LONGEST_WISH] for skill in words(values, "skills")[:_MOST_SKILLS]],
        _yuan(values.get("salary_min")), _yuan(values.get("salary_max")),
    )  # fmt: skip


def read_delivered(values: Values) -> dict[str, Any]:
    found: dict[str, Any] = {
        name: text(values, key, _LONGEST_WORDS) for key, name in DELIVERED.items() if values.get(key)
    }
    if wished := words(values, "wished_posts"):
        found["wished_posts"] = [wish[:_LONGEST_WORDS] for wish in wished[:_MOST_SKILLS]]
    return found


def read_wishes(values: Values) -> list[str]:
    """Posts in the order written. Whoever would take any wishes for none in particular."""
    wished = [wish[:_LONGEST_WISH] for wish in words(values, "wished_posts") if wish not in _ANY_POST]
    return list(dict.fromkeys(wished))[:_MOST_WISHES]


def read_needs(values: Values) -> list[str]:
    """What is asked for, by what the person said last."""
    meant = _intention(values, "intention_after") or _intention(values, "intention")
    return [str(meant)] if meant in _NEEDED else []


def _situation(values: Values, key: str) -> str:
    written = values.get(key)
    return (read_situation(written) or "") if written else ""


def _intention(values: Values, key: str) -> str:
    written = values.get(key)
    return (read_intention(written) or "") if written else ""


def _yuan(amount: object) -> int | None:
    return amount if isinstance(amount, int) and 0 < amount < _LONGEST_DIGITS else None
