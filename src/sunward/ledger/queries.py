"""Facts that stand: neither corrected nor withdrawn."""

from django.db.models import QuerySet

from sunward.ledger.models import Fact


def standing_facts() -> QuerySet[Fact]:
    """Every fact that no later row corrects or withdraws."""
    return Fact.objects.filter(corrections=None, is_withdrawal=False)
