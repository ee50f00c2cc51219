"""Who stands by in an emergency: what is not soft cannot be loosened, and every chip tells the truth."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from sunward.accounts.enums import Role
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.core.refusals import NotThere
from sunward.mentoring.enums import (
    EndReason,
    MatchState,
    MentorKind,
    MentorState,
    PauseReason,
    VettingKind,
    VettingResult,
)
from sunward.mentoring.models import Match
from sunward.mentoring.queries.stand_by import FILTERS, find_stand_by, read_stand_by
from sunward.outreach.models import Message
from sunward.people.models import Person
from sunward.safeguarding.actions.emergency_steps import answer_stand_by, ask_stand_by
from sunward.safeguarding.enums import StepKind
from sunward.safeguarding.queries.stand_by import list_asked, who_comes
from tests import factories
from tests.factories import NOW, TODAY
from tests.safeguarding.calls import make_scene, neighbour

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def names(scene, *chosen, name="officer", now=NOW):
    found = read_stand_by(scene.actor(name), scene.case, frozenset(chosen), now)
    return [one.name for one in found.people]


def test_all_who_are_vetted_and_well_stand_by_and_her_own_first(scene):
    neighbour("梅二")
    assert names(scene) == ["梅一", "梅二"]


@pytest.mark.parametrize(
    "why", ["unvetted", "expired", "unfit", "identity unfit", "resting", "left", "student", "concern", "failed", "far"]
)
def test_what_is_not_soft_is_never_loosened(scene, why):
    unit = factories.make_committee("310109001001", subdistrict=factories.make_unit(
        "310109001", parent=factories.make_unit("310109"))) if why == "far" else None  # fmt: skip
    states = {"resting": MentorState.RESTING, "left": MentorState.LEFT}
    more = {"state": states[why]} if why in states else {"kind": MentorKind.STUDENT} if why == "student" else {}
    mentor = neighbour("梅二", unit=unit, vetted=why not in ("unvetted", "expired"), **more)
    if why == "expired":
        factories.add_vetting(mentor, VettingKind.BACKGROUND_CHECK, on=TODAY - timedelta(days=366), expires_on=TODAY)
        factories.add_vetting(mentor, VettingKind.TRAINING, on=TODAY - timedelta(days=366))
    if why == "unfit":
        factories.add_vetting(mentor, VettingKind.BACKGROUND_CHECK, on=TODAY, result=VettingResult.UNFIT)
    if why == "identity unfit":
        factories.add_vetting(mentor, VettingKind.IDENTITY, on=TODAY, result=VettingResult.UNFIT)
    if why == "concern":
        match = factories.make_match(factories.make_child(), mentor, state=MatchState.PAUSED)
        Match.objects.filter(pk=match.pk).update(pause_reason=PauseReason.CONCERN)
    if why == "failed":
        match = factories.make_match(scene.case, mentor, state=MatchState.CLOSED)
        Match.objects.filter(pk=match.pk).update(end_reason=EndReason.FAMILY_STOPPED)
    assert names(scene) == ["梅一"]
    assert find_stand_by(scene.actor("officer"), scene.case, mentor.uid, NOW) is None
    for chosen in combinations(FILTERS, 2):
        assert "梅二" not in names(scene, *chosen)


def test_a_file_opened_anew_has_not_forgotten_who_was_stopped_for_the_childs_safety(scene):
    mentor = neighbour("梅二")
    before = factories.make_match(scene.case, mentor, state=MatchState.CLOSED)
    Match.objects.filter(pk=before.pk).update(end_reason=EndReason.SAFETY)
    Match.objects.filter(case=scene.case).update(state=MatchState.CLOSED, ended_on=TODAY)
    Case.objects.filter(pk=scene.case.pk).update(state=CaseState.CLOSED, closed_on=TODAY)
    again = Case.objects.create(
        programme=scene.case.programme, person=scene.case.person, unit=scene.case.unit, unit_path=scene.case.unit_path,
        opened_on=TODAY,
    )  # fmt: skip
    assert "梅二" not in [one.name for one in read_stand_by(scene.actor("officer"), again, frozenset(), NOW).people]
    assert find_stand_by(scene.actor("officer"), again, mentor.uid, NOW) is None


def place(mentor, lon, lat):
    Person.objects.filter(pk=mentor.person_id).update(lon=lon, lat=lat)


def test_every_chip_says_how_many_would_remain_with_it(scene):
    case = scene.case
    Person.objects.filter(pk=case.person_id).update(lon=121.52, lat=31.27)
    case.person.refresh_from_db()
    near = neighbour("近", skills=["急救"], slots=["周六上午"], own_children=["11岁"])
    far = neighbour("远", unit=factories.make_committee("310110019001"), languages=["上海话"], slots=["工作日晚上"])
    man = neighbour("男", slots=["周三晚上19:00"])
    place(near, 121.5205, 31.2705)
    place(far, 121.55, 31.30)
    place(man, 121.535, 31.28)
    Person.objects.filter(pk=man.person_id).update(sex="M")
    case.child.languages = ["上海话"]
    case.child.save()
    evening = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)  # Wednesday, 19:00 in Shanghai
    for chosen in ((), ("near_3",), ("woman", "subdistrict"), ("free",)):
        found = read_stand_by(scene.actor("officer"), case, frozenset(chosen), evening)
        for chip in found.chips:
            narrowed = read_stand_by(scene.actor("officer"), case, frozenset({*chosen, chip.key}), evening)
            assert chip.count == narrowed.count == len(narrowed.people), (chosen, chip.key)
            assert chip.is_on == (chip.key in chosen)
        assert found.total == 4

    def at_evening(*chosen):
        return names(scene, *chosen, now=evening)

    assert at_evening("near_1") == ["近"]
    assert at_evening("near_3") == ["近", "男"]
    assert at_evening("committee") == ["梅一", "近", "男"]
    assert at_evening("woman") == ["梅一", "近", "远"]
    assert at_evening("care") == at_evening("peer") == ["近"]
    assert set(at_evening("free")) == {"远", "男"}
    assert at_evening("speech") == ["远"]


def test_where_no_place_is_known_the_same_committee_comes_first_and_then_the_same_subdistrict(scene):
    district = neighbour("远", unit=factories.make_committee("310110019001"))
    street = neighbour("近", unit=factories.make_committee(f"{scene.case.unit.parent.code}077"))
    for one in (district, street):
        Person.objects.filter(pk=one.person_id).update(lon=None, lat=None)
    assert names(scene)[-2:] == ["近", "远"]


def test_her_name_stands_there_only_for_whoever_may_see_her_file(scene):
    far = neighbour("远", unit=factories.make_committee("310110019001"))
    assert names(scene, name="worker") == ["梅一", far.reference]
    assert names(scene, name="officer") == ["梅一", "远"]


def test_the_list_takes_the_same_number_of_queries_however_long_it_is(scene, django_assert_max_num_queries):
    actor = scene.actor("officer")
    for number in range(12):
        neighbour(f"梅{number}")
    with django_assert_max_num_queries(6):
        read_stand_by(actor, scene.case, frozenset(), NOW)


def test_whoever_is_asked_hears_a_number_and_a_committee_and_answers_yes_or_no(scene):
    emergency, other = scene.call(), neighbour("梅二")
    hers = factories.actor_of(other.user)
    for _again in range(2):
        ask_stand_by(actor=scene.actor("worker"), emergency_id=emergency.uid, volunteer_id=other.uid, now=NOW)
    message = Message.objects.get(user=other.user)
    assert scene.case.person.name not in message.body
    assert [line.answer for line in list_asked(hers)] == [""]
    for answer in (True, True, False, True):
        answer_stand_by(actor=hers, emergency_id=emergency.uid, is_coming=answer, now=NOW)
    kinds = emergency.steps.filter(kind__in=(StepKind.AGREED, StepKind.CANNOT)).order_by("pk")
    assert [step.kind for step in kinds] == ["agreed", "cannot", "agreed"]
    assert who_comes(emergency) == [other.person_id]


def test_whoever_was_not_asked_has_nothing_to_answer(scene):
    emergency, other = scene.call(), neighbour("梅二")
    with pytest.raises(NotThere):
        answer_stand_by(actor=factories.actor_of(other.user), emergency_id=emergency.uid, is_coming=True, now=NOW)
    assert not list_asked(factories.actor_of(other.user))


def test_vetting_that_ends_between_the_page_and_the_tap_is_read_again(scene):
    emergency, other = scene.call(), neighbour("梅二")
    factories.add_vetting(other, VettingKind.BACKGROUND_CHECK, on=TODAY, result=VettingResult.UNFIT)
    with pytest.raises(NotThere):
        ask_stand_by(actor=scene.actor("worker"), emergency_id=emergency.uid, volunteer_id=other.uid, now=NOW)


def test_only_who_answers_for_the_child_asks(scene):
    emergency, other = scene.call(), neighbour("梅二")
    next_door = factories.actor_of(factories.make_officer(Role.WORKER, factories.make_committee("310110012002")))
    with pytest.raises(NotThere):
        ask_stand_by(actor=next_door, emergency_id=emergency.uid, volunteer_id=other.uid, now=NOW)
