"""Small wishes: written, released by a supervisor, granted by somebody on a day."""

import pytest

from sunward.accounts.enums import Role
from sunward.casework.actions import add_wish, drop_wish, grant_wish, release_wish, reopen_goal, take_back_wish
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.casework.arrangements import DAY, make_goal

pytestmark = pytest.mark.django_db


def _actor(role, unit=None):
    return make.actor_of(make.make_officer(role, unit or make.make_subdistrict()))


@pytest.fixture
def worker():
    return _actor(Role.WORKER, make.make_committee())


@pytest.fixture
def supervisor():
    return _actor(Role.SUPERVISOR)


@pytest.fixture
def wish(worker):
    case = make.make_child()
    return add_wish(actor=worker, case_id=case.uid, words="一套彩色铅笔", on=make.TODAY, now=make.NOW)


def _at(actor, wish):
    wish.refresh_from_db()
    return {"actor": actor, "case_id": wish.case.uid, "goal_id": wish.uid, "version": wish.version,
            "on": make.TODAY, "now": make.NOW}  # fmt: skip


def test_a_wish_is_on_the_wall_from_its_release_until_that_is_taken_back(supervisor, wish):
    release_wish(**_at(supervisor, wish), wall_words="彩色铅笔一套")
    wish.refresh_from_db()
    assert (wish.released_on, wish.wall_words, wish.words) == (make.TODAY, "彩色铅笔一套", "一套彩色铅笔")

    take_back_wish(**_at(supervisor, wish))

    wish.refresh_from_db()
    assert (wish.released_on, wish.wall_words) == (None, "")


def test_the_worker_who_writes_a_wish_does_not_release_it(worker, wish):
    elsewhere = make.make_user()
    make.give_post(elsewhere, Role.WORKER, make.make_committee())
    make.give_post(elsewhere, Role.SUPERVISOR, make.make_subdistrict("310110019"))

    for actor in (worker, make.actor_of(elsewhere)):
        with pytest.raises(NotAllowed, match="releasing_role"):
            release_wish(**_at(actor, wish), wall_words="彩色铅笔一套")


def test_a_wish_is_granted_by_somebody_on_a_day_and_that_can_be_undone(supervisor, wish):
    grant_wish(**_at(supervisor, wish), granted_by="街道商会", granted_on=make.TODAY)
    wish.refresh_from_db()
    assert (wish.state, wish.granted_by, wish.settled_on) == ("reached", "街道商会", make.TODAY)
    with pytest.raises(Conflict, match="goal_settled"):
        grant_wish(**_at(supervisor, wish), granted_by="街道商会", granted_on=make.TODAY)
    assert standing_facts().filter(kind="casework.wish_granted").count() == 1

    at = _at(supervisor, wish)
    reopen_goal(**at)

    assert not standing_facts().filter(kind="casework.wish_granted").exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"granted_on": make.TODAY + DAY}, "day_in_future"),
        ({"granted_on": make.TODAY - DAY}, "wish_not_yet"),
        ({"granted_by": " "}, "granter_missing"),
    ],
)
def test_a_grant_says_who_and_a_day_that_can_be(supervisor, wish, said, why):
    with pytest.raises(Refusal, match=why):
        grant_wish(**_at(supervisor, wish), **({"granted_by": "商会", "granted_on": make.TODAY} | said))


def test_a_wish_that_is_given_up_says_why(worker, wish):
    with pytest.raises(Refusal, match="reason_missing"):
        drop_wish(**_at(worker, wish), reason="")

    drop_wish(**_at(worker, wish), reason="已经有了")

    wish.refresh_from_db()
    assert wish.state == "dropped"


def test_a_goal_is_no_wish(supervisor):
    goal = make_goal(supervisor, make.make_child())

    with pytest.raises(NotThere, match="wish_not_there"):
        release_wish(**_at(supervisor, goal), wall_words="x")


def test_a_child_is_asked_for_a_wish_and_not_for_a_list(worker, wish):
    for words in ("一本书", "去看海"):
        add_wish(actor=worker, case_id=wish.case.uid, words=words, on=make.TODAY, now=make.NOW)

    with pytest.raises(Refusal, match="wishes_enough"):
        add_wish(actor=worker, case_id=wish.case.uid, words="再来一个", on=make.TODAY, now=make.NOW)
