"""A matching told to whoever has no database: as plain values for JSON, and as sheets of a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from sunward.core.wording import join_sentences, say_value
from sunward.core.workbooks import Cell, Sheet
from sunward.matching.declaration import Declaration, Described, People
from sunward.matching.queries.advice import say_advice
from sunward.matching.queries.proposals import Other, Part, read_other, read_parts, say_changes, say_distance
from sunward.matching.queries.runs import say_findings
from sunward.matching.recording import summarise, write_runner_up
from sunward.matching.solving import Outcome
from sunward.matching.words import say_change, say_unserved
from sunward_match.pairing import ProposedPair, Unmatched, write_proposal


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a report needs: the result, the names, the policy, the day."""

    outcome: Outcome
    people: People
    declaration: Declaration
    content: dict[str, Any]
    unit_names: Mapping[str, str]
    on: date

    def parts(self, pair: ProposedPair) -> tuple[Part, ...]:
        rows = [(part.criterion, part.score, part.points) for part in pair.contributions]
        return read_parts(rows, self.content, self.declaration)

    def others(self, pair: ProposedPair | Unmatched) -> tuple[Other, ...]:
        return tuple(read_other(write_runner_up(one), self.people, self.declaration) for one in pair.runners_up)

    def changes(self, pair: ProposedPair) -> tuple[str, ...]:
        return say_changes(pair.fit, [write_runner_up(one) for one in pair.runners_up], self.people, self.declaration)

    def why_nobody(self, one: Unmatched) -> str:
        reasons = {"data": dict(one.reason.data), "permitted": one.permitted}
        return say_unserved(one.reason.code, reasons, declaration=self.declaration)

    def what_helps(self, one: Unmatched) -> tuple[str, ...]:
        said = (say_change({"code": c.code, **c.data}, declaration=self.declaration) for c in one.changes)
        return tuple(sentence for sentence in said if sentence)

    def advice(self) -> Iterator[str]:
        for one in self.outcome.advice:
            place = self.unit_names.get(one.newcomer.unit_code, one.newcomer.unit_code)
            yield say_advice(
                self.declaration, place=place, skill=one.newcomer.skill, tier=one.tier, serves_more=one.steps > 0,
                fit_gain=one.points,
            )  # fmt: skip

    def findings(self) -> tuple[str, ...]:
        return say_findings(summarise(self.outcome.proposal), self.declaration)

    @property
    def new_pairs(self) -> list[ProposedPair]:
        return sorted(self.outcome.proposal.pairs, key=lambda pair: (-pair.tier, -pair.fit))


def as_dict(told: Told, places: Mapping[str, Mapping[int, Mapping[str, Any]]]) -> dict[str, Any]:
    """Plain values for JSON. `places` says for each side and id where the row stands."""

    def whom(side: str, number: Any) -> dict[str, Any]:
        found = (told.people.left if side == "left" else told.people.right)[number]
        return {"id": number, "name": found.name, "unit": found.unit_name, **places[side][number]}

    proposal = told.outcome.proposal
    return {
        "as_of": told.on.isoformat(),
        "policy": told.content,
        "figures": summarise(proposal)["figures"],
        "findings": list(told.findings()),
        "pairs": [
            {
                "child": whom("left", pair.child),
                "mentor": whom("right", pair.mentor),
                "tier": pair.tier,
                "fit": pair.fit,
                "distance_km": pair.distance_km,
                "contributions": write_proposal(pair.contributions),
                "why": [f"{part.label}: {part.sentence}" for part in told.parts(pair)],
                "others": [
                    {"mentor": whom("right", one.mentor), "fit": one.fit, "code": one.reason.code, "why": other.why}
                    for one, other in zip(pair.runners_up, told.others(pair), strict=True)
                ],
                "changes": list(told.changes(pair)),
            }
            for pair in told.new_pairs
        ],
        "unmatched": [
            {
                "child": whom("left", one.child),
                "tier": one.tier,
                "code": one.reason.code,
                "why": told.why_nobody(one),
                "rule_counts": write_proposal(one.rule_counts),
                "changes": list(told.what_helps(one)),
            }
            for one in proposal.unmatched
        ],
        "advice": list(told.advice()),
    }


def as_sheets(told: Told) -> Sequence[Sheet]:
    """Proposals, those without anybody, and where to recruit."""
    left, right = str(told.declaration.left_name), str(told.declaration.right_name)
    figures = told.outcome.proposal.figures
    note = gettext("%(matched)d of %(sought)d matched; proven that no more is possible (gap %(gap)d). %(findings)s") % {
        "matched": figures.matched,
        "sought": figures.sought,
        "gap": figures.gap,
        "findings": join_sentences(told.findings()),
    }
    day = f"{told.on:%Y-%m-%d}"
    fit_heads = [gettext("No."), left, gettext("Unit"), gettext("Risk"), right, gettext("Unit"), gettext("Fit")]
    return (
        Sheet(
            gettext("Proposals"),
            f"{gettext('Proposals')} {day}",
            [*fit_heads, gettext("Distance"), gettext("Why her"), gettext("Why not the others"),
             gettext("What would change it")],
            _pair_rows(told),
            note,
        ),
        Sheet(
            gettext("Without anybody"),
            f"{gettext('Without anybody')} {day}",
            [left, gettext("Unit"), gettext("Risk"), gettext("Why nobody"), gettext("What would change it")],
            _unmatched_rows(told),
        ),
        Sheet(
            gettext("Where to recruit"),
            f"{gettext('Where to recruit')} {day}",
            [gettext("No."), gettext("Where one more would help most")],
            enumerate(told.advice(), start=1),
        ),
    )  # fmt: skip


def _pair_rows(told: Told) -> Iterator[Sequence[Cell]]:
    for number, pair in enumerate(told.new_pairs, start=1):
        child, mentor = told.people.left[int(pair.child)], told.people.right[int(pair.mentor)]
        yield (
            number,
            _name(child),
            child.unit_name,
            str(told.declaration.tiers.get(pair.tier, "")),
            _name(mentor),
            mentor.unit_name,
            round(pair.fit, 1),
            say_distance(pair.distance_km),
            join_sentences(f"{part.sentence}({part.points:.1f})" for part in told.parts(pair)),
            join_sentences(say_value(other.name, other.why) for other in told.others(pair)[:3]),
            join_sentences(told.changes(pair)),
        )


def _unmatched_rows(told: Told) -> Iterator[Sequence[Cell]]:
    for one in told.outcome.proposal.unmatched:
        child = told.people.left[int(one.child)]
        yield (
            _name(child),
            child.unit_name,
            str(told.declaration.tiers.get(one.tier, "")),
            told.why_nobody(one),
            join_sentences(told.what_helps(one)),
        )


def _name(person: Described) -> str:
    return f"{person.name} ({person.reference})"
