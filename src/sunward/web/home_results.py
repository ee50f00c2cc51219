"""What results of universities and the enterprises of the district leave for those who may act on them."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.blueprint.queries.results_waiting import grades_ending, stalled_results
from sunward.core.furniture import ToDo

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sunward.blueprint.models import CertifiedGrade, ResearchResult


def list_ending_grades(actor: Actor, on: date) -> "QuerySet[CertifiedGrade]":
    """What runs out first comes first."""
    return grades_ending(actor, on=on).select_related("enterprise").order_by("valid_until", "pk")


def tell_ending_grade(row: "CertifiedGrade", on: date) -> ToDo:
    is_over = row.valid_until < on
    word = _("ran out on %(day)s") if is_over else _("runs out on %(day)s")
    return ToDo(
        title=row.enterprise.name,
        href=reverse("blueprint:enterprise", args=[row.enterprise.uid]),
        note=row.get_grade_display(),
        word=word % {"day": row.valid_until},
        tone="urgent" if is_over else "warn",
    )


def list_stalled_results(actor: Actor, on: date) -> "QuerySet[ResearchResult]":
    """What has stood longest comes first."""
    return stalled_results(actor, on=on).select_related("lead")


def tell_stalled_result(row: "ResearchResult", on: date) -> ToDo:
    last_on = row.last_on  # type: ignore[attr-defined]
    return ToDo(
        title=row.title,
        href=reverse("blueprint:result", args=[row.uid]),
        note=row.lead.short_name,
        word=_("no step since %(day)s") % {"day": last_on},
        tone="warn",
    )
