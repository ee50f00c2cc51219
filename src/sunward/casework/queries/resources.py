"""The directory of resources as it is listed, shown and chosen from."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import addable_units, changeable_resources, referable_resources, visible_resources
from sunward.casework.enums import ResourceKind
from sunward.casework.models import Case, Resource, ResourceQuerySet
from sunward.core.furniture import Fact, Text, Tone
from sunward.core.tables import Column

EXPIRING_DAYS = 30
OFFERED_AT_MOST = 30
COLUMNS = (
    Column("name", pgettext_lazy("resource", "Name"), ("name",)),
    Column("kind", _("What"), ("kind", "name")),
    Column("audience", _("For whom")),
    Column("place", pgettext_lazy("resource", "Where")),
    Column("unit", _("For the unit"), ("unit_path",)),
    Column("valid", _("Valid until"), ("valid_until_on",)),
)


@dataclass(frozen=True, slots=True)
class ResourceQuestion:
    words: str = ""
    kind: str = ""
    unit_path: str = ""
    state: str = "valid"
    age: int | None = None


@dataclass(frozen=True, slots=True)
class ResourceRow:
    uid: UUID
    name: str
    provider: str
    kind: Text
    audience: str
    ages: str
    place: str
    phone: str
    unit_name: str
    valid_until_on: date
    state: Text
    tone: Tone


@dataclass(frozen=True, slots=True)
class ResourcePage:
    row: ResourceRow
    version: int
    facts: tuple[Fact, ...]
    is_ended: bool
    may_change: bool


def ask_resources(actor: Actor, asked: ResourceQuestion, *, on: date) -> ResourceQuerySet:
    found = visible_resources(actor).select_related("unit")
    if asked.state == "valid":
        found = found.valid(on=on)
    elif asked.state == "expiring":
        found = expiring(found, on=on)
    elif asked.state == "over":
        found = found.filter(Q(valid_until_on__lt=on) | Q(ended_on__isnull=False))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.unit_path:
        found = found.filter(unit_path__startswith=asked.unit_path)
    if asked.age is not None:
        young = Q(age_from=None) | Q(age_from__lte=asked.age)
        found = found.filter(young, Q(age_until=None) | Q(age_until__gte=asked.age))
    return named(found, asked.words)


def named(found: ResourceQuerySet, words: str) -> ResourceQuerySet:
    """Every word somewhere in what the directory says of an offer."""
    for word in words.split():
        said = Q(name__icontains=word) | Q(provider__icontains=word) | Q(audience__icontains=word)
        found = found.filter(said | Q(place__icontains=word))
    return found


def expiring(found: ResourceQuerySet, *, on: date) -> ResourceQuerySet:
    """Nobody vouches for them much longer; those that ran out lately are among them, so that none slips away."""
    soon, lately = on + timedelta(days=EXPIRING_DAYS), on - timedelta(days=EXPIRING_DAYS)
    return found.filter(ended_on=None, valid_until_on__lte=soon, valid_until_on__gte=lately)


def to_row(resource: Resource, *, on: date) -> ResourceRow:
    state, tone = _state(resource, on)
    return ResourceRow(
        uid=resource.uid,
        name=resource.name,
        provider=resource.provider,
        kind=ResourceKind(resource.kind).label,
        audience=resource.audience,
        ages=say_ages(resource),
        place=resource.place,
        phone=resource.phone,
        unit_name=resource.unit.short_name,
        valid_until_on=resource.valid_until_on,
        state=state,
        tone=tone,
    )


def read_resource(resource: Resource, actor: Actor, *, on: date) -> ResourcePage:
    """One query beside the row itself."""
    row = to_row(resource, on=on)
    return ResourcePage(
        row=row,
        version=resource.version,
        facts=(
            Fact(_("What"), row.kind),
            Fact(_("Provider"), resource.provider),
            Fact(_("For whom"), resource.audience, note=row.ages),
            Fact(pgettext_lazy("resource", "Where"), resource.place),
            Fact(_("Office telephone"), resource.phone),
            Fact(_("Hours"), resource.hours),
            Fact(_("Cost"), resource.cost),
            Fact(_("For the unit"), resource.unit.name),
            Fact(_("Valid until"), resource.valid_until_on.isoformat()),
            Fact(_("Checked on"), resource.checked_on.isoformat()),
        ),
        is_ended=resource.ended_on is not None,
        may_change=changeable_resources(actor).filter(pk=resource.pk).exists(),
    )


def list_referable(case: Case, *, on: date, words: str = "") -> tuple[ResourceRow, ...]:
    """Where this child can be sent today, at most thirty: narrowed by what is typed. One query."""
    found = named(referable_resources(case, on=on), words).select_related("unit").order_by("kind", "name", "pk")
    return tuple(to_row(resource, on=on) for resource in found[:OFFERED_AT_MOST])


def say_ages(resource: Resource) -> str:
    young, old = resource.age_from, resource.age_until
    if young is not None and old is not None:
        return gettext("%(young)d to %(old)d years") % {"young": young, "old": old}
    if young is not None:
        return gettext("from %(young)d years") % {"young": young}
    return gettext("up to %(old)d years") % {"old": old} if old is not None else ""


def _state(resource: Resource, on: date) -> tuple[Text, Tone]:
    if resource.ended_on is not None:
        return _("Ended"), "off"
    if resource.valid_until_on < on:
        return _("Run out"), "warn"
    if resource.valid_until_on <= on + timedelta(days=EXPIRING_DAYS):
        return _("Runs out soon"), "warn"
    return _("Valid"), "good"


def unit_choices(actor: Actor) -> list[tuple[int, str]]:
    """For whom the actor may add one. One query."""
    return [(unit.pk, unit.name) for unit in addable_units(actor).order_by("path")]


def values_of(resource: Resource) -> dict[str, Any]:
    """What the form of a resource starts from."""
    names = (
        "name", "kind", "provider", "unit_id", "audience", "age_from", "age_until", "place", "phone", "hours", "cost",
        "valid_until_on",
    )  # fmt: skip
    return {name: getattr(resource, name) for name in names}
