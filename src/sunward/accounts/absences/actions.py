"""Saying that somebody is away, and that she is back. No right changes by it, only whom things reach."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.absences.access import changeable_absences, changeable_users
from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.enums import AbsenceReason
from sunward.accounts.models import Absence, User
from sunward.audit.chain import Subject
from sunward.core.refusals import Conflict, NotThere, Refusal

# Longer than this nobody is away: the post ends, and somebody else is given it.
LONGEST_DAYS = 183
_USER_SUBJECT = "user"


@transaction.atomic
def note_absence(
    *, actor: Actor, user_id: int, from_on: date, until_on: date, reason: AbsenceReason, on: date, now: datetime
) -> Absence:
    """Away from the first day up to `until_on`, the day of return. Its past changes nothing any more."""
    user = changeable_users(actor).select_for_update(of=("self",)).filter(pk=user_id).first()
    if user is None:
        raise NotThere("accounts.user_not_there", _("There is no such user."))
    if from_on < on:
        raise Refusal("accounts.day_passed", _("The day has passed already. Choose today or a later day."))
    if until_on <= from_on:
        raise Refusal("accounts.absence_without_days", _("The day of return comes after the first day away."))
    if until_on - from_on > timedelta(days=LONGEST_DAYS):
        raise Refusal(
            "accounts.absence_too_long",
            _("Nobody is away for more than half a year: then somebody else has to be given the post."),
        )
    if user.absences.filter(from_on__lt=until_on, until_on__gt=from_on).exists():
        raise Conflict("accounts.absent_already", _("It is written down already that she is away in these days."))
    absence = Absence.objects.create(
        user=user, from_on=from_on, until_on=until_on, reason=reason, recorded_by_id=actor.user_id, recorded_at=now
    )
    _record(actor, "accounts.absence_noted", user, now=now, absence=absence.pk, until=until_on.isoformat())
    return absence


@transaction.atomic
def end_absence(*, actor: Actor, absence_id: int, on: date, now: datetime) -> None:
    """Back from today; what has not begun, or began today, is taken back."""
    absence = (
        changeable_absences(actor).select_for_update(of=("self",)).select_related("user").filter(pk=absence_id).first()
    )
    if absence is None or absence.until_on <= on:
        raise NotThere("accounts.absence_not_there", _("This absence is over already."))
    if absence.from_on >= on:
        absence.delete()
    else:
        absence.until_on = on
        absence.save(update_fields=["until_on"])
    _record(actor, "accounts.absence_ended", absence.user, now=now, absence=absence_id, until=on.isoformat())


def _record(actor: Actor, code: str, user: User, *, now: datetime, **detail: Any) -> None:
    record_act(actor=actor, code=code, now=now, subject=Subject(_USER_SUBJECT, user.pk), **detail)
