"""The ledger of gatherings, its filters and its export: facts and counts, no person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Tone
from sunward.core.tables import Column
from sunward.core.workbooks import Cell
from sunward.gatherings.access import seen_gatherings
from sunward.gatherings.enums import GatheringState, Mode, Presence, SignUpState
from sunward.gatherings.models import Attendance, Gathering, Session, SignUp
from sunward.gatherings.queries.wording import (
    STATE_TONES,
    kind_label,
    say_cost,
    say_places,
    say_when,
    state_label,
)

Text = str | Promise
COLUMNS = (
    Column("title", _("Gathering"), ("title",)),
    Column("kind", _("Kind"), ("kind",)),
    Column("when", _("When"), ("begins_on", "month")),
    Column("place", _("Place")),
    Column("host", _("Host"), ("unit_path",)),
    Column("state", _("State"), ("state",)),
    Column("places", _("Places"), kind="number"),
)
DEFAULT_ORDER = "-when"


@dataclass(frozen=True, slots=True)
class GatheringQuestion:
    """`time`: coming, past, or empty for all. Without a state templates and what was cancelled are left out."""

    words: str = ""
    unit_path: str = ""
    kind: str = ""
    state: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class GatheringRow:
    id: int
    uid: str
    reference: str
    title: str
    kind: Text
    when: str
    place: str
    host: str
    state: Text
    tone: Tone
    places: str
    waiting: int
    is_full: bool

    @property
    def when_parts(self) -> list[str]:
        """Day and times, neither of which is to be broken."""
        return self.when.split(" ")


def list_gatherings(actor: Actor, asked: GatheringQuestion, *, on: date) -> QuerySet[Gathering]:
    """What the actor may see, narrowed by what she asked."""
    found = seen_gatherings(actor)
    if asked.state:
        found = found.filter(state=asked.state)
    else:
        found = found.exclude(state__in=(GatheringState.TEMPLATE, GatheringState.CANCELLED))
    if asked.unit_path:
        found = found.within((asked.unit_path,))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.time == "coming":
        found = found.filter(Q(ends_on__gte=on) | Q(begins_on=None, month__gte=f"{on:%Y-%m}"))
    elif asked.time == "past":
        found = found.filter(Q(ends_on__lt=on) | Q(begins_on=None, month__lt=f"{on:%Y-%m}"))
    for word in asked.words.split():
        found = found.filter(Q(title__icontains=word) | Q(place__icontains=word) | _numbered(word))
    return found


def _numbered(word: str) -> Q:
    """``G000012`` is a reference."""
    digits = word[1:]
    return Q(pk=int(digits)) if word[:1] in "Gg" and digits.isascii() and digits.isdigit() else Q(pk__in=[])


def with_counts(found: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Adds what a row tells: how many have a place and how many wait, counted for the rows of the page only."""
    return (
        found.annotate(placed_count=_heads(SignUpState.PLACED), waiting_count=_heads(SignUpState.WAITING))
        .select_related("host")
        .prefetch_related("sessions")
    )


def _heads(state: SignUpState) -> Coalesce:
    rows = SignUp.objects.filter(gathering=OuterRef("pk"), state=state).order_by().values("gathering")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def to_row(gathering: Gathering) -> GatheringRow:
    placed: int = gathering.placed_count  # type: ignore[attr-defined]
    return GatheringRow(
        id=gathering.pk,
        uid=str(gathering.uid),
        reference=gathering.reference,
        title=gathering.title,
        kind=kind_label(gathering),
        when=say_when(gathering),
        place=gathering.place,
        host=gathering.host.short_name,
        state=state_label(gathering),
        tone=STATE_TONES[gathering.state],
        places=say_places(gathering, placed),
        waiting=gathering.waiting_count,  # type: ignore[attr-defined]
        is_full=gathering.places is not None and placed >= gathering.places,
    )


EXPORT_HEADS: tuple[Text, ...] = (
    _("Number"), _("Gathering"), _("Kind"), _("State"), _("Host"), _("When"), _("Form"), _("Place"), _("Cost"),
    _("Places"), _("Have a place"), _("Waiting"), _("Came"), _("Reported attendance"),
)  # fmt: skip


def export_rows(found: QuerySet[Gathering]) -> Iterator[tuple[Cell, ...]]:
    """Facts and counts of each, without a person."""
    came = (
        Attendance.objects.filter(sign_up__gathering=OuterRef("pk"), presence=Presence.CAME)
        .order_by()
        .values("sign_up__gathering")
        .annotate(number=Count("sign_up", distinct=True))
    )
    begins = (
        Session.objects.filter(gathering=OuterRef("pk")).order_by().values("gathering").annotate(at=Min("begins_at"))
    )
    rows = with_counts(found).annotate(
        came_count=Coalesce(Subquery(came.values("number")), 0), begins_at=Subquery(begins.values("at"))
    )
    for row in rows.order_by("begins_on", "begins_at", "pk").iterator(chunk_size=500):
        told: Any = row  # the annotations
        yield (
            row.reference, row.title, str(kind_label(row)), str(state_label(row)), row.host.name, say_when(row),
            str(Mode(row.mode).label), row.place, str(say_cost(row.cost)), row.places, told.placed_count,
            told.waiting_count, told.came_count, row.reported_attendance,
        )  # fmt: skip
