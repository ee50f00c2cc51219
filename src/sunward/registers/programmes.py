"""What the programmes brought: their kinds of sheets, and how the rows of each become records.

A programme's `sheets.py` holds ``SHEETS``, its `intake.py` holds ``INTAKES``; settings name the programmes.
"""

from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import module_has_submodule

from sunward.registers.intake import Intake, Values
from sunward.registers.sheets.declarations import SheetKind


@lru_cache(maxsize=1)
def sheet_kinds() -> dict[str, SheetKind]:
    return {kind.key: kind for kinds in _declared("sheets", "SHEETS") for kind in kinds}


@lru_cache(maxsize=1)
def intakes() -> dict[str, Intake]:
    return {intake.kind: intake for intakes in _declared("intake", "INTAKES") for intake in intakes}


def is_certain(kind: str, values: Values) -> bool:
    """Whether a row has its kind's first identity, the number: then a likeness is no guess."""
    identities = sheet_kinds()[kind].identities
    return bool(identities) and all(values.get(key) for key in identities[0].keys)


def _declared(module: str, name: str) -> list[Any]:
    found = []
    for programme in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(programme), module):
            found.append(getattr(import_module(f"{programme}.{module}"), name))
    return found
