"""Matches that the calendar has caught up with; the acts look again under their locks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sunward.casework.enums import FollowUpState
from sunward.casework.models import FollowUp
from sunward.mentoring.enums import READING_STATES, MatchFollowUp, MatchState
from sunward.mentoring.models import Match, VettingFact
from sunward.mentoring.vetting import read_standing


@dataclass(frozen=True, slots=True)
class MatchesByVetting:
    """Keys of matches: `stopped` by vetting, and those whose warning has to be given or taken back."""

    stopped: tuple[int, ...]
    to_warn_or_calm: tuple[int, ...]


def list_matches_by_vetting(*, on: date) -> MatchesByVetting:
    """Three queries, however many matches there are."""
    matches = list(
        Match.objects.filter(state__in=READING_STATES).order_by("pk").values_list("pk", "mentor_id", "case_id")
    )
    facts: dict[int, list[VettingFact]] = defaultdict(list)
    for fact in VettingFact.objects.filter(mentor__matches__state__in=READING_STATES).distinct():
        facts[fact.mentor_id].append(fact)
    warned = set(
        FollowUp.objects.filter(kind=MatchFollowUp.VETTING_EXPIRING, state=FollowUpState.DUE).values_list(
            "case_id", flat=True
        )
    )
    stopped, others = [], []
    for pk, mentor_id, case_id in matches:
        standing = read_standing(facts[mentor_id], on=on)
        if not standing.may_match:
            stopped.append(pk)
        elif standing.is_expiring or case_id in warned:
            others.append(pk)
    return MatchesByVetting(tuple(stopped), tuple(others))


def list_ended_handovers(*, on: date) -> tuple[int, ...]:
    ended = Match.objects.filter(state=MatchState.HANDOVER, handover_until_on__lt=on)
    return tuple(ended.order_by("pk").values_list("pk", flat=True))
