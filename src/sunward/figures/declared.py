"""The indicators of all programmes, and who opens the records behind them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import module_has_submodule

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.core.furniture import Text
from sunward.figures.aims import AimReader
from sunward.figures.definition import Indicator
from sunward.figures.indices import Index
from sunward.figures.walling import WallPart


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure, as the reader may see it."""

    title: Text
    href: str


# The files of these persons, or the records of one kind, that the actor may open, by number; whatever is missing in
# the answer stays closed.
Opener = Callable[[Actor, Collection[int]], Mapping[int, Record]]


class WallReader(Protocol):
    def __call__(self, actor: Actor, unit: Unit, *, on: date) -> WallPart | None: ...


def _declaring() -> Iterator[ModuleType]:
    for programme in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(programme), "indicators"):
            yield import_module(f"{programme}.indicators")


@lru_cache(maxsize=1)
def indicators() -> Mapping[str, Indicator]:
    """By code, in the order of the programmes; a programme's `indicators.py` holds ``INDICATORS``."""
    return {indicator.code: indicator for module in _declaring() for indicator in module.INDICATORS}


@lru_cache(maxsize=1)
def readers() -> Mapping[str, tuple[Role, ...]]:
    """Who reads a programme's figures besides the leaders: its `indicators.py` says so in ``READERS``."""
    return {module.PROGRAMME: tuple(module.READERS) for module in _declaring()}


@lru_cache(maxsize=1)
def indices() -> Mapping[str, tuple[Index, ...]]:
    """By programme, what its `indices.py` holds in ``INDICES``."""
    found: dict[str, tuple[Index, ...]] = {}
    for programme in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(programme), "indices"):
            found[programme.rsplit(".", 1)[-1]] = tuple(import_module(f"{programme}.indices").INDICES)
    return found


@lru_cache(maxsize=1)
def wall_readers() -> tuple[WallReader, ...]:
    """`read_wall_part` of every programme that has a `wall.py`."""
    return tuple(
        import_module(f"{programme}.wall").read_wall_part
        for programme in settings.SUNWARD_PROGRAMMES
        if module_has_submodule(import_module(programme), "wall")
    )


@lru_cache(maxsize=1)
def aim_readers() -> tuple[AimReader, ...]:
    """`read_aims` of every programme that has an `aims.py`."""
    return tuple(
        import_module(f"{programme}.aims").read_aims
        for programme in settings.SUNWARD_PROGRAMMES
        if module_has_submodule(import_module(programme), "aims")
    )


@lru_cache(maxsize=8)
def title_of(programme: str) -> Text:
    """What the menu calls it."""
    folder = next(folder for folder in settings.SUNWARD_PROGRAMMES if folder.rsplit(".", 1)[-1] == programme)
    title: Text = import_module(f"{folder}.navigation").TITLE
    return title


def person_opener(programme: str) -> Opener:
    """Opens the file of whom a fact is about; a programme's `open_persons`."""
    opener: Opener = next(module.open_persons for module in _declaring() if programme == module.PROGRAMME)
    return opener


@lru_cache(maxsize=1)
def openers() -> Mapping[str, Opener]:
    """What a fact is about that tells of no person, by the kind of its subject; in ``OPENERS``."""
    return {kind: opener for module in _declaring() for kind, opener in module.OPENERS.items()}
