"""Vetting facts: each is added, never edited; the newest of a kind decides."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Refusal
from sunward.mentoring.actions.mentors import get_mentor_for_change, record_mentor_act
from sunward.mentoring.actions.tutoring_vetting import pause_tutoring_for_vetting
from sunward.mentoring.actions.vetting_pauses import apply_vetting, lock_pairs
from sunward.mentoring.actions.way_in import take_on_if_complete
from sunward.mentoring.enums import VettingKind, VettingResult
from sunward.mentoring.models import VettingFact
from sunward.mentoring.tutoring.enums import TutoringState
from sunward.mentoring.vetting import default_expiry


@transaction.atomic
def record_vetting(
    *,
    actor: Actor,
    mentor_id: UUID,
    kind: VettingKind,
    result: VettingResult,
    happened_on: date,
    on: date,
    now: datetime,
    expires_on: date | None = None,
    authority: str = "",
    receipt: str = "",
) -> VettingFact:
    """Add a dated step of vetting. One that leaves her unfit to be matched pauses her matches, and a
    student's tutoring, in the same breath."""
    mentor = get_mentor_for_change(actor=actor, mentor_id=mentor_id)
    if happened_on > on:
        raise Refusal("mentoring.day_in_future", _("The day has not come yet."))
    if expires_on is not None and expires_on <= happened_on:
        raise Refusal("mentoring.ends_before_it_begins", _("The last day must come after the first."))
    if result == VettingResult.CLEAR and expires_on is None:
        expires_on = default_expiry(kind, happened_on)
    lock_pairs(mentor, on=on)
    fact = VettingFact.objects.create(
        mentor=mentor, kind=kind, result=result, happened_on=happened_on, expires_on=expires_on,
        authority=authority[:80], receipt=receipt[:60], recorded_by_id=actor.user_id, recorded_at=now,
    )  # fmt: skip
    record_mentor_act(
        mentor, actor=actor, code="mentoring.vetting_recorded", on=happened_on, now=now, vetting=str(kind),
        result=str(result),
    )  # fmt: skip
    apply_vetting(mentor_pk=mentor.pk, on=on, now=now)
    for tutoring_pk in list(mentor.tutorings.filter(state=TutoringState.RUNNING).values_list("pk", flat=True)):
        pause_tutoring_for_vetting(tutoring_pk=tutoring_pk, on=on, now=now)
    take_on_if_complete(mentor, actor=actor, on=on, now=now)
    return fact
