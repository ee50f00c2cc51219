"""What is due for a child, ticked off and ticked back."""

from datetime import timedelta

import pytest

from sunward.casework.actions import (
    add_follow_up,
    complete_follow_up,
    drop_follow_up,
    reopen_follow_up,
    set_needs,
)
from sunward.casework.enums import FollowUpKind, FollowUpState
from sunward.core.refusals import NotThere, Refusal
from sunward.ledger.models import Fact
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.actor_of(make.make_officer())


def _add(actor, case, *, in_days=3):
    return add_follow_up(
        actor=actor, case_id=case.uid, kind=FollowUpKind.CALL, due_on=make.TODAY + timedelta(days=in_days),
        on=make.TODAY, now=make.NOW, note="问问开学的事",
    )  # fmt: skip


def test_it_is_done_by_whoever_ticks_it_and_can_be_undone(officer):
    case = make.make_child()
    follow_up = _add(officer, case)
    which = {"case_id": case.uid, "follow_up_id": follow_up.pk, "on": make.TODAY, "now": make.NOW}

    done = complete_follow_up(actor=officer, **which)
    assert (done.state, done.done_on, done.done_by_id) == (FollowUpState.DONE, make.TODAY, officer.user_id)

    due = reopen_follow_up(actor=officer, **which)
    assert (due.state, due.done_on, due.done_by_id) == (FollowUpState.DUE, None, None)
    assert list(Fact.objects.order_by("pk").values_list("kind", flat=True)) == [
        "casework.follow_up_added", "casework.follow_up_done", "casework.follow_up_reopened",
    ]  # fmt: skip


def test_what_is_settled_is_not_settled_again(officer):
    case = make.make_child()
    follow_up = _add(officer, case)
    which = {"case_id": case.uid, "follow_up_id": follow_up.pk, "on": make.TODAY, "now": make.NOW}
    drop_follow_up(actor=officer, **which)

    with pytest.raises(NotThere):
        complete_follow_up(actor=officer, **which)


def test_a_day_gone_by_is_refused(officer):
    with pytest.raises(Refusal, match="day_passed"):
        _add(officer, make.make_child(), in_days=-1)


def test_needs_become_exactly_what_was_ticked_and_keep_their_history(officer):
    case = make.make_child()
    yesterday = make.TODAY - timedelta(days=1)
    set_needs(actor=officer, case_id=case.uid, kinds=["tutoring", "health"], on=yesterday, now=make.NOW)

    set_needs(actor=officer, case_id=case.uid, kinds=["health", "legal_aid"], on=make.TODAY, now=make.NOW)

    held = {need.kind: (need.from_on, need.met_on) for need in case.needs.all()}
    assert held == {
        "tutoring": (yesterday, make.TODAY), "health": (yesterday, None), "legal_aid": (make.TODAY, None),
    }  # fmt: skip
    set_needs(actor=officer, case_id=case.uid, kinds=["tutoring", "health"], on=make.TODAY, now=make.NOW)
    set_needs(actor=officer, case_id=case.uid, kinds=["legal_aid"], on=make.TODAY, now=make.NOW)
    assert sorted(case.needs.filter(met_on=None).values_list("kind", flat=True)) == ["legal_aid"]
