"""What recommendations leave for the office: answers that are late, applications that no employer sees, and lists that
wait to be told."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.core.furniture import ToDo
from sunward.employment.access.shortlists import visible_shortlists
from sunward.employment.enums import ShortlistState, StepKind
from sunward.employment.queries.recommendations import late_recommendations, waiting_for
from sunward.employment.queries.unseen_applications import unseen_applications

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sunward.employment.models import Recommendation, ShortlistRun


def list_late_answers(actor: Actor, on: date) -> "QuerySet[Recommendation]":
    """What has been late for longest comes first."""
    found = late_recommendations(actor, on=on).select_related("case__person", "vacancy__employer")
    return found.defer("vacancy__contact_phone", "vacancy__description").order_by("due_on", "pk")


def tell_late_answer(row: "Recommendation", on: date) -> ToDo:
    """Whose word is missing, about which post, and for how long."""
    late = (on - row.due_on).days if row.due_on else 0
    return ToDo(
        title=row.case.person.name, person=row.case.person.name,
        href=reverse("employment:recommendation", args=[row.case.uid, row.uid]),
        note=f"{row.vacancy.title} · {row.vacancy.employer.name} · {waiting_for(StepKind(row.step))}",
        word=ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}, tone="warn",
    )  # fmt: skip


def list_unseen_applications(actor: Actor, on: date) -> "QuerySet[Recommendation]":
    """Who applied first has waited longest."""
    found = unseen_applications(actor).select_related("case__person", "vacancy__employer", "shared_with")
    return found.defer("vacancy__contact_phone", "vacancy__description").order_by("step_on", "pk")


def tell_unseen_application(row: "Recommendation", on: date) -> ToDo:
    """For whom it was, who would have to see it now, and where that is settled: with the person."""
    was = row.shared_with.name if row.shared_with else ""
    note = _("%(post)s: now with %(now)s, whom nobody agreed to. The person can say yes on the own page.")
    if was:
        note = _("%(post)s: agreed for %(was)s, now with %(now)s. Ask the person, who says yes on the own page.")
    return ToDo(
        title=row.case.person.name, person=row.case.person.name,
        href=reverse("employment:recommendation", args=[row.case.uid, row.uid]),
        note=note % {"post": row.vacancy.title, "was": was, "now": row.vacancy.employer.name},
        word=_("No employer sees it"), tone="warn",
    )  # fmt: skip


def list_untold_shortlists(actor: Actor, on: date) -> "QuerySet[ShortlistRun]":
    """Of today: older ones cannot be told any more."""
    found = visible_shortlists(actor).filter(state=ShortlistState.DRAWN, told_at=None, drawn_on=on)
    return found.select_related("unit").defer("policy")


def tell_shortlist(run: "ShortlistRun", on: date) -> ToDo:
    lines = run.summary.get("lines", 0)
    return ToDo(
        title=run.unit.name, href=reverse("employment:shortlist", args=[run.uid]),
        note=ngettext("%(count)d line", "%(count)d lines", lines) % {"count": lines}, word=_("Not told yet"),
        tone="info",
    )  # fmt: skip
