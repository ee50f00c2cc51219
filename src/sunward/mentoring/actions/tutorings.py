"""The life of a tutoring online, one act for each thing that people do with it.

Locks are taken in the order student, child's file, tutoring, so that no two acts wait for each other in a ring.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.mentoring.access import visible_children
from sunward.mentoring.actions.said import Said
from sunward.mentoring.actions.tutoring_calendar import drop_coming, plan_sessions, refuse_wrong_hour
from sunward.mentoring.actions.tutoring_steps import (
    lock_tutoring,
    promise,
    refuse_unready,
    settle,
    step_not_possible,
    take_tutoring_step,
    write_tutoring_step,
)
from sunward.mentoring.actions.tutoring_words import refuse_wrong_words
from sunward.mentoring.enums import MentorState
from sunward.mentoring.models import Mentor, Tutoring
from sunward.mentoring.separation import are_kept_apart
from sunward.mentoring.tutoring.abilities import codes_of_subjects, first_hour, slots_mask, slots_of, subjects_mask
from sunward.mentoring.tutoring.access import own_offers, visible_students, visible_tutorings
from sunward.mentoring.tutoring.calendar import moment_of, next_weekday
from sunward.mentoring.tutoring.enums import TutoringEnd, TutoringFollowUp, TutoringPause, TutoringState
from sunward.mentoring.tutoring.limits import (
    BEGIN_DAYS,
    LINK_LENGTH,
    TALK_DAYS,
    TERM_DAYS_AT_MOST,
)
from sunward.mentoring.tutoring.news import TutoringNewsKind
from sunward.mentoring.tutoring.telling import tell_guardian, tell_student
from sunward.mentoring.vetting import read_standing

_SUDDEN = (TutoringEnd.STUDENT_STOPPED, TutoringEnd.FAMILY_STOPPED, TutoringEnd.SAFETY)


@dataclass(frozen=True, slots=True)
class TutoringTerms:
    """What is agreed: the first day, the hour, how long each time and until when, what is taught, and the room."""

    first_on: date
    begins: time
    minutes: int
    until_on: date
    subjects: tuple[str, ...]
    link: str
    helpful: str = ""


@transaction.atomic
def approve_tutoring(
    *,
    actor: Actor,
    case_id: int,
    mentor_id: int,
    on: date,
    now: datetime,
    proposal_id: int | None = None,
    override_reason: str = "",
) -> Tutoring:
    """Offer a child's hour to a student. The student's row is locked first, so that nobody goes beyond the places."""
    mentor = visible_students(actor).select_for_update(of=("self",)).filter(pk=mentor_id).first()
    case = visible_children(actor).open().select_for_update(of=("self",)).filter(pk=case_id).first()
    if mentor is None or case is None:
        raise NotThere("mentoring.pair_not_there", _("This child or this student is not there any more."))
    _refuse_unable(case, mentor, on=on)
    tutoring = Tutoring(
        case=case, mentor=mentor, unit_path=case.unit_path, proposed_on=on, proposal_id=proposal_id,
        approved_by_id=actor.user_id, is_override=bool(override_reason), override_reason=override_reason[:300],
        subjects=_common_subjects(case, mentor),
    )  # fmt: skip
    tutoring.weekday, tutoring.begins = _first_hour(case, mentor)
    write_tutoring_step(tutoring, "", Said(actor, on, now, reason=override_reason))
    tell_student(tutoring, TutoringNewsKind.OFFERED, serial=0, now=now)
    return tutoring


def _refuse_unable(case: Case, mentor: Mentor, *, on: date) -> None:
    if are_kept_apart(case.person_id, mentor):
        raise Refusal(
            "mentoring.student_kept_apart",
            _("It was ended for the child's safety before. This student never tutors this child again."),
        )
    if Tutoring.objects.live().filter(case=case).exists():
        raise Conflict("mentoring.child_tutored", _("This child already has a student who tutors it."))
    if Tutoring.objects.live().filter(mentor=mentor).count() >= mentor.capacity:
        raise Conflict(
            "mentoring.student_full", _("This student already has as many children as possible. Choose another.")
        )
    if mentor.state != MentorState.ACTIVE:
        raise Refusal("mentoring.student_not_active", _("This student takes no children at present."))
    if not read_standing(mentor.vetting_facts.all(), on=on).may_match:
        raise Refusal(
            "mentoring.student_vetting_not_clear",
            _("The student's background check or training is not valid. Renew it first."),
        )


def _common_subjects(case: Case, mentor: Mentor) -> list[str]:
    child = getattr(case, "child", None)
    wanted = subjects_mask(child.study_subjects if child else ())
    return [subject.value for subject in codes_of_subjects(wanted & subjects_mask(mentor.subjects))]


def _first_hour(case: Case, mentor: Mentor) -> tuple[int | None, time | None]:
    """The first hour that both have and no other child of the student has; none where none is known."""
    child = getattr(case, "child", None)
    offered = slots_mask(mentor.slots)
    free = slots_mask(child.study_slots if child else ()) or offered
    held = set(Tutoring.objects.live().filter(mentor=mentor).values_list("weekday", "begins"))
    hours = [first_hour(slot, mentor.slots) for slot in slots_of(free & offered)]
    return next((hour for hour in hours if hour not in held), (None, None))


@transaction.atomic
def agree_to_tutoring(*, actor: Actor, tutoring_id: UUID, on: date, now: datetime) -> Tutoring:
    """The student takes it on; the worker is asked to arrange the first session."""
    tutoring = lock_tutoring(own_offers(actor), tutoring_id=tutoring_id)
    tutoring.student_agreed_on = on
    said = Said(actor, on, now)
    write_tutoring_step(tutoring, tutoring.state, said, code="agreed")
    promise(tutoring.case, TutoringFollowUp.BEGIN, said, days=BEGIN_DAYS)
    return tutoring


@transaction.atomic
def decline_tutoring(*, actor: Actor, tutoring_id: UUID, on: date, now: datetime) -> Tutoring:
    """The student cannot take it on: no reason is asked, and the child is free for another."""
    tutoring = lock_tutoring(own_offers(actor), tutoring_id=tutoring_id)
    _close(tutoring, Said(actor, on, now, code=TutoringEnd.STUDENT_DECLINED))
    return tutoring


@transaction.atomic
def start_tutoring(
    *, actor: Actor, tutoring_id: UUID, terms: TutoringTerms, on: date, now: datetime, version: int | None = None
) -> Tutoring:
    """Both have agreed: fix the weekly hour, plan the term's sessions, and invite the guardian to the first."""
    tutoring = lock_tutoring(visible_tutorings(actor), tutoring_id=tutoring_id, version=version)
    if tutoring.state != TutoringState.PROPOSED:
        raise step_not_possible()
    refuse_unready(tutoring, on=on)
    _refuse_wrong_terms(terms, on=on)
    refuse_wrong_words(tutoring.case, terms.helpful, on=on)
    refuse_wrong_hour(tutoring, terms.first_on, terms.begins, terms.minutes, now=now)
    tutoring.weekday, tutoring.begins, tutoring.minutes = terms.first_on.weekday(), terms.begins, terms.minutes
    tutoring.running_from_on, tutoring.term_until_on = terms.first_on, terms.until_on
    tutoring.subjects, tutoring.link = list(terms.subjects), terms.link
    tutoring.helpful = terms.helpful.strip()
    said = Said(actor, on, now)
    take_tutoring_step(tutoring, TutoringState.RUNNING, said)
    first = plan_sessions(tutoring, from_on=terms.first_on)
    settle(tutoring.case, FollowUpState.DONE, said, TutoringFollowUp.BEGIN)
    if first is not None:
        first.invites_guardian = True
        first.save(update_fields=["invites_guardian"])
        tell_student(tutoring, TutoringNewsKind.BEGINS, serial=0, now=now, begins_at=first.starts_at)
        tell_guardian(tutoring, TutoringNewsKind.INVITED, serial=0, on=on, now=now, begins_at=first.starts_at)
    return tutoring


def _refuse_wrong_terms(terms: TutoringTerms, *, on: date) -> None:
    if not on <= terms.first_on <= terms.until_on <= on + timedelta(days=TERM_DAYS_AT_MOST):
        raise Refusal(
            "mentoring.term_out_of_range",
            _("The first session is today at the earliest, and the term ends within 200 days."),
        )
    refuse_wrong_link(terms.link)


def refuse_wrong_link(link: str) -> None:
    """A room of a meeting service, reached over an encrypted line."""
    if not link.startswith("https://") or len(link) > LINK_LENGTH or any(sign.isspace() for sign in link):
        raise Refusal("mentoring.link_not_https", _("The link has to begin with https:// and hold no spaces."))


@transaction.atomic
def change_hour(
    *,
    actor: Actor,
    tutoring_id: UUID,
    first_on: date,
    begins: time,
    minutes: int,
    on: date,
    now: datetime,
    version: int | None = None,
) -> Tutoring:
    """Another weekly hour from a day on; what was planned from then on is planned anew."""
    tutoring = lock_tutoring(visible_tutorings(actor), tutoring_id=tutoring_id, version=version)
    if tutoring.state != TutoringState.RUNNING or tutoring.term_until_on is None:
        raise step_not_possible()
    if not on <= first_on <= tutoring.term_until_on:
        raise Refusal("mentoring.day_outside_term", _("Choose a day within the term, today at the earliest."))
    refuse_wrong_hour(tutoring, first_on, begins, minutes, now=now)
    drop_coming(tutoring, now=max(now, moment_of(first_on, time(0))))
    tutoring.weekday, tutoring.begins, tutoring.minutes = first_on.weekday(), begins, minutes
    write_tutoring_step(tutoring, tutoring.state, Said(actor, on, now), code="hour_changed")
    first = plan_sessions(tutoring, from_on=first_on, now=now)
    _tell_both(tutoring, TutoringNewsKind.MOVED, on=on, now=now, begins_at=first.starts_at if first else None)
    return tutoring


@transaction.atomic
def change_room(
    *, actor: Actor, tutoring_id: UUID, link: str, helpful: str, on: date, now: datetime, version: int | None = None
) -> Tutoring:
    """Another link, or other words released to the student."""
    tutoring = lock_tutoring(visible_tutorings(actor), tutoring_id=tutoring_id, version=version)
    if tutoring.state not in (TutoringState.RUNNING, TutoringState.PAUSED):
        raise step_not_possible()
    refuse_wrong_link(link)
    refuse_wrong_words(tutoring.case, helpful, on=on)
    tutoring.link, tutoring.helpful = link, helpful.strip()
    write_tutoring_step(tutoring, tutoring.state, Said(actor, on, now), code="room_changed")
    return tutoring


@transaction.atomic
def pause_tutoring(
    *,
    actor: Actor,
    tutoring_id: UUID,
    why: TutoringPause,
    on: date,
    now: datetime,
    version: int | None = None,
    reason: str = "",
) -> Tutoring:
    """Let it rest: the student sees nothing from this very step on, and the coming sessions fall away."""
    tutoring = lock_tutoring(visible_tutorings(actor), tutoring_id=tutoring_id, version=version)
    pause_locked(tutoring, Said(actor, on, now, code=why, reason=reason))
    return tutoring


def pause_locked(tutoring: Tutoring, said: Said) -> None:
    take_tutoring_step(tutoring, TutoringState.PAUSED, said)
    drop_coming(tutoring, now=said.now)
    _tell_both(tutoring, TutoringNewsKind.PAUSED, on=said.on, now=said.now)


@transaction.atomic
def resume_tutoring(
    *, actor: Actor, tutoring_id: UUID, on: date, now: datetime, version: int | None = None
) -> Tutoring:  # fmt: skip
    """Go on at the same hour until the end of the term, if both agreements and the vetting hold."""
    tutoring = lock_tutoring(visible_tutorings(actor), tutoring_id=tutoring_id, version=version)
    if tutoring.state != TutoringState.PAUSED or tutoring.weekday is None:
        raise step_not_possible()
    said = Said(actor, on, now)
    take_tutoring_step(tutoring, TutoringState.RUNNING, said)
    first = plan_sessions(tutoring, from_on=next_weekday(tutoring.weekday, after=on), now=now)
    settle(tutoring.case, FollowUpState.DONE, said, TutoringFollowUp.VETTING, TutoringFollowUp.CONSENT)
    _tell_both(tutoring, TutoringNewsKind.RESUMED, on=on, now=now, begins_at=first.starts_at if first else None)
    return tutoring


@transaction.atomic
def close_tutoring(
    *,
    actor: Actor,
    tutoring_id: UUID,
    why: TutoringEnd,
    on: date,
    now: datetime,
    version: int | None = None,
    reason: str = "",
) -> Tutoring:
    """End it. After a sudden end somebody has to talk to the child: a follow-up sees to it."""
    tutoring = lock_tutoring(visible_tutorings(actor), tutoring_id=tutoring_id, version=version)
    _close(tutoring, Said(actor, on, now, code=why, reason=reason))
    return tutoring


def _close(tutoring: Tutoring, said: Said) -> None:
    was_known_to_child = tutoring.running_from_on is not None
    tutoring.ended_on, tutoring.end_reason = said.on, said.code
    tutoring.family_token_index, tutoring.family_link_until_on = "", None
    take_tutoring_step(tutoring, TutoringState.CLOSED, said)
    drop_coming(tutoring, now=said.now)
    settle(
        tutoring.case, FollowUpState.DROPPED, said, TutoringFollowUp.BEGIN, TutoringFollowUp.MISSED,
        TutoringFollowUp.VETTING, TutoringFollowUp.CONSENT,
    )  # fmt: skip
    if not was_known_to_child:
        return
    if said.code in _SUDDEN:
        promise(tutoring.case, TutoringFollowUp.ENDED, said, days=TALK_DAYS)
    _tell_both(tutoring, TutoringNewsKind.ENDED, on=said.on, now=said.now)


def _tell_both(
    tutoring: Tutoring, kind: TutoringNewsKind, *, on: date, now: datetime, begins_at: datetime | None = None
) -> None:
    serial = tutoring.version
    tell_student(tutoring, kind, serial=serial, now=now, begins_at=begins_at)
    tell_guardian(tutoring, kind, serial=serial, on=on, now=now, begins_at=begins_at)
