"""The rules and their versions (domain facts B1, B2, B9).

A version that has been in force is never changed: a new one is declared beside it, first without a day. The page
"Who needs help" shows who would come in and who would leave by it; the day on which it takes effect is written here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Text
from sunward.employment.enums import ClientTagKind, Education, Situation, TagEnd
from sunward.employment.tagging.answers import Missing, Verdict, Why
from sunward.employment.tagging.conditions import (
    Aged,
    Basis,
    Condition,
    GraduatedWithin,
    InSituation,
    Schooled,
    StatedGround,
    WithoutWorkFor,
)
from sunward.employment.tagging.facts import ProfileFacts


@dataclass(frozen=True, slots=True)
class Judgement:
    """`why`: what keeps somebody out for certain; `missing`: what has to be known, if nothing does."""

    verdict: Verdict
    why: tuple[Why, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def end_reason(self) -> TagEnd:
        """Why somebody who belonged to the group leaves it."""
        if Why.AT_WORK in self.why:
            return TagEnd.AT_WORK
        return TagEnd.AGE if Why.TOO_OLD in self.why else TagEnd.RULE


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of the rule for one group. `valid_from` None: declared, compared, and not in force.

    `settles`: what a person still has to settle, that no file says; the card tells it.
    """

    kind: ClientTagKind
    version: str
    valid_from: date | None
    conditions: tuple[Condition, ...]
    source: Text
    settles: Text = ""

    @property
    def key(self) -> str:
        """What a tag is marked with."""
        return f"{self.kind}.{self.version}"

    @property
    def title(self) -> str:
        return str(self.kind.label)

    @property
    def lines(self) -> tuple[str, ...]:
        """The conditions in words, with their parameters."""
        return tuple(condition.words for condition in self.conditions)

    def judge(self, facts: ProfileFacts, *, on: date) -> Judgement:
        """Caught if every condition holds, not if one certainly does not, else unknown."""
        answers = [condition.decide(facts, on=on) for condition in self.conditions]
        if why := tuple(answer for answer in answers if isinstance(answer, Why)):
            return Judgement(Verdict.NOT, why=why)
        if missing := tuple(answer for answer in answers if isinstance(answer, Missing)):
            return Judgement(Verdict.UNKNOWN, missing=missing)
        return Judgement(Verdict.CAUGHT)


RULES: tuple[Rule, ...] = (
    Rule(
        kind=ClientTagKind.LTU_YOUTH,
        version="2012",
        valid_from=date(2012, 1, 1),
        conditions=(Aged(16, 35), InSituation(), WithoutWorkFor(12, Basis.REGISTERED)),
        source=_("Set Sail plan of Shanghai, as it began in 2012: registered for more than a year"),
    ),
    Rule(
        kind=ClientTagKind.LTU_YOUTH,
        version="2022",
        valid_from=date(2022, 1, 1),
        conditions=(Aged(16, 35), InSituation(), WithoutWorkFor(6, Basis.EITHER)),
        source=_("Set Sail plan of Shanghai as reported in 2022: up to 35, more than six months"),
        settles=_("Whether they can work, and whether several posts were recommended in vain, a person settles."),
    ),
    Rule(
        kind=ClientTagKind.LTU_YOUTH,
        version="2025",
        valid_from=None,
        conditions=(Aged(16, 35), InSituation(), WithoutWorkFor(6, Basis.CONTINUOUS)),
        source=_("Website of the city's Human Resources Bureau, 2025: more than six months without a break"),
    ),
    Rule(
        kind=ClientTagKind.HARD_TO_PLACE,
        version="2025",
        valid_from=date(2025, 1, 1),
        conditions=(
            InSituation(),
            WithoutWorkFor(6, Basis.CONTINUOUS, is_over=False),
            StatedGround((ClientTagKind.ZERO_EMPLOYMENT,)),
        ),
        source=_("Guide to services of Shanghai; Employment Promotion Act, art. 52"),
        settles=_("This is no recognition: local registration and the other grounds of the guide a person settles."),
    ),
    Rule(
        kind=ClientTagKind.GRADUATE,
        version="2021",
        valid_from=date(2021, 1, 1),
        conditions=(InSituation(), Aged(16, 35), Schooled(Education.COLLEGE), GraduatedWithin(24)),
        source=_("Rules for traineeships of Shanghai: within two years of leaving school, up to 35"),
    ),
    Rule(
        kind=ClientTagKind.REGISTERED,
        version="2021",
        valid_from=date(2021, 1, 1),
        conditions=(InSituation((Situation.REGISTERED,)),),
        source=_("Groups of the city's recruitment platform, code 04"),
    ),
    Rule(
        kind=ClientTagKind.SURVEYED,
        version="2021",
        valid_from=date(2021, 1, 1),
        conditions=(InSituation((Situation.NOT_REGISTERED,)),),
        source=_("Groups of the city's recruitment platform, code 07"),
    ),
)
# In the order of the rules, each once: the groups about which a rule speaks at all. Of the others a person says so.
RULED_KINDS = tuple(dict.fromkeys(rule.kind for rule in RULES))
STATED_KINDS = tuple(kind for kind in ClientTagKind if kind not in RULED_KINDS)


def rules_on(on: date, rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    """Of each group the latest version that is in force on the day; a group without one has no rule yet."""
    in_force: dict[ClientTagKind, Rule] = {}
    for rule in rules:
        if rule.valid_from is None or rule.valid_from > on:
            continue
        held = in_force.get(rule.kind)
        if held is None or held.valid_from is None or held.valid_from < rule.valid_from:
            in_force[rule.kind] = rule
    return tuple(in_force.values())


def find_rule(key: str, rules: Sequence[Rule] = RULES) -> Rule | None:
    return next((rule for rule in rules if rule.key == key), None)


def other_versions(rule: Rule, rules: Sequence[Rule] = RULES) -> tuple[Rule, ...]:
    return tuple(other for other in rules if other.kind == rule.kind and other.version != rule.version)
