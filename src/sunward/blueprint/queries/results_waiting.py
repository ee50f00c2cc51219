"""What results and enterprises leave for those who may act on them: grades that run out, results that stand still."""

from datetime import date, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from sunward.accounts.access import Actor
from sunward.blueprint.access_results import kept_enterprises, led_results
from sunward.blueprint.enums import ResultStepKind
from sunward.blueprint.models import CertifiedGrade, ResearchResult
from sunward.blueprint.queries.enterprises import SOON_DAYS
from sunward.blueprint.queries.results import LONG

# So long a grade that has run out is told: afterwards nobody means to have it renewed.
TOLD_DAYS = 30


def grades_ending(actor: Actor, *, on: date) -> QuerySet[CertifiedGrade]:
    """Of the enterprises that the actor keeps: what runs out soon or has just run out, and no later list goes on."""
    standing = CertifiedGrade.objects.filter(is_withdrawal=False, corrections=None)
    renewed = standing.filter(
        enterprise=OuterRef("enterprise"), grade=OuterRef("grade"), valid_until__gt=OuterRef("valid_until")
    )
    first, last = on - timedelta(days=TOLD_DAYS), on + timedelta(days=SOON_DAYS)
    rows = standing.filter(enterprise__in=kept_enterprises(actor), valid_until__gte=first, valid_until__lte=last)
    return rows.exclude(Exists(renewed))


def stalled_results(actor: Actor, *, on: date) -> QuerySet[ResearchResult]:
    """Under way, and for half a year nobody has taken a step (`last_on`); of those for which the actor writes steps.

    What has stood longest comes first. As the chain says it (`pipeline/chain.py`), told by the database: nothing
    follows a result that grows, and a dead end is left by taking it up alone, so that an end that holds is one more
    than was taken up again.
    """
    standing = Q(steps__is_withdrawal=False, steps__corrections=None)

    def number(kind: ResultStepKind) -> Count:
        return Count("steps", filter=standing & Q(steps__kind=kind))

    told = ResearchResult.objects.filter(pk__in=led_results(actor).values("pk")).annotate(
        last_on=Max("steps__happened_on", filter=standing), grown=number(ResultStepKind.GROWS),
        ended=number(ResultStepKind.DEAD_END), taken_up=number(ResultStepKind.TAKEN_UP),
    )  # fmt: skip
    return told.filter(last_on__lte=on - timedelta(days=LONG), grown=0, ended=F("taken_up")).order_by("last_on", "pk")
