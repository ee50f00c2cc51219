"""The life of a vacancy: somebody answers for it until a day, reviews its wording, closes it, or takes that back.

It ends by itself on its day (`Vacancy.objects.open(on=)`): no job closes it.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.recording import withdraw_facts
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.vacancies import VACANCY_SUBJECT, get_vacancy_for_change, vacancy_subject
from sunward.employment.actions.likenesses import note_likenesses
from sunward.employment.actions.vacancy_recording import record_vacancy, refuse_old, save_vacancy, standing_state
from sunward.employment.enums import ReleaseReason, VacancyCloseReason, VacancyState
from sunward.employment.models import Vacancy

VERIFIED, RELEASED = "employment.vacancy_verified", "employment.vacancy_released"
CLOSED, REOPENED = "employment.vacancy_closed", "employment.vacancy_reopened"
# Nobody answers for longer without asking again.
VERIFIED_FOR_DAYS, VERIFIED_AT_MOST_DAYS = 30, 90


def suggest_until(vacancy: Vacancy, *, on: date) -> date:
    """Thirty days, or the employer's own last day if that comes first."""
    until = on + timedelta(days=VERIFIED_FOR_DAYS)
    return min(until, vacancy.valid_until) if vacancy.valid_until else until


@transaction.atomic
def verify_vacancy(*, actor: Actor, vacancy_id: UUID, version: int, until: date, on: date, now: datetime) -> Vacancy:
    """Somebody asked the employer and answers for the post from today until a day. Saying it twice changes nothing."""
    row = get_vacancy_for_change(actor=actor, vacancy_id=vacancy_id)
    if (row.state, row.verified_by_id, row.verified_on, row.verified_until) == ("open", actor.user_id, on, until):
        return row
    refuse_old(row, version)
    if row.state == VacancyState.HELD:
        raise Conflict("employment.vacancy_held", _("Its wording is held. Review what was found first."))
    if row.state == VacancyState.CLOSED:
        raise Conflict("employment.vacancy_is_closed", _("This vacancy is closed. Open it again first."))
    _refuse_day(row, until, on)
    row.state, row.verified_by_id, row.verified_on, row.verified_until = VacancyState.OPEN, actor.user_id, on, until
    save_vacancy(row, "state", "verified_by", "verified_on", "verified_until")
    record_vacancy(row, VERIFIED, actor=actor, on=on, now=now, days=(until - on).days)
    return row


@transaction.atomic
def release_vacancy(*, actor: Actor, vacancy_id: UUID, version: int, reason: str, on: date, now: datetime) -> Vacancy:
    """A person has looked at what was found and lets the wording stand, for a reason.

    It still has to be verified, unless somebody had answered for it before its wording was changed.
    """
    row = get_vacancy_for_change(actor=actor, vacancy_id=vacancy_id)
    is_released = row.state in (VacancyState.WAITING, VacancyState.OPEN)
    if is_released and (row.reviewed_by_id, row.reviewed_on) == (actor.user_id, on):
        return row
    refuse_old(row, version)
    if row.state != VacancyState.HELD:
        raise Conflict("employment.vacancy_not_held", _("Its wording is not held any more. Look at it again."))
    if reason not in ReleaseReason.values:
        raise Refusal("employment.release_reason", _("Say why the wording may stand."))
    row.reviewed_by_id, row.reviewed_on = actor.user_id, on
    row.state = standing_state(row)
    save_vacancy(row, "state", "reviewed_by", "reviewed_on")
    record_vacancy(row, RELEASED, actor=actor, on=on, now=now, reason=reason)
    return row


@transaction.atomic
def close_vacancy(*, actor: Actor, vacancy_id: UUID, version: int, reason: str, on: date, now: datetime) -> Vacancy:
    """Nobody is told of it any more; it can be opened again."""
    row = get_vacancy_for_change(actor=actor, vacancy_id=vacancy_id)
    if row.state == VacancyState.CLOSED and row.close_reason == reason:
        return row
    refuse_old(row, version)
    if row.state == VacancyState.CLOSED:
        raise Conflict("employment.vacancy_is_closed_already", _("This vacancy has been closed already."))
    # Merging has an act of its own, which keeps the sources of both.
    if reason not in VacancyCloseReason.values or reason == VacancyCloseReason.MERGED:
        raise Refusal("employment.close_reason", _("Say why it is closed."))
    row.state, row.close_reason = VacancyState.CLOSED, reason
    save_vacancy(row, "state", "close_reason")
    record_vacancy(row, CLOSED, actor=actor, on=on, now=now, reason=reason)
    return row


@transaction.atomic
def reopen_vacancy(*, actor: Actor, vacancy_id: UUID, version: int, on: date, now: datetime) -> Vacancy:
    """The closing is taken back: it stands where it stood, and what was held is held again."""
    row = get_vacancy_for_change(actor=actor, vacancy_id=vacancy_id)
    if row.state != VacancyState.CLOSED:
        return row
    refuse_old(row, version)
    if row.close_reason == VacancyCloseReason.MERGED:
        raise Conflict("employment.vacancy_is_merged", _("It is one with another vacancy. Part the two there."))
    row.state, row.close_reason = standing_state(row), ""
    save_vacancy(row, "state", "close_reason")
    note_likenesses(row)
    withdraw_facts(subject=(VACANCY_SUBJECT, row.pk), kinds=(CLOSED,), now=now)
    record_act(actor=actor, code=REOPENED, now=now, subject=vacancy_subject(row), unit_path=row.unit_path)
    return row


def _refuse_day(row: Vacancy, until: date, on: date) -> None:
    if row.valid_until is not None and until > row.valid_until:
        raise Refusal(
            "employment.verified_beyond_validity",
            _("The employer offers it until %(day)s only. Choose that day or an earlier one; if it stands for longer,"
              " have the employer say so.") % {"day": row.valid_until},
        )  # fmt: skip
    if not on <= until <= on + timedelta(days=VERIFIED_AT_MOST_DAYS):
        raise Refusal(
            "employment.verified_until_impossible",
            _("Answer for it from today on, and for ninety days at most. You can do so again before it runs out."),
        )
