"""The clock goes on: whoever is due is told, each once, and the next moment is set."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from sunward.accounts.auditing import SYSTEM
from sunward.casework.recording import record_case_act
from sunward.core.jobs.queue import enqueue
from sunward.safeguarding.declaration import helping_of
from sunward.safeguarding.enums import EmergencyState, StepKind
from sunward.safeguarding.ladder import Clock, Telling, climb, start_clock
from sunward.safeguarding.models import Emergency, EmergencyStep
from sunward.safeguarding.notices import Notice, NoticeKind, notices
from sunward.safeguarding.queries.ladder_people import People


@transaction.atomic
def climb_emergency(*, emergency_pk: int, now: datetime) -> bool:
    """Tell whoever is due by now; False if there was nothing to do, because somebody answered or another worker was
    faster."""
    locked = Emergency.objects.select_for_update(of=("self",)).select_related("case")
    emergency = locked.filter(pk=emergency_pk, state=EmergencyState.RINGING, climbs_at__lte=now).first()
    if emergency is None:
        return False
    assert emergency.climbs_at is not None
    go_on(emergency, Clock(emergency.rung, emergency.climbs_at), now=now)
    return True


def start_round(emergency: Emergency, *, now: datetime) -> None:
    """The clock begins to run: whoever stands lowest is told now."""
    go_on(emergency, start_clock(now), now=now)


def go_on(emergency: Emergency, clock: Clock, *, now: datetime) -> None:
    """The row is locked, or new."""
    ladder = helping_of(emergency.case).ladder
    people = People(emergency, ladder, emergency.case.unit_path, localdate(now))
    # Whoever was handed it has as long as the first rung.
    waits = tuple(rung.within for rung in ladder.rungs)
    waits = (waits[0], *waits) if emergency.handed_to_id is not None else waits
    standing = EmergencyStep.objects.filter(emergency=emergency, kind=StepKind.TOLD, round=emergency.round)
    after, tellings = climb(
        clock, waits=waits, again=ladder.again, now=now, told=set(standing.values_list("to_id", flat=True)),
        people_on=people.on_rung, everybody=people.everybody,
    )  # fmt: skip
    emergency.rung, emergency.climbs_at = after.rung, after.climbs_at
    emergency.save()
    for telling in tellings:
        _tell(emergency, telling, now=now)
    ask_to_climb(emergency)


def _tell(emergency: Emergency, telling: Telling, *, now: datetime) -> None:
    at = {"at": now, "due_at": telling.due_at, "round": emergency.round, "rung": telling.rung}
    if telling.rung > 0:
        EmergencyStep.objects.create(emergency=emergency, kind=StepKind.CLIMBED, **at)
        record_case_act(
            emergency.case, actor=SYSTEM, code="safeguarding.emergency_climbed", on=localdate(now), now=now,
            subject=("emergency", emergency.pk), attributes={"rung": telling.rung, "people": len(telling.people)},
        )  # fmt: skip
    was_handed = emergency.handed_to_id is not None and telling.rung == 0
    kind = NoticeKind.EMERGENCY_HANDED_ON if was_handed else NoticeKind.EMERGENCY
    for user_id in telling.people:
        EmergencyStep.objects.create(emergency=emergency, kind=StepKind.TOLD, to_id=user_id, **at)
        notify(emergency, kind, user_id=user_id, key=f"{emergency.round}.{telling.rung}", now=now)


def notify(
    emergency: Emergency, kind: NoticeKind, *, user_id: int, key: str, now: datetime, path: str | None = None
) -> None:
    """`key` says which telling of this kind it is, so that each reaches one user once."""
    notice = Notice(
        key=f"emergency:{emergency.pk}:{kind}:{key}:{user_id}", kind=kind, reference=emergency.reference,
        user_id=user_id, unit_path=emergency.case.unit_path,
        path=reverse("safeguarding:emergency", args=[emergency.uid]) if path is None else path,
    )  # fmt: skip
    notices.send(sender=None, notice=notice, now=now)


def ask_to_climb(emergency: Emergency) -> None:
    """A job for the very moment; the one that comes every minute finds whatever this one misses."""
    from sunward.safeguarding.jobs import climb_one

    enqueue(climb_one.using(run_after=emergency.climbs_at), emergency_pk=emergency.pk)
