"""Who is reached when the holder of a post is away. Computed anew each time; it gives nobody a right.

Whoever holds the same post in the same unit and is there, deputies given by a person among them; if nobody is, the next
post above. What somebody above already sees she sees; where only a neighbour could help, an administrator gives a post
with an end, as always.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from sunward.accounts.access import Post
from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, Assignment, User
from sunward.accounts.scopes import above

# Neighbour moms never stand in for one another: a child's mentor is away, so the committee hears of it.
_ALONE = (Role.MENTOR,)
_NEXT_ABOVE: dict[Role, Role] = {
    Role.MENTOR: Role.WORKER,
    Role.WORKER: Role.SUPERVISOR,
    Role.SUPERVISOR: Role.DISTRICT_OFFICER,
    Role.EMPLOYMENT_OFFICER: Role.EMPLOYMENT_OFFICER,
}


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post on one day and whether its holder is there."""

    role: Role
    unit_path: str
    user: User
    is_away: bool


@dataclass(frozen=True, slots=True)
class StandIn:
    """One post of somebody who is away, and who is reached meanwhile; nobody, if the whole ladder is away."""

    absent: User
    post: Post
    deputies: tuple[User, ...]


def holders(role: Role, unit_path: str, *, on: date) -> tuple[User, ...]:
    """Whose account is open and who holds the role in exactly this unit, whether away or not. One query."""
    return tuple(_users(post for post in _read_posts((unit_path,), on=on) if _is_post(post, role, unit_path)))


def find_deputies(role: Role, unit_path: str, *, on: date, but: Collection[int] = ()) -> tuple[User, ...]:
    """Who is reached for this post on this day: who is there of the same post, else the next above. One query.

    `but` are users who count as away, whoever has just not answered among them. Nobody, if everybody up to the
    district is away: the caller decides what comes then.
    """
    return choose_deputies(_read_posts(above((unit_path,)), on=on), role, unit_path, but=but)


def choose_deputies(
    posts: Iterable[HeldPost], role: Role, unit_path: str, *, but: Collection[int] = ()
) -> tuple[User, ...]:
    """The rule itself, on posts already read."""
    there = [post for post in posts if not post.is_away and post.user.pk not in but]
    found = [] if role in _ALONE else _users(post for post in there if _is_post(post, role, unit_path))
    path, seeking = unit_path, role
    while not found and seeking in _NEXT_ABOVE:
        above_role = _NEXT_ABOVE[seeking]
        path, seeking = (_parent(path), seeking) if above_role == seeking else (path, above_role)
        if not path:
            break
        found = _nearest(there, seeking, path)
    return tuple(found)


def stand_ins_for(user_id: int, *, on: date) -> tuple[StandIn, ...]:
    """For each post that the user holds on the day: who would be reached if she were away. Two queries."""
    held = Assignment.objects.current(on=on).filter(user=user_id).select_related("unit", "user")
    held = held.order_by("unit__path", "role")
    return _stand_ins(list(held), on=on)


def list_stood_in_for(user_id: int, *, on: date) -> tuple[StandIn, ...]:
    """The posts of others who are away on this day, for which this user is reached. One query if nobody is away."""
    away = list(Absence.objects.current(on=on).exclude(user=user_id).values_list("user_id", flat=True))
    if not away:
        return ()
    held = Assignment.objects.current(on=on).filter(user__in=away).select_related("unit", "user")
    found = _stand_ins(list(held.order_by("unit__path", "role", "user_id")), on=on)
    return tuple(post for post in found if any(deputy.pk == user_id for deputy in post.deputies))


def list_absent_posts(role: Role, *, on: date) -> tuple[StandIn, ...]:
    """Every post of this role whose holder is away, and who is reached meanwhile. One query if nobody is away."""
    away = list(Absence.objects.current(on=on).values_list("user_id", flat=True))
    if not away:
        return ()
    held = Assignment.objects.current(on=on).filter(user__in=away, role=role).select_related("unit", "user")
    return _stand_ins(list(held.order_by("unit__path", "user_id")), on=on)


def _stand_ins(held: list[Assignment], *, on: date) -> tuple[StandIn, ...]:
    posts = _read_posts(above(tuple(post.unit.path for post in held)), on=on)
    return tuple(
        StandIn(
            absent=post.user, post=Post(Role(post.role), post.unit_id, post.unit.path, post.unit.name),
            deputies=choose_deputies(posts, Role(post.role), post.unit.path, but={post.user_id}),
        )
        for post in held
    )  # fmt: skip


def _read_posts(paths: Collection[str], *, on: date) -> list[HeldPost]:
    found: QuerySet[Assignment] = Assignment.objects.current(on=on).filter(unit__path__in=paths, user__is_active=True)
    found = found.annotate(is_away=Exists(Absence.objects.current(on=on).filter(user=OuterRef("user"))))
    found = found.select_related("user", "unit").order_by("user__name", "user_id")
    return [HeldPost(Role(post.role), post.unit.path, post.user, post.is_away) for post in found]


def _nearest(posts: Iterable[HeldPost], role: Role, path: str) -> list[User]:
    """Holders of the role in the innermost unit at or above the path that has one who is there."""
    covering = [post for post in posts if post.role == role and path.startswith(post.unit_path)]
    innermost = max((post.unit_path for post in covering), key=len, default="")
    return _users(post for post in covering if post.unit_path == innermost)


def _is_post(post: HeldPost, role: Role, unit_path: str) -> bool:
    return post.role == role and post.unit_path == unit_path


def _users(posts: Iterable[HeldPost]) -> list[User]:
    """Each once, in the order given."""
    return list({post.user.pk: post.user for post in posts}.values())


def _parent(path: str) -> str:
    parts = path.strip("/").split("/")[:-1]
    return f"/{'/'.join(parts)}/" if parts else ""
