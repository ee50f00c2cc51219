"""Roadshows for their pages: the list, and the timetable of one with what was proved of it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core.furniture import Tone
from sunward.gatherings.access import planned_roadshows, roadshow_kinds
from sunward.gatherings.enums import HalfDay, RoadshowState
from sunward.gatherings.models import Roadshow, RoadshowSlot
from sunward.gatherings.roadshow.documents import read_helps, read_shortage
from sunward.gatherings.roadshow.shapes import Proof, Request, Stage
from sunward.gatherings.roadshow_plans import asked_of
from sunward.gatherings.roadshow_words import (
    tell_help,
    tell_month,
    tell_proof,
    tell_range,
    tell_shortage,
)

Text = str | Promise
# The gatherings may still be drafts: that they were made is what can be said of the roadshow.
STATE_LABELS: dict[str, Text] = {
    RoadshowState.DRAFT: RoadshowState.DRAFT.label,
    RoadshowState.PUBLISHED: _("Gatherings made"),
}
STATE_TONES: dict[str, Tone] = {RoadshowState.DRAFT: "warn", RoadshowState.PUBLISHED: "good"}


@dataclass(frozen=True, slots=True)
class RoadshowLine:
    uid: UUID
    title: str
    unit_name: str
    months: str
    placed: int
    asked: int
    state_label: Text
    state_tone: Tone
    made_on: date


def list_roadshows(actor: Actor) -> tuple[RoadshowLine, ...]:
    """The newest first. One query."""
    found = planned_roadshows(actor).select_related("unit").order_by("-made_at", "-pk")
    counted = found.annotate(placed=Count("slots", filter=Q(slots__day__isnull=False)))
    return tuple(
        RoadshowLine(
            row.uid, row.title, row.unit.short_name, tell_months(row), row.placed, asked_of(row).asked,
            STATE_LABELS[row.state], STATE_TONES[row.state], row.made_at.date(),
        )
        for row in counted
    )  # fmt: skip


def tell_months(roadshow: Roadshow) -> str:
    first, last = tell_month(roadshow.first_month), tell_month(roadshow.last_month)
    return first if first == last else f"{first} – {last}"


@dataclass(frozen=True, slots=True)
class Session:
    """One session on a page."""

    uid: UUID
    number: int
    subdistrict: str
    month: str
    on: date | None
    half: Text
    occupation: str
    speaker: str
    venue: str
    is_fixed: bool
    gathering_uid: UUID | None
    why: tuple[str, ...] = ()


def list_sessions(roadshow: Roadshow) -> tuple[Session, ...]:
    slots = roadshow.slots.select_related("subdistrict", "gathering")
    return tuple(_session(slot) for slot in slots)


def _session(slot: RoadshowSlot) -> Session:
    why = [line for said in slot.reasons for line in tell_shortage(read_shortage(said))]
    return Session(
        slot.uid, slot.number, slot.subdistrict.short_name, slot.month, slot.day,
        HalfDay(slot.half_day).label if slot.half_day else "", slot.occupation, slot.speaker,
        slot.venue.removeprefix(slot.subdistrict.name), slot.is_fixed,
        slot.gathering.uid if slot.gathering else None, tuple(why),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One sub-district: a cell of sessions for each month."""

    name: str
    by_month: tuple[tuple[str, tuple[Session, ...]], ...]

    @property
    def total(self) -> int:
        return sum(len(cell) for _month, cell in self.by_month)


@dataclass(frozen=True, slots=True)
class RoadshowPage:
    """Everything on the page of one roadshow; `version` is what the buttons send along."""

    uid: UUID
    version: int
    title: str
    unit_name: str
    span: str
    state_label: Text
    state_tone: Tone
    is_draft: bool
    months: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[tuple[str, int], ...]
    missing_lines: tuple[tuple[str, str, tuple[str, ...], UUID], ...]
    asked: int
    placed: int
    fixed: int
    figures: tuple[tuple[Text, str], ...]
    proofs: tuple[tuple[bool, str], ...]
    helps: tuple[str, ...]
    was_explained: bool
    has_proposal: bool
    gatherings: int


def read_roadshow(roadshow: Roadshow) -> RoadshowPage:
    asked, sessions = asked_of(roadshow), list_sessions(roadshow)
    names = names_of(asked)
    placed = [one for one in sessions if one.on]
    cells: dict[tuple[str, str], list[Session]] = defaultdict(list)
    for one in sorted(placed, key=lambda one: (one.on or date.max, one.number)):
        cells[one.subdistrict, one.month].append(one)
    months = [(month, tell_month(month)) for month in asked.months]
    rows = tuple(
        Row(name, tuple((label, tuple(cells[name, month])) for month, label in months)) for name in names.values()
    )
    said = roadshow.outcome.get("proofs", ())
    proofs = tuple(Proof(Stage(one["stage"]), one["value"], one["bound"], one["seconds"]) for one in said)
    state = RoadshowState(roadshow.state)
    return RoadshowPage(
        uid=roadshow.uid,
        version=roadshow.version,
        title=roadshow.title,
        unit_name=roadshow.unit.short_name,
        span=tell_months(roadshow),
        state_label=STATE_LABELS[state],
        state_tone=STATE_TONES[state],
        is_draft=state == RoadshowState.DRAFT,
        months=tuple(label for _month, label in months),
        rows=rows,
        totals=tuple((label, sum(one.month == month for one in placed)) for month, label in months),
        missing_lines=tuple(
            (one.subdistrict, tell_month(one.month), one.why, one.uid) for one in sessions if one.on is None
        ),
        asked=asked.asked,
        placed=len(placed),
        fixed=sum(one.is_fixed for one in placed),
        figures=_figures(placed, rows),
        proofs=tuple((proof.is_proven, tell_proof(proof)) for proof in proofs),
        helps=tuple(tell_help(one, names) for one in read_helps(roadshow.outcome)),
        was_explained=bool(roadshow.outcome),
        has_proposal=bool(roadshow.proposed),
        gatherings=sum(one.gathering_uid is not None for one in sessions),
    )


def _figures(placed: Sequence[Session], rows: Sequence[Row]) -> tuple[tuple[Text, str], ...]:
    if not placed:
        return ()
    months = Counter(one.month for one in placed)
    speakers, occupations = Counter(one.speaker for one in placed), Counter(one.occupation for one in placed)
    return (
        (_("sessions for each sub-district"), tell_range([row.total for row in rows])),
        (_("sessions in each month"), tell_range(list(months.values()))),
        (_("sessions for each speaker"), tell_range(list(speakers.values()))),
        (_("occupations"), str(len(occupations))),
    )


def names_of(asked: Request) -> dict[str, str]:
    """Short names of the sub-districts by code, in the order asked."""
    names = dict(Unit.objects.filter(code__in=asked.subdistricts).values_list("code", "short_name"))
    return {code: names.get(code, code) for code in asked.subdistricts}


def subdistrict_choices(actor: Actor) -> list[tuple[str, str]]:
    """Code and name of the sub-districts of whoever plans roadshows. One query."""
    paths = actor.paths(*(role for kind in roadshow_kinds(actor) for role in kind.roles))
    units = Unit.objects.within(paths).existing(on=actor.on).filter(kind=UnitKind.SUBDISTRICT).order_by("code")
    return [(unit.code, unit.name) for unit in units]


def planning_unit(actor: Actor) -> Unit | None:
    """The widest unit in which the actor plans roadshows: the roadshow is its."""
    paths = actor.paths(*(role for kind in roadshow_kinds(actor) for role in kind.roles))
    return Unit.objects.filter(path__in=paths).order_by("path").first()
