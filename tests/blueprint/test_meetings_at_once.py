"""Two who act on one meeting or one plan in the same moment."""

import pytest

from sunward.blueprint.actions.approving import approve_meeting
from sunward.blueprint.actions.proposals import answer_proposal
from sunward.blueprint.actions.work import set_needs
from sunward.blueprint.enums import Answer
from sunward.blueprint.models import Decision, DeliveryPlan, Dependency, MeetingProposal
from tests.blueprint.meetings import approved_plan, begin, confirm_all, item_of, make_keeper, make_units, minutes_of
from tests.factories import NOW, TODAY
from tests.pressing import at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def keeper():
    make_units()
    return make_keeper()


def test_a_meeting_approved_by_two_at_once_becomes_one_plan(keeper, tmp_path):
    meeting = begin(keeper, minutes_of(tmp_path))
    confirm_all(keeper, meeting)
    approve = {"actor": keeper, "meeting_id": meeting.uid, "version": meeting.version, "on": TODAY, "now": NOW}
    assert refusals(at_once(*[lambda: approve_meeting(**approve)] * 2)) == ["blueprint.meeting_approved"]
    assert (DeliveryPlan.objects.count(), Decision.objects.count()) == (1, 3)


def test_two_lines_that_are_made_to_wait_for_each_other_at_once_form_no_circle(keeper, tmp_path):
    plan = approved_plan(keeper, tmp_path)
    first, second = item_of(plan, 1), item_of(plan, 2)
    needs = {"actor": keeper, "version": 1, "now": NOW}
    answers = at_once(
        lambda: set_needs(item_id=first.uid, numbers=[2], **needs),
        lambda: set_needs(item_id=second.uid, numbers=[1], **needs),
    )
    assert refusals(answers) == ["blueprint.needs_circle"]
    assert Dependency.objects.count() == 1


def test_two_proposals_that_are_merged_with_each_other_at_once_leave_one_that_stands_by_itself(keeper, tmp_path):
    meeting = begin(keeper, minutes_of(tmp_path))
    first, second = meeting.proposals.order_by("number")[:2]
    answer = {"actor": keeper, "version": 1, "answer": Answer.MERGED, "reason": "同一件事", "on": TODAY, "now": NOW}
    answers = at_once(
        lambda: answer_proposal(proposal_id=first.uid, merged_into=2, **answer),
        lambda: answer_proposal(proposal_id=second.uid, merged_into=1, **answer),
    )
    assert refusals(answers) == ["blueprint.merged_into"]
    assert MeetingProposal.objects.filter(answer=Answer.MERGED).count() == 1
