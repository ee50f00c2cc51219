"""Figures by which a line can be measured, as the one who keeps the plan chooses among them."""

from datetime import date

from sunward.figures.declared import indicators, title_of

Choice = tuple[str, str]


def list_figures(*, on: date) -> list[Choice]:
    """All that are declared, by programme: what a figure is called is no secret, its numbers may be."""
    found = [(str(title_of(one.programme)), str(one.name), code) for code, one in indicators().items()]
    return [(code, f"{programme} · {name}") for programme, name, code in sorted(found)]
