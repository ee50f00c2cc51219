"""Who is asking, and the decorator by which every view states who may.

The scope of a role is its unit and everything below it. `Actor` is read once per request and handed to every gate.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.accounts.models import Assignment, AssignmentQuerySet, Unit, UnitQuerySet, User
from sunward.accounts.scopes import below
from sunward.core.refusals import NotAllowed, NotThere

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Post:
    """One current assignment, as far as access needs it."""

    role: Role
    unit_id: int
    unit_path: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The person asking, on one day, with the posts held on that day.

    `stands_in_for` are posts of others who are away; only lists of what waits read and fill it, no gate ever does.
    """

    user_id: int
    name: str
    on: date
    posts: tuple[Post, ...] = ()
    stands_in_for: tuple[Post, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(post.role for post in self.posts)

    @property
    def unit_name(self) -> str:
        return self.posts[0].unit_name if self.posts else ""

    @property
    def unit_id(self) -> int | None:
        return self.posts[0].unit_id if self.posts else None

    @property
    def unit_path(self) -> str:
        return self.posts[0].unit_path if self.posts else ""

    @classmethod
    def system(cls) -> "Actor":
        """The system itself: a job, a command. Holds no post and so sees nothing through a gate."""
        return cls(user_id=0, name="", on=date.min)

    def paths(self, *roles: Role) -> tuple[str, ...]:
        """Paths of the units in which one of the roles is held, the outermost only."""
        found = sorted({post.unit_path for post in self.posts if post.role in roles})
        return tuple(path for path in found if not any(path != other and path.startswith(other) for other in found))

    def casework_paths(self) -> tuple[str, ...]:
        return self.paths(*CASEWORK_ROLES)

    def only(self, *roles: Role) -> "Actor":
        """The same person with no other posts than these: what another post would open stays shut."""
        return replace(self, posts=tuple(post for post in self.posts if post.role in roles))

    def with_stand_ins(self, posts: tuple[Post, ...]) -> "Actor":
        return replace(self, stands_in_for=posts)

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


def read_actor(user: User, *, on: date) -> Actor:
    """One query: the user's posts of the day, the widest first."""
    held = Assignment.objects.current(on=on).filter(user=user).order_by("unit__path", "role")
    # Four columns instead of two whole rows: every request of everybody asks this.
    told = held.values_list("role", "unit_id", "unit__path", "unit__name")
    posts = tuple(Post(Role(role), unit_id, path, name) for role, unit_id, path, name in told)
    return Actor(user_id=user.pk, name=str(user), on=on, posts=posts)


def visible_units(actor: Actor) -> UnitQuerySet:
    return Unit.objects.within(actor.casework_paths())


def administered_units(actor: Actor) -> UnitQuerySet:
    return Unit.objects.within(actor.paths(Role.ADMINISTRATOR))


def unit_not_there() -> NotThere:
    return NotThere("accounts.unit_not_there", _("There is no such unit, or it is not yours to change."))


def administered_posts(actor: Actor) -> AssignmentQuerySet:
    return Assignment.objects.filter(below(actor.paths(Role.ADMINISTRATOR), "unit__path"))


def administered_users(actor: Actor) -> QuerySet[User]:
    """Whose accounts an administrator may see and change: all that they hold or will hold is in her units.

    Who holds nothing yet is every administrator's: the first post says whose from then on.
    """
    if not actor.has(Role.ADMINISTRATOR):
        return User.objects.none()
    elsewhere = Assignment.objects.exclude(pk__in=administered_posts(actor).values("pk"))
    elsewhere = elsewhere.filter(Q(until_on=None) | Q(until_on__gt=actor.on))
    return User.objects.exclude(pk__in=elsewhere.values("user_id"))


class SunwardRequest(HttpRequest):
    """A request after our middleware: the actor is there."""

    actor: Actor


@dataclass(frozen=True, slots=True)
class Policy:
    """What a view said about itself; the house test reads it from ``view.policy``."""

    roles: tuple[Role, ...]
    is_public: bool = False
    is_reading: bool = True


View = Callable[Concatenate[Any, P], HttpResponseBase]


def allow(*roles: Role, writes: bool = False) -> Callable[[View[P]], View[P]]:
    """A page for these roles. Unless it `writes`, its GET runs under a guard that refuses changes."""
    return _with_policy(Policy(roles=roles, is_reading=not writes))


def allow_any_role(*, writes: bool = False) -> Callable[[View[P]], View[P]]:
    """A page for everyone who holds a post: the home page, one's own settings."""
    return _with_policy(Policy(roles=tuple(Role), is_reading=not writes))


def allow_public() -> Callable[[View[P]], View[P]]:
    def decorate(view: View[P]) -> View[P]:
        view.policy = Policy(roles=(), is_public=True)  # type: ignore[attr-defined]
        return login_not_required(view)

    return decorate


def _with_policy(policy: Policy) -> Callable[[View[P]], View[P]]:
    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: SunwardRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.actor.has(*policy.roles):
                raise NotAllowed(
                    "accounts.role_missing",
                    _("Another post works with this page. If you need it, ask your system administrator."),
                )
            if policy.is_reading or request.method in {"GET", "HEAD"}:
                with connection.execute_wrapper(_refuse_writes):
                    return view(request, *args, **kwargs)
            return view(request, *args, **kwargs)

        guarded.policy = policy  # type: ignore[attr-defined]
        return cast(View[P], guarded)

    return decorate


# The record of who looked, and what the sign-in machinery keeps, are written while reading.
_WRITABLE_WHILE_READING = ("audit_", "django_session", "core_cache", "SAVEPOINT", "RELEASE", "account_", "mfa_")
_READING = ("SELECT", "WITH", "EXPLAIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "SET ", "DECLARE")


class WriteWhileReading(AssertionError):
    """A page that reads tried to change the database: a defect of ours, never the user's."""


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    statement = sql.lstrip().upper()
    if not statement.startswith(_READING) and not any(name in sql for name in _WRITABLE_WHILE_READING):
        raise WriteWhileReading(sql[:200])
    return execute(sql, params, many, context)
