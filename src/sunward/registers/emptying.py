"""The rows of workbooks from which something came, once nobody may be known from it any more."""

from django.db.models import Q

from sunward.registers.models import StagedRow


def empty_rows(kind: str, key: int) -> int:
    """Both as it came and as it was understood, of every row that became this record or told it again."""
    about = Q(created_kind=kind, created_id=key) | Q(duplicate_kind=kind, duplicate_id=key)
    return StagedRow.objects.filter(about).update(raw="", record="")
