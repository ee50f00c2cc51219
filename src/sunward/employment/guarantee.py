"""The service guarantee 1131 (基本服务): what everybody is owed in one cycle, and what counts as given.

One policy briefing, one career guidance, three vacancies told, one training or traineeship offered (domain facts B3).
Numbers and days only: what was done is counted elsewhere, by the rules that are declared here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import ServiceKind
from sunward.core.furniture import Text
from sunward.core.months import add_months
from sunward.employment.tagging.days import last_start


@dataclass(frozen=True, slots=True)
class Entitlement:
    """`kind`: the standing contacts that were made and count; None counts the vacancies that somebody was told of."""

    code: str
    label: Text
    times: int
    kind: ServiceKind | None


REFERRAL = "referral"
GUARANTEE = (
    Entitlement("briefing", ServiceKind.POLICY_BRIEFING.label, 1, ServiceKind.POLICY_BRIEFING),
    Entitlement("guidance", ServiceKind.CAREER_GUIDANCE.label, 1, ServiceKind.CAREER_GUIDANCE),
    Entitlement(REFERRAL, _("Vacancies recommended"), 3, None),
    Entitlement("training", ServiceKind.TRAINING_OFFER.label, 1, ServiceKind.TRAINING_OFFER),
)
COUNTED_KINDS = tuple(one.kind for one in GUARANTEE if one.kind is not None)


@dataclass(frozen=True, slots=True)
class CycleRule:
    """So many months from the day on which somebody registered as unemployed; None: the calendar year."""

    months: int | None = None


# The district's setting.
CYCLE_RULE = CycleRule()


@dataclass(frozen=True, slots=True)
class Cycle:
    """From the first day until before `until_on`."""

    from_on: date
    until_on: date

    @property
    def last_on(self) -> date:
        return self.until_on - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day < self.until_on


@dataclass(frozen=True, slots=True)
class Line:
    """One entitlement and how far it is given."""

    entitlement: Entitlement
    given: int
    last_on: date | None

    @property
    def missing(self) -> int:
        return max(0, self.entitlement.times - self.given)


def cycle_of(*, began_on: date, on: date, rule: CycleRule = CYCLE_RULE) -> Cycle | None:
    """The cycle that a day lies in; None before and after the months that are owed.

    `began_on`: the day of registration, or of opening the file where none is known.
    """
    if rule.months is None:
        return Cycle(date(on.year, 1, 1), date(on.year + 1, 1, 1))
    cycle = Cycle(began_on, add_months(began_on, rule.months))
    return cycle if on in cycle else None


def first_beginning(*, on: date, rule: CycleRule = CYCLE_RULE) -> date | None:
    """Whoever began after this day is still owed something; None: everybody is."""
    return None if rule.months is None else last_start(rule.months, is_over=False, on=on)


def read_lines(given: Mapping[str, Sequence[date]], cycle: Cycle) -> tuple[Line, ...]:
    """`given`: by the code of the entitlement, the days on which something that counts was given."""
    lines = []
    for one in GUARANTEE:
        days = [day for day in given.get(one.code, ()) if day in cycle]
        lines.append(Line(one, len(days), max(days, default=None)))
    return tuple(lines)
