"""Who is in charge of files: to look for them by it, to name them, and to say which go to whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from sunward.accounts.access import Actor
from sunward.casework.models import CaseQuerySet
from sunward.employment.access.officers import in_charge, in_charge_by_row

MINE, NOBODY = "mine", "nobody"
# So many files go over in one transaction; more are handed over in several goes.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Move:
    """One file goes to an officer; `seen` is the row that stood when it was planned, 0 if none."""

    case_id: int
    officer_id: int
    seen: int = 0


def of_officer(files: CaseQuerySet, asked: str, actor: Actor, *, on: date) -> CaseQuerySet:
    """`asked`: "mine", "nobody", or a user name."""
    held = in_charge(on=on).filter(case=OuterRef("pk"))
    if asked == NOBODY:
        return files.exclude(Exists(held))
    if asked == MINE:
        # Her files are those of her posts: nothing else has to be asked of them.
        held = in_charge_by_row(on=on).filter(case=OuterRef("pk"), officer=actor.user_id)
        return files.filter(Exists(held))
    return files.filter(Exists(held.filter(officer__username=asked)))


def name_now(*, on: date) -> Prefetch[Any]:
    """For a list: who is in charge of each file, as `officers_now`."""
    return Prefetch("officers", in_charge(on=on).select_related("officer"), to_attr="officers_now")
