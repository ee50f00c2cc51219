"""A unit becomes part of another of its kind: everything that belongs to it moves, everything that happened stays.

Done from the terminal by whoever runs the house, on the day it takes effect. Facts and the record of acts keep the path
of their day; a `UnitSuccession` leads figures of a later tree on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from sunward.accounts.auditing import SYSTEM, record_act
from sunward.accounts.models import Assignment, Unit, UnitSuccession
from sunward.audit.chain import Subject
from sunward.core.models import AppendOnly
from sunward.core.refusals import Refusal

PATH = "unit_path"


@dataclass(frozen=True, slots=True)
class Merged:
    """How many rows follow the unit, and how many posts in it ended: who goes on working is given a new one."""

    rows: int
    posts: int


@transaction.atomic
def merge_units(*, old_code: str, new_code: str, reason: str, on: date, now: datetime) -> Merged:
    """Of the old unit the units below go on below the new one; the old one is closed and keeps its name and path."""
    # In the order of their keys, so that two mergers at once wait for each other.
    units = {
        unit.code: unit
        for unit in Unit.objects.select_for_update().filter(code__in=(old_code, new_code)).order_by("pk")
    }
    old, new = _refuse(units.get(old_code), units.get(new_code), reason, on=on)
    rows = _move(old, new)
    posts = Assignment.objects.filter(unit=old).filter(models.Q(until_on=None) | models.Q(until_on__gt=on))
    ended = _end(posts, on=on)
    for unit in Unit.objects.filter(path__startswith=old.path).exclude(pk=old.pk):
        unit.path = new.path + unit.path.removeprefix(old.path)
        unit.parent = new if unit.parent_id == old.pk else unit.parent
        unit.save(update_fields=["path", "parent"])
    old.valid_until = on
    old.save(update_fields=["valid_until"])
    UnitSuccession.objects.create(
        old_path=old.path, new_path=new.path, on=on, reason=reason.strip(), recorded_at=now
    )  # fmt: skip
    record_act(
        actor=SYSTEM, code="accounts.units_merged", now=now, subject=Subject("unit", old.pk), unit_path=new.path,
        into=new.pk, rows=rows, posts=ended,
    )  # fmt: skip
    return Merged(rows, ended)


def _refuse(old: Unit | None, new: Unit | None, reason: str, *, on: date) -> tuple[Unit, Unit]:
    if old is None or new is None:
        raise Refusal("accounts.unknown_unit", _("There is no unit with this code. Run sunward load-district first."))
    if old.pk == new.pk or old.kind != new.kind:
        raise Refusal("accounts.units_unlike", _("A unit is merged into another of its kind."))
    if any(unit.valid_until is not None and unit.valid_until <= on for unit in (old, new)):
        raise Refusal("accounts.unit_closed", _("One of the two units is closed already."))
    if not reason.strip():
        raise Refusal("accounts.merger_unexplained", _("Say by what decision the units are merged."))
    return old, new


def _move(old: Unit, new: Unit) -> int:
    """Every row that belongs to the old unit or is somewhere below it."""
    moved = 0
    for model in _belonging():
        names = {field.name for field in model._meta.concrete_fields}
        for field in _units_of(model):
            moved += model._base_manager.filter(**{field: old}).update(**{field: new})
        if PATH in names:
            rest = Concat(Value(new.path), Substr(PATH, len(old.path) + 1))
            moved += model._base_manager.filter(**{f"{PATH}__startswith": old.path}).update(**{PATH: rest})
    return moved


def _belonging() -> Iterator[type[models.Model]]:
    """Ours that may change. What is append-only tells of its own day; units and posts have their own way."""
    for model in apps.get_models():
        ours = model.__module__.startswith("sunward.")
        if ours and not issubclass(model, AppendOnly | Unit | Assignment) and not model._meta.proxy:
            yield model


def _units_of(model: type[models.Model]) -> Iterator[str]:
    """Columns that name a unit. What there is one of for each unit stays with the old: it is counted anew."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is Unit and not field.unique:
            yield field.name


def _end(posts: models.QuerySet[Assignment], *, on: date) -> int:
    """A post that would begin later does not begin; one that began today stays on record, and ends with the day."""
    number = posts.count()
    posts.filter(from_on__gt=on).delete()
    posts.filter(from_on=on).update(until_on=on + timedelta(days=1))
    posts.filter(from_on__lt=on).update(until_on=on)
    return number
