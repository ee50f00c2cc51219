"""What was noticed on a visit is put on the committee's list: once, however often it is noticed until it is settled."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.casework.actions.follow_ups import promise_follow_up, settle_follow_up
from sunward.casework.enums import FollowUpState
from sunward.casework.models import FollowUp
from sunward.mentoring.actions.said import Said
from sunward.mentoring.enums import MatchFollowUp, NeedKind
from sunward.mentoring.models import Visit
from sunward.mentoring.rules import NEED_NOTICED_DAYS


def promise_needs(visit: Visit, said: Said) -> None:
    """One line for each need; the file is locked by the caller, so that two visits do not write the same line."""
    case = visit.match.case
    due = FollowUp.objects.filter(case=case, kind=MatchFollowUp.VISIT_NEED, state=FollowUpState.DUE)
    known = set(due.values_list("note", flat=True)) if visit.needs_noticed else set()
    for code in visit.needs_noticed:
        note = _words_of(code)
        if note in known:
            continue
        promise_follow_up(
            actor=said.actor, case=case, kind=MatchFollowUp.VISIT_NEED, due_on=said.on + timedelta(NEED_NOTICED_DAYS),
            on=said.on, now=said.now, note=note, record=visit.record,
        )  # fmt: skip


def drop_needs(visit: Visit, said: Said, *, but: Collection[str]) -> None:
    """The visit is being corrected: what came from it and is not noticed any more needs nobody's care."""
    kept = {_words_of(code) for code in but}
    due = FollowUp.objects.filter(record=visit.record, kind=MatchFollowUp.VISIT_NEED, state=FollowUpState.DUE)
    for follow_up in due.exclude(note__in=kept):
        settle_follow_up(
            follow_up, FollowUpState.DROPPED, case=visit.match.case, actor=said.actor, on=said.on, now=said.now
        )


def _words_of(code: str) -> str:
    """Everybody reads what is stored, so it is written in the district's language, not in the mentor's."""
    with override(settings.LANGUAGE_CODE):
        return _("Noticed on a visit: %(need)s") % {"need": NeedKind(code).label}
