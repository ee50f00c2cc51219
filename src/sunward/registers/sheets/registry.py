"""The kinds of sheet that the installed programmes declare."""

from functools import lru_cache
from importlib import import_module

from django.conf import settings
from django.utils.module_loading import module_has_submodule

from sunward.registers.sheets.declarations import SheetKind


@lru_cache(maxsize=1)
def sheet_kinds() -> dict[str, SheetKind]:
    """By key, in the order of the programmes. A programme's `sheets.py` holds them in ``SHEETS``."""
    found: dict[str, SheetKind] = {}
    for programme in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(programme), "sheets"):
            found.update({kind.key: kind for kind in import_module(f"{programme}.sheets").SHEETS})
    return found
