"""Applications that nobody reads: agreed for one employer, and the vacancy is another's since."""

from django.db.models import F, QuerySet

from sunward.accounts.access import Actor
from sunward.casework.enums import CaseState
from sunward.employment.access.employer_page import SHOWN_STEPS
from sunward.employment.access.jobseekers import visible_jobseekers
from sunward.employment.models import Recommendation
from sunward.employment.recommendations import chain


def unseen_applications(actor: Actor) -> QuerySet[Recommendation]:
    """Of the files that the actor keeps: the one agreed for lost the vacancy, the one that has it was not agreed to.

    The office has to ask the person anew, or put the vacancy back. What has come to an end waits for nobody.
    """
    mine = visible_jobseekers(actor).filter(state=CaseState.OPEN)
    found = Recommendation.objects.filter(case__in=mine, step__in=set(SHOWN_STEPS) - chain.ENDED)
    return found.exclude(shared_with=None).exclude(shared_with=F("vacancy__employer"))
