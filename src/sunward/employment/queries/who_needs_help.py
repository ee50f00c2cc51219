"""Who needs help, by rule: how many are in each group, for want of what others cannot be judged, who came and left.

Every figure counts files that the reader may open, and no other; `tests/employment/test_who_needs_help.py` holds each
against its list.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.casework.models import CaseQuerySet
from sunward.core.furniture import Text
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, visible_jobseekers
from sunward.employment.enums import ClientTagKind, TagEnd
from sunward.employment.queries.help_counts import HelpCounts, count_help, kept_counts, month_key
from sunward.employment.queries.jobseekers import label, paths_of
from sunward.employment.queries.rule_states import missing_of
from sunward.employment.tagging.answers import Missing
from sunward.employment.tagging.rules import STATED_KINDS, Rule, other_versions, rules_on


@dataclass(frozen=True, slots=True)
class HelpQuestion:
    """`unit`: the code of a unit, or empty for all of one's own. `month`: its first day. `is_now`: not what the night
    has counted, however long it takes."""

    month: date
    unit: str = ""
    is_now: bool = False


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
    """`counted_at`: when the night counted; None where it was counted just now."""

    files: int
    cards: tuple[RuleCard, ...]
    stated: tuple[Group, ...]
    counted_at: datetime | None = None


def read_who_needs_help(actor: Actor, asked: HelpQuestion, *, on: date) -> WhoNeedsHelp:
    """Of a large unit what the night has counted, in a query or two; of others three queries, however many files."""
    counts, counted_at = _counts(actor, asked, on=on)
    groups = {kind: _group(kind, counts, month_key(asked.month)) for kind in ClientTagKind}
    rules = rules_on(on)
    cards = tuple(_card(rule, groups[rule.kind], counts.unknown) for rule in rules)
    ruled = {rule.kind for rule in rules}
    stated = tuple(groups[kind] for kind in ClientTagKind if kind in STATED_KINDS or kind not in ruled)
    return WhoNeedsHelp(counts.unknown.get("files", 0), cards, stated, counted_at)


def _counts(actor: Actor, asked: HelpQuestion, *, on: date) -> tuple[HelpCounts, datetime | None]:
    """What was counted for a unit is for whoever keeps exactly that unit: who keeps two is counted for."""
    paths = paths_of(actor, asked.unit) if asked.unit else actor.paths(*JOBSEEKER_ROLES)
    if len(paths) == 1 and not asked.is_now:
        kept = kept_counts(paths[0], [asked.month], on=on)
        if kept is not None:
            return kept[1], kept[0].counted_at
    return count_help(files_asked(actor, asked.unit), [asked.month], on=on), None


def files_asked(actor: Actor, unit: str) -> CaseQuerySet:
    found = visible_jobseekers(actor)
    return found.filter(below(paths_of(actor, unit))) if unit else found


def _card(rule: Rule, group: Group, unknown: dict[str, int]) -> RuleCard:
    lacks: Counter[Missing] = Counter()
    for name, what in missing_of(rule).items():
        lacks[what] += unknown.get(f"{rule.kind}_{name}", 0)
    found = tuple(Lack(what, count) for what, count in lacks.most_common() if count)
    return RuleCard(rule, group, unknown.get(rule.kind, 0), found, other_versions(rule))


def _group(kind: ClientTagKind, counts: HelpCounts, month: str) -> Group:
    in_group, by_hand = counts.held.get(kind, (0, 0))
    departures = [Departure(label(TagEnd, reason), count) for reason, count in counts.left[month].get(kind, {}).items()]
    return Group(kind, in_group, by_hand, counts.came[month].get(kind, 0), _sorted(departures))


def _sorted(departures: Iterable[Departure]) -> tuple[Departure, ...]:
    return tuple(sorted(departures, key=lambda departure: -departure.count))
