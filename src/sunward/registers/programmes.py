"""What the programmes brought: how the rows of each kind of sheet become records.

A programme's `intake.py` holds ``INTAKES``; settings name the programmes. Its kinds of sheets: `sheets.registry`.
"""

from functools import lru_cache
from importlib import import_module

from django.conf import settings
from django.utils.module_loading import module_has_submodule

from sunward.registers.intake import Intake, Values
from sunward.registers.sheets.registry import sheet_kinds


@lru_cache(maxsize=1)
def intakes() -> dict[str, Intake]:
    """By kind of sheet, in the order of the programmes."""
    found: dict[str, Intake] = {}
    for programme in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(programme), "intake"):
            found.update({intake.kind: intake for intake in import_module(f"{programme}.intake").INTAKES})
    return found


def is_certain(kind: str, values: Values) -> bool:
    """Whether a row has its kind's first identity, the number: then a likeness is no guess."""
    identities = sheet_kinds()[kind].identities
    return bool(identities) and all(values.get(key) for key in identities[0].keys)
