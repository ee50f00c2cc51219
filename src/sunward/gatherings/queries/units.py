"""The units that a person may choose from: to look at, and to host a gathering."""

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.accounts.scopes import below
from sunward.gatherings.declaration import GatheringKind
from sunward.gatherings.roles import PLANNERS, TAKING_PART

Choice = tuple[str, str]
_HOSTS = (UnitKind.DISTRICT, UnitKind.SUBDISTRICT, UnitKind.COMMITTEE, UnitKind.SERVICE_POINT)


def viewed_units(actor: Actor) -> UnitQuerySet:
    """Of whoever plans: her units and all below. A mentor has no choice: she sees what is open to her."""
    return Unit.objects.within(actor.paths(*PLANNERS))


def filter_choices(actor: Actor, *, chosen: str) -> list[Choice]:
    """For a filter: the units directly below the actor's own, and below the chosen one. One query.

    Values are codes: a link with a filter in it must say the same for everybody it is sent to.
    """
    codes = {path.rstrip("/").rsplit("/", 1)[-1] for path in actor.paths(*PLANNERS)}
    if not codes:
        return []
    near = viewed_units(actor).filter(parent__code__in=[*codes, *filter(None, (chosen, chosen[:9]))]).order_by("path")
    return [(unit.code, ("　" if len(unit.code) > 9 else "") + unit.short_name) for unit in near]


def path_of(actor: Actor, code: str) -> str:
    """The path of a unit the actor may look at, empty if there is none of this code."""
    return viewed_units(actor).filter(code=code).values_list("path", flat=True).first() or "" if code else ""


def feed_choices(actor: Actor) -> list[Choice]:
    """For a calendar link: the units of her own posts, and those directly below for whoever plans. Two queries."""
    own = Unit.objects.filter(path__in=[post.unit_path for post in actor.posts if post.role in TAKING_PART])
    return [*((unit.code, unit.short_name) for unit in own.order_by("path")), *filter_choices(actor, chosen="")]


def path_around(actor: Actor, code: str) -> str:
    """The path behind a choice of `feed_choices`."""
    own = {post.unit_path.rstrip("/").rsplit("/", 1)[-1]: post.unit_path for post in actor.posts}
    return own.get(code) or path_of(actor, code)


def host_choices(actor: Actor, kind: GatheringKind) -> list[Choice]:
    """Where the actor may host this kind: her own unit first, committees under their sub-district. One query."""
    units = Unit.objects.filter(below(actor.paths(*kind.roles), "path"), kind__in=_HOSTS).order_by("path")
    return [(str(unit.pk), "　" * (unit.path.count("/") - 2) + unit.short_name) for unit in units]
