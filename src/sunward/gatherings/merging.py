"""Two rows of one person signed up for one gathering: before they are merged, one of the two sign-ups is withdrawn."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from django.dispatch import receiver

from sunward.accounts.access import Actor
from sunward.gatherings.attending import record_attendance_facts
from sunward.gatherings.enums import GatheringState, Presence, SignUpState
from sunward.gatherings.models import Attendance, Gathering, SignUp
from sunward.gatherings.recording import record_gathering_act
from sunward.gatherings.withdrawals import take_off
from sunward.people.merging import merging

PERSONS_MERGED = "persons_merged"


@receiver(merging)
def merge_sign_ups(
    sender: object, *, person_ids: tuple[int, int], actor: Actor, now: datetime, **more: Any
) -> Callable[[], None]:
    """A place before a number in line, else the one that came first; who came is kept, whatever became of the
    gathering. Returns what is to be written into the audit record."""
    standing = SignUp.objects.standing().filter(person_id__in=person_ids)
    # All of theirs, not only those they share: whoever changes one of them waits here rather than before the person.
    gatherings = Gathering.objects.filter(pk__in=standing.values("gathering_id"))
    locked = {row.pk: row for row in gatherings.select_for_update(of=("self",)).order_by("pk")}
    found = standing.filter(gathering__in=locked).select_related("person").order_by("gathering_id", "queue", "pk")
    gone = []
    for pk, rows in groupby(found, key=lambda row: row.gathering_id):
        first, *others = sorted(rows, key=lambda row: row.state != SignUpState.PLACED)
        for row in others:
            _merge(locked[pk], keep=first, gone=row, actor=actor, now=now)
            gone.append((locked[pk], row))
    return partial(_record, gone, actor=actor, now=now)


def _merge(gathering: Gathering, *, keep: SignUp, gone: SignUp, actor: Actor, now: datetime) -> None:
    _hand_over_attendance(keep, gone)
    keep.has_given_feedback |= gone.has_given_feedback
    keep.save(update_fields=["has_given_feedback"])
    take_off(gathering, [gone], now=now, reason=PERSONS_MERGED)
    if gathering.state == GatheringState.HELD:
        record_attendance_facts(gathering, actor=actor, now=now, sign_up_ids=[keep.pk, gone.pk])


def _hand_over_attendance(keep: SignUp, gone: SignUp) -> None:
    """One mark a session: that somebody came outweighs that the other row did not."""
    marks = {mark.session_id: mark for mark in Attendance.objects.filter(sign_up=keep)}
    for mark in Attendance.objects.filter(sign_up=gone):
        own = marks.get(mark.session_id)
        if own is not None and (own.presence == Presence.CAME or mark.presence != Presence.CAME):
            mark.delete()
            continue
        if own is not None:
            own.delete()
        mark.sign_up = keep
        mark.save(update_fields=["sign_up"])


def _record(gone: list[tuple[Gathering, SignUp]], *, actor: Actor, now: datetime) -> None:
    for gathering, row in gone:
        record_gathering_act(
            gathering, actor=actor, code="gatherings.withdrawn", now=now, heads=1, queue=row.queue, sign_up=row.pk
        )
