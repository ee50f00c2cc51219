"""A vacancy is changed: its salary is read and its wording checked anew, and what is newly found holds it again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.vacancies import VACANCY_SUBJECT, get_vacancy_for_change
from sunward.employment.actions.likenesses import note_likenesses
from sunward.employment.actions.vacancy_adding import (
    LONGEST_DESCRIPTION,
    PLACES_AT_MOST,
    read_pay,
    refuse_unfit_salary,
)
from sunward.employment.actions.vacancy_occupation import OCCUPATION_SET
from sunward.employment.actions.vacancy_recording import record_vacancy, refuse_old, save_vacancy, standing_state
from sunward.employment.enums import VacancyState
from sunward.employment.models import Vacancy
from sunward.employment.vacancies.findings import find_in_wording
from sunward.ledger.queries import standing_facts

CHANGED = "employment.vacancy_edited"
_PLAIN = (
    "title", "kind", "places_min", "places_max", "salary_text", "description", "workplace", "education", "valid_until",
    "contact_name",
)  # fmt: skip
_WORDING = ("title", "description")


@dataclass(frozen=True, slots=True)
class VacancyChanges:
    """Everything as it shall stand; an empty telephone leaves the one that is there, which nobody was shown."""

    title: str
    kind: str
    places_min: int | None
    places_max: int | None
    salary_text: str
    description: str
    workplace: str
    education: int | None
    valid_until: date | None
    contact_name: str
    contact_phone: str


@transaction.atomic
def change_vacancy(
    *, actor: Actor, vacancy_id: UUID, version: int, changes: VacancyChanges, on: date, now: datetime
) -> Vacancy:
    """What stands already as it is said changes nothing, whatever the version. Who verified it stays known."""
    row = get_vacancy_for_change(actor=actor, vacancy_id=vacancy_id)
    changed = _differences(row, changes)
    if not changed:
        return row
    refuse_old(row, version)
    if row.state == VacancyState.CLOSED:
        raise Conflict("employment.vacancy_is_closed", _("This vacancy is closed. Open it again first."))
    _refuse_impossible(row, changes, changed, on)
    fields = {name: getattr(changes, name) for name in changed}
    if "salary_text" in changed:
        fields |= read_pay(changes.salary_text)
    if not changed.isdisjoint(_WORDING):
        fields |= _check_anew(row, changes)
    if "title" in changed and not _is_coded_by_a_person(row):
        fields["occupation"] = ""
    if row.verified_until is not None and changes.valid_until is not None:
        fields["verified_until"] = min(row.verified_until, changes.valid_until)
    for name, value in fields.items():
        setattr(row, name, value)
    row.state = standing_state(row)
    save_vacancy(row, *fields, "state")
    note_likenesses(row)
    record_vacancy(row, CHANGED, actor=actor, on=on, now=now, columns=sorted(changed))
    return row


def _differences(row: Vacancy, changes: VacancyChanges) -> set[str]:
    changed = {name for name in _PLAIN if _bare(getattr(row, name)) != _bare(getattr(changes, name))}
    if changes.contact_phone and changes.contact_phone != row.contact_phone:
        changed.add("contact_phone")
    return changed


def _bare(value: object) -> object:
    """A browser writes the ends of lines in its own way: that is no change."""
    return "\n".join(value.strip().splitlines()) if isinstance(value, str) else value


def _is_coded_by_a_person(row: Vacancy) -> bool:
    """What the old title said plainly the new one may not say: it is coded anew. What somebody chose stays chosen."""
    return standing_facts().filter(subject_kind=VACANCY_SUBJECT, subject_id=row.pk, kind=OCCUPATION_SET).exists()


def _check_anew(row: Vacancy, changes: VacancyChanges) -> dict[str, Any]:
    """What stood in columns of its own (an age, a sex) is not in these words and stays.

    A review holds for what was found then: words that were not seen take it back.
    """
    apart = [found for found in row.findings if found.get("field") not in _WORDING]
    findings = [*find_in_wording(changes.title, changes.description), *apart]
    seen = {(found.get("rule"), found.get("words")) for found in row.findings}
    if all((found.get("rule"), found.get("words")) in seen for found in findings):
        return {"findings": findings}
    return {"findings": findings, "reviewed_by_id": None, "reviewed_on": None}


def _refuse_impossible(row: Vacancy, changes: VacancyChanges, changed: set[str], on: date) -> None:
    """Only what is changed is judged: a list may have told what nobody would type."""
    low, high = changes.places_min, changes.places_max
    if any(count is not None and not 1 <= count <= PLACES_AT_MOST for count in (low, high)) or (
        low is not None and high is not None and low > high
    ):
        raise Refusal("employment.places_impossible", _("How many are wanted cannot be right. Ask the employer."))
    if "description" in changed:
        if not changes.description:
            raise Refusal("employment.description_missing", _("Write what the work is: the law asks for it."))
        if len(changes.description) > LONGEST_DESCRIPTION:
            raise Refusal("employment.description_too_long", _("Write what the work is in ten thousand signs at most."))
    if "valid_until" in changed and changes.valid_until is not None and changes.valid_until < on:
        raise Refusal("employment.valid_until_over", _("The employer's last day is over already."))
    if "salary_text" in changed:
        refuse_unfit_salary(changes.salary_text)
