"""What care plans leave for whoever answers for a unit: resources that run out, wishes that nobody has read."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import changeable_resources
from sunward.casework.queries.resources import expiring
from sunward.casework.queries.wishes import waiting_wishes
from sunward.core.furniture import ToDo

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sunward.casework.models import Goal, Resource


def list_expiring_resources(actor: Actor, on: date) -> "QuerySet[Resource]":
    """The worker's list has follow-ups; the directory is kept by those who may change it."""
    return expiring(changeable_resources(actor), on=on).select_related("unit").order_by("valid_until_on", "pk")


def tell_resource(resource: "Resource", on: date) -> ToDo:
    return ToDo(
        title=resource.name,
        href=reverse("casework:resource", args=[resource.uid]),
        note=resource.unit.short_name,
        word=_("until %(day)s") % {"day": resource.valid_until_on},
        tone="warn",
    )


def list_waiting_wishes(actor: Actor, on: date) -> "QuerySet[Goal]":
    return waiting_wishes(actor)
