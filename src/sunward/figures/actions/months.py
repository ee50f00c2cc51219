"""A closed month of a district: counted, weighed against all that was published before, and kept for ever."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Min

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core.refusals import Refusal
from sunward.figures.bulletins.composing import Told
from sunward.figures.bulletins.places import Defined, PinnedUnit, Pins, Place
from sunward.figures.counting.figure import Number
from sunward.figures.declared import indicators
from sunward.figures.disclosure.reasons import Reason, Withheld
from sunward.figures.disclosure.rules import RULES
from sunward.figures.models import MonthFigure, PublishedMonth
from sunward.figures.pins import Pin, Span, month_of
from sunward.figures.published.proposing import proposals, running_totals
from sunward.figures.queries.bulletin_numbers import read_numbers
from sunward.figures.queries.bulletin_weighing import Decided, Shown, decide, read_shown
from sunward.ledger.models import Fact


def months_published(district: str) -> frozenset[date]:
    return frozenset(PublishedMonth.objects.filter(district=district).values_list("month", flat=True))


def days_known(district: str) -> Span | None:
    """From the first day to the last on which anything is known to have happened."""
    facts = Fact.objects.filter(unit_path__startswith=district, is_withdrawal=False)
    found = facts.aggregate(first=Min("happened_on"), last=Max("happened_on"))
    return Span(found["first"], found["last"]) if found["first"] else None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A month, counted and decided against what had been shown by then."""

    pins: Pins
    versions: Mapping[Place, int]
    numbers: Mapping[Place, Number]
    shown: Sequence[Shown]
    decided: Decided
    is_unsure: bool


def weigh_month(*, district_id: int, month: Span, now: datetime) -> Weighed:
    """It may take half a minute, in which nobody else should have to wait: nothing is locked."""
    district = Unit.objects.get(pk=district_id)
    pins, versions = _pins(district, month, known_until=now)
    shown = read_shown(district.path)
    decided, is_unsure = _decide(versions, shown, district.path, pins)
    return Weighed(pins, versions, _count(versions, pins), shown, decided, is_unsure)


@transaction.atomic
def publish_month(
    *, district_id: int, month: Span, on: date, now: datetime, weighed: Weighed | None = None
) -> PublishedMonth | None:  # fmt: skip
    """None if it was published already. One at a time in a district: bulletins wait for it, and it waits for them.

    What was `weighed` before holds as long as nothing else was published since; else it is weighed anew.
    """
    district = Unit.objects.select_for_update().get(pk=district_id)
    if PublishedMonth.objects.filter(district=district.path, month=month.first).exists():
        return None
    if weighed is None or Counter(weighed.shown) != Counter(read_shown(district.path)):
        weighed = weigh_month(district_id=district_id, month=month, now=now)
    decided, pins = weighed.decided, weighed.pins
    publication = PublishedMonth.objects.create(
        district=district.path, month=month.first, known_until=pins.known_until, published_on=on, pins=pins.to_json(),
        is_unsure=weighed.is_unsure, given_away=decided.given_away,
    )  # fmt: skip
    told = Told(pins, indicators(), weighed.numbers, frozenset(decided.withheld))
    rows = [_row(publication, place, told, decided.withheld.get(place)) for place in weighed.versions]
    MonthFigure.objects.bulk_create(rows, batch_size=1000)
    return publication


def _pins(district: Unit, month: Span, *, known_until: datetime) -> tuple[Pins, dict[Place, int]]:
    """What is published already of another month's publication is not proposed again."""
    existing = Unit.objects.within((district.path,)).filter(
        kind=UnitKind.SUBDISTRICT, parent=district, valid_from__lte=month.last
    )
    streets = [unit for unit in existing.order_by("code") if unit.valid_until is None or unit.valid_until > month.first]
    declared = indicators()
    codes = [street.code for street in streets]
    proposed = dict(proposals(declared.values(), month, district=district.code, streets=codes))
    units = {one.code: PinnedUnit(one.path, one.name) for one in (district, *streets)}
    before = MonthFigure.objects.filter(unit_path__in=[one.path for one in units.values()])
    out = {row.place for row in before.filter(first__in={place.span.first for place in proposed})}
    versions = {place: number for place, number in proposed.items() if place not in out}
    defined = {
        place.code: Defined(number, declared[place.code].version(number).since, "", ())
        for place, number in versions.items()
    }
    return Pins(month.last, known_until, district.code, defined, units), versions


def _count(versions: Mapping[Place, int], pins: Pins) -> dict[Place, Number]:
    declared = indicators()
    asked = {
        place: (declared[place.code].version(number).measure, place.span, pins.units[place.unit].path)
        for place, number in versions.items()
    }
    numbers = read_numbers(asked.values(), pin=Pin(known_until=pins.known_until))
    return {place: numbers[one] for place, one in asked.items()}


def _decide(
    versions: Mapping[Place, int], shown: Sequence[Shown], district: str, pins: Pins
) -> tuple[Decided, bool]:  # fmt: skip
    """Where nobody can be sure, nothing about persons is told."""
    try:
        pin, ahead = Pin(known_until=pins.known_until), running_totals(month_of(pins.until))
        return decide(versions, shown, district=district, pin=pin, ahead=ahead), False
    except Refusal:
        declared = indicators()
        about_persons = (place for place in versions if RULES[declared[place.code].protection])
        return Decided(dict.fromkeys(about_persons, Withheld(Reason.SECONDARY))), True


def _row(publication: PublishedMonth, place: Place, told: Told, withheld: Withheld | None) -> MonthFigure:
    number, rule = told.numbers[place], RULES[told.indicators[place.code].protection]
    row = MonthFigure(
        publication=publication, code=place.code, definition=told.pins.definitions[place.code].version,
        unit_code=place.unit, unit_path=told.pins.units[place.unit].path, first=place.span.first,
        last=place.span.last, value=number.value, base=number.base, part=number.part, whole=number.whole,
        is_told=withheld is None, reason=withheld.reason if withheld else "",
        reason_day=withheld.day if withheld else None,
    )  # fmt: skip
    if withheld is None:
        row.told = told.rounded(place).value
        row.told_base = rule.rounded(number.base) if rule else number.base
    return row
