"""The list at the door: who has a place, and who is here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from sunward.gatherings.attending import session_now
from sunward.gatherings.enums import CheckedInBy, Part, Presence, SignUpState
from sunward.gatherings.models import Attendance, Gathering, Session, SignUp
from sunward.gatherings.queries.company import name_company, name_of
from sunward.gatherings.queries.page import note_of
from sunward.gatherings.queries.photographs import Photographs, mark_children, sum_up
from sunward.gatherings.queries.wording import say_session

Text = str | Promise


@dataclass(frozen=True, slots=True)
class CheckInLine:
    """One who has a place; `presence` is empty while nobody has said. `beside` names who comes with her;
    `may_be_photographed` is None for whoever is no child."""

    uid: str
    name: str
    note: str
    part: Text
    code: str
    presence: str
    at: datetime | None
    how: Text
    beside: str
    may_be_photographed: bool | None


@dataclass(frozen=True, slots=True)
class SessionChoice:
    id: int
    told: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class CheckInPage:
    uid: str
    title: str
    session_id: int
    told: str
    has_begun: bool
    choices: tuple[SessionChoice, ...]
    lines: tuple[CheckInLine, ...]
    came: int
    total: int
    photographs: Photographs | None

    @property
    def unmarked(self) -> int:
        return sum(not line.presence for line in self.lines)


def find_session(gathering: Gathering, asked: str, *, now: datetime) -> Session | None:
    """The one that was asked for; else the one that is on, the next one, or the last."""
    sessions = list(gathering.sessions.order_by("begins_at"))
    chosen = next((one for one in sessions if str(one.pk) == asked), None)
    coming = next((one for one in sessions if one.ends_at > now), None)
    return chosen or session_now(gathering, now=now) or coming or (sessions[-1] if sessions else None)


def read_check_in(
    gathering: Gathering, rows: Sequence[SignUp], session: Session, *, words: str, now: datetime
) -> CheckInPage:
    """`rows` from `access.open_list`. Three queries more. Whoever is not here yet comes first, by name."""
    placed = [row for row in rows if row.state == SignUpState.PLACED]
    marks = {mark.sign_up_id: mark for mark in Attendance.objects.filter(session=session, sign_up__in=placed)}
    asked = words.strip().casefold()
    shown = [row for row in placed if not asked or asked in name_of(row).casefold() or row.code.startswith(asked)]
    photo_marks, beside = mark_children(gathering, placed), name_company(placed)
    lines = [
        to_line(row, gathering, marks.get(row.pk), beside=beside[row.pk], may_be_photographed=photo_marks.get(row.pk))
        for row in shown
    ]
    return CheckInPage(
        uid=str(gathering.uid),
        title=gathering.title,
        session_id=session.pk,
        told=say_session(session),
        has_begun=session.begins_at <= now,
        choices=tuple(
            SessionChoice(one.pk, say_session(one), one.pk == session.pk)
            for one in gathering.sessions.order_by("begins_at")
        ),
        lines=tuple(sorted(lines, key=lambda line: (line.presence != "", line.name))),
        came=sum(mark.presence == Presence.CAME for mark in marks.values()),
        total=len(placed),
        photographs=sum_up(photo_marks, {row.pk: name_of(row) for row in placed}),
    )


def list_unmarked(gathering: Gathering, session_id: int) -> list[UUID]:
    """Who has a place and of whom nobody has said whether they came; one query, no name."""
    marked = Attendance.objects.filter(session=session_id).values("sign_up")
    return list(gathering.sign_ups.placed().exclude(pk__in=marked).values_list("uid", flat=True))


@dataclass(frozen=True, slots=True)
class Tapped:
    """One line anew, and how many are here now."""

    line: CheckInLine
    came: int
    total: int


def read_tap(gathering: Gathering, row: SignUp, session_id: int) -> Tapped:
    """The row came through the gate of those who see the whole list, and so do the names of its party."""
    marks = Attendance.objects.filter(session=session_id)
    party = gathering.sign_ups.placed().filter(party=row.party).select_related("person").order_by("queue", "pk")
    return Tapped(
        line=to_line(
            row,
            gathering,
            marks.filter(sign_up=row).first(),
            beside=name_company(party).get(row.pk, ""),
            may_be_photographed=mark_children(gathering, [row]).get(row.pk),
        ),
        came=marks.filter(presence=Presence.CAME, sign_up__state=SignUpState.PLACED).count(),
        total=gathering.sign_ups.placed().count(),
    )


def to_line(
    row: SignUp, gathering: Gathering, mark: Attendance | None, *, beside: str, may_be_photographed: bool | None
) -> CheckInLine:
    return CheckInLine(
        uid=str(row.uid),
        name=name_of(row),
        note=note_of(row, gathering),
        part=Part(row.part).label,
        code=row.code,
        presence=mark.presence if mark else "",
        at=mark.checked_in_at if mark else None,
        how=CheckedInBy(mark.checked_in_by).label if mark else "",
        beside=beside,
        may_be_photographed=may_be_photographed,
    )
