"""The rules and criteria of Neighbour Mom: each with the pair it permits, and the one beside it that it does not."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunward.casework.models import Need
from sunward.matching.declaration import Snapshot, declaration_of
from sunward.matching.solving import rate_everybody, solve
from sunward.mentoring.enums import EndReason, MatchState, MentorKind, VettingKind
from sunward.mentoring.models import ChildProfile, Mentor
from sunward.mentoring.pairing.abilities import (
    ages_of,
    mask_of,
    skills_mask,
    speech_of,
    times_mask,
    work_mask,
)
from sunward.mentoring.pairing.criteria import CRITERIA, NEEDS_UNKNOWN
from sunward.mentoring.pairing.reading import read_snapshot
from sunward.mentoring.pairing.rules import RULES
from sunward.mentoring.pairing.tables import ChildFacts, MentorFacts, tabulate
from sunward.mentoring.policies import RULES_AT_FIRST, WEIGHTS_AT_FIRST
from sunward.people.models import ConsentRecord, Guardianship, Household, HouseholdMember, Person
from sunward_match.pairing import write_policy
from tests.factories import (
    TODAY,
    add_vetting,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_subdistrict,
)

DECLARATION = declaration_of("mentoring")
READY = {"unit": "310110012", "check_days": 90, "training_days": 90}


def content(*codes: str, **parameters: Any) -> dict[str, Any]:
    """A policy of these rules alone, every criterion at its first weight."""
    said = write_policy(DECLARATION.default_policy)
    said["rules"] = [{"code": code, "parameters": parameters.get(code, {})} for code in codes]
    return said


def permits(code: str, child: dict[str, Any], mentor: dict[str, Any], **parameters: float) -> bool:
    """Whether one rule by itself permits a pair."""
    facts = ChildFacts(1, **({"unit": "310110012"} | child)), MentorFacts(2, **(READY | mentor))
    snapshot = Snapshot(*tabulate([facts[0]], [facts[1]]))
    return rate_everybody(content(code, **{code: parameters}), snapshot, DECLARATION, left=1)[0].is_eligible


def score(code: str, child: dict[str, Any], mentor: dict[str, Any]) -> float:
    snapshot = Snapshot(*tabulate([ChildFacts(1, **child)], [MentorFacts(2, **mentor)]))
    (rated,) = rate_everybody(content(), snapshot, DECLARATION, left=1)
    return next(part.score for part in rated.contributions if part.criterion == code)


# The hard rules, each with its near miss.


@pytest.mark.parametrize(
    ("code", "child", "mentor", "parameters", "expected"),
    [
        ("willing", {"willing": True}, {}, {}, True),
        ("willing", {"willing": False}, {}, {}, False),
        ("willing", {"willing": None}, {}, {}, True),
        ("willing", {"willing": None}, {}, {"also_not_asked": 0}, False),
        ("legal_basis", {"has_basis": True}, {}, {}, True),
        ("legal_basis", {"has_basis": False}, {}, {}, False),
        ("legal_basis", {"has_basis": None}, {}, {}, True),
        ("legal_basis", {"has_basis": None}, {}, {"also_unrecorded": 0}, False),
        ("background_check", {}, {"check_days": 1}, {}, True),
        ("background_check", {}, {"check_days": 0}, {}, False),
        ("background_check", {}, {"check_days": 30}, {"days_ahead": 30}, False),
        ("background_check", {}, {"check_days": 31}, {"days_ahead": 30}, True),
        ("training", {}, {"training_days": 1}, {}, True),
        ("training", {}, {"training_days": 0}, {}, False),
        ("active", {}, {"is_active": True}, {}, True),
        ("active", {}, {"is_active": False}, {}, False),
        ("not_family", {"kin": (7,)}, {"person": 8}, {}, True),
        ("not_family", {"kin": (6, 7)}, {"person": 7}, {}, False),
        ("not_family", {"homes": (3, 4)}, {"homes": (5, 4)}, {}, False),
        ("not_family", {"homes": (3,)}, {"homes": (4,)}, {}, True),
        ("not_family", {"phones": ("ab" * 16, "cd" * 16)}, {"phone": "cd" * 16}, {}, False),
        ("not_family", {"phones": ("ab" * 16,)}, {"phone": "ac" * 16}, {}, True),
        ("not_family", {}, {}, {}, True),
        ("neighbourhood", {}, {}, {}, True),
        ("neighbourhood", {}, {"unit": "310110019"}, {}, False),
        ("neighbourhood", {"unit": ""}, {"unit": ""}, {}, False),
        ("no_failed_match", {"past": (2,)}, {}, {}, False),
        ("no_failed_match", {"past": (3,)}, {}, {}, True),
        ("not_rejected", {"declined": (2,)}, {}, {}, False),
        ("not_rejected", {"declined": (3,)}, {}, {}, True),
        ("child_age", {"age": 18}, {}, {"to_years": 18}, True),
        ("child_age", {"age": 19}, {}, {"to_years": 18}, False),
        ("child_age", {"age": None}, {}, {"to_years": 18}, True),
        ("shared_language", {"speech": frozenset({"手语"})}, {}, {}, False),
        ("shared_language", {"speech": frozenset({"手语", "普通话"})}, {}, {}, True),
        ("shared_language", {"speech": frozenset()}, {}, {}, True),
        ("mentor_age", {}, {"age": 22}, {}, True),
        ("mentor_age", {}, {"age": 21}, {}, False),
        ("age_gap", {"age": 10}, {"age": 26}, {}, True),
        ("age_gap", {"age": 11}, {"age": 26}, {}, False),
        ("age_gap", {"age": None}, {"age": 26}, {}, True),
    ],
)
def test_a_rule_permits_and_forbids_what_it_says(code, child, mentor, parameters, expected):
    assert permits(code, child, mentor, **parameters) is expected


HOME, NEAR, FAR = {"lon": 121.52, "lat": 31.27}, {"lon": 121.53, "lat": 31.27}, {"lon": 121.58, "lat": 31.27}


def test_across_the_border_counts_the_way_and_only_where_both_places_are_known():
    elsewhere = {"unit": "310110019"}
    assert not permits("neighbourhood", HOME, elsewhere | NEAR)
    assert permits("neighbourhood", HOME, elsewhere | NEAR, across_km=2)
    assert not permits("neighbourhood", HOME, elsewhere | FAR, across_km=2)
    assert not permits("neighbourhood", {}, elsewhere | NEAR, across_km=2)


def test_too_far_is_forbidden_only_where_both_places_are_known():
    assert permits("distance", HOME, NEAR, most_km=2)
    assert not permits("distance", HOME, FAR, most_km=2)
    assert permits("distance", {}, FAR, most_km=2)


def test_every_rule_and_every_criterion_has_words_and_every_weight_its_criterion():
    assert {rule.code for rule in RULES} >= set(RULES_AT_FIRST)
    assert {criterion.code for criterion in CRITERIA} == set(WEIGHTS_AT_FIRST)
    assert sum(WEIGHTS_AT_FIRST.values()) == 100
    for part in (*RULES, *CRITERIA):
        parameters = part.rule.parameters if hasattr(part, "rule") else part.criterion.parameters
        assert {one.name for one in parameters} == set(part.parameter_words)
    required = {rule.code for rule in RULES if rule.is_law}
    assert required >= {"background_check", "training", "willing", "not_family", "legal_basis"}


# The criteria.


def test_the_nearer_the_better_and_the_same_committee_is_best():
    same = {"unit": "310110012", "place": "310110012001"}
    assert score("nearness", same, same) == 1
    assert score("nearness", same, {"unit": "310110012", "place": "310110012002"}) == 0.6
    assert score("nearness", same, {"unit": "310110019"}) == 0
    assert score("nearness", HOME, NEAR) > score("nearness", HOME, FAR)


def test_skills_and_work_together_meet_the_needs():
    wanted = {"needs": mask_of(["tutoring", "health"])}
    assert score("needs", wanted, {"skills": skills_mask(["学业辅导"])}) == 0.5
    assert score("needs", wanted, {"skills": skills_mask(["学业辅导"]), "work": work_mask("社区医生")}) == 1
    assert score("needs", wanted, {"skills": skills_mask(["书法"])}) == 0
    assert score("needs", {"needs": 0}, {}) == NEEDS_UNKNOWN


def test_sharing_every_language_is_better_than_sharing_one():
    spoken = {"speech": speech_of(["上海话", "普通话"])}
    assert score("language", spoken, {"speech": speech_of(["上海话"])}) == 1
    assert 0 < score("language", spoken, {}) < 1
    assert score("language", {"speech": speech_of(["手语"])}, {}) == 0
    assert score("language", {}, {}) == 1


def test_an_own_child_of_the_same_age_is_company():
    assert score("peers", {"age": 8}, {"child_ages": (7, 15)}) == 1
    assert 0 < score("peers", {"age": 8}, {"child_ages": (11,)}) < 1
    assert score("peers", {"age": 8}, {"child_ages": ()}) == 0
    assert score("peers", {"age": None}, {"child_ages": (8,)}) == 0


def test_free_times_room_and_experience_count():
    assert score("times", {}, {"times": times_mask(["周六上午", "周三19:00-20:30"])}) == 1
    assert score("times", {}, {"times": times_mask(["周三上午"])}) == 0
    assert score("room", {}, {"capacity": 1, "taken": 1}) == 0.5
    assert score("experience", {}, {"months": 12}) == 0.5


# Words of the rosters.


def test_words_of_skills_mean_needs():
    both = mask_of(["legal_aid", "companionship"])
    assert skills_mask(["法律咨询"]) & both == both
    assert not skills_mask(["什么都会"]) & mask_of(["legal_aid"])
    assert work_mask("幼儿园教师") != work_mask("小学教师")
    assert ages_of(["12岁", "8", "已成年", "无"]) == (8, 12)
    assert speech_of(["沪语", "Mandarin", ""]) == {"上海话", "普通话"}


# Read from the files.


def snapshot_of(path="/310110/", declined=()):
    return read_snapshot(path, TODAY, declined)


def row(table, number):
    at = table.position[number]
    return {name: column[at] for name, column in table.columns.items()}


@pytest.mark.django_db
def test_a_file_is_read_as_it_stands_on_the_day():
    child, mentor = make_child(), make_mentor(capacity=2)
    Need.objects.create(case=child, kind="tutoring", from_on=TODAY)
    Need.objects.create(case=child, kind="health", from_on=TODAY, met_on=TODAY)
    ChildProfile.objects.filter(case=child).update(languages=["上海话"])
    make_match(make_child(), mentor)
    read = snapshot_of()
    assert int(row(read.left, child.pk)["needs"]) == mask_of(["tutoring"])
    found = row(read.right, mentor.pk)
    assert (found["capacity"], found["check_days"] > 0, found["unit"]) == (2, True, "310110012")
    assert len(read.standing) == 1


@pytest.mark.django_db
def test_the_newest_check_decides_and_a_pending_one_does_not_count():
    mentor = make_mentor()
    add_vetting(mentor, VettingKind.BACKGROUND_CHECK, on=TODAY, result="pending")
    assert row(snapshot_of().right, mentor.pk)["check_days"] == 0


@pytest.mark.django_db
def test_a_check_that_ends_today_no_longer_counts():
    mentor = make_mentor(vetted_on=TODAY - timedelta(days=365))
    assert row(snapshot_of().right, mentor.pk)["check_days"] == 0
    other = make_mentor(vetted_on=TODAY - timedelta(days=364))
    assert row(snapshot_of().right, other.pk)["check_days"] == 1


@pytest.mark.django_db
def test_the_guardian_herself_her_household_and_her_phone_are_family():
    child = make_child()
    guardian, at_home, stranger = make_mentor("奶奶"), make_mentor("姑妈"), make_mentor("邻居")
    Guardianship.objects.create(child=child.person, guardian=guardian.person)
    home = Household.objects.create()
    for person in (child.person, at_home.person):
        HouseholdMember.objects.create(household=home, person=person)
    same_phone = make_mentor("同号")
    Person.objects.filter(pk=same_phone.person_id).update(phone_index=child.person.phone_index)
    rated = rate_everybody(content("not_family"), snapshot_of(), DECLARATION, left=child.pk)
    assert {one.right for one in rated if one.is_eligible} == {stranger.pk}
    assert {one.right for one in rated} == {guardian.pk, at_home.pk, stranger.pk, same_phone.pk}


@pytest.mark.django_db
def test_somebody_who_left_the_household_is_no_longer_family():
    child, mentor = make_child(), make_mentor()
    home = Household.objects.create()
    HouseholdMember.objects.create(household=home, person=child.person)
    HouseholdMember.objects.create(household=home, person=mentor.person, until_on=TODAY)
    assert rate_everybody(content("not_family"), snapshot_of(), DECLARATION, left=child.pk)[0].is_eligible


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reason", "again"), [(EndReason.FAMILY_STOPPED, False), (EndReason.SAFETY, False), (EndReason.MOVED, True)]
)
def test_a_match_that_went_wrong_is_not_made_again_and_one_that_ended_well_may_be(reason, again):
    child, mentor = make_child(), make_mentor()
    match = make_match(child, mentor, state=MatchState.CLOSED)
    type(match).objects.filter(pk=match.pk).update(end_reason=reason)
    rated = rate_everybody(content("no_failed_match"), snapshot_of(), DECLARATION, left=child.pk)
    assert rated[0].is_eligible is again


@pytest.mark.django_db
def test_a_consent_that_was_withdrawn_ends_the_matching():
    child, other = make_child(), make_child()
    for case, withdrawn in ((child, TODAY), (other, None)):
        ConsentRecord.objects.create(
            person=case.person, purpose="matching", legal_basis="consent", given_on=TODAY - timedelta(days=9),
            withdrawn_on=withdrawn,
        )  # fmt: skip
    make_mentor()
    outcome = solve(content("legal_basis"), snapshot_of(), DECLARATION)
    assert set(outcome.proposal.partners) == {other.pk}


@pytest.mark.django_db
def test_students_and_those_who_left_are_not_among_the_neighbour_moms():
    make_mentor(kind=MentorKind.STUDENT)
    gone = make_mentor()
    Mentor.objects.filter(pk=gone.pk).update(state="left")
    stays = make_mentor()
    assert snapshot_of().right.ids == (stays.pk,)


@pytest.mark.django_db
def test_a_unit_reads_its_own_and_not_its_neighbours_nor_a_name_that_begins_alike():
    here = make_child()
    make_child(unit=make_committee("310110019001", subdistrict=make_subdistrict("310110019")))
    assert snapshot_of("/310110/310110012/").left.ids == (here.pk,)


@pytest.mark.django_db
def test_reading_makes_the_same_number_of_queries_however_many_there_are():
    counts = []
    for _ in range(2):
        for _ in range(5):
            make_child()
            make_mentor()
        with CaptureQueriesContext(connection) as queries:
            snapshot_of()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 14


@pytest.mark.django_db
def test_whose_committee_is_unknown_is_still_matched_by_sub_district():
    child = make_child(unit=make_subdistrict())
    mentor = make_mentor()
    outcome = solve(content("neighbourhood"), snapshot_of(), DECLARATION)
    assert outcome.proposal.partners == {child.pk: mentor.pk}
