"""Applications that nobody reads: agreed for one employer, and the vacancy is another's since."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sunward.accounts.access import Actor
from sunward.casework.enums import CaseState
from sunward.employment.access.employer_page import SHOWN_STEPS
from sunward.employment.access.jobseekers import visible_jobseekers
from sunward.employment.enums import StepBy, StepKind
from sunward.employment.models import Recommendation, RecommendationStep, Vacancy
from sunward.employment.recommendations import chain

_READ_STEPS = frozenset(SHOWN_STEPS) - chain.ENDED
# What the office wrote down shares nothing: only who applied in person has agreed to anything.
_OWN = Q(kind=StepKind.APPLIED, by=StepBy.JOBSEEKER, withdrawn_at=None)


@dataclass(frozen=True, slots=True)
class ShareQuestion:
    """May the employer that has the vacancy now see the application? `before`: who was agreed to, if anybody is."""

    employer: UUID
    name: str
    before: str


def unseen_applications(actor: Actor) -> QuerySet[Recommendation]:
    """Of the files that the actor keeps: whoever was agreed to lost the vacancy, who has it was not agreed to.

    The person says so on the own page, or the office puts the vacancy back. What has come to an end waits for nobody.
    """
    mine = visible_jobseekers(actor).filter(state=CaseState.OPEN)
    own = RecommendationStep.objects.filter(_OWN, recommendation=OuterRef("pk"))
    # Only by a merger does a vacancy become another employer's: few are looked at, of many.
    merged = Vacancy.objects.exclude(merged_into=None).values("merged_into")
    found = Recommendation.objects.filter(case__in=mine, step__in=_READ_STEPS, vacancy__in=merged)
    elsewhere = ~Q(shared_with=F("vacancy__employer")) & Q(shared_with__isnull=False)
    return found.filter(elsewhere | Q(Exists(own), shared_with=None))


def applied_alone(row: Recommendation) -> bool:
    """The person's own application stands."""
    return row.steps.filter(_OWN).exists()


def awaits_agreement(row: Recommendation) -> bool:
    """The own application stands, its vacancy is in use, and who has it may not read it."""
    return (
        row.step in _READ_STEPS
        and row.shared_with_id != row.vacancy.employer_id
        and row.vacancy.merged_into_id is None
        and applied_alone(row)
    )


def read_share_question(row: Recommendation) -> ShareQuestion | None:
    if not awaits_agreement(row):
        return None
    employer = row.vacancy.employer
    return ShareQuestion(employer.uid, employer.name, row.shared_with.name if row.shared_with is not None else "")
