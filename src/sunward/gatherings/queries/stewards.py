"""Who may be given a duty: colleagues who hold a post at, above or below the host."""

from datetime import date

from django.db.models import Q

from sunward.accounts.models import Assignment
from sunward.accounts.scopes import above, below
from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.models import Gathering
from sunward.gatherings.queries.units import Choice


def steward_choices(gathering: Gathering, *, on: date) -> list[Choice]:
    """Each colleague once, the host's own first. One query."""
    kind = gathering_kinds().get(gathering.kind)
    near = Q(unit__path__in=above((gathering.unit_path,))) | below((gathering.unit_path,), "unit__path")
    held = Assignment.objects.current(on=on).filter(near, role__in=kind.roles if kind else (), user__is_active=True)
    found: dict[int, str] = {}
    for post in held.select_related("user", "unit").order_by("-unit__path", "user__name", "pk"):
        found.setdefault(post.user_id, f"{post.user} · {post.unit.short_name}")
    return [(str(key), name) for key, name in found.items()]
