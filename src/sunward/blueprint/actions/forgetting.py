"""Names of people outside the offices, which hang on no file: whom to ask about a result of research."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import make_aware

from sunward.accounts.auditing import SYSTEM, record_act
from sunward.blueprint.access_results import result_subject
from sunward.blueprint.models import ResearchResult, ResultStep
from sunward.blueprint.rules import RETENTION_YEARS
from sunward.casework.keeping import years_before

FORGOTTEN = "blueprint.result_names_forgotten"


@transaction.atomic
def forget_names(*, on: date, now: datetime) -> int:
    """Scientist and broker of results in which nothing has happened and nothing was written or changed for years,
    wherever they stand. The result, its institutions and its steps stay. How many."""
    limit = years_before(on, RETENTION_YEARS)
    before = make_aware(datetime.combine(limit, time.min))
    lately = ResultStep.objects.filter(Q(happened_on__gte=limit) | Q(recorded_at__gte=before), result=OuterRef("pk"))
    named = ResearchResult.objects.exclude(scientist="", broker="").filter(made_at__lt=before)
    named = named.filter(Q(changed_at=None) | Q(changed_at__lt=before)).exclude(Exists(lately))
    rows = list(named.select_for_update().order_by("pk"))
    for result in rows:
        # A form that was opened before brings no name back.
        result.scientist, result.broker, result.version = "", "", result.version + 1
        result.save(update_fields=["scientist", "broker", "version"])
        record_act(
            actor=SYSTEM, code=FORGOTTEN, now=now, subject=result_subject(result), unit_path=result.unit_path
        )  # fmt: skip
    return len(rows)
