"""Proposals in words: the list, and one with all its reasons. Whom the actor may not see has no name here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Fact, Tone
from sunward.core.tables import Column, LedgerPage, read_ledger
from sunward.matching.declaration import Declaration, Described, NextStep, People, declaration_of
from sunward.matching.enums import ProposalState
from sunward.matching.models import Proposal
from sunward.matching.words import say_loss, say_version

Text = str | Promise

STATE_TONES: dict[str, Tone] = {
    ProposalState.OPEN: "info",
    ProposalState.APPROVED: "good",
    ProposalState.REJECTED: "off",
    ProposalState.REPLACED: "good",
}


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One line. `fit` is out of 100; `distance` is empty where a place is not known."""

    uid: UUID
    left_id: int
    unit_path: str
    rank: int
    left: Described | None
    right: Described | None
    tier_word: Text
    tier_tone: Tone
    fit: float
    distance: str
    state: str
    state_word: Text
    state_tone: Tone
    reason: str

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN

    @property
    def can_approve(self) -> bool:
        """Only who sees both may put them together."""
        return self.is_open and self.left is not None and self.right is not None


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion's part: `points` of at most `most`, and a sentence."""

    label: Text
    sentence: Text
    points: float
    most: float

    @property
    def percent(self) -> int:
        return round(100 * self.points / self.most) if self.most else 0


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who might have been proposed, and why she was not."""

    who: Described | None
    name: Text
    fit: float
    distance: str
    why: str
    is_permitted: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    row: ProposalRow
    run_uid: UUID
    run_on: date
    run_by_version: str
    left_facts: tuple[Fact, ...]
    right_facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    others: tuple[Other, ...]
    changes: tuple[str, ...]
    decided_by: str
    decided_at: datetime | None
    chosen: Described | None
    next_step: NextStep


def columns(declaration: Declaration) -> tuple[Column, ...]:
    return (
        Column("rank", _("No."), ("rank",), "number"),
        Column("left", declaration.left_name),
        Column("tier", _("Risk"), ("-tier", "rank")),
        Column("right", declaration.right_name),
        Column("fit", _("Fit"), ("-fit",), "number"),
        Column("distance", _("Distance"), ("distance_km",), "number"),
        Column("state", _("State"), ("state", "rank")),
    )


def read_proposals(
    actor: Actor, found: QuerySet[Proposal], *, asked: QueryDict, declaration: Declaration, on: date
) -> LedgerPage[ProposalRow]:
    """A page of the ledger: the rows, then the names for all of them at once."""
    page = read_ledger(found, asked=asked, columns=columns(declaration), order="rank", shape=_same)
    people = describe(actor, page.rows, declaration, on=on)
    rows = [to_row(proposal, people, declaration) for proposal in page.rows]
    return LedgerPage(rows=rows, heads=page.heads, pager=page.pager, query=page.query)


def list_proposals(
    actor: Actor, found: Iterable[Proposal], *, declaration: Declaration, on: date
) -> tuple[ProposalRow, ...]:
    """All of them, for an export, a map or the answer to many approvals."""
    proposals = list(found)
    people = describe(actor, proposals, declaration, on=on)
    return tuple(to_row(proposal, people, declaration) for proposal in proposals)


def read_proposal(actor: Actor, proposal: Proposal, *, on: date) -> ProposalPage:
    """Why her, why not the others, what would change it."""
    run = proposal.run
    declaration = declaration_of(run.version.policy.programme)
    others: list[dict[str, Any]] = proposal.reasons.get("others", [])
    right = {proposal.right_id, proposal.chosen_right_id or proposal.right_id, *(other["right"] for other in others)}
    left = {proposal.left_id, *(int(o["data"]["serves"]) for o in others if o["data"].get("serves") not in (None, ""))}
    people = declaration.describe(actor, left, right, on)
    row = to_row(proposal, people, declaration)
    return ProposalPage(
        row=row,
        run_uid=run.uid,
        run_on=run.matched_on,
        run_by_version=say_version(run.version.policy.name, run.version.number),
        left_facts=_facts(row.left),
        right_facts=_facts(row.right),
        parts=read_parts(proposal.reasons.get("parts", []), run.version.content, declaration),
        others=tuple(read_other(other, people, declaration) for other in others),
        changes=say_changes(proposal.fit, others, people, declaration),
        decided_by=str(proposal.decided_by or ""),
        decided_at=proposal.decided_at,
        chosen=people.right.get(proposal.chosen_right_id) if proposal.chosen_right_id else None,
        next_step=declaration.next_step,
    )


def describe(actor: Actor, proposals: Sequence[Proposal], declaration: Declaration, *, on: date) -> People:
    right = {proposal.chosen_right_id or proposal.right_id for proposal in proposals}
    return declaration.describe(actor, {p.left_id for p in proposals}, right | {p.right_id for p in proposals}, on)


def to_row(proposal: Proposal, people: People, declaration: Declaration) -> ProposalRow:
    shown = proposal.chosen_right_id or proposal.right_id
    return ProposalRow(
        uid=proposal.uid,
        left_id=proposal.left_id,
        unit_path=proposal.unit_path,
        rank=proposal.rank,
        left=people.left.get(proposal.left_id),
        right=people.right.get(shown),
        tier_word=declaration.tiers.get(proposal.tier, ""),
        tier_tone=tier_tone(proposal.tier, declaration),
        fit=proposal.fit,
        distance=say_distance(proposal.distance_km),
        state=proposal.state,
        state_word=ProposalState(proposal.state).label,
        state_tone=STATE_TONES[proposal.state],
        reason=proposal.decision_reason,
    )


def tier_tone(tier: int, declaration: Declaration) -> Tone:
    """The highest is urgent, the next a warning, the others calm."""
    place = sorted(declaration.tiers, reverse=True).index(tier) if tier in declaration.tiers else 2
    tones: tuple[Tone, ...] = ("urgent", "warn", "calm")
    return tones[min(place, 2)]


def read_parts(parts: Sequence[Sequence[Any]], content: dict[str, Any], declaration: Declaration) -> tuple[Part, ...]:
    """What makes the fit, the largest part first; criteria without weight say nothing."""
    weights = {entry["code"]: float(entry.get("weight", 1)) for entry in content.get("criteria", [])}
    total = sum(weights.values()) or 1.0
    found = [
        Part(
            label=declaration.criterion_by_code[code].label,
            sentence=declaration.criterion_by_code[code].explain(score),
            points=points,
            most=100 * weights.get(code, 0.0) / total,
        )
        for code, score, points in parts
        if code in declaration.criterion_by_code and weights.get(code, 0.0) > 0
    ]
    return tuple(sorted(found, key=lambda part: (-part.points, -part.most)))


def read_other(other: dict[str, Any], people: People, declaration: Declaration) -> Other:
    who = people.right.get(other["right"])
    serves = other["data"].get("serves")
    served = people.left.get(int(serves)) if serves not in (None, "") else None
    return Other(
        who=who,
        name=who.name if who else _("Somebody of another unit"),
        fit=other["fit"],
        distance=say_distance(other["km"]),
        why=say_loss(
            other["code"], other["data"], other["rules"], serves=served.name if served else "", declaration=declaration
        ),
        is_permitted=not other["rules"],
    )


def say_changes(
    fit: float, others: Sequence[dict[str, Any]], people: People, declaration: Declaration
) -> tuple[str, ...]:
    """What would make another choice the better one: only those who would fit better than the one proposed."""
    better = [other for other in others if other["fit"] > fit]
    said = []
    for other in sorted(better, key=lambda one: -one["fit"]):
        who = people.right.get(other["right"])
        name = who.name if who else gettext("Somebody of another unit")
        gain = f"{other['fit'] - fit:.1f}"
        if other["rules"]:
            held = gettext("; ").join(
                str(declaration.rule_by_code[rule].holds) for rule in other["rules"] if rule in declaration.rule_by_code
            )
            text = gettext("%(name)s would fit better by %(gain)s points, if this were so: %(held)s.")
            said.append(text % {"name": name, "gain": gain, "held": held})
        elif other["code"] != "equally_good":
            text = gettext("%(name)s would fit better by %(gain)s points, if she had one more place.")
            said.append(text % {"name": name, "gain": gain})
    return tuple(said)


def say_distance(km: float | None) -> str:
    if km is None:
        return ""
    if km < 1:
        return gettext("%(metres)d m") % {"metres": round(km * 1000, -1)}
    return gettext("%(km)s km") % {"km": f"{km:.1f}"}


def _facts(person: Described | None) -> tuple[Fact, ...]:
    return tuple(Fact(label, value) for label, value in person.details) if person else ()


def _same(proposal: Proposal) -> Proposal:
    return proposal
