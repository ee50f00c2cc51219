"""The clock of an urgent worry: as long as nobody takes it up, the next are told, as with a call nobody answers."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from sunward.accounts.auditing import SYSTEM
from sunward.safeguarding.access.worries import worry_subject
from sunward.safeguarding.enums import WorryStepKind
from sunward.safeguarding.ladder import Clock, Telling, climb
from sunward.safeguarding.models import Worry, WorryStep
from sunward.safeguarding.notices import Notice, NoticeKind, notices
from sunward.safeguarding.queries.worry_people import WorryPeople
from sunward.safeguarding.reporting import record_safeguarding_act
from sunward.safeguarding.rules import WORRY_AGAIN, WORRY_WAITS


def start_worry_clock(worry: Worry, *, now: datetime) -> None:
    """Whoever answers is told in the same act; she has the first wait. The caller saves."""
    if not worry.is_urgent:
        return
    is_heard = bool(WorryPeople(worry, localdate(now)).on_rung(0))
    worry.rung, worry.climbs_at = 0, now + WORRY_WAITS[0] if is_heard else now


def stop_worry_clock(worry: Worry) -> None:
    """Somebody has it. The caller saves."""
    worry.climbs_at = None


@transaction.atomic
def climb_worry(*, worry_pk: int, now: datetime) -> bool:
    """Tell whoever is due by now; False if somebody has taken it up meanwhile or another worker was faster."""
    locked = Worry.objects.waiting().select_for_update(of=("self",))
    worry = locked.filter(pk=worry_pk, climbs_at__lte=now).first()
    if worry is None:
        return False
    assert worry.climbs_at is not None
    people = WorryPeople(worry, localdate(now))
    after, tellings = climb(
        Clock(worry.rung, worry.climbs_at), waits=WORRY_WAITS, again=WORRY_AGAIN, now=now,
        told=people.up_to(worry.rung), people_on=people.on_rung, everybody=people.everybody,
    )  # fmt: skip
    worry.rung, worry.climbs_at = after.rung, after.climbs_at
    worry.save(update_fields=["rung", "climbs_at"])
    for telling in tellings:
        if telling.people:
            _tell(worry, telling, now=now)
    return True


def _tell(worry: Worry, telling: Telling, *, now: datetime) -> None:
    WorryStep.objects.create(worry=worry, kind=WorryStepKind.CLIMBED, at=now, unit_id=worry.unit_id)
    for user_id in telling.people:
        # The moment at which it was due is this telling and no other, however often the clock began anew.
        notice = Notice(
            key=f"worry:{worry.pk}:climbed:{telling.due_at:%Y%m%d%H%M%S}:{user_id}", kind=NoticeKind.WORRY_UNTAKEN,
            reference=worry.reference, user_id=user_id, unit_path=worry.unit_path,
            path=reverse("safeguarding:worry", args=[worry.uid]),
        )  # fmt: skip
        notices.send(sender=Worry, notice=notice, now=now)
    record_safeguarding_act(
        subject=worry_subject(worry), unit_id=worry.unit_id, unit_path=worry.unit_path, actor=SYSTEM,
        code="safeguarding.worry_climbed", on=localdate(now), now=now, rung=telling.rung, people=len(telling.people),
    )  # fmt: skip
