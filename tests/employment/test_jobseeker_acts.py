"""What is written on a jobseeker's file: services, guidance, next steps, the end of a file and its new beginning."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.casework.enums import ContactOutcome, FollowUpState, ServiceKind
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions import files as acts
from sunward.employment.enums import Diagnosis, JobseekerCloseReason, Measure, NextStep, Trait
from sunward.employment.models import Guidance
from sunward.employment.queries.jobseeker_file import read_jobseeker_file
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def given():
    """Who acts, on which file and when."""
    actor = make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012")))
    case = make.make_jobseeker("纪求职")
    return {"actor": actor, "case_id": case.uid, "on": make.TODAY, "now": make.NOW}


@pytest.fixture
def case(given):
    return Case.objects.get(uid=given["case_id"])


def brief(given, **more):
    said = {
        "key": uuid4(), "kind": ServiceKind.POLICY_BRIEFING, "happened_on": make.TODAY, "outcome": ContactOutcome.MADE
    } | more  # fmt: skip
    return acts.record_service(**given, **said)


def talk(given, **more):
    said = {
        "key": uuid4(), "happened_on": make.TODAY, "minutes": 40, "note": "谈了想做什么",
        "guidance": acts.GuidanceDetails(
            (Trait.NO_AIM,), (Diagnosis.SKILLS,), (Measure.VACANCIES, Measure.NEXT_TALK)
        ),
        "next_on": make.TODAY + 14 * DAY,
    } | more  # fmt: skip
    return acts.record_guidance(**given, **said)


def read(case):
    case.refresh_from_db()
    return read_jobseeker_file(case, on=make.TODAY)


def test_a_service_ends_the_silence_and_sent_twice_is_one(given, case):
    key = uuid4()
    assert brief(given, key=key) == brief(given, key=key)

    case.refresh_from_db()
    assert case.last_contact_on == make.TODAY
    assert case.service_records.count() == 1


def test_a_key_of_another_file_opens_nothing_of_it(given, case):
    other = make.make_jobseeker("别人")
    key = uuid4()
    brief(given, key=key)

    with pytest.raises(Refusal) as refused:
        brief(given | {"case_id": other.uid}, key=key)
    assert refused.value.code == "employment.sent_before"


@pytest.mark.parametrize("kind", [ServiceKind.TUTORING, ServiceKind.COMPANIONSHIP, ServiceKind.CAREER_GUIDANCE])
def test_a_kind_that_this_programme_does_not_give_in_this_form_is_refused(given, kind):
    with pytest.raises(Refusal):
        brief(given, kind=kind)


def test_a_guidance_talk_keeps_what_was_seen_and_puts_the_next_talk_on_the_list(given, case):
    record = talk(given)

    held = Guidance.objects.get(record=record)
    assert (held.traits, held.diagnoses, held.measures) == (["no_aim"], ["skills"], ["vacancies", "next_talk"])
    promised = case.follow_ups.get()
    assert (promised.kind, promised.due_on, promised.role) == (
        NextStep.MEET, make.TODAY + 14 * DAY, Role.EMPLOYMENT_OFFICER,
    )  # fmt: skip
    shown = read(case).records[0]
    assert (shown.record.note, shown.talk.traits) == ("谈了想做什么", str(Trait.NO_AIM.label))


def test_what_was_advised_is_sealed_beside_how_the_talk_went_and_stands_on_the_file(given, case):
    advised = acts.GuidanceDetails((Trait.NO_AIM,), (), (Measure.EXPERT,), "先去上一门体验课")
    record = talk(given, guidance=advised, next_on=None)
    assert Guidance.objects.get(record=record).advice == "先去上一门体验课"
    assert read(case).records[0].talk.advice == "先去上一门体验课"


@pytest.mark.parametrize(
    "wrong",
    [
        {"note": "  "},
        {"guidance": acts.GuidanceDetails((), (), (Measure.EXPERT,)), "next_on": None},
        {"guidance": acts.GuidanceDetails((Trait.NO_AIM,), (), ()), "next_on": None},
        {"guidance": acts.GuidanceDetails(("tall",), (), (Measure.EXPERT,)), "next_on": None},
        {"guidance": acts.GuidanceDetails((Trait.NO_AIM,), (), (Measure.EXPERT,))},
        {"next_on": None},
        {"next_on": make.TODAY - DAY},
        {"happened_on": make.TODAY + DAY},
    ],
)
def test_a_talk_that_leaves_out_what_is_asked_for_is_refused_and_leaves_nothing(given, case, wrong):
    with pytest.raises(Refusal):
        talk(given, **wrong)
    assert not case.service_records.exists()
    assert not case.follow_ups.exists()


def test_a_talk_sent_again_with_another_diagnosis_is_not_lost_in_the_first(given):
    key = uuid4()
    talk(given, key=key)
    other = acts.GuidanceDetails((Trait.NO_AIM,), (Diagnosis.CV,), (Measure.VACANCIES, Measure.NEXT_TALK))

    assert talk(given, key=key)
    with pytest.raises(Refusal) as refused:
        talk(given, key=key, guidance=other)
    assert refused.value.code == "employment.sent_before"


def test_a_talk_taken_back_stays_struck_out_without_its_words_and_its_step_is_dropped(given, case):
    record = talk(given)

    acts.withdraw_record(**given, record_id=record.uid, reason="记到了别人名下")

    shown = read(case).records[0]
    assert (shown.record.is_withdrawn, shown.record.note, shown.talk) == (True, "", None)
    assert case.follow_ups.get().state == FollowUpState.DROPPED
    assert case.last_contact_on is None


def test_a_record_of_another_file_is_not_withdrawn(given):
    record = brief(given)
    other = make.make_jobseeker("别人")

    with pytest.raises(NotThere):
        acts.withdraw_record(**given | {"case_id": other.uid}, record_id=record.uid, reason="错")


def test_a_next_step_is_done_and_comes_back_and_said_twice_is_said_once(given, case):
    step = acts.add_step(**given, kind=NextStep.CALL, due_on=make.TODAY + DAY, note="问面试")
    assert acts.add_step(**given, kind=NextStep.CALL, due_on=make.TODAY + DAY, note="问面试") == step

    for verb, state in (("done", FollowUpState.DONE), ("undo", FollowUpState.DUE), ("drop", FollowUpState.DROPPED)):
        for _twice in range(2):
            acts.settle_step(**given, follow_up_id=step.pk, verb=verb)
        step.refresh_from_db()
        assert step.state == state
    shown = read(case).follow_ups[0]
    assert (shown.title, shown.note) == (str(NextStep.CALL.label), "问面试")


def test_a_next_step_of_a_day_that_has_passed_is_refused(given):
    with pytest.raises(Refusal):
        acts.add_step(**given, kind=NextStep.CALL, due_on=make.TODAY - DAY)


def test_a_file_is_closed_with_a_reason_of_this_programme_and_opened_again(given, case):
    acts.add_step(**given, kind=NextStep.MEET, due_on=make.TODAY)
    acts.close_jobseeker(**given, version=case.version, reason="at_work")

    closed = read(case)
    assert (closed.is_open, closed.close_reason) == (False, str(JobseekerCloseReason.AT_WORK.label))
    assert closed.close_reason in [moment.note for moment in closed.moments]
    assert case.follow_ups.get().state == FollowUpState.DROPPED
    with pytest.raises(Refusal):
        brief(given)

    acts.reopen_jobseeker(**given, version=case.version, reason="试用期没过")

    opened = read(case)
    assert opened.is_open
    assert "试用期没过" in [one.note for one in opened.moments]


@pytest.mark.parametrize("reason", ["adult", "helped", "", "哈"])
def test_a_file_is_not_closed_for_a_reason_that_is_not_one_of_a_jobseeker(given, case, reason):
    with pytest.raises(Refusal):
        acts.close_jobseeker(**given, version=case.version, reason=reason)


def test_a_file_that_somebody_else_has_changed_is_not_closed_unseen(given, case):
    with pytest.raises(Conflict):
        acts.close_jobseeker(**given, version=case.version + 1, reason="moved")
