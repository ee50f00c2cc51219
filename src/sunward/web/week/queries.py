"""What a supervisor's week holds, read through her own gates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor, Post
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.core.furniture import Text, ToDo, Tone
from sunward.core.refusals import NotThere
from sunward.mentoring.models import Mentor
from sunward.mentoring.vetting import read_standing
from sunward.web.home_work import KINDS, Work

WEEKLY_ROLES = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)
# In this order; a kind of work that the house does not have is left out.
_KEYS = (
    "emergencies", "silent_high", "silent_medium", "silent_low", "vetting", "expiring", "worries", "follow_ups",
    "questions", "lowerings", "trial_over", "applications", "proposals", "digests", "notes",
)  # fmt: skip
# So many stand on the page; beyond them the ledger is the better list.
LINES = 100


@dataclass(frozen=True, slots=True)
class WeekLine:
    """`reference` is all that leaves the page; `days` of silence and `expires_on` only where it is about them."""

    reference: str
    todo: ToDo
    days: int | None = None
    expires_on: date | None = None

    @property
    def is_named_by_reference(self) -> bool:
        """A worry's title begins with its number: it need not stand there twice."""
        return bool(self.reference) and self.reference in str(self.todo.title)


@dataclass(frozen=True, slots=True)
class WeekPart:
    """One kind of work: `count` is the home page's, `href` opens all of it."""

    key: str
    title: Text
    tone: Tone
    count: int
    href: str
    lines: tuple[WeekLine, ...]

    @property
    def rest(self) -> int:
        return self.count - len(self.lines) if self.lines else 0


@dataclass(frozen=True, slots=True)
class Week:
    unit_name: str
    parts: tuple[WeekPart, ...]

    @property
    def is_quiet(self) -> bool:
        return not self.parts

    def part(self, key: str) -> WeekPart | None:
        return next((part for part in self.parts if part.key == key), None)


def read_week(actor: Actor, *, on: date) -> Week:
    """Everything that waits for this actor; two queries for each kind at most."""
    return Week(actor.unit_name, tuple(_read_parts(actor, on)))


def narrow(actor: Actor, unit_code: str) -> Actor:
    """The same person looking at one of her units only: its week, or her own where none is named.

    What she would see there as what she is, and nothing beside it.
    """
    own = tuple(post for post in actor.posts if post.role in WEEKLY_ROLES)
    if not unit_code:
        return Actor(actor.user_id, actor.name, actor.on, own, actor.stands_in_for)
    unit = Unit.objects.within(tuple(post.unit_path for post in own)).filter(code=unit_code).first()
    if unit is None:
        raise NotThere("web.no_such_unit", _("There is no such unit."))
    roles = {post.role for post in own if unit.path.startswith(post.unit_path)}
    posts = tuple(Post(role, unit.pk, unit.path, unit.name) for role in sorted(roles))
    stands_in_for = tuple(post for post in actor.stands_in_for if post.unit_path.startswith(unit.path))
    return Actor(actor.user_id, actor.name, actor.on, posts, stands_in_for)


def list_units_to_choose(actor: Actor, *, on: date) -> list[tuple[str, str]]:
    """The sub-districts of whoever has more than one."""
    found = Unit.objects.within(actor.paths(*WEEKLY_ROLES)).existing(on=on).filter(kind=UnitKind.SUBDISTRICT)
    units = list(found.order_by("path").values_list("code", "name"))
    return units if len(units) > 1 else []


def _read_parts(actor: Actor, on: date) -> Iterator[WeekPart]:
    kinds = {work.key: work for work in KINDS}
    for key in _KEYS:
        if key not in kinds:
            continue
        work = kinds[key]
        rows = work.rows(actor, on)
        count = rows.order_by().count()
        if count:
            lines = tuple(_line(work, row, on) for row in rows[:LINES]) if work.line else ()
            yield WeekPart(key, work.title, work.tone, count, work.href, lines)


def _line(work: Work, row: Any, on: date) -> WeekLine:
    assert work.line is not None
    todo = work.line(row, on)
    if isinstance(row, Case) and work.key.startswith("silent_"):
        return WeekLine(row.reference, todo, days=row.silent_days(on))
    if isinstance(row, Mentor):
        return WeekLine(row.reference, todo, expires_on=read_standing(row.vetting_facts.all(), on=on).expires_first_on)
    return WeekLine(_reference(row), todo)


def _reference(row: Any) -> str:
    """Its own number, else that of the file it belongs to."""
    return str(getattr(row, "reference", "") or getattr(getattr(row, "case", None), "reference", ""))


def address_of(unit_code: str = "") -> str:
    return reverse("week") + (f"?unit={unit_code}" if unit_code else "")
