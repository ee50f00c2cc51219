"""Whether a neighbour mom has a child of her own, as a figure counts it: each mom once, however many children."""

from datetime import timedelta

import pytest

from sunward.figures.counting.figure import Figure
from sunward.figures.pins import month_of
from sunward.mentoring.actions import matches as acts
from sunward.mentoring.actions.match_undoing import undo_step
from sunward.mentoring.enums import EndReason, MatchState
from sunward.mentoring.indicators import INDICATORS
from tests.factories import NOW, TODAY, actor_of, make_child, make_match, make_mentor, make_officer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MEASURE = next(one for one in INDICATORS if one.code == "mentoring.moms_with_child").newest.measure


@pytest.fixture
def officer():
    return actor_of(make_officer(name="区干事"))


def propose(mentor=None):
    return make_match(make_child(), mentor or make_mentor(), state=MatchState.PROPOSED)


def begin(officer, match):
    return acts.start_trial(
        actor=officer, match_id=match.uid, first_meeting_on=TODAY, until_on=TODAY + 30 * DAY, on=TODAY, now=NOW
    )


def close(officer, match):
    return acts.close_match(actor=officer, match_id=match.uid, why=EndReason.MOVED, on=TODAY, now=NOW)


def undo(officer, match):
    return undo_step(actor=officer, match_id=match.uid, on=TODAY, now=NOW)


def moms():
    return int(Figure(MEASURE, month_of(TODAY), "/").number().value)


def test_a_match_that_is_only_proposed_gives_her_no_child_yet(officer):
    match = propose()
    assert moms() == 0
    begin(officer, match)
    assert moms() == 1


def test_a_mom_with_two_children_is_one_until_the_last_has_left(officer):
    mentor = make_mentor(capacity=2)
    both = [propose(mentor) for _child in range(2)]
    for match in both:
        begin(officer, match)
    assert moms() == 1
    close(officer, both[0])
    assert moms() == 1
    close(officer, both[1])
    assert moms() == 0


def test_a_step_that_is_taken_back_leaves_her_as_she_was(officer):
    match = propose()
    begin(officer, match)
    undo(officer, match)
    assert moms() == 0


def test_of_two_children_who_left_one_comes_back_and_she_has_a_child_again(officer):
    mentor = make_mentor(capacity=2)
    both = [propose(mentor) for _child in range(2)]
    for match in both:
        begin(officer, match)
    for match in both:
        close(officer, match)
    undo(officer, both[0])
    assert moms() == 1
