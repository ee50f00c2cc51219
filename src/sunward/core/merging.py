"""Two people have edited one thing: what one of them changed is settled, what both changed a person chooses.

The form remembers what it was opened with (hidden initial values); three values are held against each other.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from sunward.core.wording import join_words

CHOSEN, MINE = "choose-", "mine-"


@dataclass(frozen=True, slots=True)
class Dispute:
    """One field that both changed, in words."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """`hidden` posts the settled values back, with theirs where there is a dispute and mine beside them."""

    disputes: tuple[Dispute, ...]
    hidden: tuple[tuple[str, str], ...]
    version: int


def merge(mine: forms.Form, fresh: forms.Form, *, version: int) -> Merge:
    """`mine` is bound and valid; `fresh` is unbound, with what stands now as initial values."""
    disputes: list[Dispute] = []
    hidden: list[tuple[str, str]] = []
    for name, field in mine.fields.items():
        typed: list[str] = mine.data.getlist(name)  # type: ignore[attr-defined]
        now = _posted(fresh, name)
        if not field.show_hidden_initial:
            # A sealed value: nobody saw the old one, so what was typed stands.
            hidden += [(name, value) for value in typed]
            continue
        asked = fresh.get_initial_for_field(field, name)
        is_mine, is_theirs = name in mine.changed_data, field.has_changed(asked, _base(mine, name))
        values = typed if is_mine and not is_theirs else now
        if is_mine and is_theirs and field.has_changed(asked, _raw(mine, name)):
            disputes.append(Dispute(name, str(field.label), _said(mine, name, typed), _said(fresh, name, now)))
            hidden += [(MINE + name, value) for value in typed]
        hidden += [(name, value) for value in values]
        hidden += [(f"initial-{name}", value) for value in now]
    return Merge(tuple(disputes), tuple(hidden), version)


def take_choices(data: QueryDict) -> QueryDict:
    """What was posted from the merge screen, with the chosen values in their fields."""
    chosen = data.copy()
    for key in data:
        if key.startswith(CHOSEN) and data[key] == "mine":
            name = key.removeprefix(CHOSEN)
            chosen.setlist(name, data.getlist(MINE + name))
    return chosen


def _raw(form: forms.Form, name: str) -> Any:
    return form.fields[name].widget.value_from_datadict(form.data, form.files, name)


def _base(form: forms.Form, name: str) -> Any:
    """What the form was opened with."""
    return form.fields[name].hidden_widget().value_from_datadict(form.data, form.files, f"initial-{name}")


def _posted(form: forms.Form, name: str) -> list[str]:
    """The initial value as a browser would post it."""
    value = form[name].field.prepare_value(form.get_initial_for_field(form.fields[name], name))
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return ["" if value is None else str(value)]


def _said(form: forms.Form, name: str, values: list[str]) -> str:
    """The values in words: choices by their label."""
    labels: dict[str, str] = {}
    for value, label in getattr(form.fields[name], "choices", []):
        group = label if isinstance(label, list | tuple) else [(value, label)]
        labels |= {str(one): str(word) for one, word in group}
    return join_words(labels.get(value, value) for value in values if value) or gettext("nothing")
