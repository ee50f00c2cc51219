"""After a booth's time: whether the two met. A meeting is an interview on the recommendation of that vacancy.

So what comes of it is said where everything else of a recommendation is said: refused, hired, still there.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.casework.recording import withdraw_facts
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.employer_page import employer_actor, get_passed_employer_link
from sunward.employment.access.fairs import (
    INTERVIEW_SUBJECT,
    employers_interviews,
    get_fair,
    interview_not_there,
    visible_interviews,
)
from sunward.employment.actions.interviews import lock_fair_of, record_interview, refuse_old, save_interview
from sunward.employment.actions.step_writing import Step, withdraw_last, write_step
from sunward.employment.enums import InterviewState, RecommendationSource, StepBy, StepKind
from sunward.employment.models import Interview, Recommendation
from sunward.employment.recommendations import chain
from sunward.gatherings.actions.attendance import note_presence
from sunward.gatherings.enums import GatheringState

MET, MISSED, RESTORED = "employment.interview_met", "employment.interview_missed", "employment.interview_restored"
_CODES = {InterviewState.MET: MET, InterviewState.MISSED: MISSED}


@transaction.atomic
def mark_interview(
    *, actor: Actor, gathering_id: UUID, interview_id: UUID, version: int, state: InterviewState, on: date,
    now: datetime,
) -> Interview:  # fmt: skip
    """By the office: whoever holds the gathering, or keeps the file. TAKEN is the undo of either mark."""
    gathering = get_fair(actor=actor, gathering_id=gathering_id)
    row = visible_interviews(actor, gathering).filter(uid=interview_id).first()
    if row is None:
        raise interview_not_there()
    row = _lock(row.pk)
    if state == InterviewState.TAKEN:
        return _restore(row, version, actor=actor, now=now)
    return _mark(row, state, version, by=StepBy.OFFICER, actor=actor, on=on, now=now)


@transaction.atomic
def mark_own_interview(
    *, token: str, shown: str, interview_id: UUID, version: int, state: InterviewState, on: date, now: datetime
) -> Interview:
    """By the employer, of somebody who agreed to be known."""
    link = get_passed_employer_link(token=token, shown=shown, on=on, now=now)
    row = employers_interviews(link, on=on).filter(uid=interview_id).first()
    if row is None:
        raise interview_not_there()
    row = _lock(row.pk)
    # Once more under the locks: given back a moment ago, it is nobody's to mark.
    if not employers_interviews(link, on=on).filter(pk=row.pk).exists():
        raise interview_not_there()
    actor = employer_actor(link, on=on)
    if state == InterviewState.TAKEN:
        return _restore(row, version, actor=actor, now=now)
    return _mark(row, state, version, by=StepBy.EMPLOYER, actor=actor, on=on, now=now)


def _lock(pk: int) -> Interview:
    """The file, the gathering, then the row: the order in which times are taken."""
    unlocked = Interview.objects.select_related("slot__booth").get(pk=pk)
    case = Case.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=unlocked.case_id)
    gathering = lock_fair_of(unlocked)
    found = Interview.objects.select_for_update(of=("self",)).select_related("slot__booth", "vacancy")
    row = found.get(pk=pk)
    row.case, row.slot.booth.gathering = case, gathering
    return row


def _mark(
    row: Interview, state: InterviewState, version: int, *, by: StepBy, actor: Actor, on: date, now: datetime
) -> Interview:
    if row.state == state:
        return row
    refuse_old(row, version)
    if row.state != InterviewState.TAKEN:
        raise Conflict("employment.interview_marked", _("It is written down already whether the two met."))
    if row.slot.starts_at > now:
        raise Refusal("employment.interview_not_yet", _("The time has not come yet. Say afterwards whether you met."))
    if row.slot.booth.gathering.state not in (GatheringState.PUBLISHED, GatheringState.HELD):
        raise Refusal("employment.fair_cancelled", _("This gathering was cancelled: nobody met there."))
    refuse_closed(row.case)
    row.state, row.marked_at, row.marked_by_id = state, now, actor.user_id
    if state == InterviewState.MET:
        row.recommendation = _meet(row, by=by, actor=actor, on=on, now=now)
        note_presence(
            row.slot.booth.gathering, person_id=row.case.person_id, at=row.slot.starts_at, actor=actor, now=now
        )
    save_interview(row, "state", "marked_at", "marked_by_id", "recommendation")
    record_interview(row, _CODES[state], actor=actor, on=localdate(row.slot.starts_at), now=now)
    return row


def _meet(row: Interview, *, by: StepBy, actor: Actor, on: date, now: datetime) -> Recommendation:
    """The recommendation of this vacancy, found or made, at "interviewed"; what has ended stays as it ended."""
    vacancy = row.vacancy if row.vacancy.merged_into is None else row.vacancy.merged_into
    day = localdate(row.slot.starts_at)
    found = Recommendation.objects.select_for_update(of=("self",)).select_related("vacancy__employer")
    said = found.filter(case=row.case, vacancy=vacancy).first()
    if said is None:
        said = Recommendation.objects.create(
            case=row.case, vacancy=vacancy, source=RecommendationSource.FAIR, step_on=day,
            unit_path=row.case.unit_path, made_by_id=actor.user_id, made_at=now,
        )  # fmt: skip
    said.case = row.case
    if row.shared_with_id == vacancy.employer_id and said.step not in chain.ENDED and said.shared_with_id is None:
        said.shared_with = row.shared_with
        said.save(update_fields=["shared_with"])
    for kind in chain.steps_to_interview(StepKind(said.step)):
        step = Step(kind, _who_said(kind, row, by), max(said.step_on, day))
        write_step(said, step, actor=actor, on=on, now=now)
    return said


def _who_said(kind: StepKind, row: Interview, by: StepBy) -> StepBy:
    """Whoever took the time has applied with it; the booth has invited; whoever marks has seen them meet."""
    if kind == StepKind.TOLD:
        return StepBy.SYSTEM
    if kind == StepKind.APPLIED:
        return StepBy.OFFICER if row.taken_by_id else StepBy.JOBSEEKER
    return by


def _restore(row: Interview, version: int, *, actor: Actor, now: datetime) -> Interview:
    """Marked by mistake: the time stands as taken, and the steps that the mark wrote are withdrawn, no others."""
    if row.state == InterviewState.TAKEN:
        return row
    refuse_old(row, version)
    if row.state == InterviewState.GIVEN_BACK:
        raise Conflict("employment.interview_given_back", _("This time was given back. It can be taken anew."))
    if row.recommendation_id is not None:
        _unmeet(row, actor=actor, now=now)
    withdraw_facts(subject=(INTERVIEW_SUBJECT, row.pk), kinds=(MET, MISSED), now=now)
    row.state, row.marked_at, row.marked_by_id, row.recommendation = InterviewState.TAKEN, None, 0, None
    save_interview(row, "state", "marked_at", "marked_by_id", "recommendation")
    record_interview(row, RESTORED, actor=actor, on=localdate(now), now=now)
    return row


def _unmeet(row: Interview, *, actor: Actor, now: datetime) -> None:
    found = Recommendation.objects.select_for_update(of=("self",)).select_related("vacancy__employer")
    said = found.get(interviews=row)
    said.case = row.case
    standing = list(said.steps.filter(withdrawn_at=None).order_by("at", "pk"))
    own = [step for step in standing if step.at == row.marked_at]
    if own and standing[-1] not in own:
        raise Conflict(
            "employment.interview_went_on",
            _("More has come of this meeting since. Take that back first, on the person's file."),
        )
    # The first step of all stays: the person was told of the vacancy there.
    for _step in own[-(len(standing) - 1) :] if len(standing) > 1 else ():
        withdraw_last(said, actor=actor, now=now)
