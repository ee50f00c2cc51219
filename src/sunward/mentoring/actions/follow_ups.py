"""What a step of a match asks of the people around it; each is put on the list once and taken off by itself."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import override

from sunward.accounts.enums import Role
from sunward.casework.actions.follow_ups import promise_follow_up, put_back_follow_up, settle_follow_up
from sunward.casework.enums import FollowUpState
from sunward.casework.models import FollowUp
from sunward.core.wording import say_value
from sunward.gatherings.models import Gathering
from sunward.mentoring.actions.said import Said
from sunward.mentoring.enums import MatchFollowUp, MatchState
from sunward.mentoring.models import Match
from sunward.mentoring.rules import (
    CLOSING_TALK_DAYS,
    FAREWELL_DAYS,
    OTHER_ADULT_DAYS,
    TRIAL_TALK_DAYS,
    VETTING_DECISION_DAYS,
)

_BEGINNING = (MatchFollowUp.FIRST_MEETING, MatchFollowUp.TRIAL_ENDING)


def promise_closing_talk(match: Match, said: Said) -> None:
    """A child whose neighbour mom is suddenly gone must not be left to wonder (Elements of Effective Practice, 6)."""
    _promise(match, MatchFollowUp.CLOSING_TALK, said, due_on=said.on + timedelta(days=CLOSING_TALK_DAYS))


def promise_beginning(match: Match, said: Said, *, role: Role) -> None:
    """Somebody of the staff is there at the first meeting; before the trial ends all three are asked."""
    assert match.trial_from_on is not None
    assert match.trial_until_on is not None
    if match.trial_from_on >= said.on:
        who = str(match.first_meeting_with or "")
        _promise(match, MatchFollowUp.FIRST_MEETING, said, due_on=match.trial_from_on, role=role, who=who)
    talk_on = max(match.trial_from_on, match.trial_until_on - timedelta(days=TRIAL_TALK_DAYS), said.on)
    _promise(match, MatchFollowUp.TRIAL_ENDING, said, due_on=talk_on)


def settle_beginning(match: Match, state: FollowUpState, said: Said) -> None:
    for kind in _BEGINNING:
        settle(match, kind, state, said)


def put_back_beginning(match: Match, state: FollowUpState, said: Said) -> None:
    """The step that took these off the list today was undone."""
    found = FollowUp.objects.filter(case_id=match.case_id, kind__in=_BEGINNING, state=state, done_on=said.on)
    for follow_up in found:
        put_back_follow_up(follow_up, case=match.case, actor=said.actor, on=said.on, now=said.now)


def promise_farewell(match: Match, said: Said) -> None:
    """A planned end is not the last visit (Elements of Effective Practice, 6): the two say goodbye to each other."""
    _promise(match, MatchFollowUp.FAREWELL, said, due_on=said.on + timedelta(days=FAREWELL_DAYS))


def promise_vetting_decision(match: Match, said: Said) -> None:
    due_on = said.on + timedelta(days=VETTING_DECISION_DAYS)
    _promise(match, MatchFollowUp.VETTING_EXPIRED, said, due_on=due_on, role=Role.SUPERVISOR)
    settle(match, MatchFollowUp.VETTING_EXPIRING, FollowUpState.DROPPED, said)


def warn_of_expiry(match: Match, said: Said, *, expires_on: date) -> bool:
    """Once for each match and end of validity, whatever became of the warning. False if it was there."""
    told = FollowUp.objects.filter(case_id=match.case_id, kind=MatchFollowUp.VETTING_EXPIRING, due_on=expires_on)
    if told.exists():
        return False
    _promise(match, MatchFollowUp.VETTING_EXPIRING, said, due_on=expires_on, role=Role.SUPERVISOR)
    return True


def promise_other_adult(match: Match, parted: Sequence[Gathering], said: Said) -> None:
    """The child keeps its places at these gatherings: somebody else has to come along, by the day before the first."""
    if not parted:
        return
    days = [gathering.begins_on - timedelta(days=1) for gathering in parted if gathering.begins_on]
    due_on = min([said.on + timedelta(days=OTHER_ADULT_DAYS), *days])
    _promise(match, MatchFollowUp.ADULT_NEEDED, said, due_on=max(due_on, said.on))


def settle(match: Match, kind: MatchFollowUp, state: FollowUpState, said: Said) -> int:
    """Take what is due of a kind off the list: the awaited thing has happened, or it is no longer needed."""
    found = FollowUp.objects.filter(case_id=match.case_id, kind=kind, state=FollowUpState.DUE)
    for follow_up in found:
        settle_follow_up(follow_up, state, case=match.case, actor=said.actor, on=said.on, now=said.now)
    return len(found)


def settle_vetting(match: Match, state: FollowUpState, said: Said) -> None:
    """The pair is no longer held up by vetting: it goes on, or it has ended."""
    settle(match, MatchFollowUp.VETTING_EXPIRED, state, said)
    if match.state == MatchState.CLOSED:
        settle(match, MatchFollowUp.VETTING_EXPIRING, state, said)


def _promise(
    match: Match, kind: MatchFollowUp, said: Said, *, due_on: date, role: Role = Role.WORKER, who: str = ""
) -> None:
    # What is stored is read by everybody, so it is written in the district's language, not in the actor's.
    with override(settings.LANGUAGE_CODE):
        note = say_value(kind.label, who) if who else str(kind.label)
    promise_follow_up(
        actor=said.actor, case=match.case, kind=kind, due_on=due_on, on=said.on, now=said.now, role=role, note=note
    )
