"""Counting who needs help among some files: by the database alone, in three queries, however many files there are.

A district of half a million files takes seconds, so the night counts the large units and keeps the answer
(`HelpFigures`); it is the same answer of the same function.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.casework.enums import CaseState
from sunward.casework.models import Case, CaseQuerySet
from sunward.core.months import add_months
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.models import ClientTag, HelpFigures
from sunward.employment.queries.rule_states import HOLDS_NOT, UNKNOWN, missing_of, with_conditions
from sunward.employment.tagging.rules import Rule, rules_on

# From so many files on nobody waits for the counting.
LARGE = 10_000
MONTHS_BACK = 12
# A night that did not count is bridged for a day; then one waits and reads what is true.
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HelpCounts:
    """Plain numbers, so that they can be kept. `rules`: by which they were counted. `unknown`: how many ``files`` are
    open, whom each rule cannot judge, and for want of what. `held`: by group how many, and how many put there by hand.
    By month (``2026-11``) and group: `came`, and by the reason `left`.
    """

    rules: list[str]
    unknown: dict[str, int]
    held: dict[str, list[int]]
    came: dict[str, dict[str, int]]
    left: dict[str, dict[str, dict[str, int]]]


def month_key(month: date) -> str:
    return f"{month:%Y-%m}"


def months_back(on: date) -> list[date]:
    """The running month first."""
    first = on.replace(day=1)
    return [add_months(first, -number) for number in range(MONTHS_BACK)]


def count_help(files: CaseQuerySet, months: Sequence[date], *, on: date) -> HelpCounts:
    """Three queries: one walk through the files, two through the groups."""
    rules = rules_on(on)
    held, came = _count_held(files, months, on=on)
    return HelpCounts(
        rules=[rule.key for rule in rules],
        unknown=dict(_count_unknown(files.open(), rules, on=on)),
        held=held,
        came=came,
        left=_count_left(files, months),
    )


def kept_counts(path: str, months: Sequence[date], *, on: date) -> tuple[HelpFigures, HelpCounts] | None:
    """What the last night counted for this very unit, if it did, by the rules of today, and for these months."""
    row = HelpFigures.objects.filter(unit__path=path, counted_on__gte=on - KEPT_FOR).first()
    if row is None:
        return None
    counts = HelpCounts(**row.figures)
    is_of_today = counts.rules == [rule.key for rule in rules_on(on)]
    return (row, counts) if is_of_today and all(month_key(month) in counts.came for month in months) else None


def large_units() -> list[Unit]:
    """Districts and sub-districts with so many files that the night counts them. Two queries."""
    kinds = (UnitKind.DISTRICT, UnitKind.SUBDISTRICT)
    units = Unit.objects.filter(kind__in=kinds).order_by("path")
    sizes: Counter[str] = Counter()
    for path, count in Case.objects.filter(programme=PROGRAMME).values_list("unit_path").annotate(count=Count("pk")):
        parts = path.strip("/").split("/")
        sizes.update({f"/{'/'.join(parts[:depth])}/": count for depth in range(1, len(parts) + 1)})
    return [unit for unit in units if sizes[unit.path] >= LARGE]


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
                counts[kind.value] += count
                counts.update(dict.fromkeys(unknown, count))
    return counts


def _count_held(
    files: CaseQuerySet, months: Sequence[date], *, on: date
) -> tuple[dict[str, list[int]], dict[str, dict[str, int]]]:
    """By group how many are in it and how many by hand; by month and group who came."""
    now = Q(case__state=CaseState.OPEN, from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))
    came = {
        month_key(month): Count("pk", filter=Q(from_on__gte=month, from_on__lt=add_months(month, 1)))
        for month in months
    }
    tags: Any = ClientTag.objects.filter(case__in=files.values("pk")).order_by().values("kind")
    rows = tags.annotate(
        held=Count("pk", filter=now), by_hand=Count("pk", filter=now & Q(rule="")),
        **{f"came_{place}": count for place, count in enumerate(came.values())},
    )  # fmt: skip
    found = list(rows)
    return (
        {row["kind"]: [row["held"], row["by_hand"]] for row in found},
        {key: {row["kind"]: row[f"came_{place}"] for row in found} for place, key in enumerate(came)},
    )


def _count_left(files: CaseQuerySet, months: Sequence[date]) -> dict[str, dict[str, dict[str, int]]]:
    """By month, group and reason. The months follow one another."""
    left: dict[str, dict[str, dict[str, int]]] = {month_key(month): {} for month in months}
    ended: Any = ClientTag.objects.filter(
        case__in=files.values("pk"), until_on__gte=min(months), until_on__lt=add_months(max(months), 1)
    )
    rows = ended.order_by().annotate(month=TruncMonth("until_on")).values_list("month", "kind", "end_reason")
    for month, kind, reason, count in rows.annotate(count=Count("pk")):
        left[month_key(month)].setdefault(kind, {})[reason] = count
    return left
