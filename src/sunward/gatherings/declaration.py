"""What a programme declares: its kinds of gatherings, each with the fields of its own and the roles that plan it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from sunward.accounts.access import Actor
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.gatherings.enums import Audience


class FieldType(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class KindField:
    """A field that only this kind has; its value stands in `Gathering.fields` under `key`. None is about a person."""

    key: str
    label: str | Promise
    type: FieldType = FieldType.TEXT
    choices: tuple[tuple[str, str | Promise], ...] = ()
    help: str | Promise = ""


@dataclass(frozen=True, slots=True)
class GatheringKind:
    """One kind of gathering.

    `roles` plan it and see who comes to what their units host. Where `needs_consent`, no child is signed up without the
    guardian's consent on file; where `children_per_adult` is set, the ratio is kept and an emergency contact sheet is
    offered. `self_sign_up` lets people sign up by themselves; `own_page` names the programme's page on which they do.
    `has_stops`: it comes by places at which something is told. `desk_page` and `public_page` name the programme's pages
    on which more stands of one gathering, for staff and for everybody; both take its `gathering_id`.
    """

    code: str
    label: str | Promise
    programme: str
    roles: tuple[Role, ...]
    audience: Audience
    icon: str = "calendar-event"
    fields: tuple[KindField, ...] = ()
    needs_consent: bool = False
    children_per_adult: int | None = None
    self_sign_up: bool = False
    is_public: bool = False
    own_page: str = ""
    has_stops: bool = False
    desk_page: str = ""
    public_page: str = ""

    @property
    def hosts_see_children(self) -> bool:
        """Whether all who plan it, and so read its list, may know children by name."""
        return set(self.roles) <= set(CASEWORK_ROLES)


def _declaring() -> Iterator[ModuleType]:
    for programme in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(programme), "gatherings"):
            yield import_module(f"{programme}.gatherings")


@lru_cache(maxsize=1)
def gathering_kinds() -> Mapping[str, GatheringKind]:
    """By code, in the order of the programmes; a programme's `gatherings.py` holds ``KINDS``."""
    found: dict[str, GatheringKind] = {}
    for module in _declaring():
        found.update({kind.code: kind for kind in module.KINDS})
    return found


def kinds_planned_by(actor: Actor) -> tuple[GatheringKind, ...]:
    return tuple(kind for kind in gathering_kinds().values() if actor.has(*kind.roles))


def own_person_ids(actor: Actor) -> frozenset[int]:
    """Whom an actor without a desk may sign up and see: herself and those entrusted to her today.

    A programme whose volunteers bring somebody along has a function of this name in its `gatherings.py`.
    """
    return frozenset(
        number
        for module in _declaring()
        if hasattr(module, "own_person_ids")
        for number in module.own_person_ids(actor)
    )


def volunteer_keys(actor: Actor) -> list[QuerySet[Any, Any]]:
    """Whom staff may sign up who have no file of their own, as queries of persons' keys, one for each programme.

    A programme with volunteers has a function of this name in its `gatherings.py`, which returns one such query.
    """
    return [module.volunteer_keys(actor) for module in _declaring() if hasattr(module, "volunteer_keys")]


def pairs_among(actor: Actor, keys: Collection[int]) -> list[tuple[int, int]]:
    """Matched pairs, as keys of child and volunteer, of which one at least is among these persons.

    A programme that matches people has a function of this name in its `gatherings.py`.
    """
    return [
        pair for module in _declaring() if hasattr(module, "pairs_among") for pair in module.pairs_among(actor, keys)
    ]


def tell_programme_of_holding(gathering: Any, *, actor: Actor, on: date, now: datetime) -> None:
    """A gathering was held: its programme writes down what came of it, within the act that says so.

    A programme of whose gatherings more is counted than who came has a function ``when_held`` in its `held.py`; its
    `gatherings.py` is read by acts, and may read none.
    """
    for programme in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(programme), "held"):
            import_module(f"{programme}.held").when_held(gathering, actor=actor, on=on, now=now)
