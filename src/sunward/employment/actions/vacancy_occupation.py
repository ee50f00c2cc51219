"""A person says which occupation a vacancy is."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Refusal
from sunward.employment.access.vacancies import get_vacancy_for_change
from sunward.employment.actions.vacancy_recording import record_vacancy, refuse_old, save_vacancy
from sunward.employment.models import Vacancy
from sunward.employment.occupations import name_of

OCCUPATION_SET = "employment.vacancy_occupation_set"


@transaction.atomic
def set_vacancy_occupation(
    *, actor: Actor, vacancy_id: UUID, version: int, occupation: str, on: date, now: datetime
) -> Vacancy:
    """Saying the same again changes nothing. Nothing codes it anew afterwards but a person."""
    row = get_vacancy_for_change(actor=actor, vacancy_id=vacancy_id)
    if row.occupation == occupation:
        return row
    refuse_old(row, version)
    if not name_of(occupation):
        raise Refusal(
            "employment.occupation_unknown",
            _("The classification of 2022 has no such occupation. Choose one that is offered, or type its code."),
        )
    row.occupation = occupation
    save_vacancy(row, "occupation")
    record_vacancy(row, OCCUPATION_SET, actor=actor, on=on, now=now, occupation=occupation)
    return row
