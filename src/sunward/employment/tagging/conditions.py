"""The conditions of which rules are made. Each says itself in words, and answers in three values.

`decide` gives None where the condition holds, `Why` where it certainly does not, `Missing` where more has to be known.
A condition never guesses: what the file does not say is missing, and a month without its day may be any day of it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext, ngettext

from sunward.core.wording import join_words
from sunward.employment.enums import ClientTagKind, Education, Situation
from sunward.employment.tagging.answers import Missing, Why
from sunward.employment.tagging.days import last_birth_of, last_start
from sunward.employment.tagging.facts import ProfileFacts, Span

Answer = Why | Missing | None

WITHOUT_WORK = (Situation.REGISTERED, Situation.NOT_REGISTERED, Situation.TRAINING)
AT_WORK = (Situation.EMPLOYED, Situation.FLEXIBLE, Situation.ELSEWHERE)
# These words leave open whether somebody works.
UNSURE = ("", Situation.OTHER)


class Condition(Protocol):
    @property
    def words(self) -> str: ...

    def decide(self, facts: ProfileFacts, *, on: date) -> Answer: ...


@dataclass(frozen=True, slots=True)
class InSituation:
    """`among` are situations of which the rule speaks."""

    among: tuple[Situation, ...] = WITHOUT_WORK

    @property
    def words(self) -> str:
        return gettext("Situation: %(situations)s") % {"situations": join_words(one.label for one in self.among)}

    def decide(self, facts: ProfileFacts, *, on: date) -> Answer:
        if facts.situation in self.among:
            return None
        if facts.situation in UNSURE:
            return Missing.SITUATION
        if facts.situation in AT_WORK:
            return Why.AT_WORK
        return Why.OTHER_SITUATION if facts.situation in WITHOUT_WORK else Why.NOT_SEEKING


@dataclass(frozen=True, slots=True)
class Aged:
    """Full years on the day, both ends included; the birthday itself counts."""

    youngest: int
    oldest: int

    @property
    def words(self) -> str:
        return gettext("Aged %(youngest)s to %(oldest)s, both included") % {
            "youngest": self.youngest, "oldest": self.oldest
        }  # fmt: skip

    def born(self, *, on: date) -> Span:
        """The first and the last day of birth of whoever is of this age."""
        too_old = last_birth_of(self.oldest + 1, on=on)
        return Span(date.fromordinal(too_old.toordinal() + 1), last_birth_of(self.youngest, on=on))

    def decide(self, facts: ProfileFacts, *, on: date) -> Answer:
        if facts.birth is None:
            return Missing.BIRTH_DATE
        born = self.born(on=on)
        if facts.birth.last < born.first:
            return Why.TOO_OLD
        if facts.birth.first > born.last:
            return Why.TOO_YOUNG
        return None if born.first <= facts.birth.first and facts.birth.last <= born.last else Missing.BIRTH_DATE


class Basis(StrEnum):
    """From what the months are counted."""

    REGISTERED = "registered"
    CONTINUOUS = "continuous"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class WithoutWorkFor:
    """`is_over`: more than so many months, else at least so many."""

    months: int
    basis: Basis = Basis.EITHER
    is_over: bool = True

    @property
    def words(self) -> str:
        months = {"months": self.months}
        if self.is_over:
            span = ngettext("for more than %(months)s month", "for more than %(months)s months", self.months) % months
        else:
            span = ngettext("for %(months)s month or more", "for %(months)s months or more", self.months) % months
        sentences = {
            Basis.REGISTERED: gettext("Registered as unemployed %(span)s"),
            Basis.CONTINUOUS: gettext("Without work %(span)s without a break"),
            Basis.EITHER: gettext("Registered as unemployed, or without work without a break, %(span)s"),
        }
        return sentences[self.basis] % {"span": span}

    def cut(self, *, on: date) -> date:
        return last_start(self.months, is_over=self.is_over, on=on)

    def decide(self, facts: ProfileFacts, *, on: date) -> Answer:
        cut, since = self.cut(on=on), facts.unemployed_since
        # Who is not registered any more is not counted from a registration that is over.
        registered = None if facts.situation == Situation.NOT_REGISTERED else facts.registered
        if self.basis is Basis.CONTINUOUS:
            return _reached(since, cut, Missing.UNEMPLOYED_SINCE)
        if registered is not None and registered.last <= cut:
            return None
        if self.basis is Basis.REGISTERED and facts.situation == Situation.NOT_REGISTERED:
            return Why.NOT_REGISTERED
        # Nobody registers before the work is gone: who lost it lately has not been registered for long either.
        if since is not None and since.first > cut:
            return Why.TOO_SHORT
        if self.basis is Basis.REGISTERED:
            return _reached(registered, cut, Missing.REGISTERED_ON)
        return _reached(since, cut, Missing.UNEMPLOYED_SINCE)


def _reached(span: Span | None, cut: date, missing: Missing) -> Answer:
    if span is None:
        return missing
    if span.last <= cut:
        return None
    return Why.TOO_SHORT if span.first > cut else missing


@dataclass(frozen=True, slots=True)
class Schooled:
    """This level of schooling or a higher one."""

    from_level: Education

    @property
    def words(self) -> str:
        return gettext("Education: %(level)s or higher") % {"level": self.from_level.label}

    def decide(self, facts: ProfileFacts, *, on: date) -> Answer:
        if facts.education is None:
            return Missing.EDUCATION
        return None if facts.education // 10 >= self.from_level.level else Why.SCHOOLING


@dataclass(frozen=True, slots=True)
class GraduatedWithin:
    """So many months at most after graduation."""

    months: int

    @property
    def words(self) -> str:
        return ngettext(
            "Graduated %(months)s month ago at most", "Graduated %(months)s months ago at most", self.months
        ) % {"months": self.months}

    def decide(self, facts: ProfileFacts, *, on: date) -> Answer:
        if facts.graduated is None:
            return Missing.GRADUATED_ON
        over = last_start(self.months, is_over=True, on=on)
        if facts.graduated.last <= over:
            return Why.GRADUATED_EARLIER
        return None if facts.graduated.first > over else Missing.GRADUATED_ON


@dataclass(frozen=True, slots=True)
class StatedGround:
    """A ground that a person has stated. A disability is one from the moderate grade on, which no file holds."""

    kinds: tuple[ClientTagKind, ...]
    is_disability: bool = True

    @property
    def words(self) -> str:
        named = [str(kind.label) for kind in self.kinds]
        if self.is_disability:
            named.append(gettext("a moderate or severe disability"))
        return gettext("One of these grounds, stated by a person: %(grounds)s") % {"grounds": join_words(named)}

    def decide(self, facts: ProfileFacts, *, on: date) -> Answer:
        if not facts.stated.isdisjoint(self.kinds):
            return None
        return Missing.DISABILITY_GRADE if self.is_disability and facts.is_disabled else Why.NO_GROUND
