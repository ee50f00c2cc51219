"""How long each programme keeps its closed files, what makes one wait, and what is emptied with it.

A programme's `keeping.py` holds one `Keeping` as ``KEEPING``; both steps, the list and the page are the same for all.
A programme that says nothing keeps its files for ever, which the law does not allow: a house test finds it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import module_has_submodule

from sunward.accounts.enums import Role
from sunward.casework.models import Case
from sunward.core.furniture import Text

# It stands on a list so long before it is emptied, and whoever keeps it longer says until when, a year at most.
NOTICE = timedelta(days=30)
EXTENSION = timedelta(days=366)
# When the nightly job has left something lying for so long, people hear of it.
LATE = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """`years` for which a closed file is kept, `years_by_reason` by why it was closed; `roles`: who keeps one longer.

    `find_holds`: of these files, why each has to wait that has to. `find_people`: the file's person and whoever is
    known only because of it, so that nobody needs their names once it is emptied. `standing`: tables with a time of
    their own, beyond which nothing is emptied. `empty_rest` empties what no foreign key leads to.
    """

    programme: str
    years: int
    years_by_reason: Mapping[str, int]
    roles: tuple[Role, ...]
    find_holds: Callable[[Collection[int]], Mapping[int, Text]]
    find_people: Callable[[Case], list[int]]
    empty_rest: Callable[[Case, date], None]
    standing: tuple[type[Model], ...] = ()

    @property
    def shortest(self) -> int:
        return min(self.years, *self.years_by_reason.values())

    def due_on(self, closed_on: date, reason: str) -> date:
        """The first day on which it is kept no longer."""
        return years_after(closed_on, self.years_by_reason.get(reason, self.years))


@lru_cache(maxsize=1)
def keepings() -> Mapping[str, Keeping]:
    """By programme, in the order of the settings."""
    found: dict[str, Keeping] = {}
    for folder in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(folder), "keeping"):
            declared: Keeping = import_module(f"{folder}.keeping").KEEPING
            found[declared.programme] = declared
    return found


def years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
