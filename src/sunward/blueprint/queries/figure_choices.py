"""Figures by which a line can be measured, as the one who keeps the plan chooses among them."""

from sunward.blueprint.models import WorkItem
from sunward.blueprint.queries.lights import may_measure
from sunward.figures.declared import indicators, title_of

Choice = tuple[str, str]


def list_figures(item: WorkItem) -> list[Choice]:
    """Those by which the line may be measured, by programme: its name is no secret, its numbers may be."""
    usable = [(code, one) for code, one in indicators().items() if may_measure(item, code)]
    found = [(str(title_of(one.programme)), str(one.name), code) for code, one in usable]
    return [(code, f"{programme} · {name}") for programme, name, code in sorted(found)]
