"""The records a figure counts, cut to what the reader may open; how many that leaves out is said, never who."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.utils.http import urlencode

from sunward.accounts.access import Actor
from sunward.core.furniture import Text
from sunward.figures.access import get_figure_unit
from sunward.figures.counting.figure import Figure
from sunward.figures.declared import openers, person_opener
from sunward.figures.definition import Indicator
from sunward.figures.pins import Span
from sunward.figures.queries.figure_page import Asked
from sunward.figures.queries.saying import say
from sunward.ledger.models import Fact

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class RecordLine:
    """`title` empty: counted, and not the reader's to open."""

    on: date
    title: Text
    href: str
    amount: str


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """`listed` is how many records the figure counts; `closed` how many on this page the reader may not open."""

    name: Text
    unit: str
    month: date
    value: str
    listed: int
    lines: tuple[RecordLine, ...]
    closed: int
    page: int
    pages: int
    has_amounts: bool
    asked: Mapping[str, str]

    @property
    def before(self) -> str:
        return urlencode({**self.asked, "page": str(self.page - 1)})

    @property
    def after(self) -> str:
        return urlencode({**self.asked, "page": str(self.page + 1)})


def read_records(*, actor: Actor, indicator: Indicator, asked: Asked, span: Span, page: int, on: date) -> RecordsPage:
    unit = get_figure_unit(actor=actor, indicator=indicator, code=asked.unit)
    measure = indicator.in_use(on=on).measure
    figure = Figure(measure, span, unit.path, asked.pin)
    number = figure.number()
    found = Paginator(figure.records().order_by("-happened_on", "-pk"), PER_PAGE).get_page(page)
    facts = list(found.object_list)
    lines = _open(actor, indicator.programme, facts)
    return RecordsPage(
        name=indicator.name,
        unit=unit.name,
        month=span.first,
        value=say(measure, number),
        listed=found.paginator.count,
        lines=tuple(lines),
        closed=sum(not line.title for line in lines),
        page=found.number,
        pages=found.paginator.num_pages,
        has_amounts=any(fact.quantity != 1 for fact in facts),
        asked={"unit": unit.code, "month": f"{span.first:%Y-%m}"} | _known(asked),
    )


def _known(asked: Asked) -> dict[str, str]:
    return {"known": f"{asked.known_on}"} if asked.known_on else {}


def _open(actor: Actor, programme: str, facts: list[Fact]) -> list[RecordLine]:
    """Two queries at most for each kind of record, however many lines there are."""
    persons = person_opener(programme)(actor, {fact.person_id for fact in facts if fact.person_id})
    kinds = {fact.subject_kind for fact in facts if fact.person_id is None} & set(openers())
    things = {
        kind: openers()[kind](actor, {fact.subject_id for fact in facts if fact.subject_kind == kind}) for kind in kinds
    }
    lines = []
    for fact in facts:
        held = things.get(fact.subject_kind, {}).get(fact.subject_id)
        record = persons.get(fact.person_id) if fact.person_id else held
        amount = f"{fact.quantity.normalize():f}"
        title, href = (record.title, record.href) if record else ("", "")
        lines.append(RecordLine(fact.happened_on, title, href, amount))
    return lines
