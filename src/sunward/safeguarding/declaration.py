"""What a programme declares about emergencies: how its ladder climbs, who may call, and who stands by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import module_has_submodule

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.casework.models import Case
from sunward.core.furniture import Text
from sunward.safeguarding.ladder import Ladder


@dataclass(frozen=True, slots=True)
class StandBy:
    """Somebody vetted who could come. `name` is her reference where her own file is not the reader's to see; `path` is
    that file where it is."""

    uid: UUID
    person_id: int
    user_id: int | None
    name: str
    unit_name: str
    distance: Text
    marks: tuple[Text, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A soft filter and how many would remain with it."""

    key: str
    label: Text
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class StandByList:
    """`total` are all who are vetted and could be asked; `people` those whom the chosen filters leave, the nearest
    first."""

    total: int
    count: int
    people: tuple[StandBy, ...]
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ring up."""

    label: Text
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Helping:
    """What one programme brings. `callers` are the roles of those who may call beside the family itself.

    `read_stand_by(actor, case, chosen, now)` narrows by soft filters and never lets anybody in who is not vetted;
    `find_stand_by(actor, case, uid, now)` is one of them, or nobody. `contacts` are the numbers of a pair by its key,
    `child_path` the page of a file, `call_path` the page of a pair's own call, `new_file_path` the page on which a file
    is opened from a worry.
    """

    programme: str
    ladder: Ladder
    callers: tuple[Role, ...]
    read_stand_by: Callable[[Actor, Case, frozenset[str], datetime], StandByList]
    find_stand_by: Callable[[Actor, Case, UUID, datetime], StandBy | None]
    contacts: Callable[[int], tuple[Contact, ...]]
    child_path: Callable[[Case], str]
    call_path: Callable[[int], str]
    new_file_path: Callable[[UUID], str] | None = None


@lru_cache(maxsize=1)
def declared() -> Mapping[str, Helping]:
    """By programme; its `safeguarding.py` holds ``HELPING``."""
    modules = [
        import_module(f"{programme}.safeguarding")
        for programme in settings.SUNWARD_PROGRAMMES
        if module_has_submodule(import_module(programme), "safeguarding")
    ]
    return {module.HELPING.programme: module.HELPING for module in modules}


def helping_of(case: Case) -> Helping:
    return declared()[case.programme]
