"""A pair signed up in the moment in which somebody ends the match: whoever comes first, she does not keep the child."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from sunward.audit.chain import verify
from sunward.gatherings.actions import withdraw_party
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Part
from sunward.gatherings.models import Gathering, SignUp
from sunward.mentoring.actions import matches as acts
from sunward.mentoring.actions.gatherings import sign_up_pair
from sunward.mentoring.actions.vetting import record_vetting
from sunward.mentoring.enums import MatchState, PauseReason, VettingKind, VettingResult
from sunward.mentoring.models import Match
from tests.factories import NOW, TODAY, actor_of, make_match
from tests.gatherings.builders import adult, bring, planner, published, willing_child
from tests.mentoring.test_parting import go_out, make_pair
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def signing_up(match: Match, gathering: Gathering) -> Callable[[], Any]:
    given = {"actor": actor_of(match.mentor.user), "match_id": match.uid, "gathering_id": gathering.uid}
    return lambda: sign_up_pair(**given, party=uuid4(), on=TODAY, now=NOW)


def pausing(match: Match) -> Callable[[], Any]:
    given = {"actor": planner(), "match_id": match.uid, "why": PauseReason.CONCERN}
    return lambda: acts.pause_match(**given, on=TODAY, now=NOW)


def withdrawing(rows: list[SignUp]) -> Callable[[], Any]:
    given = {"actor": planner(), "gathering_id": rows[0].gathering.uid, "party": rows[0].party}
    return lambda: withdraw_party(**given, on=TODAY, now=NOW)


def together(match: Match) -> bool:
    standing = SignUp.objects.standing()
    parties = standing.filter(person_id=match.case.person_id).values("party")
    return standing.filter(person_id=match.mentor.person_id, party__in=parties).exists()


def test_a_sign_up_and_a_pause_in_the_same_moment_leave_nobody_together():
    match, outings = make_pair(), [published() for _ in range(4)]
    mothers = [signing_up(match, outing) for outing in outings]
    answers = at_once(*mothers[:2], pausing(match), *mothers[2:])
    assert set(refusals(answers)) <= {"mentoring.match_not_there"}
    assert Match.objects.get(pk=match.pk).state == MatchState.PAUSED
    assert not together(match)


def test_many_gatherings_parted_while_others_come_and_go_wait_for_nobody_in_a_ring():
    """Gatherings are locked in the order of their keys, and the audit record after all of them."""
    match = make_pair()
    other = make_match(willing_child(name="林小麦"), match.mentor)
    outings = [published(places=9) for _ in range(3)]
    camps = [published(places=9) for _ in range(2)]
    for outing in outings:
        go_out(match, outing)
    for camp in camps:
        go_out(other, camp)
    families = [
        bring(place, Head(willing_child().person_id), Head(adult().person_id, Part.ADULT))
        for place in [*reversed(outings), *reversed(camps)]
    ]
    unfit = {
        "actor": planner(), "mentor_id": match.mentor.uid, "kind": VettingKind.BACKGROUND_CHECK,
        "result": VettingResult.UNFIT, "happened_on": TODAY,
    }  # fmt: skip
    answers = at_once(
        *[withdrawing(rows) for rows in families[:3]],
        lambda: record_vetting(**unfit, on=TODAY, now=NOW),
        *[withdrawing(rows) for rows in families[3:]],
    )
    assert not refusals(answers)
    assert not together(match)
    assert not together(other)
    assert verify().is_intact
