"""A call for help: told, climbed, answered, handed on, over."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.mentoring.actions.calling import call_of_family, take_back_call
from sunward.mentoring.enums import MatchState
from sunward.mentoring.models import Match
from sunward.outreach.models import Message
from sunward.safeguarding.actions.climbing import climb_emergency
from sunward.safeguarding.actions.emergencies import (
    Caller,
    answer_emergency,
    end_emergency,
    hand_on,
    raise_emergency,
    reopen_emergency,
)
from sunward.safeguarding.actions.emergency_steps import add_note, record_authority
from sunward.safeguarding.enums import Authority, EmergencyKind, EmergencyState, StepKind
from sunward.safeguarding.models import Emergency, EmergencyStep
from tests import factories
from tests.factories import NOW
from tests.safeguarding.calls import MINUTE, make_scene, send_away, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def climb(emergency, minutes):
    return climb_emergency(emergency_pk=emergency.pk, now=NOW + minutes * MINUTE)


def test_a_call_tells_the_worker_at_once_and_nobody_else(scene):
    emergency = scene.call()
    assert (emergency.state, emergency.reference) == (EmergencyState.RINGING, f"E{emergency.pk:06d}")
    assert told(emergency) == [(0, scene.worker.pk)]
    message = Message.objects.get()
    assert message.user_id == scene.worker.pk
    assert emergency.reference in message.body
    assert scene.case.person.name not in message.body


def test_the_same_tap_twice_is_one_call(scene):
    assert scene.call() == scene.call(now=NOW + MINUTE)
    assert Emergency.objects.count() == 1
    assert told(Emergency.objects.get()) == [(0, scene.worker.pk)]
    assert Fact.objects.filter(kind="safeguarding.emergency_raised").count() == 1


def test_nobody_answers_so_it_climbs_and_then_calls_everybody_again(scene):
    emergency = scene.call()
    for minutes in (1, 4, 5, 6, 10, 15, 20):
        climb(emergency, minutes)
    everybody = [scene.worker.pk, scene.supervisor.pk, scene.officer.pk]
    assert told(emergency) == [
        (0, scene.worker.pk), (5, scene.supervisor.pk), (10, scene.officer.pk),
        *((15, one) for one in everybody), *((20, one) for one in everybody),
    ]  # fmt: skip
    assert Message.objects.filter(user=scene.worker).count() == 3


def test_a_worker_of_the_queue_that_comes_late_climbs_what_was_due_and_says_when(scene):
    emergency = scene.call()
    assert climb(emergency, 12)
    assert not climb(emergency, 12)
    assert told(emergency) == [(0, scene.worker.pk), (5, scene.supervisor.pk), (10, scene.officer.pk)]
    late = EmergencyStep.objects.filter(kind=StepKind.TOLD).last()
    assert (late.at, late.due_at) == (NOW + 12 * MINUTE, NOW + 10 * MINUTE)
    emergency.refresh_from_db()
    assert emergency.climbs_at == NOW + 15 * MINUTE


def test_the_supervisor_stands_in_for_a_worker_who_is_away_and_the_district_hears_sooner(scene):
    send_away(scene.worker)
    emergency = scene.call()
    climb(emergency, 5)
    assert told(emergency) == [(0, scene.supervisor.pk), (5, scene.officer.pk)]


def test_a_committee_without_a_worker_calls_the_supervisor_at_once(scene):
    scene.worker.assignments.all().delete()
    assert told(scene.call()) == [(0, scene.supervisor.pk)]


def test_where_the_whole_ladder_is_away_everybody_is_called_all_the_same(scene):
    for user in (scene.worker, scene.supervisor, scene.officer):
        send_away(user)
    emergency = scene.call()
    assert {user for _minute, user in told(emergency)} == {scene.worker.pk, scene.supervisor.pk, scene.officer.pk}
    assert EmergencyStep.objects.filter(kind=StepKind.CLIMBED).count() == 3


def test_whoever_calls_from_the_file_is_not_called_herself(scene):
    emergency = raise_emergency(
        caller=Caller(scene.actor("worker")), case=scene.case, kind=EmergencyKind.MISSING, now=NOW
    )  # fmt: skip
    assert told(emergency) == [(0, scene.supervisor.pk)]


def test_a_guardian_calls_without_a_sign_in_and_the_pair_is_known(scene):
    guardian = factories.make_person("陈奶奶")
    emergency = call_of_family(case=scene.case, guardian_id=guardian.pk, kind=EmergencyKind.CARER_ILL, now=NOW)
    assert (emergency.raised_by_id, emergency.about_id) == (None, scene.match.pk)
    assert emergency.steps.first().about_person_id == guardian.pk
    assert told(emergency) == [(0, scene.worker.pk)]


def test_a_second_call_joins_the_first_and_reaches_whoever_is_on_it(scene):
    emergency = scene.call()
    answer_emergency(actor=scene.actor("worker"), emergency_id=emergency.uid, now=NOW)
    before = Message.objects.filter(user=scene.worker).count()
    guardian = factories.make_person("陈奶奶")
    for _again in range(2):
        joined = call_of_family(case=scene.case, guardian_id=guardian.pk, kind=EmergencyKind.ILLNESS, now=NOW + MINUTE)
        assert joined == emergency
    assert emergency.steps.filter(kind=StepKind.RAISED).count() == 2
    assert Message.objects.filter(user=scene.worker).count() == before + 1


@pytest.mark.parametrize("state", [MatchState.PROPOSED, MatchState.PAUSED, MatchState.CLOSED])
def test_only_a_mentor_whose_match_lets_her_read_calls_through_it(scene, state):
    ended = NOW.date() if state == MatchState.CLOSED else None
    Match.objects.filter(pk=scene.match.pk).update(state=state, ended_on=ended)
    with pytest.raises(NotThere):
        scene.call()


def test_a_post_that_is_no_callers_does_not_call(scene):
    leader = factories.actor_of(factories.make_officer(Role.LEADER))
    with pytest.raises(NotAllowed):
        raise_emergency(caller=Caller(leader), case=scene.case, kind=EmergencyKind.OTHER, now=NOW)


def test_the_first_to_answer_has_it_and_the_second_hears_who(scene):
    emergency = scene.call()
    climb(emergency, 5)
    answer_emergency(actor=scene.actor("supervisor"), emergency_id=emergency.uid, now=NOW + 7 * MINUTE)
    answer_emergency(actor=scene.actor("supervisor"), emergency_id=emergency.uid, now=NOW + 8 * MINUTE)
    with pytest.raises(Conflict) as second:
        answer_emergency(actor=scene.actor("worker"), emergency_id=emergency.uid, now=NOW + 8 * MINUTE)
    assert "督导" in str(second.value)
    emergency.refresh_from_db()
    assert (emergency.answered_by_id, emergency.climbs_at) == (scene.supervisor.pk, None)
    assert not climb(emergency, 60)
    fact = Fact.objects.get(kind="safeguarding.emergency_answered")
    assert (fact.attributes["minutes"], fact.attributes["rung"]) == (7, 1)
    # Whoever was told for nothing, and the one who called, hear that somebody is on it.
    heard = Message.objects.filter(key__contains="emergency_answered").values_list("user_id", flat=True)
    assert set(heard) == {scene.worker.pk, scene.mentor.user_id}


def test_handed_on_the_clock_starts_again_for_her_with_the_ladder_behind_her(scene):
    emergency = scene.call()
    answer_emergency(actor=scene.actor("worker"), emergency_id=emergency.uid, now=NOW + MINUTE)
    hand_on(
        actor=scene.actor("worker"), emergency_id=emergency.uid, to_user_id=scene.supervisor.pk, now=NOW + 10 * MINUTE
    )
    emergency.refresh_from_db()
    assert (emergency.state, emergency.round, emergency.climbs_at) == ("ringing", 2, NOW + 15 * MINUTE)
    climb(emergency, 15)
    assert told(emergency)[1:] == [(10, scene.supervisor.pk), (15, scene.worker.pk)]
    climb(emergency, 20)
    assert told(emergency)[-1] == (20, scene.officer.pk)
    answer_emergency(actor=scene.actor("officer"), emergency_id=emergency.uid, now=NOW + 21 * MINUTE)


def test_it_is_handed_on_only_to_whoever_answers_for_the_unit(scene):
    emergency = scene.call()
    elsewhere = factories.make_officer(Role.SUPERVISOR, factories.make_subdistrict("310110019"))
    for stranger in (elsewhere.pk, scene.mentor.user_id, 999_999):
        with pytest.raises(Refusal):
            hand_on(actor=scene.actor("worker"), emergency_id=emergency.uid, to_user_id=stranger, now=NOW)


def test_a_call_that_was_pressed_by_mistake_still_rings(scene):
    emergency = scene.call()
    for _again in range(2):
        take_back_call(actor=scene.actor("mentor"), match_id=scene.match.uid, now=NOW + MINUTE)
    assert emergency.steps.filter(kind=StepKind.MISTAKEN).count() == 1
    assert climb(emergency, 5)


def test_it_ends_with_words_and_can_be_taken_up_again_for_ten_minutes(scene):
    emergency, worker = scene.call(), scene.actor("worker")
    with pytest.raises(Refusal):
        end_emergency(actor=worker, emergency_id=emergency.uid, words="  ", now=NOW)
    end_emergency(actor=worker, emergency_id=emergency.uid, words="外婆接走了", now=NOW + 30 * MINUTE)
    emergency.refresh_from_db()
    # Whoever ends what nobody has answered has seen to it.
    assert (emergency.state, emergency.answered_by_id) == (EmergencyState.OVER, scene.worker.pk)
    reopen_emergency(actor=worker, emergency_id=emergency.uid, now=NOW + 40 * MINUTE)
    emergency.refresh_from_db()
    assert (emergency.state, emergency.over_at) == (EmergencyState.ANSWERED, None)
    end_emergency(actor=worker, emergency_id=emergency.uid, words="误报", is_false_alarm=True, now=NOW + 41 * MINUTE)
    with pytest.raises(Refusal):
        reopen_emergency(actor=worker, emergency_id=emergency.uid, now=NOW + 52 * MINUTE)


def test_it_is_not_taken_up_again_beside_a_newer_call(scene):
    emergency, worker = scene.call(), scene.actor("worker")
    end_emergency(actor=worker, emergency_id=emergency.uid, words="好了", now=NOW)
    scene.call(now=NOW + MINUTE)
    with pytest.raises(Conflict):
        reopen_emergency(actor=worker, emergency_id=emergency.uid, now=NOW + 2 * MINUTE)


def test_notes_and_authorities_stand_in_the_diary_and_in_the_ledger(scene):
    emergency, worker = scene.call(), scene.actor("worker")
    add_note(actor=worker, emergency_id=emergency.uid, words="已到门口", now=NOW)
    record_authority(
        actor=worker, emergency_id=emergency.uid, authority=Authority.POLICE, told_at=NOW - MINUTE, receipt="110-77",
        now=NOW,
    )  # fmt: skip
    with pytest.raises(Refusal):
        record_authority(
            actor=worker, emergency_id=emergency.uid, authority=Authority.POLICE, told_at=NOW + timedelta(hours=1),
            now=NOW,
        )  # fmt: skip
    told = Fact.objects.get(kind="safeguarding.emergency_reported").attributes
    assert told == {"programme": "mentoring", "authority": "police"}
    assert AuditEntry.objects.filter(code="safeguarding.emergency_note").exists()


@pytest.mark.parametrize("name", ["worker next door", "supervisor elsewhere", "mentor", "leader"])
def test_nobody_else_answers_for_a_child_that_is_not_hers(scene, name):
    emergency = scene.call()
    units = {
        "worker next door": (Role.WORKER, factories.make_committee("310110012002")),
        "supervisor elsewhere": (Role.SUPERVISOR, factories.make_subdistrict("310110019")),
        "leader": (Role.LEADER, factories.make_district()),
    }
    actor = scene.actor("mentor") if name == "mentor" else factories.actor_of(factories.make_officer(*units[name]))
    with pytest.raises(NotThere):
        answer_emergency(actor=actor, emergency_id=emergency.uid, now=NOW)


def test_a_diary_is_never_rewritten_not_even_when_two_rows_of_a_person_become_one(scene):
    guardian = factories.make_person("陈奶奶")
    call_of_family(case=scene.case, guardian_id=guardian.pk, kind=EmergencyKind.CARER_ILL, now=NOW)
    relations = {relation.related_model for relation in guardian._meta.related_objects}
    assert EmergencyStep not in relations
