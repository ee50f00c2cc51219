"""The survey call: what was said stands beside what was delivered; taken back, what was said before stands again."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import ContactOutcome
from sunward.core.refusals import NotThere, Refusal
from sunward.employment.actions.files import withdraw_record
from sunward.employment.actions.surveys import ANSWERED, record_survey
from sunward.employment.enums import Intention, Situation
from sunward.employment.models import Jobseeker
from sunward.ledger.queries import standing_facts
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def actor():
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012")))


@pytest.fixture
def case():
    case = make.make_jobseeker("纪求职")
    Jobseeker.objects.create(
        case=case, situation=Situation.NOT_REGISTERED, intention=Intention.WORK, delivered={"situation": "无业"}
    )
    return case


def call(actor, case, situation=Situation.FLEXIBLE, intention=Intention.TRAINING, *, on=make.TODAY, **more):
    given = {
        "actor": actor, "case_id": case.uid, "key": uuid4(), "outcome": ContactOutcome.MADE, "happened_on": on,
        "situation": situation, "intention": intention, "on": make.TODAY, "now": make.NOW,
    } | more  # fmt: skip
    return record_survey(**given)


def no_answer(actor, case):
    return call(actor, case, "", "", outcome=ContactOutcome.ATTEMPTED)


def said(case):
    profile = Jobseeker.objects.get(case=case)
    return profile.surveyed_situation, profile.surveyed_intention, profile.surveyed_on, profile.surveyed_by_id


def take_back(actor, case, record):
    withdraw_record(actor=actor, case_id=case.uid, record_id=record.uid, reason="记错了", on=make.TODAY, now=make.NOW)


def test_what_was_said_stands_beside_what_was_delivered(actor, case):
    record = call(actor, case)

    profile = Jobseeker.objects.get(case=case)
    assert said(case) == ("flexible", "training", make.TODAY, actor.user_id)
    assert (profile.situation, profile.intention, profile.delivered) == (
        "not_registered",
        "work",
        {"situation": "无业"},
    )
    assert record.by_id == actor.user_id
    fact = standing_facts().get(kind=ANSWERED)
    assert (fact.attributes, fact.person_id) == ({"situation": "flexible", "intention": "training"}, case.person_id)
    entry = AuditEntry.objects.get(code=ANSWERED)
    assert "flexible" not in str(entry.detail)


def test_a_call_that_nobody_answers_ends_no_silence_and_says_nothing(actor, case):
    no_answer(actor, case)

    case.refresh_from_db()
    assert case.last_contact_on is None
    assert said(case) == ("", "", None, None)
    assert not standing_facts().filter(kind=ANSWERED).exists()

    call(actor, case)
    case.refresh_from_db()
    assert case.last_contact_on == make.TODAY


def test_a_call_sent_twice_is_one_call(actor, case):
    key = uuid4()

    assert call(actor, case, key=key) == call(actor, case, key=key)
    assert case.service_records.count() == 1


@pytest.mark.parametrize(
    "other", [{"situation": Situation.EMPLOYED}, {"note": "另一句"}, {"on": make.TODAY - DAY}], ids=str
)
def test_other_words_under_the_same_key_are_not_lost_in_the_first(actor, case, other):
    key = uuid4()
    call(actor, case, key=key)

    with pytest.raises(Refusal) as refused:
        call(actor, case, key=key, **other)
    assert refused.value.code == "employment.sent_before"


def test_a_call_without_both_answers_is_refused(actor, case):
    with pytest.raises(Refusal) as refused:
        call(actor, case, intention="")
    assert refused.value.code == "employment.survey_unanswered"


def test_an_older_call_written_down_late_changes_nothing_newer(actor, case):
    call(actor, case)
    call(actor, case, Situation.HOUSEHOLD, Intention.NONE, on=make.TODAY - 5 * DAY)

    assert said(case)[:3] == ("flexible", "training", make.TODAY)


def test_taking_back_a_call_brings_back_the_one_before(actor, case):
    call(actor, case, Situation.HOUSEHOLD, Intention.NONE, on=make.TODAY - 5 * DAY)
    second = call(actor, case)

    take_back(actor, case, second)

    assert said(case)[:3] == ("household", "none", make.TODAY - 5 * DAY)
    case.refresh_from_db()
    assert case.last_contact_on == make.TODAY - 5 * DAY


def test_taking_back_every_call_brings_back_what_the_register_said(actor, case):
    """In whichever order they are taken back."""
    Jobseeker.objects.filter(case=case).update(
        surveyed_situation=Situation.STUDYING, surveyed_intention=Intention.STUDY, surveyed_on=make.TODAY - 30 * DAY
    )
    first, second = call(actor, case, on=make.TODAY - DAY), call(actor, case, Situation.EMPLOYED, Intention.NONE)

    take_back(actor, case, first)
    assert said(case)[0] == "employed"
    take_back(actor, case, second)

    assert said(case) == ("studying", "study", make.TODAY - 30 * DAY, None)


def test_taking_back_another_record_changes_no_answer(actor, case):
    call(actor, case)
    missed = no_answer(actor, case)
    Jobseeker.objects.filter(case=case).update(surveyed_situation=Situation.OTHER)

    take_back(actor, case, missed)

    assert said(case)[0] == "other"


def test_a_child_s_file_has_no_survey_even_for_whoever_keeps_both(actor):
    user = make.make_user("both")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    make.give_post(user, Role.SUPERVISOR, make.make_subdistrict("310110012"))

    with pytest.raises(NotThere):
        call(make.actor_of(user), make.make_child("小满"))
