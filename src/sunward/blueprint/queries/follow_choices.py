"""Who can be asked, who hears of a line, and what could be learned from lines like it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Assignment, Unit, UnitQuerySet, User
from sunward.accounts.scopes import below
from sunward.blueprint.access import ANSWERING_ROLES, KEEPER_ROLES, READER_ROLES, district_of
from sunward.blueprint.following.chain import Course
from sunward.blueprint.likeness import find_like, pairs_of
from sunward.blueprint.models import Lesson, WorkItem

Choice = tuple[str, str]


def units_to_ask(item: WorkItem, *, on: date) -> UnitQuerySet:
    """Who can be asked to remove an obstacle: offices and sub-districts of the district, and the district itself."""
    kinds = (UnitKind.DISTRICT, UnitKind.DEPARTMENT, UnitKind.SUBDISTRICT)
    return Unit.objects.existing(on=on).filter(path__startswith=item.plan.unit_path, kind__in=kinds)


def list_units_to_ask(item: WorkItem, *, on: date) -> list[Choice]:
    """The district first: it keeps the plan."""
    units = units_to_ask(item, on=on).exclude(pk=item.lead_id).order_by("path", "code")
    return [(unit.code, unit.name) for unit in sorted(units, key=lambda unit: unit.kind != UnitKind.DISTRICT)]


def find_hearers(items: Iterable[WorkItem], *, on: date) -> Mapping[int, tuple[User, ...]]:
    """By line: the officer who answers for it, if that one can open it (`access.own_lines`); else the plan officers of
    the unit that leads.

    One query for any number of lines.
    """
    rows = list(items)
    paths = {item.unit_path for item in rows}
    roots = Q(*(Q(unit__path__startswith=path) for path in sorted(paths)), _connector=Q.OR) if paths else Q(pk=None)
    hearing = Q(role__in=KEEPER_ROLES) | Q(role__in=ANSWERING_ROLES, user__in={item.officer_id for item in rows})
    posts = Assignment.objects.current(on=on).filter(roots, hearing, user__is_active=True)
    held = [(post.user, post.role, post.unit.path) for post in posts.select_related("user", "unit").order_by("user_id")]
    found: dict[int, tuple[User, ...]] = {}
    for item in rows:
        own = {user.pk: user for user, _role, path in held if path.startswith(item.unit_path)}
        officers = {user.pk: user for user, role, path in held if role == Role.PLAN_OFFICER and path == item.unit_path}
        named = own.get(item.officer_id or 0)
        found[item.pk] = (named,) if named else tuple(officers.values())
    return found


def find_leaders(unit_path: str, *, on: date) -> "QuerySet[User]":
    """Who leads a district, or a unit of it."""
    posts = Assignment.objects.current(on=on).filter(role=Role.LEADER, unit__path=unit_path)
    return User.objects.filter(is_active=True, pk__in=posts.values("user"))


def find_keepers(unit_path: str, *, on: date) -> "QuerySet[User]":
    posts = Assignment.objects.current(on=on).filter(role__in=KEEPER_ROLES, unit__path=unit_path)
    return User.objects.filter(is_active=True, pk__in=posts.values("user"))


def completion_values(course: Course) -> dict[str, Any]:
    """What the form of completion begins with: the words that were handed in and returned, and the newest number."""
    told = {} if course.claim is None else {"text": course.claim.text}
    return {**told, "number": course.reached}


def offer_lessons(actor: Actor, text: str, *, except_for: int | None = None) -> list[Lesson]:
    """Of lines whose words are like these, the likest first, then the newest: for the whole district of the reader.

    Words that can be like none ask the database nothing.
    """
    if not pairs_of(text):
        return []
    paths = tuple({district_of(path) for path in actor.paths(*READER_ROLES)})
    known = Lesson.objects.filter(below(paths, "item__plan__unit_path")).exclude(item=except_for or 0)
    texts = dict(known.order_by("-pk").values_list("pk", "item__text"))
    found = find_like(text, texts)
    lessons = Lesson.objects.select_related("item", "unit").in_bulk(found)
    return [lessons[key] for key in found]
