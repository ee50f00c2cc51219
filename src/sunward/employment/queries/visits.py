"""Visits to employers as they are listed and shown, and which employers to visit next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.core.furniture import Fact, Tab, Text, Tone
from sunward.core.tables import Column
from sunward.employment.access.vacancies import VACANCY_ROLES, districts_of, visible_employers, visible_vacancies
from sunward.employment.access.visits import changeable_visits, visible_visits
from sunward.employment.enums import StepBy
from sunward.employment.models import Employer, EmployerVisit, Recommendation, VacancySource
from sunward.employment.queries.vacancies import VacancyRow, to_row
from sunward.employment.recommendations.chain import WAITS_FOR

# From how many days before its day an employer stands on the list of those to visit.
AHEAD_DAYS = 30
# An employer is silent where somebody who applied or was interviewed waits for its word beyond the day it is due.
WAITS_FOR_EMPLOYER = [step for step, by in WAITS_FOR.items() if by == StepBy.EMPLOYER]
_SHORT = 60
VISIT_COLUMNS = (
    Column("day", _("Day"), ("happened_on", "pk")),
    Column("employer", _("employer"), ("employer__name", "pk")),
    Column("how", _("How")),
    Column("learned", _("What was learned")),
    Column("posts", _("Posts that came of it"), ("-posts", "pk"), kind="number"),
    Column("next", _("Visit again on"), ("next_on", "pk")),
    Column("unit", _("Office")),
)
NEXT_COLUMNS = (
    Column("employer", _("employer"), ("name", "pk")),
    Column("why", _("Why"), ("-silent", "next_on", "pk")),
    Column("next", _("Visit again on"), ("next_on", "pk")),
    Column("last", pgettext_lazy("employer", "Last visit"), ("last_on", "pk")),
    Column("unit", _("Office")),
)


@dataclass(frozen=True, slots=True)
class VisitRow:
    uid: UUID
    employer: str
    employer_id: UUID
    happened_on: date
    how: Text
    learned: str
    posts: int
    next_on: date | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class NextRow:
    """`why` in words; nobody who waits is named, only how many."""

    uid: UUID
    name: str
    why: tuple[tuple[Text, Tone], ...]
    next_on: date | None
    last_on: date | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class VisitPage:
    uid: UUID
    employer: str
    employer_id: UUID
    version: int
    how: Text
    facts: tuple[Fact, ...]
    learned: str
    posts: tuple[VacancyRow, ...]
    withdrawn_at: datetime | None
    may_change: bool


def tabs(current: str) -> list[Tab]:
    return [
        Tab(_("To visit next"), reverse("employment:visits_next"), current == "next"),
        Tab(_("Visits made"), reverse("employment:visits"), current == "visits"),
    ]


def ask_visits(actor: Actor, words: str, how: str, since: date | None) -> QuerySet[EmployerVisit]:
    found = visible_visits(actor).filter(withdrawn_at=None).select_related("employer", "unit")
    if how:
        found = found.filter(is_online=how == "online")
    if since:
        found = found.filter(happened_on__gte=since)
    for word in words.split():
        found = found.filter(Q(employer__name__icontains=word) | Q(learned__icontains=word))
    return found.annotate(posts=Count("sources__vacancy", distinct=True))


def to_visit(visit: Any) -> VisitRow:
    """`posts` is annotated by the lists; a page that counts otherwise leaves it out."""
    said = " ".join(visit.learned.split())
    return VisitRow(
        uid=visit.uid,
        employer=visit.employer.name,
        employer_id=visit.employer.uid,
        happened_on=visit.happened_on,
        how=_how(visit),
        learned=said if len(said) <= _SHORT else f"{said[:_SHORT]}…",
        posts=visit.posts,
        next_on=visit.next_on,
        unit_name=visit.unit.short_name,
    )


def employers_to_visit(actor: Actor, *, on: date, ahead: int = AHEAD_DAYS, own: bool = False) -> QuerySet[Employer]:
    """Whose day has come or comes soon by the latest visit, and who leaves applicants without a word.

    `own`: only those with which the actor's office keeps in touch.
    """
    standing = visible_visits(actor).filter(withdrawn_at=None)
    latest = standing.filter(employer=OuterRef("pk")).order_by("-happened_on", "-pk")
    unanswered = _unanswered(actor, on=on)
    silent = (
        unanswered.filter(vacancy__employer=OuterRef("pk"))
        .order_by()
        .values("vacancy__employer")
        .annotate(count=Count("pk"))
        .values("count")
    )
    horizon = on + timedelta(days=ahead)
    planned = Q(pk__in=standing.filter(next_on__lte=horizon).values("employer"))
    quiet = Q(pk__in=unanswered.values("vacancy__employer"))
    found = visible_employers(actor).filter(planned | quiet)
    if own:
        found = found.filter(below(actor.paths(*VACANCY_ROLES)))
    told = found.annotate(
        next_on=Subquery(latest.values("next_on")[:1], output_field=DateField()),
        last_on=Subquery(latest.values("happened_on")[:1], output_field=DateField()),
        silent=Coalesce(Subquery(silent, output_field=IntegerField()), 0),
    )
    # Nobody is counted here who need not be: who waits is known from the keys above.
    return told.filter(quiet | Q(next_on__lte=horizon)).order_by("-silent", "next_on", "pk")


def to_next(employer: Any, *, on: date) -> NextRow:
    return NextRow(
        employer.uid, employer.name, tuple(_why(employer, on)), employer.next_on, employer.last_on,
        employer.unit.short_name,
    )  # fmt: skip


def read_visit(visit: EmployerVisit, actor: Actor, *, on: date) -> VisitPage:
    """Two queries beside the row itself."""
    told = VacancySource.objects.filter(visit=visit).values("vacancy")
    posts = visible_vacancies(actor).filter(pk__in=told).select_related("employer", "unit").order_by("pk")
    return VisitPage(
        uid=visit.uid,
        employer=visit.employer.name,
        employer_id=visit.employer.uid,
        version=visit.version,
        how=_how(visit),
        facts=(
            Fact(_("employer"), visit.employer.name, href=reverse("employment:employer", args=[visit.employer.uid])),
            Fact(_("Day"), visit.happened_on, note=_how(visit)),
            Fact(_("Visit again on"), visit.next_on),
            Fact(_("Office"), visit.unit.name),
            Fact(_("Written down by"), str(visit.by)),
        ),
        learned=visit.learned,
        posts=tuple(to_row(row, on=on) for row in posts.defer("contact_phone", "description")),
        withdrawn_at=visit.withdrawn_at,
        may_change=changeable_visits(actor).filter(pk=visit.pk).exists(),
    )


def visits_of(employer: Employer, actor: Actor) -> tuple[VisitRow, ...]:
    """The last few; one query."""
    found = visible_visits(actor).filter(employer=employer, withdrawn_at=None).select_related("employer", "unit")
    found = found.annotate(posts=Count("sources__vacancy", distinct=True)).order_by("-happened_on", "-pk")
    return tuple(to_visit(row) for row in found[:20])


def say_unanswered(employer: Employer, actor: Actor, *, on: date) -> str:
    """How many wait for its word beyond the day it was due; empty if nobody does. One query."""
    count = _unanswered(actor, on=on).filter(vacancy__employer=employer).count()
    return _say_waiting(count) if count else ""


def values_of(visit: EmployerVisit) -> dict[str, Any]:
    return {
        "happened_on": visit.happened_on, "is_online": "yes" if visit.is_online else "no", "learned": visit.learned,
        "next_on": visit.next_on,
    }  # fmt: skip


def _unanswered(actor: Actor, *, on: date) -> QuerySet[Recommendation]:
    """Of the vacancies that the actor sees; said by their path, for nothing else of them is asked."""
    offered = below(districts_of(actor), "vacancy__unit_path")
    return Recommendation.objects.filter(offered, step__in=WAITS_FOR_EMPLOYER, due_on__lt=on)


def _say_waiting(count: int) -> str:
    said = ngettext("%(count)d applicant waits for an answer", "%(count)d applicants wait for an answer", count)
    return said % {"count": count}


def _why(employer: Any, on: date) -> list[tuple[Text, Tone]]:
    why: list[tuple[Text, Tone]] = []
    if employer.silent:
        why.append((_say_waiting(employer.silent), "urgent"))
    if employer.next_on is not None and employer.next_on <= on:
        why.append((_("The day has come"), "warn"))
    elif employer.next_on is not None and employer.next_on <= on + timedelta(days=AHEAD_DAYS):
        why.append((_("Planned soon"), "info"))
    return why


def _how(visit: EmployerVisit) -> Text:
    return pgettext_lazy("employer", "Online") if visit.is_online else pgettext_lazy("employer", "On site")
