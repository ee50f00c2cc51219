"""What meetings leave for whoever keeps them: lines to look at, a meeting to approve, proposals without an answer."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sunward.accounts.access import Actor
from sunward.blueprint.access import kept_meetings
from sunward.blueprint.enums import MeetingState
from sunward.blueprint.models import Meeting, MeetingProposal
from sunward.blueprint.queries.meetings import with_what_waits
from sunward.core.furniture import ToDo

MOST = 8


def read_meetings(actor: Actor, *, on: date) -> list[ToDo]:
    """One query: what is overdue first, then the oldest meeting. A plan officer of another unit keeps none."""
    unanswered = MeetingProposal.objects.filter(meeting=OuterRef("pk"), answer="")
    rows = kept_meetings(actor).filter(Q(state=MeetingState.DRAFT) | Exists(unanswered))
    waiting = with_what_waits(rows).order_by("answers_due_on", "pk")
    return [todo for meeting in waiting[:MOST] for todo in _tell(meeting, on=on)]


def _tell(meeting: Meeting, *, on: date) -> list[ToDo]:
    href = reverse("blueprint:meeting", args=[meeting.uid])
    found: list[ToDo] = []
    if unanswered := meeting.unanswered:  # type: ignore[attr-defined]
        text = ngettext(
            "%(count)s proposal without an answer", "%(count)s proposals without an answer", unanswered
        )  # fmt: skip
        is_late = meeting.answers_due_on < on
        word = pgettext("answers", "Overdue") if is_late else _("until %(day)s") % {"day": meeting.answers_due_on}
        found.append(
            ToDo(meeting.title, href, text % {"count": unanswered}, word, "urgent" if is_late else "info")
        )  # fmt: skip
    if meeting.is_approved:
        return found
    if open_lines := meeting.open_lines:  # type: ignore[attr-defined]
        text = ngettext("%(count)s line to look at", "%(count)s lines to look at", open_lines) % {"count": open_lines}
    else:
        text = _("Every line has been looked at")
    return [ToDo(meeting.title, href, text, meeting.get_state_display(), "warn"), *found]
