"""What every act on a vacancy has in common: refused on an old version, counted, left in the ledger and the record."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.refusals import Conflict
from sunward.employment.access.vacancies import VACANCY_SUBJECT, vacancy_subject
from sunward.employment.enums import VacancyState
from sunward.employment.models import Vacancy
from sunward.ledger.actions import NewFact, record_fact

CHANGED_MEANWHILE = "employment.vacancy_changed"


def refuse_old(row: Vacancy, version: int) -> None:
    if version != row.version:
        raise Conflict(CHANGED_MEANWHILE, _("Somebody else has just changed this vacancy. Look at it again."))


def save_vacancy(row: Vacancy, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def record_vacancy(
    row: Vacancy,
    code: str,
    *,
    actor: Actor,
    on: date,
    now: datetime,
    brought: dict[str, Any] | None = None,
    **detail: str | int | list[str],
) -> None:
    """`brought` stands in the fact alone: what an undo needs and no reader of the audit record."""
    record_fact(
        NewFact(
            kind=code, subject_kind=VACANCY_SUBJECT, subject_id=row.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=row.unit_id, unit_path=row.unit_path, attributes=detail | (brought or {}),
        ),
        now=now,
    )  # fmt: skip
    record_act(actor=actor, code=code, now=now, subject=vacancy_subject(row), unit_path=row.unit_path, **detail)


def standing_state(row: Vacancy) -> VacancyState:
    """Where a vacancy stands that is not closed: held, to be verified, or as it was answered for before."""
    if row.findings and row.reviewed_on is None:
        return VacancyState.HELD
    return VacancyState.WAITING if row.verified_until is None else VacancyState.OPEN
