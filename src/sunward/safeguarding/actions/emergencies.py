"""The call itself and its end: raised, answered, handed on, over. The clock between stands in `climbing`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM
from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, NotAllowed, Refusal
from sunward.safeguarding.access.emergencies import STANDING, get_emergency_for_change
from sunward.safeguarding.actions.climbing import notify, start_round
from sunward.safeguarding.declaration import helping_of
from sunward.safeguarding.enums import EmergencyKind, EmergencyState, StepKind
from sunward.safeguarding.models import Emergency, EmergencyStep
from sunward.safeguarding.notices import NoticeKind
from sunward.safeguarding.queries.ladder_people import may_be_handed
from sunward.safeguarding.recording import write_step
from sunward.safeguarding.rules import UNDO_WITHIN


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls for help: a user, or a guardian on the family's own page, who has no sign-in."""

    actor: Actor = SYSTEM
    person_id: int | None = None


@transaction.atomic
def raise_emergency(
    *, caller: Caller, case: Case, kind: EmergencyKind, now: datetime, about_id: int | None = None
) -> Emergency:
    """Call for help for a child; the caller has passed the programme's own gate. Never refused and never twice.

    While one is running a second call joins it: whoever is on it hears so, and the same tap again changes nothing.
    """
    helping = helping_of(case)
    if caller.person_id is None and not caller.actor.has(*helping.callers):
        raise NotAllowed("safeguarding.may_not_call", _("Please ring 110 or 120 directly."))
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    running = Emergency.objects.select_for_update(of=("self",)).filter(case=case, state__in=STANDING).first()
    if running is not None:
        return _join(running, caller, kind, now=now)
    emergency = Emergency(
        case=case, unit_path=case.unit_path, kind=kind, raised_by_id=caller.actor.user_id or None, raised_at=now,
        about_id=about_id,
    )  # fmt: skip
    emergency.save(force_insert=True)
    write_step(
        emergency, StepKind.RAISED, actor=caller.actor, now=now, about_person_id=caller.person_id,
        attributes={"kind": str(kind), "by_family": caller.person_id is not None},
    )  # fmt: skip
    start_round(emergency, now=now)
    return emergency


def _join(emergency: Emergency, caller: Caller, kind: EmergencyKind, *, now: datetime) -> Emergency:
    calls = EmergencyStep.objects.filter(emergency=emergency, kind=StepKind.RAISED)
    own = calls.filter(by_id=caller.actor.user_id or None, about_person_id=caller.person_id)
    if own.exists():
        return emergency
    step = write_step(
        emergency, StepKind.RAISED, actor=caller.actor, now=now, about_person_id=caller.person_id,
        words=str(EmergencyKind(kind).label), attributes={"kind": str(kind), "by_family": caller.person_id is not None},
    )  # fmt: skip
    if emergency.answered_by_id is not None and emergency.answered_by_id != caller.actor.user_id:
        notify(
            emergency, NoticeKind.EMERGENCY, user_id=emergency.answered_by_id, key=f"joined.{step.pk}", now=now
        )  # fmt: skip
    return emergency


@transaction.atomic
def say_mistaken(*, emergency: Emergency, actor: Actor, now: datetime, person_id: int | None = None) -> None:
    """Whoever called says it was a mistake. The clock goes on all the same: somebody looks whether it really was, since
    nobody can know who stands beside the one who says so."""
    locked = Emergency.objects.select_for_update(of=("self",)).select_related("case").get(pk=emergency.pk)
    said = EmergencyStep.objects.filter(emergency=locked, kind=StepKind.MISTAKEN)
    if locked.state in STANDING and not said.exists():
        write_step(locked, StepKind.MISTAKEN, actor=actor, now=now, about_person_id=person_id)


@transaction.atomic
def answer_emergency(*, actor: Actor, emergency_id: UUID, now: datetime) -> Emergency:
    """One tap: I am on it. The first has it and the clock stops; whoever comes second hears who it is."""
    emergency = get_emergency_for_change(actor=actor, emergency_id=emergency_id)
    _refuse_over(emergency)
    if emergency.answered_by_id == actor.user_id:
        return emergency
    if emergency.answered_by_id is not None:
        assert emergency.answered_at is not None
        raise Conflict(
            "safeguarding.emergency_answered",
            _("%(name)s has been on it since %(time)s. Talk to each other; it can be handed on to you.")
            % {"name": emergency.answered_by, "time": date_format(localtime(emergency.answered_at), "H:i")},
        )
    _answer(emergency, actor, now=now)
    return emergency


def _answer(emergency: Emergency, actor: Actor, *, now: datetime) -> None:
    minutes = int((now - emergency.raised_at).total_seconds() // 60)
    emergency.state, emergency.climbs_at = EmergencyState.ANSWERED, None
    emergency.answered_by_id, emergency.answered_at = actor.user_id, now
    emergency.save()
    write_step(
        emergency, StepKind.ANSWERED, actor=actor, now=now, rung=emergency.rung,
        attributes={"minutes": minutes, "rung": emergency.rung, "round": emergency.round},
    )  # fmt: skip
    told = EmergencyStep.objects.filter(emergency=emergency, kind=StepKind.TOLD, round=emergency.round)
    _calm(emergency, {*told.values_list("to_id", flat=True)} - {actor.user_id, emergency.raised_by_id}, now=now)
    if emergency.raised_by_id and emergency.raised_by_id != actor.user_id:
        notify(
            emergency, NoticeKind.EMERGENCY_ANSWERED, user_id=emergency.raised_by_id, key=str(emergency.round), now=now,
            path=helping_of(emergency.case).call_path(emergency.about_id) if emergency.about_id else None,
        )  # fmt: skip


def _calm(emergency: Emergency, user_ids: Iterable[int | None], *, now: datetime) -> None:
    """Whoever was called for nothing may go back to sleep."""
    for user_id in user_ids:
        if user_id is not None:
            notify(emergency, NoticeKind.EMERGENCY_ANSWERED, user_id=user_id, key=str(emergency.round), now=now)


@transaction.atomic
def hand_on(*, actor: Actor, emergency_id: UUID, to_user_id: int, now: datetime) -> Emergency:
    """To somebody else whose file it is too. The clock starts again for her, with the whole ladder behind her."""
    emergency = get_emergency_for_change(actor=actor, emergency_id=emergency_id)
    _refuse_over(emergency)
    if emergency.state == EmergencyState.RINGING and emergency.handed_to_id == to_user_id:
        return emergency
    ladder = helping_of(emergency.case).ladder
    if to_user_id not in {user.pk for user in may_be_handed(emergency, ladder=ladder, on=localdate(now))}:
        raise Refusal("safeguarding.cannot_be_handed", _("Choose somebody who answers for this child's unit."))
    emergency.state, emergency.round = EmergencyState.RINGING, emergency.round + 1
    emergency.answered_by, emergency.answered_at = None, None
    emergency.handed_to = User.objects.get(pk=to_user_id)
    emergency.save()
    write_step(emergency, StepKind.HANDED_ON, actor=actor, now=now, to_id=to_user_id)
    start_round(emergency, now=now)
    return emergency


@transaction.atomic
def end_emergency(
    *, actor: Actor, emergency_id: UUID, words: str, now: datetime, is_false_alarm: bool = False
) -> Emergency:
    """Over, or there was nothing: with words, since the next who reads the file asks what became of it."""
    emergency = get_emergency_for_change(actor=actor, emergency_id=emergency_id)
    if emergency.state not in STANDING:
        return emergency
    if not words.strip():
        raise Refusal("safeguarding.end_unexplained", _("Say in a few words how it ended."))
    if emergency.answered_by_id is None:
        # Whoever ends it has seen to it.
        _answer(emergency, actor, now=now)
    emergency.state = EmergencyState.FALSE_ALARM if is_false_alarm else EmergencyState.OVER
    emergency.climbs_at, emergency.over_at = None, now
    emergency.save()
    minutes = int((now - emergency.raised_at).total_seconds() // 60)
    write_step(
        emergency, StepKind.OVER, actor=actor, now=now, words=words.strip(),
        attributes={"minutes": minutes, "is_false_alarm": is_false_alarm},
    )  # fmt: skip
    return emergency


@transaction.atomic
def reopen_emergency(*, actor: Actor, emergency_id: UUID, now: datetime) -> Emergency:
    """Undo: it was not over, or "over" was tapped by mistake. Whoever had it has it again."""
    emergency = get_emergency_for_change(actor=actor, emergency_id=emergency_id)
    if emergency.state in STANDING:
        return emergency
    if not may_reopen(emergency, now=now):
        raise Refusal(
            "safeguarding.too_late_to_reopen", _("It has been over for too long. If the child needs help, call anew.")
        )
    Case.objects.select_for_update(of=("self",)).get(pk=emergency.case_id)
    if Emergency.objects.filter(case=emergency.case_id, state__in=STANDING).exists():
        raise Conflict("safeguarding.another_emergency", _("Meanwhile there was another call. Go on with that one."))
    emergency.state, emergency.over_at = EmergencyState.ANSWERED, None
    emergency.save()
    write_step(emergency, StepKind.REOPENED, actor=actor, now=now)
    return emergency


def may_reopen(emergency: Emergency, *, now: datetime) -> bool:
    return emergency.over_at is not None and now - emergency.over_at <= UNDO_WITHIN


def _refuse_over(emergency: Emergency) -> None:
    if emergency.state not in STANDING:
        raise Conflict("safeguarding.emergency_over", _("It is over already. Load the page again."))
