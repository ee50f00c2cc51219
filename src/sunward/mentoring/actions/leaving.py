"""Leaving and coming back. Whoever leaves has said goodbye first; her access ends with the act."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.scopes import below
from sunward.accounts.sign_ins import close_sign_in, open_sign_in
from sunward.core.refusals import Conflict, NotAllowed
from sunward.core.search.index import index
from sunward.core.wording import join_words
from sunward.ledger.models import Fact
from sunward.mentoring.actions.mentors import get_mentor_for_change, record_mentor_act
from sunward.mentoring.actions.way_in import is_complete
from sunward.mentoring.enums import LeaveReason, MentorState
from sunward.mentoring.finding import findable_mentor
from sunward.mentoring.models import Match, Mentor, Tutoring
from sunward.mentoring.queries.leaving import LEFT, latest_leave, may_undo_leave
from sunward.mentoring.vetting import read_standing

# Who decides that somebody who was no longer suitable is let in again.
_ABOVE = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)


@transaction.atomic
def leave(*, actor: Actor, mentor_id: UUID, reason: LeaveReason, on: date, now: datetime) -> Mentor:
    """She goes; no child may be left with nobody, so every match has been ended or handed over before."""
    mentor = get_mentor_for_change(actor=actor, mentor_id=mentor_id)
    if mentor.state == MentorState.LEFT:
        raise Conflict("mentoring.has_left_already", _("She has left already."))
    _refuse_children(mentor)
    before = mentor.state
    mentor.state, mentor.left_on, mentor.leave_reason = MentorState.LEFT, on, reason
    is_locked = mentor.user_id is not None and close_sign_in(user_id=mentor.user_id, role=Role.MENTOR, on=on)
    _save(mentor)
    record_mentor_act(
        mentor, actor=actor, code=LEFT, on=on, now=now, reason=str(reason), before=str(before), locked=is_locked
    )
    return mentor


@transaction.atomic
def undo_leave(*, actor: Actor, mentor_id: UUID, on: date, now: datetime) -> Mentor:
    """Take a mistaken leave back, on the same day and by whoever wrote it down: all is as it was."""
    mentor = get_mentor_for_change(actor=actor, mentor_id=mentor_id)
    left = latest_leave(mentor)
    if mentor.state != MentorState.LEFT or left is None or not may_undo_leave(left, user_id=actor.user_id, on=on):
        raise Conflict("mentoring.leave_not_undoable", _("This cannot be undone any more. Let her come back instead."))
    mentor.state = MentorState(left.attributes["before"])
    _reopen(mentor, left, on=on)
    record_mentor_act(mentor, actor=actor, code="mentoring.mentor_leave_undone", on=on, now=now)
    return mentor


@transaction.atomic
def come_back(*, actor: Actor, mentor_id: UUID, on: date, now: datetime) -> Mentor:
    """What is still valid of her vetting counts; what has expired is renewed before she is available again."""
    mentor = get_mentor_for_change(actor=actor, mentor_id=mentor_id)
    if mentor.state != MentorState.LEFT:
        raise Conflict("mentoring.has_not_left", _("She has not left."))
    if mentor.leave_reason == LeaveReason.UNFIT and not _is_above(actor, mentor):
        raise NotAllowed(
            "mentoring.unfit_comes_back_from_above",
            _("She left as no longer suitable. Only the sub-district or the district lets her in again."),
        )
    standing = read_standing(mentor.vetting_facts.all(), on=on)
    mentor.state = MentorState.ACTIVE if is_complete(mentor, standing) else MentorState.APPLIED
    _reopen(mentor, latest_leave(mentor), on=on)
    record_mentor_act(mentor, actor=actor, code="mentoring.mentor_came_back", on=on, now=now, state=str(mentor.state))
    return mentor


def _refuse_children(mentor: Mentor) -> None:
    """Named by reference: whoever asks may not see every one of them."""
    matches = Match.objects.live().filter(mentor=mentor).select_related("case")
    tutorings = Tutoring.objects.live().filter(mentor=mentor).select_related("case")
    children = sorted({one.case.reference for one in (*matches, *tutorings)})
    if children:
        raise Conflict(
            "mentoring.matches_live",
            _("She still has %(children)s. End or hand over that first, so that they can say goodbye.")
            % {"children": join_words(children)},
        )


def _is_above(actor: Actor, mentor: Mentor) -> bool:
    return Mentor.objects.filter(below(actor.paths(*_ABOVE)), pk=mentor.pk).exists()


def _reopen(mentor: Mentor, left: Fact | None, *, on: date) -> None:
    mentor.left_on, mentor.leave_reason = None, ""
    if mentor.user_id is not None and mentor.unit_id is not None:
        is_ours = left is not None and left.attributes.get("locked") is True
        open_sign_in(user_id=mentor.user_id, role=Role.MENTOR, unit_id=mentor.unit_id, on=on, is_to_unlock=is_ours)
    _save(mentor)


def _save(mentor: Mentor) -> None:
    mentor.version += 1
    mentor.save(update_fields=["state", "left_on", "leave_reason", "version"])
    index([findable_mentor(mentor)])
