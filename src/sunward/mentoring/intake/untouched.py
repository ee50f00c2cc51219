"""Whether anything else has happened to a record since it was imported: then an undo leaves it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model

from sunward.ledger.queries import standing_facts

CHANGED = "registers.kept_changed"
IN_USE = "registers.kept_in_use"


def touched_records(
    model: type[Model], ids: Collection[int], *, own: Collection[type[Model]], subject_kind: str, opened_by: str
) -> dict[int, str]:
    """Records that must stay, and the code why.

    Three witnesses, whichever act it was: the record's own version and its person's; rows of any table that point to
    it, other than those the import wrote itself (`own`); and facts about it other than that it was opened.
    """
    touched: dict[int, str] = {}
    known: Any = model._base_manager
    for number in known.filter(pk__in=ids).exclude(version=1, person__version=1).values_list("pk", flat=True):
        touched[number] = CHANGED
    for relation in model._meta.related_objects:
        if relation.related_model in own or not isinstance(relation.related_model, type):
            continue
        column = relation.field.attname
        pointing: Any = relation.related_model._base_manager
        for number in pointing.filter(**{f"{column}__in": ids}).values_list(column, flat=True).distinct():
            touched[number] = IN_USE
    others = standing_facts().filter(subject_kind=subject_kind, subject_id__in=ids).exclude(kind=opened_by)
    for number in others.values_list("subject_id", flat=True).distinct():
        touched.setdefault(number, CHANGED)
    return touched
