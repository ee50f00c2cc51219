"""A district's bulletin of all programmes, from the built-in text; and what stands in one that was published.

Composed it is a draft: nobody publishes by asking for it. What leaves the house is decided as if it were published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.core.refusals import NotThere, Refusal
from sunward.figures.bulletins.built_in import built_in_text
from sunward.figures.bulletins.composing import Told
from sunward.figures.bulletins.document import Document, digest_of, read_document
from sunward.figures.bulletins.places import Pins, Place, read_pins
from sunward.figures.counting.facts import in_hours, sum_of_minutes
from sunward.figures.counting.figure import Figure
from sunward.figures.declared import indicators
from sunward.figures.definition import Count, Measure
from sunward.figures.disclosure.reasons import Reason
from sunward.figures.enums import CountingUnit
from sunward.figures.models import Bulletin, PublishedBulletin
from sunward.figures.pins import Pin
from sunward.figures.queries.bulletin_making import count_places, make, make_again
from sunward.ledger.models import Fact


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """One number: what is printed, what it is, and how many records it opens.

    `adds_up_to` is what those records come to, counted by the query that lists them. `rounded_to` is 1 where a number
    is printed as it is; `reason` is empty where it is told.
    """

    place: Place
    version: int
    name: str
    words: tuple[str, ...]
    unit: str
    printed: str
    value: Decimal | None
    records: int
    adds_up_to: Decimal
    rounded_to: int
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class PublishedOne:
    """A published bulletin of the same last day, for whoever wants that one."""

    uid: UUID
    title: str
    published_on: date


@dataclass(frozen=True, slots=True)
class DistrictBulletin:
    """`is_same`: made again from its pins, a published one says what it said; a draft has nothing to differ from."""

    document: Document
    pins: Pins
    figures: tuple[ToldFigure, ...]
    published_on: date | None = None
    is_same: bool = True
    others: tuple[PublishedOne, ...] = ()

    @property
    def digest(self) -> str:
        return digest_of(self.document)


def end_of_day(day: date, *, now: datetime) -> datetime:
    """The last moment of a day in the district's time; of a day that is not over, and of one to come, this one."""
    last = timezone.make_aware(datetime.combine(day, time.max), timezone.get_default_timezone())
    return min(last, now)


def find_district(code: str) -> Unit:
    """The one of this code; without a code the only one there is."""
    districts = Unit.objects.filter(kind=UnitKind.DISTRICT, parent=None).order_by("code")
    found = list(districts.filter(code=code) if code else districts[:2])
    if len(found) != 1:
        raise NotThere(
            "figures.district_not_there",
            gettext_lazy("Say of which district, by its code: there is none, or more than one."),
        )
    return found[0]


def compose_district_bulletin(
    district: Unit, *, on: date, known_until: datetime, today: date, language: str
) -> DistrictBulletin:
    """What happened until the end of `on` and was recorded until `known_until`. The same twice is the same."""
    if on > today:
        raise Refusal("figures.bulletin_early", gettext_lazy("Its last day has not come. Choose a day until today."))
    bulletin = _unwritten(district, on=on, known_until=known_until, language=language)
    made = make(bulletin, known_until=known_until, published_on=None)
    reasons = {place: one.reason for place, one in made.decided.withheld.items()}
    others = Bulletin.objects.published().filter(unit_path=district.path, until_on=on).select_related("published")
    return DistrictBulletin(
        document=made.document,
        pins=made.pins,
        figures=_figures(made.places, made.told, reasons, language),
        others=tuple(
            PublishedOne(one.uid, one.title, one.published.published_on) for one in others.order_by("published__pk")
        ),
    )


def read_published_bulletin(uid: UUID) -> DistrictBulletin:
    """As it was published; whether it can be made again to the sign is looked at, too."""
    found = PublishedBulletin.objects.filter(bulletin__uid=uid).select_related("bulletin").first()
    if found is None:
        raise NotThere("figures.bulletin_not_there", gettext_lazy("No bulletin of this number was published."))
    document, pins = read_document(found.document), read_pins(found.pins)
    rows = list(found.figures.all())
    places = [row.place for row in rows]
    withheld = frozenset(row.place for row in rows if not row.is_told)
    told = Told(pins, indicators(), count_places(places, pins), withheld)
    reasons = {row.place: Reason(row.reason) for row in rows if not row.is_told}
    is_same = digest_of(document) == found.digest == digest_of(make_again(found))
    figures = _figures(places, told, reasons, found.bulletin.language)
    return DistrictBulletin(document, pins, figures, found.published_on, is_same)


def _unwritten(district: Unit, *, on: date, known_until: datetime, language: str) -> Bulletin:
    """Never saved: it has no programme, so that it may speak of all of them."""
    with translation.override(language):
        return Bulletin(
            programme="", unit=district, unit_path=district.path, name=_("Work bulletin")[:24], language=language,
            title=_("What was done in %(year)s until %(day)s")
            % {"year": on.year, "day": f"{on.month}月{on.day}日" if language.startswith("zh") else on},
            until_on=on, body=built_in_text(language), written_at=known_until,
        )  # fmt: skip


def _figures(
    places: Sequence[Place], told: Told, reasons: Mapping[Place, Reason], language: str
) -> tuple[ToldFigure, ...]:
    with translation.override(language):
        return tuple(_figure(place, told, reasons.get(place)) for place in dict.fromkeys(places))


def _figure(place: Place, told: Told, reason: Reason | None) -> ToldFigure:
    defined, unit, rule = told.pins.definitions[place.code], told.pins.units[place.unit], told.rule(place.code)
    measure = told.measure(place.code)
    records = Figure(measure, place.span, unit.path, Pin(known_until=told.pins.known_until)).records()
    number = records.count()
    amount = _amount(measure, records)
    return ToldFigure(
        place, defined.version, defined.name, defined.words, unit.name, told.say(place), told.numbers[place].value,
        number, Decimal(number) if amount is None else amount, rule.base if rule else 1, reason,
    )  # fmt: skip


def _amount(measure: Measure, records: QuerySet[Fact]) -> Decimal | None:
    """What the records add up to, where it is not how many they are."""
    match measure:
        case Count(_, CountingUnit.QUANTITY):
            return Decimal(records.aggregate(total=Sum("quantity"))["total"] or 0)
        case Count(_, CountingUnit.HOURS):
            return in_hours(records.aggregate(total=sum_of_minutes())["total"])
        case _:
            return None
