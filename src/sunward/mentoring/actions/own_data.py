"""Handing somebody what is kept about them, and taking up what they say is wrong."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.actions.follow_ups import promise_follow_up
from sunward.casework.models import FollowUp
from sunward.core.refusals import NotThere, Refusal
from sunward.mentoring.access import visible_children
from sunward.mentoring.enums import CORRECTION, IdentityCheck
from sunward.mentoring.rules import CORRECTION_DAYS


def record_own_data(
    *, actor: Actor, subject: Subject, unit_path: str, checked_by: IdentityCheck, requester: str, now: datetime
) -> None:
    """Who got the copy (a code: the child, a guardian, the volunteer) and how it was made sure that it was them."""
    record_act(
        actor=actor, code="mentoring.own_data_given", now=now, subject=subject, unit_path=unit_path,
        checked_by=str(checked_by), requester=requester,
    )  # fmt: skip


@transaction.atomic
def ask_for_correction(*, actor: Actor, case_id: UUID, words: str, on: date, now: datetime) -> FollowUp:
    """What a family says is wrong becomes something to do, with a day; it is answered, whatever comes of it."""
    case = visible_children(actor).select_for_update(of=("self",)).filter(uid=case_id).first()
    if case is None:
        raise NotThere("mentoring.child_not_there", _("There is no such child, or the file is not yours to see."))
    refuse_closed(case)
    if not words.strip():
        raise Refusal("mentoring.correction_empty", _("Write down what is said to be wrong, and what is right."))
    return promise_follow_up(
        actor=actor, case=case, kind=CORRECTION, due_on=on + timedelta(days=CORRECTION_DAYS), on=on, now=now,
        note=words.strip()[:200],
    )  # fmt: skip
