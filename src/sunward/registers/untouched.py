"""Whether anything else has happened to a record since it was imported: then an undo leaves it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model

from sunward.ledger.queries import standing_facts

CHANGED = "registers.kept_changed"
IN_USE = "registers.kept_in_use"
SIGNED_UP = "registers.kept_signed_up"


def touched_records(
    model: type[Model],
    ids: Collection[int],
    *,
    own: Collection[type[Model]],
    subject_kind: str,
    written: Collection[str],
    versions: Collection[str] = ("version",),
) -> dict[int, str]:
    """Records that must stay, and the code why.

    Three witnesses, whichever act it was: the record's own version and those of what hangs on it (`versions`); rows of
    any table that point to it, other than those the import wrote itself (`own`); and facts about it of other kinds than
    the import has `written`.
    """
    touched: dict[int, str] = {}
    known: Any = model._base_manager
    unchanged = dict.fromkeys(versions, 1)
    for number in known.filter(pk__in=ids).exclude(**unchanged).values_list("pk", flat=True):
        touched[number] = CHANGED
    for relation in model._meta.related_objects:
        if relation.related_model in own or not isinstance(relation.related_model, type):
            continue
        column = relation.field.attname
        pointing: Any = relation.related_model._base_manager
        for number in pointing.filter(**{f"{column}__in": ids}).values_list(column, flat=True).distinct():
            touched[number] = IN_USE
    others = standing_facts().filter(subject_kind=subject_kind, subject_id__in=ids).exclude(kind__in=written)
    for number in others.values_list("subject_id", flat=True).distinct():
        touched.setdefault(number, CHANGED)
    return touched
