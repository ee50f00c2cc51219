"""What a programme declares to be matched: its tables, its rules and criteria with their words, and what a yes does.

A programme's `policies.py` holds its `Declaration`s under the name ``DECLARATIONS``, one for each kind of pair that it
makes; settings name the programmes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib import import_module
from typing import Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from sunward.accounts.access import Actor
from sunward.audit.chain import Subject
from sunward_match.pairing import Catalogue, Criterion, Policy, Rule, Table

Words = str | Promise
Counted = Callable[[int], str]  # a sentence about so many, in the reader's language

Pairs = Sequence[tuple[int, int]]  # (left, right)


@dataclass(frozen=True, slots=True)
class HardRule:
    """A rule with its words. `holds` says what must be so, `broken` what is so if it is not, `remedy` what would help.

    A rule that `is_law` cannot be switched off. `parameter_words` names the parameters that an officer may set.
    """

    rule: Rule
    holds: Words
    broken: Words
    remedy: Counted | None = None
    is_law: bool = False
    parameter_words: dict[str, Words] = field(default_factory=dict, hash=False)

    @property
    def code(self) -> str:
        return self.rule.code


@dataclass(frozen=True, slots=True)
class SoftCriterion:
    """A criterion with its words: `label` names it, `explain` turns a score between 0 and 1 into a sentence."""

    criterion: Criterion
    label: Words
    explain: Callable[[float], Words]
    parameter_words: dict[str, Words] = field(default_factory=dict, hash=False)

    @property
    def code(self) -> str:
        return self.criterion.code


@dataclass(frozen=True, slots=True)
class Ordering:
    """One way of deciding who is served first; `column` is the left table's, None: all alike."""

    code: str
    column: str | None
    label: Words


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Who is to be matched, in numbers: what a run is given, kept with it so that it can be repeated exactly.

    `standing` holds the matches that exist. `given` brings the values that rules leave open, such as the day.
    """

    left: Table
    right: Table
    standing: tuple[tuple[int, int], ...] = ()
    given: dict[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A volunteer who does not exist yet: where she would live, and the one skill she would bring ("": any)."""

    unit_code: str
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """One person in words, as far as this actor may see. `details` are pairs of label and text; `unit_code` says where
    the person lives as exactly as a map may show it (a committee)."""

    id: int
    name: str
    reference: str
    unit_code: str
    unit_name: str
    note: str = ""
    href: str = ""  # the person's own page
    details: tuple[tuple[Words, str], ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """Those the actor may see. Who is not in here has no name on the page: a template cannot show what is not there."""

    left: dict[int, Described]
    right: dict[int, Described]


class Accept(Protocol):
    """Makes a match of a pair, or refuses. Called inside the transaction of the act."""

    def __call__(
        self,
        *,
        actor: Actor,
        left_id: int,
        right_id: int,
        on: date,
        now: datetime,
        proposal_id: int,
        override_reason: str = "",
    ) -> int: ...


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where the programme goes on with what was approved: a list of its own, and what it is asked for."""

    label: Words
    url_name: str
    asked: str = ""

    @property
    def href(self) -> str:
        return reverse(self.url_name) + self.asked


@dataclass(frozen=True, slots=True)
class Declaration:
    """Two sides to be matched.

    Args:
        read_snapshot: ``f(unit_path, on, declined)``: both sides below the unit on the day; `declined` are pairs that a
            person has rejected of late.
        describe: ``f(actor, left ids, right ids, on)``: those the actor may see, in a fixed number of queries.
        find_right: ``f(actor, words)``: ids of those on the right whose name holds the words.
        accept: makes the match.
        subject: what a look at a proposal is a look at.
        imagine: volunteers who might be recruited, as a right table whose column ``newcomer`` is their position.
        next_step: what has to be done with a match that was approved, and where.
        nobody: a snapshot without anybody, with every column: what a policy is checked against.
        quiet: findings that mean nothing here, such as that nobody's place is known where nobody travels.
    """

    code: str
    name: Words
    left_name: Words
    right_name: Words
    rules: tuple[HardRule, ...]
    criteria: tuple[SoftCriterion, ...]
    orderings: tuple[Ordering, ...]
    tiers: dict[int, Words]
    skills: dict[str, Words]
    default_policy: Policy
    default_name: Words
    read_snapshot: Callable[[str, date, Pairs], Snapshot]
    describe: Callable[[Actor, Iterable[int], Iterable[int], date], People]
    find_right: Callable[[Actor, str], set[int]]
    accept: Accept
    subject: Callable[[int], Subject]
    imagine: Callable[[Snapshot], tuple[Table, Sequence[Newcomer]]]
    next_step: NextStep
    nobody: Callable[[], Snapshot]
    quiet: frozenset[str] = frozenset()

    @property
    def catalogue(self) -> Catalogue:
        return Catalogue(tuple(r.rule for r in self.rules), tuple(c.criterion for c in self.criteria))

    @property
    def rule_by_code(self) -> dict[str, HardRule]:
        return {rule.code: rule for rule in self.rules}

    @property
    def criterion_by_code(self) -> dict[str, SoftCriterion]:
        return {criterion.code: criterion for criterion in self.criteria}


@lru_cache(maxsize=1)
def declarations() -> dict[str, Declaration]:
    """Everything that is matched, by its code."""
    return {
        declaration.code: declaration for programme in settings.SUNWARD_PROGRAMMES for declaration in _read(programme)
    }


def declaration_of(programme: str) -> Declaration:
    return declarations()[programme]


def _read(programme: str) -> tuple[Declaration, ...]:
    if not module_has_submodule(import_module(programme), "policies"):
        return ()
    found: tuple[Declaration, ...] = import_module(f"{programme}.policies").DECLARATIONS
    return found
