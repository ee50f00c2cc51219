"""What a page asks somebody to type or choose, and which of it the platform holds already.

A visible field of a form that is sent asks. It asks for what is held where it comes empty although the record that the
address names, or one to which that belongs, has that very column filled; and where it must be answered and has one
answer. What is asked again on purpose stands in `asked_again.py`, each with its reason.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction

from sunward.accounts.models import Unit, User
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed
from tests.house.asked_again import ASKED_AGAIN, EDITS, TOLD_ANEW

_FORMS = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
_ROW = re.compile(r"^(?P<prefix>.+)-(?P<place>\d+)-(?P<name>[^-]+)$")
_NOT_TYPED = frozenset({"hidden", "submit", "button", "reset", "image", "file", "password", "checkbox"})
# A record, what it belongs to, and what that belongs to.
_FLOORS = 3
PLANTED_ON = date(2026, 11, 20)


@dataclass(slots=True)
class Asked:
    """One question of a form; of a choice its answers, without the one that says nothing."""

    name: str
    label: str = ""
    is_answered: bool = False
    is_select: bool = False
    answers: list[str] = field(default_factory=list)

    @property
    def meaning(self) -> str:
        """By its label, where its name is not that of the column; never by an empty one."""
        return "=" + self.label.removesuffix("必填").strip().lower()

    @property
    def is_only_answer(self) -> bool:
        """A question that must be answered and has one answer. Of radios the one is a step of its own."""
        return self.is_select and len(self.answers) == 1 and self.label.endswith("必填")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[str, Asked] = {}
        self.begun: dict[str, int] = {}
        self.labels: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.select = self.label = self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "label":
            self.label, self.words = told.get("for", ""), ""
        if tag == "option" and self.select and told.get("value"):
            one = self.asked[self.select]
            one.answers.append(told["value"])
            one.is_answered |= "selected" in told
        if not name or "disabled" in told:
            return
        if tag == "select":
            self.select = name
            one = self._ask(name, told)
            one.is_select = True
        elif tag == "textarea":
            self.words, self.label = "", f"={name}"
            self._ask(name, told)
        elif tag == "input":
            self._read_input(name, told)

    def _read_input(self, name: str, told: Mapping[str, str]) -> None:
        kind, value = told.get("type", "text"), told.get("value", "")
        if name.endswith("-INITIAL_FORMS"):
            self.begun[name.removesuffix("-INITIAL_FORMS")] = int(value)
        if kind in _NOT_TYPED:
            return
        one = self._ask(name, told)
        if kind == "radio":
            one.answers.append(value)
            one.is_answered |= "checked" in told
        else:
            one.is_answered |= bool(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.asked[self.label[1:]].is_answered |= bool(self.words.strip())
        if tag == "label" and self.label:
            self.labels[self.label] = self.words.strip()
        if tag in ("textarea", "label"):
            self.label = ""

    def handle_data(self, data: str) -> None:
        self.words += data

    def _ask(self, name: str, told: Mapping[str, str]) -> Asked:
        if "id" in told:
            self.ids[told["id"]] = name
        return self.asked.setdefault(name, Asked(name))


def read_asked(page: str) -> list[Asked]:
    """The questions of a page. A further row of a table that grows is no question about what is there."""
    found: list[Asked] = []
    for form in _FORMS.findall(page):
        reader = _Reader()
        reader.feed(form)
        for key, words in reader.labels.items():
            if reader.ids.get(key) in reader.asked:
                reader.asked[reader.ids[key]].label = words
        for one in reader.asked.values():
            row = _ROW.match(one.name)
            if row and int(row["place"]) >= reader.begun.get(row["prefix"], 0):
                continue
            one.name = row["name"] if row else one.name
            found.append(one)
    return found


def records_of(keys: Mapping[str, Any]) -> list[models.Model]:
    """The records that an address names, the last first: what is nearest to the act stands behind what it is of."""
    found = [_find(name, value) for name, value in reversed(keys.items())]
    return [row for row in found if row is not None]


Seen = set[tuple[str, frozenset[str]]]


def asks_again(
    name: str, page: str, keys: Mapping[str, Any], again: Callable[[], str], seen: Seen | None = None
) -> dict[str, str]:
    """Of a page as it came, and as it comes once what nobody had told yet is told: `again` asks for it anew, and gives
    nothing where it is not there any more. Pages of one address that ask the same are `seen` once."""
    blank = [one for one in read_asked(page) if not one.is_answered]
    key = (name, frozenset(one.name for one in blank))
    if not blank or (seen is not None and key in seen):
        return {}
    if seen is not None:
        seen.add(key)
    columns = columns_of(records_of(keys))
    found = find_again(name, blank, columns)
    told = [(column_of(name, one, columns), one) for one in blank if (name, one.name) not in ASKED_AGAIN]
    planted = [plant(column, one) for column, one in told if column is not None and not column.is_held]
    if any(planted):
        found |= find_again(name, read_asked(again()), columns_of(records_of(keys)))
    return found


_MODELS: dict[str, type[models.Model]] = {}
_NAMED: dict[str, type[models.Model]] = {"code": Unit, "username": User}


def _find(name: str, value: Any) -> models.Model | None:
    """By its UUID in whichever table has it; by its number in the one table whose name ends as the key's does; a unit
    by its code and an account by its name."""
    if isinstance(value, UUID):
        known = [_MODELS[name]] if name in _MODELS else []
        for model in (*known, *_keyed()):
            found = model._base_manager.filter(uid=value).first()
            if found is not None:
                _MODELS[name] = model
                return found
    if isinstance(value, int) and len(named := _named(name.removesuffix("_id"))) == 1:
        return named[0]._base_manager.filter(pk=value).first()
    if name in _NAMED:
        return _NAMED[name]._base_manager.filter(**{name: value}).first()
    return None


@cache
def _keyed() -> tuple[type[models.Model], ...]:
    return tuple(model for model in apps.get_models() if issubclass(model, Keyed))


@cache
def _named(ending: str) -> tuple[type[models.Model], ...]:
    return tuple(model for model in apps.get_models() if model.__name__.lower().endswith(ending))


@dataclass(frozen=True, slots=True)
class Column:
    row: models.Model
    field: Any

    @property
    def is_held(self) -> bool:
        """What nobody has told yet stands as the column's default."""
        value = self.field.value_from_object(self.row)
        return value not in (None, "", [], {}) and not (self.field.has_default() and value == self.field.get_default())

    def __str__(self) -> str:
        return f"{self.row._meta.object_name}.{self.field.name}"


def columns_of(records: Iterable[models.Model]) -> dict[str, Column]:
    """By name, the nearest record first: of the records, of what they belong to, and of what that belongs to."""
    found: dict[str, Column] = {}
    floor, seen = list(records), set()
    for _floor in range(_FLOORS):
        above = []
        for row in floor:
            if (type(row), row.pk) in seen:
                continue
            seen.add((type(row), row.pk))
            for one in row._meta.concrete_fields:
                found.setdefault(one.name, Column(row, one))
                if one._verbose_name:
                    found.setdefault(f"={one.verbose_name}".lower(), Column(row, one))
            above += list(_beside(row))
        floor = above
    return found


def _beside(row: models.Model) -> Iterator[models.Model]:
    for one in row._meta.get_fields():
        if one.is_relation and (one.many_to_one or one.one_to_one):
            other = getattr(row, one.name, None) if one.concrete else getattr(row, one.get_accessor_name(), None)
            if isinstance(other, models.Model) and not isinstance(other, Unit | User):
                yield other


def plant(column: Column, one: Asked) -> bool:
    """Fill what nobody has told yet, so that a form about it has something to ask for; whether it could be filled."""
    value = one.answers[0] if one.answers else _value_for(column.field)
    if value is None or column.field.is_relation or isinstance(column.field, SealedTextField):
        return False
    try:
        with transaction.atomic():
            type(column.row)._base_manager.filter(pk=column.row.pk).update(**{column.field.name: value})
    except (DatabaseError, ValueError, ValidationError):  # a rule of the table, or a row that is written once
        return False
    return True


def _value_for(one: Any) -> Any:
    match one:
        case models.DateField() if not isinstance(one, models.DateTimeField):
            return PLANTED_ON
        case models.BooleanField():
            return True
        case models.IntegerField():
            return 7
        case models.DecimalField() | models.FloatField():
            return 7
        case models.CharField() | models.TextField():
            return "已知"[: one.max_length]
    return None


def find_again(name: str, asked: Iterable[Asked], columns: Mapping[str, Column]) -> dict[str, str]:
    """What an address asks for although it is held, by field; what is new each time it is told is not looked for."""
    found = {}
    for one in asked:
        if one.is_answered or (name, one.name) in ASKED_AGAIN:
            continue
        column = column_of(name, one, columns)
        if column is not None and column.is_held:
            found[one.name] = str(column)
        elif one.is_only_answer:
            found[one.name] = f"has one answer: {one.answers[0]}"
    return found


def excused(name: str, page: str, keys: Mapping[str, Any]) -> set[str]:
    """Fields that a page would be asked about, were they not asked again on purpose."""
    columns = columns_of(records_of(keys))
    asked = [one for one in read_asked(page) if not one.is_answered and (name, one.name) in ASKED_AGAIN]
    return {one.name for one in asked if one.is_only_answer or column_of(name, one, columns) is not None}


def column_of(name: str, one: Asked, columns: Mapping[str, Column]) -> Column | None:
    is_edit = name.endswith(EDITS)
    if one.name in TOLD_ANEW and not is_edit:
        return None
    column = columns.get(one.name) or columns.get(one.name.removesuffix("_id")) or columns.get(one.meaning)
    if is_edit and column is not None and isinstance(column.field, SealedTextField):
        return None  # opened for a purpose alone: what is not typed anew stays
    return column
