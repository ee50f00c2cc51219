"""How long somebody has learned: what she worked through, and the trainings and salons to which she came.

Apart from service hours and never added to them. Nobody is ranked by it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Text
from sunward.core.workbooks import Cell
from sunward.gatherings.enums import Presence
from sunward.gatherings.models import Attendance, Session
from sunward.mentoring.access import visible_mentors
from sunward.mentoring.enums import MentorKind, MentorState
from sunward.mentoring.library.rules import LEARNING_KINDS
from sunward.mentoring.models import Learning, Mentor
from sunward.mentoring.queries.children import label

YEARS_OFFERED = 5
_MINUTE = timedelta(minutes=1)
EXPORT_HEADS = (
    _("File"), _("Neighbour mom"), _("Kind"), _("Committee"), _("State"), _("Materials worked through"),
    _("Trainings and salons attended"), _("Minutes"), _("Learning hours"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LearningHours:
    """`materials` and `sessions` count what the minutes come of."""

    materials: int
    sessions: int
    minutes: int

    @property
    def hours(self) -> str:
        """Hours with one decimal at most: 90 minutes are 1.5."""
        return f"{self.minutes / 60:.1f}".removesuffix(".0")

    @property
    def is_under_an_hour(self) -> bool:
        """Then minutes say it better: 9 minutes would be 0.1 hours."""
        return self.minutes < 60


@dataclass(frozen=True, slots=True)
class LearntLine:
    """Something that counts: a material, or a training or salon to which she came."""

    title: str
    is_session: bool
    on: date
    minutes: int

    @property
    def what(self) -> Text:
        return _("Training or salon") if self.is_session else _("Learning material")


def list_learnt(mentor: Mentor) -> list[LearntLine]:
    """Everything, the latest first. Two queries. A session to which she was signed up twice is one."""
    materials = mentor.learning.select_related("material").order_by("-learnt_on", "-pk")
    lines = [LearntLine(one.material.title, False, one.learnt_on, one.minutes) for one in materials]
    came = Attendance.objects.filter(session=OuterRef("pk"), sign_up__person=mentor.person_id, presence=Presence.CAME)
    attended = Session.objects.filter(Exists(came), gathering__kind__in=LEARNING_KINDS)
    for session in attended.select_related("gathering").order_by("-begins_at", "-pk"):
        minutes = (session.ends_at - session.begins_at) // _MINUTE
        lines.append(LearntLine(session.gathering.title, True, localdate(session.begins_at), minutes))
    return sorted(lines, key=lambda line: line.on, reverse=True)


def sum_up(lines: Iterable[LearntLine], *, from_on: date, until_on: date) -> LearningHours:
    """Both days included."""
    counted = [line for line in lines if from_on <= line.on <= until_on]
    sessions = sum(line.is_session for line in counted)
    return LearningHours(len(counted) - sessions, sessions, sum(line.minutes for line in counted))


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One neighbour mom or student of the exported list."""

    mentor: Mentor
    hours: LearningHours

    @property
    def cells(self) -> tuple[Cell, ...]:
        one, told = self.mentor, self.hours
        return (
            one.reference, one.person.name, label(MentorKind, one.kind), one.unit.short_name if one.unit else "",
            label(MentorState, one.state), told.materials, told.sessions, told.minutes, round(told.minutes / 60, 1),
        )  # fmt: skip


def offered_years(*, on: date) -> tuple[int, ...]:
    return tuple(range(on.year, on.year - YEARS_OFFERED, -1))


def list_learning_hours(actor: Actor, *, year: int) -> list[HoursRow]:
    """Of all whose files the actor sees, by name: nobody is ranked. Whoever has left is there if she learned that year.

    Three queries, however many there are.
    """
    from_on, until_on = date(year, 1, 1), date(year, 12, 31)
    seen = visible_mentors(actor).exclude(kind=MentorKind.EXPERT).select_related("person", "unit")
    mentors = list(seen.order_by("person__name_key", "pk"))
    worked = _materials_of(mentors, from_on=from_on, until_on=until_on)
    attended = _sessions_of(mentors, from_on=from_on, until_on=until_on)
    rows = (HoursRow(one, _hours(worked[one.pk], attended[one.person_id])) for one in mentors)
    return [row for row in rows if row.hours.minutes or row.mentor.state != MentorState.LEFT]


def _materials_of(mentors: Iterable[Mentor], *, from_on: date, until_on: date) -> dict[int, list[int]]:
    """The minutes of each material, by mentor."""
    wanted, found = {one.pk for one in mentors}, defaultdict[int, list[int]](list)
    rows = Learning.objects.filter(learnt_on__range=(from_on, until_on)).values_list("mentor_id", "minutes")
    for mentor_id, minutes in rows:
        if mentor_id in wanted:
            found[mentor_id].append(minutes)
    return found


def _sessions_of(mentors: Iterable[Mentor], *, from_on: date, until_on: date) -> dict[int, list[int]]:
    """The minutes of each session, by person."""
    wanted, found = {one.person_id for one in mentors}, defaultdict[int, list[int]](list)
    for person_id, minutes in _came(from_on, until_on):
        if person_id in wanted:
            found[person_id].append(minutes)
    return found


def _came(from_on: date, until_on: date) -> Iterator[tuple[int, int]]:
    came = Attendance.objects.filter(
        presence=Presence.CAME, session__gathering__kind__in=LEARNING_KINDS,
        session__begins_at__date__range=(from_on, until_on), sign_up__person__isnull=False,
    )  # fmt: skip
    told = came.values_list("sign_up__person_id", "session_id", "session__begins_at", "session__ends_at")
    for person_id, _session, begins_at, ends_at in told.order_by().distinct():
        yield person_id, (ends_at - begins_at) // _MINUTE


def _hours(materials: list[int], sessions: list[int]) -> LearningHours:
    return LearningHours(len(materials), len(sessions), sum(materials) + sum(sessions))
