"""What can be chosen while a line of work is laid out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Assignment
from sunward.blueprint.access import officers_to_name, units_to_charge
from sunward.blueprint.models import Decision, WorkItem
from sunward.core.refusals import NotThere

Choice = tuple[str, str]


def list_officers(item: WorkItem, *, on: date) -> list[Choice]:
    """With their posts: two may have one name."""
    users = {user.pk: user for user in officers_to_name(item, on=on).order_by("name", "pk")}
    posts = Assignment.objects.current(on=on).filter(user__in=users, unit__path__startswith=item.unit_path)
    told: dict[int, list[str]] = {key: [] for key in users}
    for post in posts.select_related("unit").order_by("pk"):
        told[post.user_id].append(f"{post.unit.short_name} {post.get_role_display()}")
    return [(str(key), " · ".join([str(user), *dict.fromkeys(told[key])])) for key, user in users.items()]


def list_units(item: WorkItem, *, is_lead_left_out: bool = True) -> list[Choice]:
    units = units_to_charge(item.plan.meeting).order_by("code")
    return [(unit.code, unit.name) for unit in units if not is_lead_left_out or unit.pk != item.lead_id]


def list_decisions(item: WorkItem, *, on: date) -> list[Choice]:
    """By which another unit can come to lead: approved ones of this district since the line's own meeting."""
    rows = Decision.objects.filter(
        meeting__unit_path=item.plan.unit_path, decided_on__gte=item.plan.meeting.met_on, decided_on__lte=on
    ).exclude(pk=item.decision_id or 0)
    found = rows.select_related("meeting").order_by("-decided_on", "meeting", "number")
    return [
        (str(row.uid), f"{row.decided_on} {row.meeting.title} {row.number}. {row.topic or row.text[:40]}")
        for row in found
    ]


def name_milestone(item: WorkItem, number: int) -> str:
    text = item.milestones.filter(number=number).values_list("text", flat=True).first()
    if text is None:
        raise NotThere("blueprint.milestone_not_there", _("There is no such milestone any more."))
    return text


def milestone_values(item: WorkItem) -> list[Mapping[str, Any]]:
    """Those that are still ahead: what was reached stays as it is."""
    return list(item.milestones.filter(reached_on=None).order_by("due_on", "number").values("text", "due_on"))


def part_values(item: WorkItem) -> list[Mapping[str, Any]]:
    rows: Iterable[tuple[str, str, date | None]] = item.parts.order_by("pk").values_list("unit__code", "text", "due_on")
    return [{"unit": code, "text": text, "due_on": due_on} for code, text, due_on in rows]


def point_values(item: WorkItem) -> list[Mapping[str, Any]]:
    return list(item.checkpoints.filter(is_fixed=False).order_by("on").values("on", "value", "assumption"))


def need_numbers(item: WorkItem) -> list[int]:
    return list(item.dependencies.order_by("needs__number").values_list("needs__number", flat=True))
