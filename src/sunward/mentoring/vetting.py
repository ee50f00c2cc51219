"""Vetting is dated facts, not a flag: what stands on a day is read from them.

The background check has to be repeated every year (Minors Protection Law, art. 62); a check without an end is taken
to end after twelve months.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sunward.mentoring.enums import VettingKind, VettingResult
from sunward.mentoring.models import VettingFact

REQUIRED = (VettingKind.IDENTITY, VettingKind.BACKGROUND_CHECK, VettingKind.INTERVIEW, VettingKind.TRAINING)
# What a roster can prove: interviews and identity were done before anybody was listed.
REQUIRED_TO_MATCH = (VettingKind.BACKGROUND_CHECK, VettingKind.TRAINING)
# Days before the end at which everybody concerned is told, once each; from the first on it shows in lists.
WARN_STEPS = (90, 30, 7)
WARN_DAYS = WARN_STEPS[0]
# What a roster proves of somebody who was listed by it: she was known and talked to before.
PROVED_BY_LISTING = (VettingKind.IDENTITY, VettingKind.INTERVIEW)


@dataclass(frozen=True, slots=True)
class VettingStep:
    """One kind of vetting on one day. `state` is ``clear``, ``pending``, ``unfit``, ``expired`` or ``missing``."""

    kind: VettingKind
    state: str
    happened_on: date | None
    expires_on: date | None

    @property
    def is_clear(self) -> bool:
        return self.state == "clear"

    @property
    def is_unfit(self) -> bool:
        return self.state == VettingResult.UNFIT


@dataclass(frozen=True, slots=True)
class VettingStanding:
    """Every kind of vetting of one mentor on one day."""

    on: date
    steps: tuple[VettingStep, ...]

    def step(self, kind: VettingKind) -> VettingStep:
        return next(step for step in self.steps if step.kind == kind)

    @property
    def missing(self) -> tuple[VettingStep, ...]:
        """What stands between her and a match: what is needed and not clear, and whatever has found her unfit."""
        return tuple(
            step for step in self.steps if step.is_unfit or (step.kind in REQUIRED_TO_MATCH and not step.is_clear)
        )

    @property
    def is_unfit(self) -> bool:
        """Found unfit in anything at all: an interview may say what no register does."""
        return any(step.is_unfit for step in self.steps)

    @property
    def may_match(self) -> bool:
        return not self.missing

    @property
    def expires_first_on(self) -> date | None:
        """The first day on which something she needs is no longer valid."""
        days = [s.expires_on for s in self.steps if s.kind in REQUIRED_TO_MATCH and s.is_clear and s.expires_on]
        return min(days, default=None)

    @property
    def warn_step(self) -> int | None:
        """The narrowest of `WARN_STEPS` that has been reached; None if there is time yet."""
        end = self.expires_first_on
        reached = [days for days in WARN_STEPS if end is not None and end <= self.on + timedelta(days=days)]
        return min(reached, default=None)

    @property
    def is_expiring(self) -> bool:
        return self.warn_step is not None

    def is_complete(self, *, is_listed: bool, has_agreed: bool) -> bool:
        """Whether every step of the way in is done and valid: what makes an applicant a neighbour mom.

        `is_listed`: she came by a roster, which proves what was done before.
        """
        proved = PROVED_BY_LISTING if is_listed else ()
        open_steps = [step for step in self.steps if not step.is_clear]
        return (has_agreed or is_listed) and all(s.kind in proved and s.state == "missing" for s in open_steps)


def read_standing(facts: Iterable[VettingFact], *, on: date) -> VettingStanding:
    """What stands on the day. Of each kind the newest fact known by then decides."""
    newest: dict[str, VettingFact] = {}
    for fact in facts:
        held = newest.get(fact.kind)
        if fact.happened_on <= on and (held is None or (held.happened_on, held.pk) < (fact.happened_on, fact.pk)):
            newest[fact.kind] = fact
    return VettingStanding(on, tuple(_step(kind, newest.get(kind), on) for kind in REQUIRED))


def _step(kind: VettingKind, fact: VettingFact | None, on: date) -> VettingStep:
    if fact is None:
        return VettingStep(kind, "missing", None, None)
    if fact.result != VettingResult.CLEAR:
        return VettingStep(kind, str(fact.result), fact.happened_on, fact.expires_on)
    state = "expired" if fact.expires_on is not None and fact.expires_on <= on else "clear"
    return VettingStep(kind, state, fact.happened_on, fact.expires_on)


def default_expiry(kind: VettingKind, happened_on: date) -> date | None:
    """Twelve months for a background check, to the day; the others do not end."""
    if kind != VettingKind.BACKGROUND_CHECK:
        return None
    try:
        return happened_on.replace(year=happened_on.year + 1)
    except ValueError:  # 29 February
        return date(happened_on.year + 1, 3, 1)
