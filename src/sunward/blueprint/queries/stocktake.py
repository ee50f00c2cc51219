"""The agenda of a stocktake (推进会): computed on the day from what the records hold, never typed.

First what was promised last time, then what is behind or cannot be told, then what is to be watched and what was caught
up; what is on course takes one row, and so does what is closed. A line that is not closed is there again next time, by
itself: it has nowhere else to go. Lines stand in the order of their plan, never by who is worst.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.blueprint.access import visible_meetings, visible_work
from sunward.blueprint.enums import Confidence, Kept, LightColour, MeetingState, PromiseKind
from sunward.blueprint.following.chain import TIMES_UP
from sunward.blueprint.following.promises import Promised, promises_of
from sunward.blueprint.lights.light import NUMBERLESS, Why
from sunward.blueprint.lights.wording import say_told, say_value
from sunward.blueprint.models import DeliveryPlan, Gauge, LightReading, Meeting, StocktakeAgenda, WorkItem
from sunward.blueprint.queries.lights import TONES, WITHHELD, is_protected, read_steps
from sunward.blueprint.queries.plan_lines import PlanLine, say_decided, shape_lines, work_href
from sunward.core.furniture import Tone

C = LightColour
_KEPT_TONES: Mapping[Kept, Tone] = {
    Kept.KEPT: "good", Kept.LATE: "info", Kept.PART: "warn", Kept.HANDED_IN: "info", Kept.EXTENDED: "warn",
    Kept.NOT_KEPT: "urgent", Kept.AHEAD: "calm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Who has to answer it, by when; one that went up is for who keeps the plan, and then for the leaders."""

    text: str
    unit: str
    by: date
    times_up: int

    @property
    def asked(self) -> str:
        if not self.times_up:
            return self.unit
        return _("the leaders of the district") if self.times_up >= TIMES_UP else _("who keeps the plan")


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """`of`: the day of the stocktake that decided it, None for a line of the plan itself. `since`: the day from which
    its light has had this colour, None before the first night wrote one down. `told`: what the reason speaks of, in
    words."""

    uid: UUID
    number: int
    of: date | None
    text: str
    lead: str
    ends_on: date
    has_end: bool
    decided_on: date | None
    colour: LightColour
    why: Why
    told: tuple[tuple[str, str], ...]
    is_withheld: bool
    is_closed: bool
    since: date | None
    confidence: str
    confidence_text: str
    obstacles: tuple[Obstacle, ...]

    @property
    def word(self) -> str:
        return str(self.colour.label)

    @property
    def tone(self) -> Tone:
        return TONES[self.colour]

    @property
    def said(self) -> str:
        return str(WITHHELD) if self.is_withheld and self.why not in NUMBERLESS else say_told(self.why, dict(self.told))

    @property
    def href(self) -> str:
        return work_href(self.uid)

    @property
    def since_word(self) -> str:
        return _("since %(day)s") % {"day": self.since.isoformat()} if self.since else ""

    @property
    def decided_word(self) -> str:
        return say_decided(self.decided_on)

    @property
    def confidence_word(self) -> str:
        return str(Confidence(self.confidence).label) if self.confidence else ""


@dataclass(frozen=True, slots=True)
class Promise:
    uid: UUID
    number: int
    of: date | None
    text: str
    lead: str
    told: Promised

    @property
    def kind(self) -> str:
        return str(self.told.kind.label)

    @property
    def word(self) -> str:
        return str(self.told.kept.label)

    @property
    def tone(self) -> Tone:
        return _KEPT_TONES[self.told.kept]

    @property
    def href(self) -> str:
        return work_href(self.uid)

    @property
    def by_word(self) -> str:
        """By what it was kept, or not."""
        told = self.told
        if told.by is None:
            return ""
        day = {"day": told.by.isoformat()}
        if told.kept == Kept.EXTENDED:
            return _("until %(day)s") % day
        return _("answered on %(day)s") % day if told.kind == PromiseKind.ANSWER else _("done on %(day)s") % day


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many promises came to the same."""

    word: str
    tone: Tone
    number: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """`since`: the day of the last stocktake, or of the meeting that made the plan; `on`: the day it was computed."""

    on: date
    since: date
    promises: tuple[Promise, ...]
    lines: tuple[AgendaLine, ...]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Together they are all of the promises."""
        found = Counter(one.told.kept for one in self.promises)
        return tuple(Outcome(str(kept.label), _KEPT_TONES[kept], found[kept]) for kept in Kept if found[kept])

    @property
    def first(self) -> tuple[AgendaLine, ...]:
        """What is behind, then what cannot be told."""
        return (*self._of(C.RED), *self._of(C.GREY))

    @property
    def then(self) -> tuple[AgendaLine, ...]:
        return (*self._of(C.AMBER), *self._of(C.CAUGHT_UP))

    @property
    def green(self) -> tuple[AgendaLine, ...]:
        return self._of(C.GREEN)

    @property
    def closed(self) -> tuple[AgendaLine, ...]:
        return tuple(line for line in self.lines if line.is_closed)

    def _of(self, colour: LightColour) -> tuple[AgendaLine, ...]:
        return tuple(line for line in self.lines if line.colour == colour and not line.is_closed)


@dataclass(frozen=True, slots=True)
class StocktakeLink:
    uid: UUID
    title: str
    met_on: date
    is_approved: bool


def root_of(plan: DeliveryPlan) -> DeliveryPlan:
    """A plan that came of a stocktake is looked at together with the one that the stocktake was of."""
    return plan.meeting.looks_at or plan


def list_stocktakes(actor: Actor, plan: DeliveryPlan) -> list[StocktakeLink]:
    """Of those that the reader may read; the newest first."""
    rows = visible_meetings(actor).filter(looks_at=root_of(plan)).order_by("-met_on", "-pk")
    return [StocktakeLink(row.uid, row.title, row.met_on, row.is_approved) for row in rows]


def read_agenda(actor: Actor, plan: DeliveryPlan, *, on: date, known_until: datetime | None = None) -> Agenda:
    """As it stands on the day, of the lines that the reader may see: as many queries for three as for four hundred.
    `known_until`: as those saw it who met then, whatever was written down since of days before or after."""
    root = root_of(plan)
    held = Meeting.objects.filter(looks_at=root, state=MeetingState.APPROVED, met_on__lte=on)
    family = Q(plan=root) | Q(plan__meeting__looks_at=root)
    rows = visible_work(actor).filter(family)
    if known_until:
        held, rows = held.filter(approved_at__lte=known_until), rows.filter(made_at__lte=known_until)
    last = held.order_by("met_on", "pk").last()
    since = last.met_on if last else root.meeting.met_on
    origins = _origins(rows)
    changed, steps = _since(origins, until=on), read_steps(list(origins), known_until=known_until)
    ordered = rows.order_by("plan__meeting__met_on", "plan", "goal__number", "number")
    every = shape_lines(actor, ordered, on=on, steps=steps, known_until=known_until)
    shown = [line for line in every if line.id in origins]
    units = _units(line for line in shown)
    promises: list[Promise] = []
    lines: list[AgendaLine] = []
    for line in shown:
        meeting_id, met_on = origins[line.id]
        of = None if meeting_id == root.meeting_id else met_on
        lines.append(_line(line, of, units, changed[line.id], on=on))
        told = promises_of(
            steps[line.id], line.light.course, since=since, on=on, is_new=last is not None and meeting_id == last.pk,
            is_short=line.light.light.why == Why.CLOSED_SHORT,
        )  # fmt: skip
        promises += [Promise(line.uid, line.number, of, line.text, line.lead.short, one) for one in told]
    return Agenda(on, since, tuple(promises), tuple(lines))


def freeze_agenda(agenda: Agenda, meeting: Meeting, *, actor: Actor, now: datetime) -> StocktakeAgenda:
    """Written once. Whoever reads the meeting may not read every figure: numbers about persons are left out."""
    hidden = _protected([line.uid for line in agenda.lines])
    lines = []
    for line in agenda.lines:
        told = asdict(line)
        if line.uid in hidden and line.why not in NUMBERLESS:
            told |= {"told": (), "is_withheld": True}
        lines.append(told)
    return StocktakeAgenda.objects.create(
        meeting=meeting, on=agenda.on, since=agenda.since, promises=_plain([asdict(one) for one in agenda.promises]),
        lines=_plain(lines), recorded_at=now, recorded_by_id=actor.user_id,
    )  # fmt: skip


def read_frozen(meeting: Meeting) -> Agenda | None:
    """For a meeting that came through a gate."""
    row = StocktakeAgenda.objects.filter(meeting=meeting).first()
    if row is None:
        return None
    return Agenda(
        row.on, row.since, tuple(_promise_again(told) for told in row.promises),
        tuple(_line_again(told) for told in row.lines),
    )  # fmt: skip


def _line(
    line: PlanLine, of: date | None, units: Mapping[int, str], readings: Sequence[tuple[date, str]], *, on: date
) -> AgendaLine:
    light, course = line.light.light, line.light.course
    since = on if readings else None
    for day, colour in reversed(readings):
        if colour != light.colour:
            break
        since = day
    return AgendaLine(
        uid=line.uid, number=line.number, of=of, text=line.text, lead=line.lead.short, ends_on=line.ends_on,
        has_end=line.has_end, decided_on=line.decided_on, colour=light.colour, why=light.why,
        told=tuple((name, say_value(value)) for name, value in light.told), is_withheld=line.light.is_withheld,
        is_closed=course.is_closed, since=since, confidence=course.confidence.level if course.confidence else "",
        confidence_text=line.light.confidence_said,
        obstacles=tuple(
            Obstacle(one.step.text, units.get(one.asked_unit_id or 0, ""), one.by, one.times_up)
            for one in course.obstacles
        ),
    )  # fmt: skip


def _origins(rows: "QuerySet[WorkItem]") -> dict[int, tuple[int, date]]:
    """Of which meeting each line is, and its day."""
    told = rows.values_list("pk", "plan__meeting", "plan__meeting__met_on")
    return {key: (meeting, day) for key, meeting, day in told}


def _units(lines: Iterable[PlanLine]) -> dict[int, str]:
    keys = {one.asked_unit_id for line in lines for one in line.light.course.obstacles if one.asked_unit_id}
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "short_name"))


def _since(keys: Iterable[int], *, until: date) -> Mapping[int, list[tuple[date, str]]]:
    """One row for each change of a light, as the nights wrote them."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    rows = LightReading.objects.filter(item__among=list(keys), on__lte=until).order_by("on", "pk")
    for key, on, colour in rows.values_list("item", "on", "colour"):
        found[key].append((on, colour))
    return found


def _protected(uids: Sequence[UUID]) -> set[UUID]:
    gauges = Gauge.objects.filter(item__uid__in=uids).select_related("item")
    return {gauge.item.uid for gauge in gauges if is_protected(gauge)}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _promise_again(told: dict[str, Any]) -> Promise:
    said = told["told"]
    promised = Promised(
        PromiseKind(said["kind"]), _day(said["day"]), Kept(said["kept"]), _day(said["by"]), said["text"], said["answer"]
    )
    return Promise(
        **told | {"uid": UUID(told["uid"]), "of": _day(told["of"]), "told": promised}
    )  # fmt: skip


def _line_again(told: dict[str, Any]) -> AgendaLine:
    days = {name: _day(told[name]) for name in ("of", "ends_on", "decided_on", "since")}
    obstacles = tuple(Obstacle(**one | {"by": date.fromisoformat(one["by"])}) for one in told["obstacles"])
    return AgendaLine(
        **told
        | days
        | {
            "uid": UUID(told["uid"]), "colour": LightColour(told["colour"]), "why": Why(told["why"]),
            "told": tuple((name, text) for name, text in told["told"]), "obstacles": obstacles,
        }
    )  # fmt: skip
