"""Facts that stand: neither corrected nor withdrawn."""

from sunward.ledger.models import Fact, models


def standing_facts() -> "models.QuerySet[Fact]":
    """Every fact that no later row corrects or withdraws."""
    return Fact.objects.filter(corrections=None, is_withdrawal=False)
