"""Results of universities as their readers see them: on the board by step, in the list, and at dead ends."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from sunward.accounts.access import Actor
from sunward.blueprint.access_results import visible_results
from sunward.blueprint.enums import EndReason, EnterpriseKind, ResultStepKind
from sunward.blueprint.likeness import find_like
from sunward.blueprint.models import DistrictEnterprise, ResearchResult
from sunward.blueprint.pipeline.chain import STAGES, Way, place_of, read_way
from sunward.blueprint.queries.plan_lines import UnitName
from sunward.blueprint.queries.result_ways import read_rows
from sunward.blueprint.universities import name_institution, shorten_institution
from sunward.core.furniture import Text, Tone
from sunward.core.tables import Head, head_of

# Days without a step after which somebody should ask what holds it up.
LONG = 180
STILL = (90, 180, 365)


@dataclass(frozen=True, slots=True)
class FirmName:
    id: int
    uid: UUID
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class ResultCard:
    """One result with where it stands. `days`: since its last step."""

    id: int
    uid: UUID
    title: str
    text: str
    institution: str
    institution_short: str
    lead: UnitName
    way: Way
    firm: FirmName | None
    days: int

    @property
    def stage(self) -> ResultStepKind:
        return self.way.stage or ResultStepKind.FOUND

    @property
    def since(self) -> date | None:
        return self.way.since

    @property
    def word(self) -> str:
        """How long nothing has moved, where that is long."""
        if not self.is_long:
            return ""
        return ngettext("No step for %(days)d day", "No step for %(days)d days", self.days) % {"days": self.days}

    @property
    def is_long(self) -> bool:
        return self.days >= LONG and self.stage != ResultStepKind.GROWS

    @property
    def tone(self) -> Tone:
        return "warn" if self.is_long else "good" if self.stage == ResultStepKind.GROWS else "calm"

    @property
    def standing(self) -> str:
        return say_stage(self.way)

    @property
    def standing_tone(self) -> Tone:
        return self.tone if self.way.is_under_way else "off"

    @property
    def reason(self) -> str:
        return str(EndReason(self.way.end.reason).label) if self.way.end else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Empty values ask for nothing. `still`: at least so many days without a step."""

    institution: str = ""
    stage: str = ""
    kind: str = ""
    lead: str = ""
    still: int = 0
    reason: str = ""
    words: str = ""

    def matches(self, card: ResultCard) -> bool:
        return (
            self.institution in {"", card.institution}
            and self.stage in {"", card.stage}
            and self.kind in {"", card.firm.kind if card.firm else None}
            and self.lead in {"", card.lead.code}
            and card.days >= self.still
            and (not self.reason or (card.way.end is not None and card.way.end.reason == self.reason))
            and self.words.casefold() in _said(card)
        )


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be asked of these results: nothing that none of the reader's answers."""

    institutions: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    leads: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One step of the way with the results that stand there."""

    number: int
    label: str
    cards: tuple[ResultCard, ...]


def read_results(actor: Actor, *, on: date) -> list[ResultCard]:
    """All that the reader sees, under way, at a dead end or taken back; three queries for any number."""
    return shape_results(visible_results(actor), on=on)


def shape_results(rows: "QuerySet[ResearchResult]", *, on: date) -> list[ResultCard]:
    results = list(rows.select_related("lead").order_by("pk"))
    written = read_rows([row.pk for row in results])
    ways = {row.pk: read_way(written.get(row.pk, ())) for row in results}
    firms = name_firms(way.enterprise_id for way in ways.values())
    return [_card(row, ways[row.pk], firms, on=on) for row in results]


def find_card(result: ResearchResult, *, on: date) -> ResultCard:
    """Of a result that came through the gate."""
    return shape_results(ResearchResult.objects.filter(pk=result.pk), on=on)[0]


def name_firms(keys: Iterable[int | None]) -> Mapping[int, FirmName]:
    rows = DistrictEnterprise.objects.filter(pk__in={key for key in keys if key is not None})
    return {pk: FirmName(pk, uid, name, kind) for pk, uid, name, kind in rows.values_list("pk", "uid", "name", "kind")}


def under_way(cards: Iterable[ResultCard]) -> list[ResultCard]:
    return [card for card in cards if card.way.is_under_way]


def at_dead_ends(cards: Iterable[ResultCard]) -> list[ResultCard]:
    """The newest first."""
    found = [card for card in cards if card.way.end is not None]
    return sorted(found, key=lambda card: (card.since or date.min, card.id), reverse=True)


def read_lanes(cards: Iterable[ResultCard]) -> tuple[Lane, ...]:
    """All six, be they empty; in each, what has stood longest comes first."""
    ordered = sorted(cards, key=lambda card: (-card.days, card.id))
    return tuple(
        Lane(number, str(stage.label), tuple(card for card in ordered if card.stage == stage))
        for number, stage in enumerate(STAGES, 1)
    )


def offer(cards: Sequence[ResultCard]) -> Offered:
    there = {card.stage for card in cards}
    kinds = {card.firm.kind for card in cards if card.firm}
    reasons = {card.way.end.reason for card in cards if card.way.end}
    return Offered(
        institutions=tuple(sorted({(card.institution, card.institution) for card in cards})),
        stages=tuple((stage.value, str(stage.label)) for stage in STAGES if stage in there),
        kinds=tuple((kind.value, str(kind.label)) for kind in EnterpriseKind if kind in kinds),
        leads=tuple(sorted({(card.lead.code, card.lead.name) for card in cards})),
        reasons=tuple((reason.value, str(reason.label)) for reason in EndReason if reason in reasons),
    )


def find_dead_ends_like(actor: Actor, text: str, *, but: int = 0, on: date) -> list[ResultCard]:
    """Dead ends of the reader's that may be the same matter, the likest first: to be read before one begins."""
    ended = {card.id: card for card in at_dead_ends(read_results(actor, on=on)) if card.id != but}
    return [ended[key] for key in find_like(text, {key: f"{card.title} {card.text}" for key, card in ended.items()})]


# ── the list ──
_ORDERS: Mapping[str, Callable[[ResultCard], Any]] = {
    "title": lambda card: card.title,
    "institution": lambda card: (card.institution, card.id),
    "stage": lambda card: (place_of(card.stage), -card.days),
    "firm": lambda card: (card.firm is None, card.firm.name if card.firm else ""),
    "lead": lambda card: (card.lead.code, -card.days),
    "since": lambda card: (-card.days, card.id),
}
LABELS: Mapping[str, Text] = {
    "title": pgettext_lazy("column of results", "Result"),
    "institution": pgettext_lazy("of a result", "University"),
    "stage": pgettext_lazy("column of results", "Step"),
    "since": gettext_lazy("Last step on"),
    "firm": pgettext_lazy("column of results", "Enterprise"),
    "lead": gettext_lazy("Lead unit"),
}


def sort_results(cards: Iterable[ResultCard], *, asked: QueryDict) -> tuple[list[ResultCard], tuple[Head, ...]]:
    """What has stood longest first, unless another order is asked for; one that cannot be understood is ignored."""
    chosen = asked.get("sort", "")
    if chosen.removeprefix("-") not in _ORDERS:
        chosen = "since"
    ordered = sorted(cards, key=_ORDERS[chosen.removeprefix("-")], reverse=chosen.startswith("-"))
    return ordered, tuple(head_of(key, label, chosen=chosen, asked=asked) for key, label in LABELS.items())


def say_stage(way: Way) -> str:
    """Where a result stands, in a word."""
    if way.stage is None:
        return _("Taken back")
    return str(ResultStepKind.DEAD_END.label if way.end else way.stage.label)


def _card(row: ResearchResult, way: Way, firms: Mapping[int, FirmName], *, on: date) -> ResultCard:
    return ResultCard(
        id=row.pk, uid=row.uid, title=row.title, text=row.text,
        institution=name_institution(row.university, row.institution_written),
        institution_short=shorten_institution(row.university, row.institution_written),
        lead=UnitName(row.lead.code, row.lead.name, row.lead.short_name), way=way,
        firm=firms.get(way.enterprise_id or 0), days=(on - way.since).days if way.since else 0,
    )  # fmt: skip


def _said(card: ResultCard) -> str:
    end = card.way.end
    return " ".join([card.title, card.text, card.firm.name if card.firm else "", end.text if end else ""]).casefold()
