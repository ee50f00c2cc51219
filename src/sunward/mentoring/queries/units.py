"""The units that a person may choose from, as lists of choices."""

from collections.abc import Sequence

from sunward.accounts.access import Actor, visible_units
from sunward.accounts.enums import UnitKind

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]


def filter_choices(actor: Actor, *, chosen: str) -> list[Choice]:
    """For a filter: the units directly below the actor's own, and below the chosen one. One query.

    Values are codes: a link with a filter in it must say the same for everybody it is sent to.
    """
    shown = visible_units(actor).filter(kind__in=(UnitKind.SUBDISTRICT, UnitKind.COMMITTEE)).order_by("path")
    codes = {path.rstrip("/").rsplit("/", 1)[-1] for path in actor.casework_paths()}
    near = shown.filter(parent__code__in=[*codes, chosen, chosen[:9]])
    return [(unit.code, ("　" if len(unit.code) > 9 else "") + unit.short_name) for unit in near]


def path_of(actor: Actor, code: str) -> str | None:
    """The path of a unit the actor may see, None if there is none of this code."""
    return visible_units(actor).filter(code=code).values_list("path", flat=True).first()


def home_choices(actor: Actor) -> Sequence[Choice | Group]:
    """For a form: where a person lives. Committees under their sub-district. One query."""
    shown = visible_units(actor).filter(kind__in=(UnitKind.SUBDISTRICT, UnitKind.COMMITTEE))
    groups: dict[str, list[Choice]] = {}
    for unit in shown.select_related("parent").order_by("path"):
        if unit.kind == UnitKind.SUBDISTRICT:
            groups.setdefault(unit.name, []).append((str(unit.pk), unit.name))
        else:
            groups.setdefault(unit.parent.name if unit.parent else "", []).append((str(unit.pk), unit.name))
    return list(groups.items())
