"""Many at the same moment: the places are never more than there are, the line keeps its order, nobody is in twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from sunward.gatherings.actions import check_in_at_door, edit_gathering, give_feedback, open_door, withdraw_party
from sunward.gatherings.actions.reminders import remind_of_session
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import SignUpState
from sunward.gatherings.models import Attendance, Feedback, Gathering, SignUp
from sunward.gatherings.tokens import feedback_token
from sunward.ledger.queries import standing_facts
from tests.factories import NOW, TODAY
from tests.gatherings.builders import BEGINS, DURING, TRAINING, adult, bring, details, guests, planner, published
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def line(gathering: Gathering) -> list[tuple[int, str]]:
    return list(gathering.sign_ups.standing().order_by("queue", "pk").values_list("queue", "state"))


def placed_then_waiting(places: int, waiting: int) -> list[tuple[int, str]]:
    return [
        (number, SignUpState.PLACED if number <= places else SignUpState.WAITING)
        for number in range(1, places + waiting + 1)
    ]


def test_two_hundred_at_once_for_thirty_places_are_thirty_in_and_the_others_in_line():
    host, gathering = planner(), published(TRAINING, places=30)
    answers = at_once(*[lambda: bring(gathering, *guests(), actor=host) for _ in range(200)])
    assert not refusals(answers)
    assert line(gathering) == placed_then_waiting(30, 170)
    assert len(set(gathering.sign_ups.values_list("code", flat=True))) == 200
    assert standing_facts().filter(kind="gatherings.signed_up").count() == 200
    # The line is the order of arrival: whoever was written earlier stands before whoever was written later.
    assert list(gathering.sign_ups.order_by("pk").values_list("queue", flat=True)) == list(range(1, 201))


def test_one_form_sent_by_ten_hands_at_once_is_one_party():
    host, gathering, key = planner(), published(TRAINING, places=30), uuid4()
    answers = at_once(*[lambda: bring(gathering, *guests(2), actor=host, party=key) for _ in range(10)])
    assert len({tuple(row.pk for row in answer) for answer in answers}) == 1
    assert SignUp.objects.count() == 2


def test_one_person_signed_up_by_ten_officers_at_once_has_one_place():
    gathering, case = published(TRAINING, places=30), adult()
    officers = [planner() for _ in range(10)]
    answers = at_once(*[_bringing(gathering, Head(case.person_id), officer) for officer in officers])
    assert refusals(answers) == ["gatherings.signed_up_already"] * 9
    assert SignUp.objects.count() == 1


def test_two_who_withdraw_at_once_let_two_others_up():
    host, gathering = planner(), published(TRAINING, places=2)
    parties = [bring(gathering, *guests(), actor=host) for _ in range(5)]
    at_once(*[_withdrawing(gathering, rows[0].party, host) for rows in parties[:2]])
    assert line(gathering) == [(3, SignUpState.PLACED), (4, SignUpState.PLACED), (5, SignUpState.WAITING)]


def test_one_who_withdraws_twice_at_once_lets_one_other_up():
    host, gathering = planner(), published(TRAINING, places=1)
    parties = [bring(gathering, *guests(), actor=host) for _ in range(3)]
    at_once(*[_withdrawing(gathering, parties[0][0].party, host) for _ in range(6)])
    assert line(gathering) == [(2, SignUpState.PLACED), (3, SignUpState.WAITING)]


def test_more_places_while_others_come_and_go_are_filled_and_never_more():
    host, gathering = planner(), published(TRAINING, places=5)
    parties = [bring(gathering, *guests(), actor=host) for _ in range(20)]
    acts: list[Callable[[], Any]] = [_withdrawing(gathering, rows[0].party, host) for rows in parties[:4]]
    acts += [_bringing(gathering, *guests(), host) for _ in range(4)]
    acts.append(lambda: _widen(gathering, host, places=9))
    at_once(*acts)
    rows = line(gathering)
    assert len(rows) == 20
    assert [state for _queue, state in rows] == [SignUpState.PLACED] * 9 + [SignUpState.WAITING] * 11


def test_fewer_places_while_others_come_never_leave_more_people_than_places():
    host, gathering = planner(), published(TRAINING, places=6)
    acts: list[Callable[[], Any]] = [_bringing(gathering, *guests(), host) for _ in range(8)]
    acts.append(lambda: _widen(gathering, host, places=3))
    answers = at_once(*acts)
    gathering.refresh_from_db()
    assert gathering.places == (6 if refusals(answers) == ["gatherings.places_taken"] else 3)
    assert gathering.sign_ups.placed().count() == gathering.places


def test_one_code_typed_on_six_telephones_at_once_checks_everybody_in_once():
    gathering = published(TRAINING)
    rows = bring(gathering, *guests(3))
    token = open_door(actor=planner(), gathering_id=gathering.uid, now=NOW).token
    answers = at_once(*[lambda: check_in_at_door(token=token, typed=rows[0].code, now=DURING) for _ in range(6)])
    assert answers == [3] * 6
    assert Attendance.objects.count() == 3


def test_six_who_guess_at_once_are_six_wrong_tries():
    gathering = published(TRAINING)
    token = open_door(actor=planner(), gathering_id=gathering.uid, now=NOW).token
    answers = at_once(*[lambda: check_in_at_door(token=token, typed="000000", now=DURING) for _ in range(6)])
    assert refusals(answers) == ["gatherings.door_unknown"] * 6
    assert gathering.doors.get().wrong_tries == 6


def test_two_workers_who_remind_at_once_tell_everybody_once():
    gathering, case = published(TRAINING), adult()
    bring(gathering, Head(case.person_id))
    session, now = gathering.sessions.get(), BEGINS - timedelta(hours=24)
    assert sorted(at_once(*[lambda: remind_of_session(session_pk=session.pk, now=now) for _ in range(4)])) == [
        0,
        0,
        0,
        1,
    ]


def test_one_opinion_sent_by_four_hands_at_once_counts_once():
    (row,) = bring(published(TRAINING), *guests())
    said = {"token": feedback_token(row.uid), "satisfaction": 5, "on": TODAY, "now": DURING}
    answers = at_once(*[lambda: give_feedback(**said) for _ in range(4)])
    assert refusals(answers) == ["gatherings.feedback_given"] * 3
    assert Feedback.objects.count() == 1


def _bringing(gathering: Gathering, head: Head, actor: Any) -> Callable[[], Any]:
    return lambda: bring(gathering, head, actor=actor)


def _withdrawing(gathering: Gathering, party: Any, actor: Any) -> Callable[[], Any]:
    return lambda: withdraw_party(actor=actor, gathering_id=gathering.uid, party=party, on=TODAY, now=NOW)


def _widen(gathering: Gathering, actor: Any, *, places: int) -> Gathering:
    version = Gathering.objects.get(pk=gathering.pk).version
    return edit_gathering(
        actor=actor, gathering_id=gathering.uid, version=version, details=details(places=places), on=TODAY, now=NOW
    )
