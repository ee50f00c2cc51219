"""Names of people outside the offices, which hang on no file: whom to ask about a result of research."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import make_aware

from sunward.blueprint.models import ResearchResult, ResultStep
from sunward.blueprint.rules import RETENTION_YEARS
from sunward.casework.keeping import years_before


@transaction.atomic
def forget_names(*, on: date) -> int:
    """Scientist and broker of results in which nothing has happened and nothing was written for years, wherever they
    stand. The result, its institutions and its steps stay. How many."""
    limit = years_before(on, RETENTION_YEARS)
    before = make_aware(datetime.combine(limit, time.min))
    lately = ResultStep.objects.filter(Q(happened_on__gte=limit) | Q(recorded_at__gte=before), result=OuterRef("pk"))
    named = ResearchResult.objects.exclude(scientist="", broker="").filter(made_at__lt=before)
    # A form that was opened before brings no name back.
    return named.exclude(Exists(lately)).update(scientist="", broker="", version=F("version") + 1)
