"""Whom else one could choose: everyone the actor may see, with the fit, or the rule that forbids it."""

from dataclasses import dataclass
from datetime import date

from sunward.accounts.access import Actor
from sunward.core.wording import join_sentences
from sunward.matching.declaration import Described, declaration_of
from sunward.matching.models import Proposal, Run
from sunward.matching.queries.proposals import Part, read_parts, say_distance
from sunward.matching.snapshots import unpack
from sunward.matching.solving import rate_everybody
from sunward.matching.words import say_rules

MOST_ELIGIBLE, MOST_FORBIDDEN = 40, 20
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    who: Described
    fit: float
    distance: str
    parts: tuple[Part, ...]
    forbidden: str
    has_room: bool

    @property
    def why(self) -> str:
        """What speaks for her most."""
        return join_sentences(part.sentence for part in self.parts[:_MOST_REASONS])


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best of each; `eligible_total` and `forbidden_total` say how many there are in all."""

    eligible: tuple[Candidate, ...]
    forbidden: tuple[Candidate, ...]
    eligible_total: int
    forbidden_total: int


def list_others(actor: Actor, proposal: Proposal, *, words: str, on: date) -> Candidates:
    """As things stood in the run; whether there is still room is judged once more when one is chosen."""
    run = Run.objects.select_related("version__policy").get(pk=proposal.run_id)
    declaration = declaration_of(run.version.policy.programme)
    rated = rate_everybody(run.version.content, unpack(bytes(run.snapshot or b"")), declaration, left=proposal.left_id)
    found = declaration.find_right(actor, words)
    rated = tuple(one for one in rated if one.right in found and one.right != proposal.right_id)
    eligible = [one for one in rated if one.is_eligible]
    forbidden = [one for one in rated if not one.is_eligible]
    shown = [*eligible[:MOST_ELIGIBLE], *forbidden[:MOST_FORBIDDEN]]
    people = declaration.describe(actor, (), (one.right for one in shown), on)
    candidates = [
        Candidate(
            who=people.right[one.right],
            fit=one.fit,
            distance=say_distance(one.distance_km),
            parts=read_parts(
                [(part.criterion, part.score, part.points) for part in one.contributions],
                run.version.content,
                declaration,
            ),
            forbidden=say_rules(list(one.rules), declaration) if one.rules else "",
            has_room=one.has_room,
        )
        for one in shown
        if one.right in people.right
    ]
    return Candidates(
        eligible=tuple(one for one in candidates if not one.forbidden),
        forbidden=tuple(one for one in candidates if one.forbidden),
        eligible_total=len(eligible),
        forbidden_total=len(forbidden),
    )
