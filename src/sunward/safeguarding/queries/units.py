"""Where a child may live, as somebody on duty chooses it: few lines, her own unit first."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.safeguarding.access.worries import linkable_units

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]
_KINDS = (UnitKind.DISTRICT, UnitKind.SUBDISTRICT, UnitKind.COMMITTEE)


def reportable_units(unit_path: str) -> QuerySet[Unit]:
    """The whole district around a unit: a child who is seen here may live anywhere in it."""
    district = "/".join(unit_path.split("/")[:2])
    if not district:
        return Unit.objects.none()
    return Unit.objects.filter(path__startswith=f"{district}/", kind__in=_KINDS)


def where_choices(unit_path: str) -> Sequence[Choice | Group]:
    """The own unit and its sub-district's committees, then the other sub-districts, then "nobody knows". One query."""
    parts = unit_path.split("/")
    own = f"{'/'.join(parts[:3])}/"
    near = Q(path__startswith=own) if len(parts) > 3 else Q(pk__in=[])
    found = reportable_units(unit_path).filter(near | ~Q(kind=UnitKind.COMMITTEE)).order_by("path")
    here: list[Choice] = []
    streets: list[Choice] = []
    unknown: list[Choice] = []
    name = ""
    for unit in found:
        choice = (str(unit.pk), unit.short_name)
        if unit.kind == UnitKind.DISTRICT:
            unknown.append((choice[0], gettext("I do not know")))
        elif len(parts) > 3 and unit.path.startswith(own):
            name = name or unit.name
            here.append((choice[0], unit.name) if unit.kind == UnitKind.SUBDISTRICT else choice)
        else:
            streets.append(choice)
    groups: list[Choice | Group] = [(name, here)] if here else []
    return [*groups, (gettext("Sub-districts"), streets), *unknown]


def preset_unit(unit_path: str) -> int | None:
    """The own unit where a child can live in it; a service point or an office has its parent's."""
    for path in (unit_path, f"{'/'.join(unit_path.split('/')[:-2])}/"):
        found = reportable_units(unit_path).filter(path=path).values_list("pk", flat=True).first()
        if found is not None:
            return found
    return None


def other_offices(unit_path: str) -> QuerySet[Unit]:
    """To whom a worry may be passed on: another sub-district of the same district."""
    own = f"{'/'.join(unit_path.split('/')[:3])}/"
    return reportable_units(unit_path).filter(kind=UnitKind.SUBDISTRICT).exclude(path=own).order_by("path")


def office_choices(unit_path: str) -> list[Choice]:
    return [(str(unit.pk), unit.name) for unit in other_offices(unit_path)]


def link_choices(actor: Actor) -> list[Choice]:
    """The sub-districts and the district that the actor answers for; a committee's worries arrive there anyway."""
    found = linkable_units(actor).filter(kind__in=(UnitKind.DISTRICT, UnitKind.SUBDISTRICT)).order_by("path")
    return [(str(unit.pk), unit.name) for unit in found]
