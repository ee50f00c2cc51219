"""What results and enterprises leave for those who may act on them: grades that run out, results that stand still."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from sunward.accounts.access import Actor
from sunward.blueprint.access_results import kept_enterprises, led_results
from sunward.blueprint.models import CertifiedGrade, ResearchResult
from sunward.blueprint.queries.enterprises import SOON_DAYS
from sunward.blueprint.queries.results import shape_results

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
    """Under way, and for half a year nobody has taken a step; of those for which the actor writes steps."""
    cards = shape_results(led_results(actor), on=on)
    return ResearchResult.objects.filter(pk__in=[card.id for card in cards if card.is_long and card.way.is_under_way])
