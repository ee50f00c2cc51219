"""Which persons a programme knows: whoever has a file in it, and whom else it says in its own `persons.py`.

``kin(column, paths)`` there answers for persons without a file, a guardian or a volunteer; `paths` are the units in
which somebody keeps the programme's files, None stands for everywhere.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.module_loading import module_has_submodule

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.casework.enums import JOINED
from sunward.casework.models import Case
from sunward.casework.programmes import file_paths, file_roles
from sunward.people.reach import set_rule

Paths = tuple[str, ...] | None
Kin = Callable[[str, Paths], Q]


@lru_cache(maxsize=1)
def _kin() -> Mapping[str, Kin]:
    return {
        folder.rsplit(".", 1)[-1]: import_module(f"{folder}.persons").kin
        for folder in settings.SUNWARD_PROGRAMMES
        if module_has_submodule(import_module(folder), "persons")
    }


def persons_of(programme: str, column: str = "", *, paths: Paths = None) -> Q:
    """Rows whose person this programme knows, for `filter`; with `paths` only through what is kept there."""
    # A file that became part of another tells its old office nothing of the person any more.
    files = Case.objects.filter(programme=programme, person=OuterRef(f"{column}pk")).exclude(close_reason=JOINED)
    found = Q(Exists(files if paths is None else files.within(paths)))
    return found | _kin()[programme](column, paths) if programme in _kin() else found


def persons_known_to(actor: Actor, column: str, *, anywhere: bool) -> Q:
    """Those of every programme whose files the actor keeps somewhere, and of no other."""
    found = Q(pk__in=[])
    for programme in file_roles():
        if paths := file_paths(actor, programme):
            found |= persons_of(programme, column, paths=None if anywhere else paths)
    return found


def persons_wholly_kept(actor: Actor, column: str) -> Q:
    kept = Q(pk__in=[])
    for programme in file_roles():
        if paths := file_paths(actor, programme):
            kept |= Q(programme=programme) & below(paths)
    return Q(~Exists(Case.objects.open().filter(person=OuterRef(f"{column}pk")).exclude(kept)))


set_rule(persons_known_to, persons_wholly_kept)
