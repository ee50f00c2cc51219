"""Checking in on the list, and marking afterwards who came."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import NotThere, Refusal
from sunward.gatherings.access import get_gathering_for_change, sign_up_not_there
from sunward.gatherings.attending import record_attendance_facts, session_now
from sunward.gatherings.enums import CheckedInBy, GatheringState, Presence, SignUpState
from sunward.gatherings.models import Attendance, Gathering, Session, SignUp
from sunward.gatherings.recording import record_gathering_act


@transaction.atomic
def check_in(
    *, actor: Actor, gathering_id: UUID, sign_up_id: UUID, now: datetime, session_id: int | None = None
) -> Attendance:
    """On the list, by the host. Pressed twice it is done once. Without a session: the one that is on now."""
    gathering = _lock_held(actor, gathering_id)
    row = _placed(gathering, sign_up_id)
    session = _session(gathering, session_id, now=now)
    attendance, is_new = Attendance.objects.get_or_create(
        sign_up=row,
        session=session,
        defaults=_mark(Presence.CAME, CheckedInBy.LIST, actor, now),
    )
    if not is_new and attendance.presence == Presence.CAME:
        return attendance
    if not is_new:
        Attendance.objects.filter(pk=attendance.pk).update(**_mark(Presence.CAME, CheckedInBy.LIST, actor, now))
        attendance.refresh_from_db()
    _correct_facts(gathering, [row.pk], actor=actor, now=now)
    record_gathering_act(
        gathering, actor=actor, code="gatherings.checked_in", now=now, sign_up=row.pk, session=session.pk
    )
    return attendance


@transaction.atomic
def undo_check_in(
    *, actor: Actor, gathering_id: UUID, sign_up_id: UUID, now: datetime, session_id: int | None = None
) -> None:
    """It was the wrong line: as if nobody had pressed."""
    gathering = _lock_held(actor, gathering_id)
    row = _placed(gathering, sign_up_id)
    session = _session(gathering, session_id, now=now)
    gone, _counts = Attendance.objects.filter(sign_up=row, session=session).delete()
    if gone:
        _correct_facts(gathering, [row.pk], actor=actor, now=now)
        record_gathering_act(gathering, actor=actor, code="gatherings.check_in_undone", now=now, sign_up=row.pk)


@transaction.atomic
def mark_attendance(
    *,
    actor: Actor,
    gathering_id: UUID,
    session_id: int,
    marks: Mapping[UUID, Presence | None],
    on: date,
    now: datetime,
) -> int:
    """Set for a whole session who came and who did not, by sign-up; None takes the mark away. Returns how many changed.

    After the gathering was held the facts follow: what was counted wrongly is withdrawn.
    """
    gathering = _lock_held(actor, gathering_id)
    session = _session(gathering, session_id, now=now)
    if session.begins_at > now:
        raise Refusal("gatherings.not_begun", _("It has not begun yet."))
    rows = {row.uid: row for row in SignUp.objects.filter(gathering=gathering).placed().filter(uid__in=marks)}
    if set(rows) != set(marks):
        raise sign_up_not_there()
    old = {mark.sign_up_id: mark for mark in Attendance.objects.filter(session=session, sign_up__uid__in=marks)}
    changed = []
    for uid, presence in marks.items():
        row, mark = rows[uid], old.get(rows[uid].pk)
        if (mark.presence if mark else None) == presence:
            continue
        changed.append(row.pk)
        if presence is None:
            Attendance.objects.filter(sign_up=row, session=session).delete()
        else:
            Attendance.objects.update_or_create(
                sign_up=row, session=session, defaults=_mark(presence, CheckedInBy.LIST, actor, now)
            )
    if changed:
        _correct_facts(gathering, changed, actor=actor, now=now)
        record_gathering_act(gathering, actor=actor, code="gatherings.attendance_marked", now=now, changed=len(changed))
    return len(changed)


def note_presence(gathering: Gathering, *, person_id: int, at: datetime, actor: Actor, now: datetime) -> None:
    """For a programme that knows somebody was there: as if the host had pressed. Under the gathering's lock.

    Whoever has no place, or where no session is, is marked nowhere; a mark that stands is left.
    """
    row = SignUp.objects.filter(gathering=gathering, person=person_id).placed().first()
    session = gathering.sessions.filter(begins_at__lte=at, ends_at__gt=at).first()
    if row is None or session is None or Attendance.objects.filter(sign_up=row, session=session).exists():
        return
    Attendance.objects.create(sign_up=row, session=session, **_mark(Presence.CAME, CheckedInBy.LIST, actor, now))
    _correct_facts(gathering, [row.pk], actor=actor, now=now)
    record_gathering_act(
        gathering, actor=actor, code="gatherings.checked_in", now=now, sign_up=row.pk, session=session.pk
    )


def _lock_held(actor: Actor, gathering_id: UUID) -> Gathering:
    gathering = get_gathering_for_change(actor=actor, gathering_id=gathering_id)
    if gathering.state not in {GatheringState.PUBLISHED, GatheringState.HELD}:
        raise Refusal("gatherings.not_published", _("Only where people were invited can they be checked in."))
    return gathering


def _placed(gathering: Gathering, sign_up_id: UUID) -> SignUp:
    row = SignUp.objects.filter(gathering=gathering, uid=sign_up_id).first()
    if row is None or row.state == SignUpState.WITHDRAWN:
        raise sign_up_not_there()
    if row.state == SignUpState.WAITING:
        raise Refusal(
            "gatherings.still_waiting",
            _("This person is on the waiting list. Give more places first if there are any."),
        )
    return row


def _session(gathering: Gathering, session_id: int | None, *, now: datetime) -> Session:
    if session_id is None:
        session = session_now(gathering, now=now)
        if session is None:
            raise Refusal("gatherings.nothing_on", _("Nothing is on at this moment. Choose the day first."))
        return session
    found = gathering.sessions.filter(pk=session_id).first()
    if found is None:
        raise NotThere("gatherings.session_not_there", _("There is no such time any more. Open the page again."))
    return found


def _mark(presence: Presence, by: CheckedInBy, actor: Actor, now: datetime) -> dict[str, object]:
    return {"presence": presence, "checked_in_at": now, "checked_in_by": by, "by_id": actor.user_id}


def _correct_facts(gathering: Gathering, sign_up_ids: list[int], *, actor: Actor, now: datetime) -> None:
    """While it is still on, nothing has been counted yet."""
    if gathering.state == GatheringState.HELD:
        record_attendance_facts(gathering, actor=actor, now=now, sign_up_ids=sign_up_ids)
