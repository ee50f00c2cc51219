"""The same rules asked of the database: for pages that count half a million files, where nobody can judge one by one.

Each condition becomes a number (1 it holds, 0 it does not, 2 nobody knows), each rule one of these numbers.
`tests/employment/test_rule_states.py` holds every file's number against `Rule.judge`.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import singledispatch

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, NullIf

from sunward.casework.models import CaseQuerySet
from sunward.employment.enums import Situation
from sunward.employment.models import ClientTag
from sunward.employment.tagging.answers import Missing
from sunward.employment.tagging.conditions import (
    UNSURE,
    Aged,
    Basis,
    Condition,
    GraduatedWithin,
    InSituation,
    Schooled,
    StatedGround,
    WithoutWorkFor,
)
from sunward.employment.tagging.days import last_start
from sunward.employment.tagging.rules import Rule
from sunward.people.enums import Precision

HOLDS_NOT, HOLDS, UNKNOWN = 0, 1, 2
_DAY = timedelta(days=1)
_SINCE, _REGISTERED = "jobseeker__unemployed_since", ("jobseeker__registered_on", "jobseeker__registered_precision")
_BORN = ("person__birth_date", "person__birth_precision")

# Yes, then no; whatever is neither is not known. The second is asked only where the first does not hold.
States = tuple[Q, Q]


def with_conditions(cases: CaseQuerySet, rule: Rule, *, on: date, prefix: str = "") -> CaseQuerySet:
    """Adds ``state_0``, ``state_1``, … for the rule's conditions, behind the prefix."""
    found = cases.annotate(
        situation_now=Coalesce(
            NullIf("jobseeker__surveyed_situation", Value("")), "jobseeker__situation", Value(""),
            output_field=CharField(),
        )
    )  # fmt: skip
    for number, condition in enumerate(rule.conditions):
        found = found.annotate(**{f"{prefix}state_{number}": _number(*states_of(condition, on))})
    return found


def with_states(cases: CaseQuerySet, rule: Rule, *, on: date, prefix: str = "") -> CaseQuerySet:
    """The same, and ``verdict`` for the rule."""
    fails_one, unknown_one = Q(), Q()
    for number, _condition in enumerate(rule.conditions):
        fails_one |= Q(**{f"{prefix}state_{number}": HOLDS_NOT})
        unknown_one |= Q(**{f"{prefix}state_{number}": UNKNOWN})
    verdict = Choose(
        When(fails_one, then=Value(HOLDS_NOT)), When(unknown_one, then=Value(UNKNOWN)), default=Value(HOLDS),
        output_field=IntegerField(),
    )  # fmt: skip
    return with_conditions(cases, rule, on=on, prefix=prefix).annotate(**{f"{prefix}verdict": verdict})


def missing_of(rule: Rule) -> dict[str, Missing]:
    """What is missing where a condition is not known: the name of its number to the word."""
    return {f"state_{number}": _MISSING[type(condition)](condition) for number, condition in enumerate(rule.conditions)}


def _number(holds: Q, fails: Q) -> Choose:
    return Choose(
        When(holds, then=Value(HOLDS)), When(fails, then=Value(HOLDS_NOT)), default=Value(UNKNOWN),
        output_field=IntegerField(),
    )  # fmt: skip


@singledispatch
def states_of(condition: Condition, on: date) -> States:
    raise NotImplementedError(f"{type(condition).__name__} has to be asked of the database too")


@states_of.register
def _(condition: InSituation, on: date) -> States:
    among = [str(one) for one in condition.among]
    unsure = [str(one) for one in UNSURE]
    return Q(situation_now__in=among), ~Q(situation_now__in=unsure)


@states_of.register
def _(condition: Aged, on: date) -> States:
    born = condition.born(on=on)
    first_day = born.first - _DAY
    return (
        _begins_after(*_BORN, first_day) & _ends_by(*_BORN, born.last),
        _ends_by(*_BORN, first_day) | _begins_after(*_BORN, born.last),
    )


@states_of.register
def _(condition: WithoutWorkFor, on: date) -> States:
    cut = condition.cut(on=on)
    long, short = Q(**{f"{_SINCE}__lte": cut}), Q(**{f"{_SINCE}__gt": cut})
    if condition.basis is Basis.CONTINUOUS:
        return long, short
    over = Q(situation_now=Situation.NOT_REGISTERED.value)
    registered = ~over & _ends_by(*_REGISTERED, cut)
    if condition.basis is Basis.EITHER:
        return registered | long, short
    return registered, over | short | _begins_after(*_REGISTERED, cut)


@states_of.register
def _(condition: Schooled, on: date) -> States:
    level = 10 * condition.from_level.level
    return Q(jobseeker__education__gte=level), Q(jobseeker__education__lt=level)


@states_of.register
def _(condition: GraduatedWithin, on: date) -> States:
    cut = last_start(condition.months, is_over=True, on=on)
    return Q(jobseeker__graduated_on__gt=cut), Q(jobseeker__graduated_on__lte=cut)


@states_of.register
def _(condition: StatedGround, on: date) -> States:
    kinds = [str(kind) for kind in condition.kinds]
    stated = Q(Exists(ClientTag.objects.filter(case=OuterRef("pk"), until_on=None, rule="", kind__in=kinds)))
    if not condition.is_disability:
        return stated, Q(pk__gt=0)
    return stated, Q(jobseeker__is_disabled=False) | Q(jobseeker__is_disabled=None)


_MISSING: dict[type, Callable[..., Missing]] = {
    InSituation: lambda condition: Missing.SITUATION,
    Aged: lambda condition: Missing.BIRTH_DATE,
    WithoutWorkFor: lambda condition: (
        Missing.REGISTERED_ON if condition.basis is Basis.REGISTERED else Missing.UNEMPLOYED_SINCE
    ),
    Schooled: lambda condition: Missing.EDUCATION,
    GraduatedWithin: lambda condition: Missing.GRADUATED_ON,
    StatedGround: lambda condition: Missing.DISABILITY_GRADE,
}


def _ends_by(day: str, precision: str, cut: date) -> Q:
    """The last day that the date may mean is `cut` or before."""
    month_end = cut.replace(day=monthrange(cut.year, cut.month)[1])
    whole_month = cut if cut == month_end else cut.replace(day=1) - _DAY
    whole_year = cut if (cut.month, cut.day) == (12, 31) else date(cut.year, 1, 1) - _DAY
    return _by_precision(day, precision, "lte", cut, whole_month, whole_year)


def _begins_after(day: str, precision: str, cut: date) -> Q:
    """The first day that the date may mean is later than `cut`."""
    month_end = cut.replace(day=monthrange(cut.year, cut.month)[1])
    return _by_precision(day, precision, "gt", cut, month_end, date(cut.year, 12, 31))


def _by_precision(day: str, precision: str, ask: str, exact: date, month: date, year: date) -> Q:
    return (
        Q(**{f"{day}__{ask}": exact, precision: Precision.DAY.value})
        | Q(**{f"{day}__{ask}": month, precision: Precision.MONTH.value})
        | Q(**{f"{day}__{ask}": year, precision: Precision.YEAR.value})
    )
