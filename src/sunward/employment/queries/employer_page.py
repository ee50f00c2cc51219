"""What an employer sees: its own vacancies with what the check found, and whoever has applied and agreed.

Of a candidate the name, schooling, skills and experience: nothing sealed, no group, no age, no disability, and nobody
else who was told.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Text, Tone
from sunward.core.wording import join_words
from sunward.employment.access.employer_page import visible_candidates
from sunward.employment.enums import Education, StepBy, StepKind, StepReason
from sunward.employment.models import EmployerLink, Jobseeker, Recommendation, Vacancy
from sunward.employment.queries.vacancies import FindingLine, to_finding, to_row
from sunward.employment.recommendations import chain

VACANCIES_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    uid: UUID
    name: str
    facts: str
    state: Text
    is_waiting: bool
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferedVacancy:
    title: str
    pay: str
    state: Text
    tone: Tone
    until: date | None
    findings: tuple[FindingLine, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class EmployerOwnPage:
    name: str
    office: str
    vacancies: tuple[OfferedVacancy, ...]
    reasons: tuple[tuple[str, Text], ...]


def list_candidates(link: EmployerLink, *, on: date) -> list[Recommendation]:
    found = visible_candidates(link, on=on).select_related("case__person", "case__jobseeker")
    return list(found.order_by("step_on", "pk"))


def read_employer_page(link: EmployerLink, rows: Sequence[Recommendation], *, on: date) -> EmployerOwnPage:
    """`rows` are the candidates. One query, however many vacancies."""
    found = Vacancy.objects.filter(employer=link.employer_id, merged_into=None).select_related("employer", "unit")
    vacancies = list(found.defer("contact_phone").order_by("-pk")[:VACANCIES_SHOWN])
    candidates = _grouped(rows)
    return EmployerOwnPage(
        name=link.employer.name,
        office=link.employer.unit.name,
        vacancies=tuple(_offered(one, candidates[one.pk], on=on) for one in vacancies),
        reasons=tuple((reason.value, StepReason(reason).label) for reason in chain.REASONS[StepKind.REFUSED]),
    )


def _grouped(rows: Sequence[Recommendation]) -> dict[int, list[Candidate]]:
    grouped: dict[int, list[Candidate]] = defaultdict(list)
    for row in rows:
        grouped[row.vacancy_id].append(_candidate(row))
    return grouped


def _candidate(row: Recommendation) -> Candidate:
    step, profile = StepKind(row.step), getattr(row.case, "jobseeker", None) or Jobseeker()
    said = (
        str(Education(profile.education).label) if profile.education else "", profile.schooling,
        join_words(map(str, profile.skills)), profile.experience,
    )  # fmt: skip
    return Candidate(
        uid=row.uid,
        name=row.case.person.name,
        facts=" · ".join(filter(None, said)) or str(_("Nothing is written down of schooling and experience.")),
        state=step.label,
        is_waiting=chain.WAITS_FOR.get(step) == StepBy.EMPLOYER,
        answers=tuple(kind.value for kind in chain.NEXT[step] if chain.may_say(StepBy.EMPLOYER, kind)),
    )


def _offered(vacancy: Vacancy, candidates: list[Candidate], *, on: date) -> OfferedVacancy:
    row = to_row(vacancy, on=on)
    return OfferedVacancy(
        title=vacancy.title, pay=row.pay, state=row.state, tone=row.tone, until=row.until,
        findings=tuple(to_finding(one) for one in vacancy.findings), candidates=tuple(candidates),
    )  # fmt: skip
