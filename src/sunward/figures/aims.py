"""What an app may say beside a figure of the development index: what was decided that it be, never what it is."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.core.furniture import Text


@dataclass(frozen=True, slots=True)
class Aim:
    """In words, with the day that it is said of, and where it was decided."""

    says: Text
    href: str


# Of the unit, the codes of figures and the last day of the month: what the reader may know, by code.
AimReader = Callable[[Actor, Unit, Collection[str], date], Mapping[str, tuple[Aim, ...]]]
