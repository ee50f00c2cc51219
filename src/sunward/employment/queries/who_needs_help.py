"""Who needs help, by rule: how many are in each group, for want of what others cannot be judged, who came and left.

Every figure counts files that the reader may open, and no other; `tests/employment/test_who_needs_help.py` holds each
against its list.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.casework.models import CaseQuerySet
from sunward.core.furniture import Text
from sunward.core.months import add_months
from sunward.employment.access.jobseekers import visible_jobseekers
from sunward.employment.enums import ClientTagKind, TagEnd
from sunward.employment.models import ClientTag
from sunward.employment.queries.jobseekers import label, paths_of
from sunward.employment.queries.rule_states import UNKNOWN, missing_of, with_states
from sunward.employment.tagging.answers import Missing
from sunward.employment.tagging.rules import STATED_KINDS, Rule, other_versions, rules_on


@dataclass(frozen=True, slots=True)
class HelpQuestion:
    """`unit`: the code of a unit, or empty for all of one's own. `month`: its first day."""

    month: date
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """How many cannot be judged because this is not known."""

    what: Missing
    count: int

    @property
    def word(self) -> Text:
        return self.what.label


@dataclass(frozen=True, slots=True)
class Departure:
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """`by_hand` of those in it were put there by a person. `came` and `left` are of the month asked for."""

    kind: ClientTagKind
    in_group: int
    by_hand: int
    came: int
    left: tuple[Departure, ...]

    @property
    def title(self) -> Text:
        return self.kind.label

    @property
    def left_count(self) -> int:
        return sum(departure.count for departure in self.left)


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule in force with its group. Somebody of whom two things are not known is counted under both `lacks`."""

    rule: Rule
    group: Group
    unknown: int
    lacks: tuple[Lack, ...]
    others: tuple[Rule, ...]

    @property
    def unknown_words(self) -> str:
        said = ngettext("%(count)s cannot be judged yet", "%(count)s cannot be judged yet", self.unknown)
        return said % {"count": self.unknown}


@dataclass(frozen=True, slots=True)
class WhoNeedsHelp:
    files: int
    cards: tuple[RuleCard, ...]
    stated: tuple[Group, ...]


def read_who_needs_help(actor: Actor, asked: HelpQuestion, *, on: date) -> WhoNeedsHelp:
    """One query for each rule and five more, however many files there are."""
    files = files_asked(actor, asked.unit)
    groups = _groups(files, asked.month, on=on)
    cards = tuple(_card(rule, groups[rule.kind], files, on=on) for rule in rules_on(on))
    ruled = {card.rule.kind for card in cards}
    stated = tuple(groups[kind] for kind in ClientTagKind if kind in STATED_KINDS or kind not in ruled)
    return WhoNeedsHelp(files.open().count(), cards, stated)


def files_asked(actor: Actor, unit: str) -> CaseQuerySet:
    found = visible_jobseekers(actor)
    return found.filter(below(paths_of(actor, unit))) if unit else found


def months_to_choose(on: date, count: int = 12) -> list[date]:
    """The running month first."""
    first = on.replace(day=1)
    return [add_months(first, -number) for number in range(count)]


def _card(rule: Rule, group: Group, files: CaseQuerySet, *, on: date) -> RuleCard:
    missing = missing_of(rule)
    unknown = Q(verdict=UNKNOWN)
    counts: dict[str, int] = with_states(files.open(), rule, on=on).aggregate(
        all=Count("pk", filter=unknown),
        **{f"without_{name}": Count("pk", filter=unknown & Q(**{name: UNKNOWN})) for name in missing},
    )
    lacks: Counter[Missing] = Counter()
    for name, what in missing.items():
        lacks[what] += counts[f"without_{name}"]
    found = tuple(Lack(what, count) for what, count in lacks.most_common() if count)
    return RuleCard(rule, group, counts["all"], found, other_versions(rule))


def _groups(files: CaseQuerySet, month: date, *, on: date) -> dict[ClientTagKind, Group]:
    tags = ClientTag.objects.filter(case__in=files.values("pk"))
    until = add_months(month, 1)
    now = tags.current(on=on).filter(case__in=files.open().values("pk"))
    held: dict[str, int] = dict(_counted(now, "kind"))
    by_hand: dict[str, int] = dict(_counted(now.filter(rule=""), "kind"))
    came: dict[str, int] = dict(_counted(tags.filter(from_on__gte=month, from_on__lt=until), "kind"))
    left: dict[str, list[Departure]] = defaultdict(list)
    for kind, reason, count in _counted(tags.filter(until_on__gte=month, until_on__lt=until), "kind", "end_reason"):
        left[kind].append(Departure(label(TagEnd, reason), count))
    return {
        kind: Group(kind, held.get(kind, 0), by_hand.get(kind, 0), came.get(kind, 0), _sorted(left[kind]))
        for kind in ClientTagKind
    }


def _sorted(departures: Iterable[Departure]) -> tuple[Departure, ...]:
    return tuple(sorted(departures, key=lambda departure: -departure.count))


def _counted(tags: Any, *columns: str) -> Sequence[Any]:
    return list(tags.order_by().values_list(*columns).annotate(count=Count("pk")))
