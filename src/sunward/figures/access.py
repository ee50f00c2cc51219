"""Who may read which figures, of which units, and which records behind them.

A figure is the same number for everybody who may read it. Whoever keeps a programme's files reads all its figures of
the units it keeps them in; a leader reads those that are about no person. Everything else waits for disclosure control.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.accounts.scopes import above, below
from sunward.core.refusals import NotThere
from sunward.figures.declared import indicators, indices, readers
from sunward.figures.definition import Indicator
from sunward.figures.enums import BulletinState, Protection
from sunward.figures.models import Bulletin, BulletinQuerySet

FIGURE_ROLES = (Role.DISTRICT_OFFICER, Role.SUPERVISOR, Role.EMPLOYMENT_OFFICER, Role.LEADER)
# Those who make plans read what is counted of meetings and lines of work, which is about no person; neither dashboards
# nor bulletins, which are of programmes that serve people.
COUNTING_ROLES = (*FIGURE_ROLES, Role.PLAN_OFFICER)


# Of these nothing is published: whoever keeps the files there reads what is known now.
COUNTED_KINDS = (UnitKind.COMMITTEE, UnitKind.SERVICE_POINT)


def figure_paths(actor: Actor, indicator: Indicator) -> tuple[str, ...]:
    """At or below which units the actor reads this figure."""
    open_to = (Role.LEADER,) if indicator.protection == Protection.OPEN else ()
    return actor.paths(*readers().get(indicator.programme, ()), *open_to)


def readable_indicators(actor: Actor) -> list[Indicator]:
    return [indicator for indicator in indicators().values() if figure_paths(actor, indicator)]


def get_indicator(*, actor: Actor, code: str) -> Indicator:
    indicator = indicators().get(code)
    if indicator is None or not figure_paths(actor, indicator):
        raise NotThere("figures.indicator_not_there", _("There is no such figure, or it is not yours to see."))
    return indicator


def get_figure_unit(*, actor: Actor, indicator: Indicator, code: str) -> Unit:
    """The unit asked for, within what the actor reads; without a code the highest of them."""
    units = Unit.objects.within(figure_paths(actor, indicator))
    unit = units.filter(code=code).first() if code else units.order_by("path").first()
    if unit is None:
        raise NotThere("figures.unit_not_there", _("There is no such unit, or its figures are not yours to see."))
    return unit


def keeps_files(actor: Actor, indicator: Indicator) -> bool:
    """Whether the records behind the figure may be opened at all, each by its own gate."""
    return bool(actor.paths(*readers().get(indicator.programme, ())))


def get_counted(*, actor: Actor, code: str) -> Indicator:
    """A figure whose records the actor may ask for. A leader reads numbers and no record."""
    indicator = get_indicator(actor=actor, code=code)
    if not keeps_files(actor, indicator):
        raise NotThere("figures.records_not_there", _("These records are not yours to see."))
    return indicator


def dashboard_paths(actor: Actor, programme: str) -> tuple[str, ...]:
    """At or below which units the actor reads what was published of a programme's months: leaders, and its officers."""
    return actor.paths(Role.LEADER, *readers().get(programme, ()))


def dashboard_programmes(actor: Actor) -> list[str]:
    """Whose dashboards there are: of programmes that declare what answers for effort, development, satisfaction."""
    return [programme for programme in indices() if dashboard_paths(actor, programme)]


def get_dashboard_programme(*, actor: Actor, programme: str) -> str:
    """The one asked for, or without a name the first."""
    readable = dashboard_programmes(actor)
    found = programme if programme in readable else "" if programme else next(iter(readable), "")
    if not found:
        raise NotThere("figures.dashboard_not_there", _("There is no such dashboard, or it is not yours to see."))
    return found


def get_dashboard_unit(*, actor: Actor, programmes: Collection[str], code: str) -> Unit | None:
    """A district or sub-district that the actor reads of all these. Without a code the highest, if there is any."""
    if not programmes:
        raise NotThere("figures.dashboard_not_there", _("There is no such dashboard, or it is not yours to see."))
    units = Unit.objects.filter(kind__in=[UnitKind.DISTRICT, UnitKind.SUBDISTRICT])
    for programme in programmes:
        units = units.within(dashboard_paths(actor, programme))
    unit = units.filter(code=code).first() if code else units.order_by("path").first()
    if unit is None and code:
        raise NotThere("figures.unit_not_there", _("There is no such unit, or its figures are not yours to see."))
    return unit


def keeps_files_of(actor: Actor, programme: str, unit: Unit) -> bool:
    """Whether the actor keeps the programme's files there: to nobody else is anything told of a committee."""
    paths = actor.paths(*readers().get(programme, ()))
    return bool(paths) and unit.path.startswith(paths)


def find_dashboard_unit(*, actor: Actor, programme: str, code: str) -> Unit | None:
    """As `get_dashboard_unit`, and below it the committees and service points where the actor keeps the files.

    Whoever reads nothing that is published begins at the own post.
    """
    counted = Unit.objects.filter(kind__in=COUNTED_KINDS).within(actor.paths(*readers().get(programme, ())))
    found = counted.filter(code=code).first() if code else None
    unit = found or get_dashboard_unit(actor=actor, programmes=[programme], code=code)
    return unit or counted.order_by("path").first()


def get_published(*, actor: Actor, code: str) -> Indicator:
    """A figure whose published months the actor reads, though perhaps not what it is now."""
    indicator = indicators().get(code)
    if indicator is None or not dashboard_paths(actor, indicator.programme):
        raise NotThere("figures.indicator_not_there", _("There is no such figure, or it is not yours to see."))
    return indicator


def bulletin_not_there() -> NotThere:
    return NotThere("figures.bulletin_not_there", _("There is no such bulletin, or it is not yours to read."))


def kept_bulletins(actor: Actor) -> BulletinQuerySet:
    """Drafts and published ones, of the programmes and units whose files the actor keeps."""
    found = Q(pk__in=[])
    for programme, roles in readers().items():
        if paths := actor.paths(*roles):
            found |= Q(programme=programme) & below(paths)
    return Bulletin.objects.filter(found)


def readable_bulletins(actor: Actor) -> BulletinQuerySet:
    """Those kept, and published ones: a bulletin goes to the units above the one that issued it, and to those below."""
    paths = actor.paths(*FIGURE_ROLES)
    in_line = below(paths) | Q(unit_path__in=above(paths))
    kept = kept_bulletins(actor).values("pk")
    return Bulletin.objects.filter(Q(pk__in=kept) | in_line & Q(state=BulletinState.PUBLISHED))


def get_bulletin(*, actor: Actor, bulletin_id: UUID) -> Bulletin:
    found = readable_bulletins(actor).filter(uid=bulletin_id).select_related("unit", "corrects", "published").first()
    if found is None:
        raise bulletin_not_there()
    return found


def get_kept_bulletin(*, actor: Actor, bulletin_id: UUID, is_locked: bool = False) -> Bulletin:
    """One that the actor may write, or whose withheld numbers she may know."""
    found = kept_bulletins(actor).filter(uid=bulletin_id)
    one = found.select_for_update(of=("self",)).first() if is_locked else found.select_related("unit").first()
    if one is None:
        raise bulletin_not_there()
    return one


def keeps_bulletin(actor: Actor, bulletin: Bulletin) -> bool:
    return kept_bulletins(actor).filter(pk=bulletin.pk).exists()


def issuing_programmes(actor: Actor) -> list[str]:
    """Of which programmes the actor may write bulletins."""
    return [programme for programme, roles in readers().items() if actor.paths(*roles)]


def issuing_units(actor: Actor) -> UnitQuerySet:
    """In whose name the actor may write one: the district, a sub-district."""
    paths = {path for programme in issuing_programmes(actor) for path in actor.paths(*readers()[programme])}
    return Unit.objects.within(tuple(sorted(paths))).filter(kind__in=[UnitKind.DISTRICT, UnitKind.SUBDISTRICT])
