"""Pairs of vacancies that may be one post: the list of those that wait, and two side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.core.furniture import Text, Tone
from sunward.core.tables import Column
from sunward.employment.access.likenesses import waiting_likenesses
from sunward.employment.enums import LikenessState, VacancyState
from sunward.employment.models import Vacancy, VacancyLikeness
from sunward.employment.queries.vacancies import SourceLine, VacancyRow, list_sources, offer_lines, to_row
from sunward.employment.vacancies.likeness import Sign

COLUMNS = (
    Column("first", _("Known first"), ("first__title", "pk")),
    Column("second", _("Known later"), ("second__title", "pk")),
    Column("employer", _("employer"), ("first__employer__name", "pk")),
    Column("signs", _("What speaks for one post"), ("-points", "pk")),
)
_SIGNS: Mapping[str, Text] = {
    Sign.CODE: _("same credit code"),
    Sign.EMPLOYER: _("same employer"),
    Sign.PLACE: _("same place of work"),
    Sign.TITLE: _("much the same title"),
    Sign.PAY: _("same pay"),
    Sign.PAY_CLOSE: _("pay that overlaps"),
    Sign.DUTIES: _("much the same work"),
}


@dataclass(frozen=True, slots=True)
class PairRow:
    id: int
    first: str
    second: str
    employer: str
    signs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CompareLine:
    label: Text
    first: str
    second: str
    differs: bool


@dataclass(frozen=True, slots=True)
class PairPage:
    """`versions`, `first` and `second` in the order of the pair; `keep` is the one that is suggested to stay."""

    id: int
    first: VacancyRow
    second: VacancyRow
    versions: tuple[int, int]
    signs: tuple[Text, ...]
    lines: tuple[CompareLine, ...]
    keep: UUID
    may_decide: bool
    state: Text
    tone: Tone


def ask_likenesses(actor: Actor) -> QuerySet[VacancyLikeness]:
    return (
        waiting_likenesses(actor)
        .select_related("first__employer", "second__employer")
        .defer("first__description", "second__description", "first__contact_phone", "second__contact_phone")
    )


def to_pair(row: VacancyLikeness) -> PairRow:
    names = dict.fromkeys((row.first.employer.name, row.second.employer.name))
    return PairRow(row.pk, row.first.title, row.second.title, " / ".join(names), _signs(row))


def read_pair(row: VacancyLikeness, *, on: date) -> PairPage:
    """Two queries beside the row itself. Neither telephone is here."""
    first, second = row.first, row.second
    is_closed = VacancyState.CLOSED in (first.state, second.state)
    state = LikenessState(row.state)
    return PairPage(
        id=row.pk,
        first=to_row(first, on=on),
        second=to_row(second, on=on),
        versions=(first.version, second.version),
        signs=_signs(row),
        lines=tuple(_compare(first, second, on)),
        keep=max((first, second), key=lambda one: (one.is_open(on), -one.pk)).uid,
        may_decide=state == LikenessState.OPEN and not is_closed,
        state=pgettext_lazy("pair", "One is closed") if state == LikenessState.OPEN and is_closed else state.label,
        tone="warn" if state == LikenessState.OPEN and not is_closed else "off",
    )


def _signs(row: VacancyLikeness) -> tuple[Text, ...]:
    return tuple(_SIGNS[sign] for sign in row.reasons if sign in _SIGNS)


def _compare(first: Vacancy, second: Vacancy, on: date) -> list[CompareLine]:
    told = [
        [
            (pgettext_lazy("vacancy", "State"), str(to_row(one, on=on).state)),
            *((line.label, _written(line.value, line.note)) for line in offer_lines(one)),
            (_("what the work is"), one.description),
            (_("How it became known"), "\n".join(_tell_source(told) for told in list_sources(one))),
        ]
        for one in (first, second)
    ]  # fmt: skip
    lines = []
    for (label, left), (_label, right) in zip(*told, strict=True):
        if left or right:
            lines.append(CompareLine(label, left, right, "".join(left.split()) != "".join(right.split())))
    return lines


def _tell_source(told: SourceLine) -> str:
    return f"{localdate(told.told_at)} {told.channel} {told.name}".strip()


def _written(value: object, note: object) -> str:
    said, more = "" if value is None else str(value), str(note or "")
    return f"{said}\n{more}" if more and more != said else said
