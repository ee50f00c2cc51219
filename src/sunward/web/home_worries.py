"""What waits of safeguarding on the first page: worries by their number and signs, never by a child's name."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.core.furniture import ToDo
from sunward.safeguarding.access.worries import visible_hints, visible_worries
from sunward.safeguarding.enums import HintState
from sunward.safeguarding.models import Hint, Worry
from sunward.safeguarding.queries.worries import say_signs


def list_urgent_worries(actor: Actor, on: date) -> "QuerySet[Worry]":
    return _unsettled(actor).filter(is_urgent=True)


def list_other_worries(actor: Actor, on: date) -> "QuerySet[Worry]":
    return _unsettled(actor).filter(is_urgent=False)


def _unsettled(actor: Actor) -> "QuerySet[Worry]":
    """Until something came of it, also when somebody has taken it up."""
    return visible_worries(actor).unsettled().select_related("unit").order_by("reported_at", "pk")


def tell_worry(worry: Worry, on: date) -> ToDo:
    days = (on - worry.seen_on).days
    word = ngettext("seen %(days)d day ago", "seen %(days)d days ago", days) % {"days": days} if days else _("Today")
    return ToDo(
        title=f"{worry.reference} · {say_signs(worry)}", href=reverse("safeguarding:worry", args=[worry.uid]),
        note=worry.unit.short_name, word=word, tone="urgent" if worry.is_urgent else "warn",
    )  # fmt: skip


def list_open_hints(actor: Actor, on: date) -> "QuerySet[Hint]":
    return visible_hints(actor).filter(state=HintState.OPEN).order_by("pk")
