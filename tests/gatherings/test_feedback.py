"""What people say afterwards: once each, and nothing leads back to whoever wished to stay unnamed."""

from datetime import timedelta

import pytest

from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotThere
from sunward.gatherings.actions import give_feedback, record_feedback
from sunward.gatherings.actions.feedback import FEEDBACK_DAYS, find_by_feedback_token
from sunward.gatherings.models import Feedback, SignUp
from sunward.gatherings.tokens import feedback_token
from sunward.ledger.queries import standing_facts
from tests.factories import TODAY
from tests.gatherings.builders import AFTER, BEGINS, TRAINING, bring, guests, planner, published, refused

pytestmark = pytest.mark.django_db


def one_who_came():
    gathering = published(TRAINING)
    return gathering, bring(gathering, *guests())[0]


def say(row, *, now=AFTER, **said):
    asked = {"satisfaction": 5, "words": "孩子很开心"} | said
    give_feedback(token=feedback_token(row.uid), on=now.date(), now=now, **asked)


def test_nothing_leads_from_anonymous_words_to_whoever_said_them():
    gathering, row = one_who_came()
    say(row)
    said = Feedback.objects.get()
    assert (said.sign_up_id, said.satisfaction, said.words) == (None, 5, "孩子很开心")
    act = AuditEntry.objects.get(code="gatherings.feedback_given")
    assert (act.actor_id, act.subject_id, act.detail) == (0, gathering.pk, {"satisfaction": 5})
    fact = standing_facts().get(kind="gatherings.satisfaction")
    assert (fact.person_id, fact.actor_id, fact.quantity, fact.subject_id) == (None, 0, 5, said.pk)


def test_words_are_sealed_and_whoever_wishes_signs_them():
    _gathering, row = one_who_came()
    say(row, is_anonymous=False)
    assert Feedback.objects.get().sign_up == row
    assert Feedback.objects.values_list("words", flat=True)[0].startswith("v1:")


def test_said_once_is_said():
    _gathering, row = one_who_came()
    say(row)
    met = refused(lambda: say(row, satisfaction=1), "gatherings.feedback_given")
    assert isinstance(met, Conflict)
    assert Feedback.objects.get().satisfaction == 5
    assert SignUp.objects.get(pk=row.pk).has_given_feedback


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"satisfaction": 0}, "gatherings.satisfaction_out_of_range"),
        ({"satisfaction": 6}, "gatherings.satisfaction_out_of_range"),
        ({"words": "很" * 1001}, "gatherings.words_too_long"),
    ],
)
def test_what_cannot_be_taken_leaves_the_turn_to_speak(said, code):
    _gathering, row = one_who_came()
    refused(lambda: say(row, **said), code)
    say(row)


def test_a_link_of_somebody_elses_making_opens_nothing():
    _gathering, row = one_who_came()
    right = feedback_token(row.uid)
    for token in (row.uid.hex, right[:-1] + ("A" if right[-1] != "A" else "B"), "", feedback_token(row.gathering.uid)):
        with pytest.raises(NotThere):
            find_by_feedback_token(token=token, now=AFTER)
    assert find_by_feedback_token(token=right, now=AFTER) == row


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (BEGINS - timedelta(minutes=1), False),
        (BEGINS, True),
        (BEGINS + timedelta(days=FEEDBACK_DAYS), True),
        (BEGINS + timedelta(days=FEEDBACK_DAYS + 1), False),
    ],
)
def test_a_link_is_good_from_the_beginning_until_thirty_days_after(now, is_open):
    _gathering, row = one_who_came()
    if is_open:
        say(row, now=now)
    else:
        with pytest.raises(NotThere):
            say(row, now=now)


def test_the_host_writes_down_a_slip_of_paper_without_a_name():
    gathering, row = one_who_came()
    asked = {"actor": planner(), "gathering_id": gathering.uid, "satisfaction": 4, "on": TODAY, "now": AFTER}
    record_feedback(**asked)
    record_feedback(**asked, sign_up_id=row.uid)
    refused(lambda: record_feedback(**asked, sign_up_id=row.uid), "gatherings.feedback_given")
    assert list(Feedback.objects.order_by("pk").values_list("sign_up", flat=True)) == [None, row.pk]
