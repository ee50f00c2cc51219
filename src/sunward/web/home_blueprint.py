"""What plans leave for whoever follows a unit's work, and for whoever keeps them."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.blueprint.queries.waiting import (
    acknowledge_by,
    answer_by,
    completions_to_accept,
    extensions_to_decide,
    lines_due,
    next_due,
    obstacles_to_answer,
    to_acknowledge,
)
from sunward.core.furniture import Text, ToDo, Tone

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sunward.blueprint.models import WorkItem, WorkStep


def list_to_acknowledge(actor: Actor, on: date) -> "QuerySet[WorkItem]":
    return to_acknowledge(actor).select_related("plan").annotate(say_by=acknowledge_by()).order_by("say_by", "pk")


def tell_to_acknowledge(item: "WorkItem", on: date) -> ToDo:
    say_by = item.say_by  # type: ignore[attr-defined]
    return ToDo(
        title=_shorten(item.text),
        href=reverse("blueprint:work", args=[item.uid]),
        note=item.plan.title,
        word=_("by %(day)s") % {"day": say_by},
        tone="urgent" if say_by < on else "info",
    )


def list_lines_due(actor: Actor, on: date) -> "QuerySet[WorkItem]":
    rows = lines_due(actor, on=on).select_related("plan").annotate(next_on=next_due())
    return rows.order_by("next_on", "pk")


def tell_line_due(item: "WorkItem", on: date) -> ToDo:
    next_on = item.next_on  # type: ignore[attr-defined]
    return ToDo(
        title=_shorten(item.text),
        href=reverse("blueprint:work", args=[item.uid]),
        note=item.plan.title,
        word=_("by %(day)s") % {"day": next_on},
        tone="urgent" if next_on < on else "warn",
    )


def list_obstacles(actor: Actor, on: date) -> "QuerySet[WorkStep]":
    """Whose clock ends first comes first."""
    rows = obstacles_to_answer(actor).select_related("item", "unit")
    return rows.annotate(wanted_by=answer_by()).order_by("wanted_by", "pk")


def list_extensions(actor: Actor, on: date) -> "QuerySet[WorkStep]":
    return extensions_to_decide(actor).select_related("item", "unit").order_by("pk")


def list_completions(actor: Actor, on: date) -> "QuerySet[WorkStep]":
    return completions_to_accept(actor).select_related("item", "unit").order_by("pk")


def tell_obstacle(step: "WorkStep", on: date) -> ToDo:
    wanted_by = step.wanted_by  # type: ignore[attr-defined]
    word = _("answer by %(day)s") % {"day": wanted_by}
    return _tell(step, word=word, tone="urgent" if wanted_by < on else "warn")


def tell_extension(step: "WorkStep", on: date) -> ToDo:
    return _tell(step, word=_("until %(day)s") % {"day": step.day}, tone="info")


def tell_completion(step: "WorkStep", on: date) -> ToDo:
    return _tell(step, word=_("since %(day)s") % {"day": step.happened_on}, tone="info")


def _tell(step: "WorkStep", *, word: Text, tone: Tone) -> ToDo:
    return ToDo(
        title=_shorten(step.item.text),
        href=reverse("blueprint:work", args=[step.item.uid]),
        note=step.unit.short_name if step.unit else "",
        word=word,
        tone=tone,
    )


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
