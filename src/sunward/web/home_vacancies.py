"""What vacancies leave for the office that answers for them: to be verified or reviewed, and those that run out."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import ToDo
from sunward.employment.access.likenesses import waiting_likenesses
from sunward.employment.access.vacancies import changeable_vacancies
from sunward.employment.enums import VacancyState
from sunward.employment.queries.vacancies import running_out, waiting
from sunward.employment.queries.visits import employers_to_visit, to_next

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sunward.employment.models import Employer, Vacancy, VacancyLikeness


def list_ending_vacancies(actor: Actor, on: date) -> "QuerySet[Vacancy]":
    ending = running_out(changeable_vacancies(actor), on=on)
    return ending.select_related("employer").order_by("verified_until", "pk")


def list_waiting_vacancies(actor: Actor, on: date) -> "QuerySet[Vacancy]":
    """What was told first comes first: its jobseekers have waited longest."""
    return waiting(changeable_vacancies(actor), on=on).select_related("employer").order_by("made_at", "pk")


def tell_vacancy(vacancy: "Vacancy", on: date) -> ToDo:
    word, is_open = VacancyState(vacancy.state).label, vacancy.state == VacancyState.OPEN
    return ToDo(
        title=vacancy.title,
        href=reverse("employment:vacancy", args=[vacancy.uid]),
        note=vacancy.employer.name,
        word=_("until %(day)s") % {"day": vacancy.verified_until} if is_open else word,
        tone="urgent" if vacancy.state == VacancyState.HELD else "warn",
    )


def list_alike_vacancies(actor: Actor, on: date) -> "QuerySet[VacancyLikeness]":
    """What speaks most for one post comes first."""
    return waiting_likenesses(actor).select_related("first", "second__employer").order_by("-points", "pk")


def tell_pair(pair: "VacancyLikeness", on: date) -> ToDo:
    return ToDo(
        title=pair.first.title,
        href=reverse("employment:likeness", args=[pair.pk]),
        note=f"{pair.second.title} · {pair.second.employer.name}",
        word=_("One post or two?"),
        tone="info",
    )


def list_employers_to_visit(actor: Actor, on: date) -> "QuerySet[Employer]":
    """Of the own office: whose day has come, and who leaves applicants without an answer; these come first."""
    return employers_to_visit(actor, on=on, ahead=0, own=True)


def tell_employer_to_visit(employer: "Employer", on: date) -> ToDo:
    row = to_next(employer, on=on)
    word, tone = row.why[0]
    last = _("Last visit: %(day)s") % {"day": row.last_on} if row.last_on else ""
    return ToDo(title=row.name, href=reverse("employment:employer", args=[row.uid]), note=last, word=word, tone=tone)
