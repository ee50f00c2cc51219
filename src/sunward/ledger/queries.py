"""Facts that stand: neither corrected nor withdrawn."""

from django.db.models import Exists, OuterRef, QuerySet

from sunward.ledger.models import Fact


def standing_facts() -> QuerySet[Fact]:
    """Every fact that no later row corrects or withdraws."""
    later = Fact.objects.filter(corrects=OuterRef("pk"))
    return Fact.objects.filter(~Exists(later), is_withdrawal=False)
