"""Bulletins as pages show them: the list, a draft as it would be now, and what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.core.furniture import Text
from sunward.core.tables import Column
from sunward.figures.access import issuing_programmes, issuing_units, keeps_bulletin, readable_bulletins
from sunward.figures.bulletins.composing import days_in_words
from sunward.figures.bulletins.document import Document, read_document
from sunward.figures.bulletins.places import Place, read_pins
from sunward.figures.bulletins.text import Problem
from sunward.figures.declared import indicators, readers, title_of
from sunward.figures.disclosure.reasons import Reason, Withheld
from sunward.figures.models import Bulletin, BulletinQuerySet
from sunward.figures.queries.bulletin_making import Unreadable, make

COLUMNS = (Column("written", pgettext_lazy("bulletin", "Written"), ("written_at", "pk")),)


@dataclass(frozen=True, slots=True)
class BulletinRow:
    title: str
    href: str
    name: str
    unit: str
    day: date | None
    state: Text
    is_published: bool
    is_erratum: bool


@dataclass(frozen=True, slots=True)
class Erratum:
    title: str
    href: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Hidden:
    """A number that is not told, and why: for those who publish. Its value stands nowhere on the page."""

    figure: str
    unit: str
    days: str
    why: str


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """`document` is absent where a draft's text can no longer be counted; `problems` say why."""

    title: str
    unit: str
    document: Document | None
    problems: tuple[Problem, ...]
    is_published: bool
    is_erratum: bool
    is_kept: bool
    is_own: bool
    version: int
    corrects: Erratum | None
    errata: tuple[Erratum, ...]
    hidden: tuple[Hidden, ...]
    given_away: int
    until: date


def list_bulletins(actor: Actor) -> BulletinQuerySet:
    return readable_bulletins(actor).select_related("unit", "published")


def to_row(bulletin: Bulletin) -> BulletinRow:
    return BulletinRow(
        title=bulletin.title,
        href=_href(bulletin),
        name=bulletin.name,
        unit=bulletin.unit.name,
        day=_day(bulletin),
        state=bulletin.get_state_display(),
        is_published=bulletin.is_published,
        is_erratum=bulletin.corrects_id is not None,
    )


def read_page(bulletin: Bulletin, actor: Actor, *, now: datetime) -> BulletinPage:
    is_kept = keeps_bulletin(actor, bulletin)
    document, problems, hidden, given_away = (
        _read_published(bulletin, is_kept=is_kept) if bulletin.is_published else _read_draft(bulletin, now=now)
    )
    errata = readable_bulletins(actor).filter(corrects=bulletin).select_related("published").order_by("pk")
    return BulletinPage(
        title=bulletin.title, unit=bulletin.unit.name, document=document, problems=problems,
        is_published=bulletin.is_published, is_erratum=bulletin.corrects_id is not None, is_kept=is_kept,
        is_own=actor.user_id in bulletin.written_by_ids, version=bulletin.version,
        corrects=_erratum(bulletin.corrects) if bulletin.corrects else None,
        errata=tuple(_erratum(one) for one in errata), hidden=hidden, given_away=given_away, until=bulletin.until_on,
    )  # fmt: skip


def read_published(bulletin: Bulletin) -> Document:
    return read_document(bulletin.published.document)


Read = tuple[Document | None, tuple[Problem, ...], tuple[Hidden, ...], int]


def _read_published(bulletin: Bulletin, *, is_kept: bool) -> Read:
    hidden: tuple[Hidden, ...] = ()
    if is_kept:
        pins = read_pins(bulletin.published.pins)
        rows = bulletin.published.figures.filter(is_told=False)
        hidden = tuple(
            Hidden(
                pins.definitions[row.code].name, pins.units[row.unit_code].name, days_in_words(row.place.span),
                Withheld(Reason(row.reason), row.reason_day).why,
            )
            for row in rows
        )  # fmt: skip
    return read_published(bulletin), (), hidden, bulletin.published.given_away if is_kept else 0


def _read_draft(bulletin: Bulletin, *, now: datetime) -> Read:
    try:
        made = make(bulletin, known_until=now, published_on=None)
    except Unreadable as refused:
        return None, refused.problems, (), 0

    def told(place: Place) -> Hidden:
        name, unit = made.pins.definitions[place.code].name, made.pins.units[place.unit].name
        return Hidden(name, unit, days_in_words(place.span), made.decided.withheld[place].why)

    hidden = tuple(told(place) for place in made.places if place in made.decided.withheld)
    return made.document, (), hidden, made.decided.given_away


def _erratum(bulletin: Bulletin) -> Erratum:
    return Erratum(bulletin.title, _href(bulletin), _day(bulletin))


def _day(bulletin: Bulletin) -> date | None:
    return bulletin.published.published_on if bulletin.is_published else None


def _href(bulletin: Bulletin) -> str:
    return reverse("figures:bulletin", args=[bulletin.uid])


@dataclass(frozen=True, slots=True)
class Usable:
    """A figure that a text may refer to."""

    code: str
    name: Text


def list_usable(programmes: Sequence[str]) -> list[Usable]:
    return [Usable(one.code, one.name) for one in indicators().values() if one.programme in programmes]


def list_issuers(actor: Actor) -> list[tuple[str, str]]:
    """In whose name the actor may write: a programme and a unit together."""
    units = list(issuing_units(actor).order_by("path"))
    return [
        (f"{programme}:{unit.pk}", f"{title_of(programme)} · {unit.name}")
        for programme in issuing_programmes(actor)
        for unit in units
        if any(unit.path.startswith(path) for path in actor.paths(*readers()[programme]))
    ]
