"""What jobseekers' files leave for whoever keeps them: next steps whose day has come, and files at a standstill."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.casework.enums import FollowUpState, RiskLevel
from sunward.casework.models import SILENCE_DAYS, Case, FollowUp
from sunward.casework.timeline import label_follow_up
from sunward.core.furniture import Text, ToDo, Tone
from sunward.employment.access.jobseekers import PROGRAMME, visible_jobseekers
from sunward.employment.queries.jobseekers import STALLED_DAYS

if TYPE_CHECKING:
    from django.db.models import QuerySet


def list_due_steps(actor: Actor, on: date) -> "QuerySet[FollowUp]":
    due = FollowUp.objects.filter(state=FollowUpState.DUE, due_on__lte=on, case__in=visible_jobseekers(actor).open())
    return due.select_related("case__person", "case__unit").order_by("due_on", "pk")


def tell_step(step: FollowUp, on: date) -> ToDo:
    late = (on - step.due_on).days
    word = ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late} if late else _("Today")
    label = label_follow_up(step.kind, step.note, programme=PROGRAMME)
    note = f"{label} · {step.note}" if step.note and step.note != label else label
    return _line(step.case, note=note, word=word, tone="warn")


def list_stalled(actor: Actor, on: date) -> "QuerySet[Case]":
    """Whoever has waited longest first.

    A jobseeker's risk is never assessed, so the day that the database keeps is so many days after the last step: the
    index holds it, as it does not hold the step.
    """
    last = on + timedelta(days=SILENCE_DAYS[RiskLevel.LOW] - STALLED_DAYS)
    found = visible_jobseekers(actor).open().filter(risk_level=RiskLevel.LOW, contact_due_on__lt=last)
    return found.select_related("person", "unit").order_by("contact_due_on", "pk")


def tell_stalled(case: Case, on: date) -> ToDo:
    days = case.silent_days(on)
    word = ngettext("%(days)d day without a step", "%(days)d days without a step", days) % {"days": days}
    return _line(case, note=case.unit.short_name, word=word, tone="urgent")


def _line(case: Case, *, note: Text, word: Text, tone: Tone) -> ToDo:
    return ToDo(
        title=case.person.name, href=reverse("employment:jobseeker", args=[case.uid]), note=note, word=word, tone=tone,
        person=case.person.name,
    )  # fmt: skip
