"""What is done in an emergency besides answering it: notes, authorities told, somebody asked to stand by."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.safeguarding.access.emergencies import STANDING, get_asked_for_change, get_emergency_for_change
from sunward.safeguarding.actions.climbing import notify
from sunward.safeguarding.declaration import StandBy, helping_of
from sunward.safeguarding.enums import Authority, StepKind
from sunward.safeguarding.models import Emergency, EmergencyStep
from sunward.safeguarding.notices import NoticeKind
from sunward.safeguarding.recording import write_step

# A clock on a wall may go before ours.
_AHEAD = timedelta(minutes=5)


@transaction.atomic
def add_note(*, actor: Actor, emergency_id: UUID, words: str, now: datetime) -> EmergencyStep:
    """Also after it is over: the diary is written up when there is time."""
    emergency = get_emergency_for_change(actor=actor, emergency_id=emergency_id)
    if not words.strip():
        raise Refusal("safeguarding.note_empty", _("Write what happened."))
    return write_step(emergency, StepKind.NOTE, actor=actor, now=now, words=words.strip())


@transaction.atomic
def record_authority(
    *,
    actor: Actor,
    emergency_id: UUID,
    authority: Authority,
    told_at: datetime,
    now: datetime,
    receipt: str = "",
    words: str = "",
) -> EmergencyStep:
    """Police, civil affairs or the hospital were told. No approval comes before it; what is written is that it was."""
    emergency = get_emergency_for_change(actor=actor, emergency_id=emergency_id)
    if told_at > now + _AHEAD:
        raise Refusal("safeguarding.told_later_than_now", _("The time lies ahead. When were they told?"))
    return write_step(
        emergency, StepKind.REPORTED, actor=actor, now=now, due_at=told_at, authority=authority,
        receipt=receipt.strip()[:60], words=words.strip(), attributes={"authority": str(authority)},
    )  # fmt: skip


@transaction.atomic
def ask_stand_by(*, actor: Actor, emergency_id: UUID, volunteer_id: UUID, now: datetime) -> StandBy:
    """Ask one of the stand-by list. Whether she is vetted is read again now, not from the page that was open."""
    emergency = get_emergency_for_change(actor=actor, emergency_id=emergency_id)
    if emergency.state not in STANDING:
        raise Conflict("safeguarding.emergency_over", _("It is over already. Load the page again."))
    found = helping_of(emergency.case).find_stand_by(actor, emergency.case, volunteer_id, now)
    if found is None:
        raise NotThere("safeguarding.not_on_stand_by", _("She is not on the stand-by list any more. Look again."))
    if found.user_id is None:
        raise Refusal("safeguarding.no_sign_in", _("She has no sign-in: please ring her up."))
    if not _asked(emergency, found.user_id):
        write_step(
            emergency, StepKind.ASKED, actor=actor, now=now, to_id=found.user_id, about_person_id=found.person_id
        )
        path = reverse("safeguarding:asked", args=[emergency.uid])
        notify(emergency, NoticeKind.STAND_BY, user_id=found.user_id, key="asked", now=now, path=path)
    return found


@transaction.atomic
def answer_stand_by(*, actor: Actor, emergency_id: UUID, is_coming: bool, now: datetime) -> Emergency:
    """Yes or no, by the one who was asked; she may change her mind, the same answer twice is one."""
    emergency = get_asked_for_change(actor=actor, emergency_id=emergency_id)
    kind = StepKind.AGREED if is_coming else StepKind.CANNOT
    last = answers_of(emergency, actor.user_id).last()
    if last is not None and last.kind == kind:
        return emergency
    asked = EmergencyStep.objects.filter(emergency=emergency, kind=StepKind.ASKED, to_id=actor.user_id).first()
    step = write_step(
        emergency, kind, actor=actor, now=now, about_person_id=asked.about_person_id if asked else None
    )  # fmt: skip
    if emergency.answered_by_id is not None:
        notify(
            emergency, NoticeKind.STAND_BY_ANSWERED, user_id=emergency.answered_by_id, key=str(step.pk), now=now
        )  # fmt: skip
    return emergency


def _asked(emergency: Emergency, user_id: int) -> bool:
    return EmergencyStep.objects.filter(emergency=emergency, kind=StepKind.ASKED, to_id=user_id).exists()


def answers_of(emergency: Emergency, user_id: int) -> QuerySet[EmergencyStep]:
    said = EmergencyStep.objects.filter(emergency=emergency, by_id=user_id, kind__in=(StepKind.AGREED, StepKind.CANNOT))
    return said.order_by("pk")
