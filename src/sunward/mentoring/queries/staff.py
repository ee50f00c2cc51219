"""Who of the staff works with a child's committee: its own worker first, then those above."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Length

from sunward.accounts.access import Actor
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.accounts.models import Assignment
from sunward.accounts.scopes import above
from sunward.mentoring.access import visible_matches


@dataclass(frozen=True, slots=True)
class StaffMember:
    user_id: int
    label: str


def staff_posts(unit_path: str, *, on: date) -> "QuerySet[Assignment]":
    """The posts of the day that cover the unit, the innermost first."""
    found = Assignment.objects.current(on=on).filter(role__in=CASEWORK_ROLES, unit__path__in=above((unit_path,)))
    return (
        found.filter(user__is_active=True)
        .select_related("user", "unit")
        .order_by(Length("unit__path").desc(), "user__name", "pk")
    )


def list_staff_of_match(actor: Actor, match_id: UUID, *, on: date) -> tuple[StaffMember, ...]:
    """For a match that the actor may see; nobody for another."""
    path = visible_matches(actor).filter(uid=match_id).values_list("unit_path", flat=True).first()
    return list_staff(path, on=on) if path else ()


def list_staff(unit_path: str, *, on: date) -> tuple[StaffMember, ...]:
    """Each of them once. One query."""
    posts = {post.user_id: post for post in reversed(staff_posts(unit_path, on=on))}
    return tuple(
        StaffMember(post.user_id, f"{post.user} · {Role(post.role).label} · {post.unit.short_name}")
        for post in reversed(posts.values())
    )
