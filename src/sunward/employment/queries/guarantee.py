"""How far the service guarantee is given: for one file, and whose files have gaps."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sunward.casework.models import Case, CaseQuerySet, ServiceRecord, ServiceRecordQuerySet
from sunward.employment.enums import StepKind
from sunward.employment.guarantee import (
    COUNTED_KINDS,
    CYCLE_RULE,
    GUARANTEE,
    REFERRAL,
    Cycle,
    CycleRule,
    Entitlement,
    Line,
    cycle_of,
    first_beginning,
    read_lines,
)
from sunward.employment.models import Jobseeker, RecommendationStep


@dataclass(frozen=True, slots=True)
class GuaranteeCard:
    """`cycle` is None, and so are the lines, where nothing is owed any more."""

    cycle: Cycle | None
    lines: tuple[Line, ...]


def read_guarantee(case: Case, profile: Jobseeker, *, on: date, rule: CycleRule = CYCLE_RULE) -> GuaranteeCard:
    """Two queries."""
    cycle = cycle_of(began_on=profile.registered_on or case.opened_on, on=on, rule=rule)
    if cycle is None:
        return GuaranteeCard(None, ())
    given: dict[str, list[date]] = defaultdict(list)
    codes = {str(one.kind): one.code for one in GUARANTEE if one.kind}
    records = case.service_records.made().filter(kind__in=COUNTED_KINDS)
    for kind, day in records.values_list("kind", "happened_on"):
        given[codes[kind]].append(day)
    told = _told().filter(recommendation__case=case)
    given[REFERRAL] += told.values_list("happened_on", flat=True)
    return GuaranteeCard(cycle, read_lines(given, cycle))


def with_gaps(
    cases: CaseQuerySet, *, on: date, of: Sequence[Entitlement] = GUARANTEE, rule: CycleRule = CYCLE_RULE
) -> CaseQuerySet:
    """Open files to which something of the guarantee is still owed in the cycle of the day; for counting and listing.

    The database counts as `guarantee` does: a test holds one against the other.
    """
    began = Coalesce("jobseeker__registered_on", "opened_on")
    found = cases.open()
    first = first_beginning(on=on, rule=rule)
    if first is not None:
        found = found.alias(guarantee_began=began).filter(guarantee_began__gt=first, guarantee_began__lte=on)
    owed = Q(pk__in=[])
    for number, one in enumerate(of):
        name = f"guarantee_{number}"
        # Counted even where one is enough: asked whether there is one, PostgreSQL reads everybody's records at once.
        found = found.alias(**{name: _count(one, on=on, rule=rule)})
        owed |= Q(**{f"{name}__lt": one.times})
    return found.filter(owed)


def _told() -> QuerySet[RecommendationStep]:
    """Told counts, whatever came of it; one taken back does not."""
    return RecommendationStep.objects.filter(kind=StepKind.TOLD, withdrawn_at=None)


def _contacts(one: Entitlement, *, on: date, rule: CycleRule) -> ServiceRecordQuerySet:
    found = ServiceRecord.objects.made().filter(case=OuterRef("pk"), kind=one.kind)
    return found.filter(_within("happened_on", on=on, rule=rule))


def _count(one: Entitlement, *, on: date, rule: CycleRule) -> Coalesce:
    rows: QuerySet[RecommendationStep] | ServiceRecordQuerySet
    if one.kind is None:
        rows = _told().filter(_within("happened_on", on=on, rule=rule), recommendation__case=OuterRef("pk"))
        key = "recommendation__case"
    else:
        rows, key = _contacts(one, on=on, rule=rule), "case"
    counted = rows.order_by().values(key).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _within(column: str, *, on: date, rule: CycleRule) -> Q:
    if rule.months is None:
        cycle = cycle_of(began_on=on, on=on, rule=rule)
        assert cycle is not None
        return Q(**{f"{column}__gte": cycle.from_on, f"{column}__lt": cycle.until_on})
    return Q(**{f"{column}__gte": OuterRef("guarantee_began")})
