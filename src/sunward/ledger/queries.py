"""Facts that stand: neither corrected nor withdrawn."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from sunward.ledger.models import Fact


def standing_facts(*, known_until: datetime | None = None) -> QuerySet[Fact]:
    """Every fact that no later row corrects or withdraws; at a moment in the past, as it was known at that moment."""
    later = Fact.objects.filter(corrects=OuterRef("pk"))
    facts = Fact.objects.filter(is_withdrawal=False)
    if known_until is not None:
        later, facts = later.filter(recorded_at__lte=known_until), facts.filter(recorded_at__lte=known_until)
    return facts.filter(~Exists(later))
