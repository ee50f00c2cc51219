"""Which programmes keep files, and who keeps those of each: neither programme reads the other's.

A programme's `rules.py` holds ``FILE_ROLES``, whoever stands nearest to a file last, and ``KNOWS_FAMILIES`` where with
a person it also knows who cares for them; ``FOLLOW_UP_KINDS`` and ``CLOSE_REASONS`` are its own codes with their words.
A programme that says nothing keeps no files. Its name is its folder's.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from types import ModuleType

from django.conf import settings
from django.db.models import TextChoices
from django.utils.module_loading import module_has_submodule

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.core.furniture import Text


def _rules() -> Iterator[tuple[str, ModuleType]]:
    for folder in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(folder), "rules"):
            yield folder.rsplit(".", 1)[-1], import_module(f"{folder}.rules")


@lru_cache(maxsize=1)
def file_roles() -> Mapping[str, tuple[Role, ...]]:
    """By programme, in the order of the settings."""
    return {name: tuple(rules.FILE_ROLES) for name, rules in _rules() if getattr(rules, "FILE_ROLES", ())}


@lru_cache(maxsize=1)
def family_programmes() -> tuple[str, ...]:
    """Whoever keeps their files knows the guardians too. A jobseeker's file makes nobody else known."""
    return tuple(name for name, rules in _rules() if getattr(rules, "KNOWS_FAMILIES", False))


def file_paths(actor: Actor, programme: str) -> tuple[str, ...]:
    """The units in which the actor keeps the files of this programme; none, if it is not hers or nobody's."""
    return actor.paths(*file_roles().get(programme, ()))


def keeper_of(programme: str) -> Role:
    """On whose list stands what is to be done for a file, unless somebody else is named."""
    return file_roles()[programme][-1]


@lru_cache(maxsize=8)
def own_words(programme: str, name: str) -> Mapping[str, Text]:
    """What a programme calls codes of its own; `name` is the declaration in its rules."""
    for folder, rules in _rules():
        if folder == programme:
            declared: type[TextChoices] | None = getattr(rules, name, None)
            return {one.value: one.label for one in declared} if declared else {}
    return {}
