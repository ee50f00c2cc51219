"""The kinds of sheet that the installed programmes declare."""

from functools import lru_cache
from importlib import import_module

from django.conf import settings
from django.utils.module_loading import module_has_submodule

from sunward.accounts.enums import Role
from sunward.registers.sheets.declarations import SheetKind


@lru_cache(maxsize=1)
def sheet_kinds() -> dict[str, SheetKind]:
    """By key, in the order of the programmes. A programme's `sheets.py` holds them in ``SHEETS``."""
    found: dict[str, SheetKind] = {}
    for programme in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(programme), "sheets"):
            found.update({kind.key: kind for kind in import_module(f"{programme}.sheets").SHEETS})
    return found


def kinds_imported_by(*roles: Role) -> dict[str, SheetKind]:
    """By key: what those who hold one of the roles import, and nobody else sees."""
    return {key: kind for key, kind in sheet_kinds().items() if not set(roles).isdisjoint(kind.roles)}
