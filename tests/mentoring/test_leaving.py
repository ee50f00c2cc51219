"""Leaving: no child is left with nobody, access ends with the act; and the ways back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sunward.accounts.access import read_actor
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.refusals import Conflict, NotAllowed, NotThere
from sunward.mentoring.actions.leaving import come_back, leave, undo_leave
from sunward.mentoring.enums import LIVE_STATES, LeaveReason, MatchState, VettingKind
from sunward.mentoring.models import Mentor
from tests import factories as make

pytestmark = pytest.mark.django_db
WHEN = {"on": make.TODAY, "now": make.NOW}
TOMORROW = {"on": make.TODAY + timedelta(days=1), "now": make.NOW + timedelta(days=1)}


@pytest.fixture
def officer():
    return make.actor_of(make.make_officer())


def _signed_in(**more):
    """A neighbour mom with every step done, and an account."""
    user = make.make_user()
    mentor = make.make_mentor("李芳芳", user=user, **more)
    make.give_post(user, Role.MENTOR, mentor.unit)
    for kind in (VettingKind.IDENTITY, VettingKind.INTERVIEW):
        make.add_vetting(mentor, kind, on=make.TODAY - timedelta(days=60))
    Mentor.objects.filter(pk=mentor.pk).update(agreed_on=make.TODAY - timedelta(days=50))
    mentor.refresh_from_db()
    return mentor


def _leave(officer, mentor, reason=LeaveReason.OWN_WISH, **when):
    return leave(actor=officer, mentor_id=mentor.uid, reason=reason, **(when or WHEN))


def _has_post(mentor, on=make.TODAY):
    mentor.user.refresh_from_db()
    return mentor.user.is_active and read_actor(mentor.user, on=on).has(Role.MENTOR)


def test_her_access_ends_with_the_act(officer, client):
    mentor = _signed_in()
    client.force_login(mentor.user)
    assert client.get("/").status_code == 200

    _leave(officer, mentor)

    mentor.refresh_from_db()
    assert (mentor.state, mentor.left_on, mentor.leave_reason) == ("left", make.TODAY, "own_wish")
    assert not _has_post(mentor)
    assert client.get("/").status_code == 302
    with pytest.raises(Conflict, match="has_left_already"):
        _leave(officer, mentor)


@pytest.mark.parametrize("state", LIVE_STATES)
def test_nobody_leaves_while_a_child_is_hers_and_the_refusal_names_references_only(officer, state):
    mentor = _signed_in(capacity=2)
    child = make.make_child("陈小明")
    make.make_match(child, mentor, state=state)
    make.make_match(make.make_child(), mentor, state=MatchState.CLOSED)

    with pytest.raises(Conflict, match="matches_live") as refused:
        _leave(officer, mentor)

    assert child.reference in str(refused.value.sentence)
    assert "陈小明" not in str(refused.value.sentence)
    assert _has_post(mentor)


def test_whoever_works_here_too_keeps_that_post_and_the_account(officer):
    mentor = _signed_in()
    make.give_post(mentor.user, Role.WORKER, mentor.unit)

    _leave(officer, mentor)

    actor = read_actor(mentor.user, on=make.TODAY)
    mentor.user.refresh_from_db()
    assert mentor.user.is_active
    assert actor.roles == {Role.WORKER}


def test_a_mistake_is_undone_on_the_same_day_by_whoever_made_it(officer):
    mentor = _signed_in()
    Mentor.objects.filter(pk=mentor.pk).update(state="resting")
    _leave(officer, mentor)

    with pytest.raises(Conflict, match="leave_not_undoable"):
        undo_leave(actor=make.actor_of(make.make_officer()), mentor_id=mentor.uid, **WHEN)
    with pytest.raises(Conflict, match="leave_not_undoable"):
        undo_leave(actor=officer, mentor_id=mentor.uid, **TOMORROW)
    undo_leave(actor=officer, mentor_id=mentor.uid, **WHEN)

    mentor.refresh_from_db()
    assert (mentor.state, mentor.left_on, mentor.leave_reason) == ("resting", None, "")
    assert _has_post(mentor)


def test_left_undone_and_left_again_on_one_day(officer):
    mentor = _signed_in()
    for _round in range(2):
        _leave(officer, mentor)
        assert not _has_post(mentor)
        undo_leave(actor=officer, mentor_id=mentor.uid, **WHEN)
        assert _has_post(mentor)


def test_she_comes_back_with_what_is_still_valid(officer):
    mentor = _signed_in()
    _leave(officer, mentor)

    come_back(actor=officer, mentor_id=mentor.uid, **TOMORROW)

    mentor.refresh_from_db()
    assert mentor.state == "active"
    assert _has_post(mentor, on=TOMORROW["on"])
    with pytest.raises(Conflict, match="has_not_left"):
        come_back(actor=officer, mentor_id=mentor.uid, **TOMORROW)


def test_what_has_expired_meanwhile_makes_her_an_applicant_again(officer):
    mentor = _signed_in()
    _leave(officer, mentor)
    later = {"on": make.TODAY + timedelta(days=400), "now": make.NOW + timedelta(days=400)}

    come_back(actor=officer, mentor_id=mentor.uid, **later)

    mentor.refresh_from_db()
    assert mentor.state == "applied"


def test_an_account_that_was_locked_for_another_reason_stays_locked(officer):
    mentor = _signed_in()
    mentor.user.is_active = False
    mentor.user.save()
    _leave(officer, mentor)

    come_back(actor=officer, mentor_id=mentor.uid, **TOMORROW)

    assert not _has_post(mentor, on=TOMORROW["on"])


def test_whoever_was_no_longer_suitable_is_let_in_from_above_only(officer):
    mentor = _signed_in()
    _leave(officer, mentor, LeaveReason.UNFIT)

    with pytest.raises(NotAllowed, match="unfit_comes_back_from_above"):
        come_back(actor=make.actor_of(make.make_officer(Role.WORKER, mentor.unit)), mentor_id=mentor.uid, **TOMORROW)
    come_back(
        actor=make.actor_of(make.make_officer(Role.SUPERVISOR, make.make_subdistrict())), mentor_id=mentor.uid,
        **TOMORROW,
    )  # fmt: skip


def test_the_office_next_door_lets_nobody_go(officer):
    mentor = _signed_in()
    next_door = make.make_committee("310110012002", name="第二居委会")

    with pytest.raises(NotThere):
        _leave(make.actor_of(make.make_officer(Role.WORKER, next_door)), mentor)


def test_her_page_offers_the_ways_out_and_back(client, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)
    mentor = _signed_in()
    client.force_login(make.make_officer())
    page, out = reverse("mentoring:mentor", args=[mentor.uid]), reverse("mentoring:mentor_leave", args=[mentor.uid])
    undo = reverse("mentoring:mentor_leave_undo", args=[mentor.uid])

    assert out in client.get(page).content.decode()
    assert client.post(out, {}).status_code == 422
    assert client.post(out, {"reason": "moved"}).status_code == 302
    assert undo in client.get(page).content.decode()
    assert client.post(undo).status_code == 302
    assert out in client.get(page).content.decode()
