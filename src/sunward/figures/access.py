"""Who may read which figures, of which units, and which records behind them.

A figure is the same number for everybody who may read it. Whoever keeps a programme's files reads all its figures of
the units it keeps them in; a leader reads those that are about no person. Everything else waits for disclosure control.
"""

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.core.refusals import NotThere
from sunward.figures.declared import indicators, readers
from sunward.figures.definition import Indicator
from sunward.figures.enums import Protection

FIGURE_ROLES = (Role.DISTRICT_OFFICER, Role.SUPERVISOR, Role.EMPLOYMENT_OFFICER, Role.LEADER)


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
