"""Whoever cannot come gives the place to whoever waited longest, in the same transaction."""

import pytest

from sunward.audit.models import AuditEntry
from sunward.core.refusals import NotThere
from sunward.gatherings.actions import check_in, edit_gathering, finish_gathering, withdraw_one, withdraw_party
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Part, SignUpState
from sunward.gatherings.models import Gathering, SignUp
from sunward.gatherings.news import NewsKind
from sunward.ledger.queries import standing_facts
from tests.factories import NOW, TODAY, actor_of, make_committee, make_officer
from tests.gatherings.builders import (
    AFTER,
    DURING,
    TRAINING,
    adult,
    bring,
    details,
    guests,
    listening,
    planner,
    published,
    refused,
    willing_child,
)

pytestmark = pytest.mark.django_db


def withdraw(gathering, rows, *, actor=None, **said):
    asked = {"on": TODAY, "now": NOW} | said
    return withdraw_party(actor=actor or planner(), gathering_id=gathering.uid, party=rows[0].party, **asked)


def withdraw_head(gathering, row, **said):
    asked = {"actor": planner(), "on": TODAY, "now": NOW} | said
    return withdraw_one(gathering_id=gathering.uid, sign_up_id=row.uid, **asked)


def state(rows):
    return SignUp.objects.get(pk=rows[0].pk).state


def test_whoever_waited_longest_moves_up_and_hears_it():
    gathering, second = published(TRAINING, places=1), adult()
    first, waiting, last = (
        bring(gathering, *guests()),
        bring(gathering, Head(second.person_id)),
        bring(gathering, *guests()),
    )
    with listening() as heard:
        withdraw(gathering, first)
    assert [state(rows) for rows in (first, waiting, last)] == ["withdrawn", "placed", "waiting"]
    assert [(news.kind, news.person_id) for news in heard] == [(NewsKind.MOVED_UP, second.person_id)]
    assert SignUp.objects.get(pk=waiting[0].pk).placed_at == NOW


def test_a_family_waits_until_there_is_room_for_all_of_it():
    gathering = published(TRAINING, places=2)
    one, other, family = bring(gathering, *guests()), bring(gathering, *guests()), bring(gathering, *guests(2))
    withdraw(gathering, one)
    assert state(family) == SignUpState.WAITING
    withdraw(gathering, other)
    assert state(family) == SignUpState.PLACED


def test_who_withdraws_takes_the_fact_back_and_leaves_the_row_with_its_reason():
    gathering = published(TRAINING)
    rows = bring(gathering, *guests(2))
    withdraw(gathering, rows, reason="孩子发烧")
    assert {(row.state, row.withdraw_reason) for row in SignUp.objects.all()} == {("withdrawn", "孩子发烧")}
    assert not standing_facts().filter(kind="gatherings.signed_up").exists()
    # The reason is in somebody's own words: the record of acts does not repeat it.
    assert AuditEntry.objects.get(code="gatherings.withdrawn").detail == {"heads": 2, "queue": 1}


def test_withdrawn_twice_is_withdrawn_once():
    gathering = published(TRAINING)
    rows = bring(gathering, *guests())
    assert (len(withdraw(gathering, rows)), len(withdraw(gathering, rows))) == (1, 0)
    assert AuditEntry.objects.filter(code="gatherings.withdrawn").count() == 1


def test_whoever_withdrew_may_come_again_at_the_end_of_the_line():
    gathering, case = published(TRAINING, places=1), adult()
    first = bring(gathering, Head(case.person_id))
    bring(gathering, *guests())
    withdraw(gathering, first)
    again = bring(gathering, Head(case.person_id))
    assert (again[0].state, again[0].queue) == (SignUpState.WAITING, 3)


def test_one_head_of_a_party_may_stay_at_home():
    gathering = published(TRAINING, places=2)
    pair, waiting = bring(gathering, *guests(2)), bring(gathering, *guests())
    withdraw_head(gathering, pair[1])
    assert [state([row]) for row in (*pair, *waiting)] == ["placed", "withdrawn", "placed"]


def test_the_adult_of_a_party_does_not_leave_its_children_to_nobody():
    gathering = published()
    family = bring(gathering, *[Head(willing_child().person_id) for _ in range(4)], Head(adult().person_id, Part.ADULT))
    refused(lambda: withdraw_head(gathering, family[-1]), "gatherings.adult_needed")
    assert len(withdraw(gathering, family)) == 5


def test_a_guest_who_is_a_child_is_not_left_alone():
    gathering = published()
    child = Head(part=Part.COMPANION, guest_name="小宝", guest_age=8)
    family = bring(gathering, Head(willing_child().person_id), Head(adult().person_id, Part.ADULT), child)
    refused(lambda: withdraw_head(gathering, family[1]), "gatherings.adult_needed")


def test_a_whole_party_may_always_go_even_if_others_then_lack_adults():
    gathering = published()
    adults = bring(gathering, Head(willing_child().person_id), *[Head(adult().person_id, Part.ADULT) for _ in range(2)])
    children = [bring(gathering, Head(willing_child().person_id)) for _ in range(4)]
    assert len(withdraw(gathering, adults)) == 3
    assert [state(rows) for rows in children] == ["placed"] * 4


def test_a_place_given_back_is_not_given_to_a_child_without_enough_adults():
    gathering = published(places=6)
    family = bring(gathering, Head(willing_child().person_id), Head(adult().person_id, Part.ADULT))
    for _ in range(4):
        bring(gathering, Head(willing_child().person_id))
    child = bring(gathering, Head(willing_child().person_id))
    grown_up = bring(gathering, Head(willing_child().person_id), Head(adult().person_id, Part.ADULT))
    withdraw(gathering, family)
    assert [state(child), state(grown_up)] == [SignUpState.WAITING, SignUpState.PLACED]


def test_a_worker_withdraws_only_those_of_her_own_units():
    gathering = published()
    here, there = make_committee("310110012001"), make_committee("310110012002")
    own, foreign = (bring(gathering, Head(willing_child(unit=unit).person_id)) for unit in (here, there))
    worker = actor_of(make_officer("worker", here))
    with pytest.raises(NotThere):
        withdraw(gathering, foreign, actor=worker)
    assert len(withdraw(gathering, own, actor=worker)) == 1


def test_who_has_been_checked_in_is_not_withdrawn():
    gathering = published(TRAINING)
    rows = bring(gathering, *guests())
    check_in(actor=planner(), gathering_id=gathering.uid, sign_up_id=rows[0].uid, now=DURING)
    refused(lambda: withdraw(gathering, rows), "gatherings.came_already")


def test_after_it_was_held_nobody_is_withdrawn():
    gathering = published(TRAINING)
    rows = bring(gathering, *guests())
    finish_gathering(
        actor=planner(), gathering_id=gathering.uid, version=gathering.version, summary="", on=AFTER.date(), now=AFTER
    )
    refused(lambda: withdraw(gathering, rows), "gatherings.over")


def test_more_places_let_the_waiting_up_in_their_order():
    host, gathering = planner(), published(TRAINING, places=1)
    parties = [bring(gathering, *guests()) for _ in range(4)]
    edit_gathering(
        actor=host, gathering_id=gathering.uid, version=gathering.version, details=details(places=3), on=TODAY, now=NOW
    )
    assert [state(rows) for rows in parties] == ["placed", "placed", "placed", "waiting"]


def test_no_limit_of_places_lets_everybody_up():
    host, gathering = planner(), published(TRAINING, places=1)
    parties = [bring(gathering, *guests()) for _ in range(3)]
    edit_gathering(
        actor=host,
        gathering_id=gathering.uid,
        version=gathering.version,
        details=details(places=None),
        on=TODAY,
        now=NOW,
    )
    assert {state(rows) for rows in parties} == {"placed"}


def test_places_cannot_become_fewer_than_are_taken():
    host, gathering = planner(), published(TRAINING, places=3)
    bring(gathering, *guests(2))

    def set_places(places):
        version = Gathering.objects.get(pk=gathering.pk).version
        return edit_gathering(
            actor=host, gathering_id=gathering.uid, version=version, details=details(places=places), on=TODAY, now=NOW
        )

    refused(lambda: set_places(1), "gatherings.places_taken")
    assert set_places(2).places == 2
