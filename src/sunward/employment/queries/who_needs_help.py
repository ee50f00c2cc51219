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
from sunward.casework.enums import CaseState
from sunward.casework.models import CaseQuerySet
from sunward.core.furniture import Text
from sunward.core.months import add_months
from sunward.employment.access.jobseekers import visible_jobseekers
from sunward.employment.enums import ClientTagKind, TagEnd
from sunward.employment.models import ClientTag
from sunward.employment.queries.jobseekers import label, paths_of
from sunward.employment.queries.rule_states import HOLDS_NOT, UNKNOWN, missing_of, with_conditions
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
    """Three queries, however many files and rules there are: one walk through the files, two through the groups."""
    files, rules = files_asked(actor, asked.unit), rules_on(on)
    groups = _groups(files, asked.month, on=on)
    counts = _count_unknown(files.open(), rules, on=on)
    cards = tuple(_card(rule, groups[rule.kind], counts) for rule in rules)
    ruled = {rule.kind for rule in rules}
    stated = tuple(groups[kind] for kind in ClientTagKind if kind in STATED_KINDS or kind not in ruled)
    return WhoNeedsHelp(counts["files"], cards, stated)


def files_asked(actor: Actor, unit: str) -> CaseQuerySet:
    found = visible_jobseekers(actor)
    return found.filter(below(paths_of(actor, unit))) if unit else found


def months_to_choose(on: date, count: int = 12) -> list[date]:
    """The running month first."""
    first = on.replace(day=1)
    return [add_months(first, -number) for number in range(count)]


def _count_unknown(files: CaseQuerySet, rules: Sequence[Rule], *, on: date) -> Counter[str]:
    """How many files; and by the rule's kind whom it cannot judge, in all and for want of each thing.

    The database says how many files answer alike; there are far fewer such answers than files.
    """
    names = {rule.kind: [f"{rule.kind}_{name}" for name in missing_of(rule)] for rule in rules}
    for rule in rules:
        files = with_conditions(files, rule, on=on, prefix=f"{rule.kind}_")
    every = [name for kind in names.values() for name in kind]
    counts: Counter[str] = Counter()
    for *answers, count in files.order_by().values_list(*every).annotate(count=Count("pk")):
        said = dict(zip(every, answers, strict=True))
        counts["files"] += count
        for kind, own in names.items():
            unknown = [name for name in own if said[name] == UNKNOWN]
            if unknown and all(said[name] != HOLDS_NOT for name in own):
                counts[kind] += count
                counts.update(dict.fromkeys(unknown, count))
    return counts


def _card(rule: Rule, group: Group, counts: Counter[str]) -> RuleCard:
    lacks: Counter[Missing] = Counter()
    for name, what in missing_of(rule).items():
        lacks[what] += counts[f"{rule.kind}_{name}"]
    found = tuple(Lack(what, count) for what, count in lacks.most_common() if count)
    return RuleCard(rule, group, counts[rule.kind], found, other_versions(rule))


def _groups(files: CaseQuerySet, month: date, *, on: date) -> dict[ClientTagKind, Group]:
    until = add_months(month, 1)
    tags: Any = ClientTag.objects.filter(case__in=files.values("pk")).order_by()
    now = Q(case__state=CaseState.OPEN, from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))
    held: dict[str, tuple[int, int, int]] = {
        kind: (in_group, by_hand, came)
        for kind, in_group, by_hand, came in tags.values_list("kind").annotate(
            held=Count("pk", filter=now),
            by_hand=Count("pk", filter=now & Q(rule="")),
            came=Count("pk", filter=Q(from_on__gte=month, from_on__lt=until)),
        )
    }
    left: dict[str, list[Departure]] = defaultdict(list)
    ended = tags.filter(until_on__gte=month, until_on__lt=until).values_list("kind", "end_reason")
    for kind, reason, count in ended.annotate(count=Count("pk")):
        left[kind].append(Departure(label(TagEnd, reason), count))
    return {kind: Group(kind, *held.get(kind, (0, 0, 0)), _sorted(left[kind])) for kind in ClientTagKind}


def _sorted(departures: Iterable[Departure]) -> tuple[Departure, ...]:
    return tuple(sorted(departures, key=lambda departure: -departure.count))
