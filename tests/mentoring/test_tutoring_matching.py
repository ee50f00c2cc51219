"""Matching of pupils and students: the words of the rosters as bits, each rule with its near miss, and the whole."""

from datetime import time, timedelta
from itertools import permutations
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunward.casework.enums import CaseState, RiskLevel
from sunward.casework.models import Case, Need
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.matching.actions.decisions import approve
from sunward.matching.actions.runs import start_run
from sunward.matching.declaration import Snapshot, declaration_of
from sunward.matching.models import Policy, Proposal, Unserved
from sunward.matching.solving import rate_everybody, solve
from sunward.mentoring.actions.matches import approve_match
from sunward.mentoring.actions.tutorings import approve_tutoring, close_tutoring
from sunward.mentoring.enums import MentorState, VettingKind, VettingResult
from sunward.mentoring.models import Match, Mentor, Tutoring
from sunward.mentoring.tutoring.abilities import (
    SLOTS,
    SUBJECTS,
    first_hour,
    major_mask,
    slots_mask,
    slots_of,
    stages_mask,
    subjects_mask,
)
from sunward.mentoring.tutoring.criteria import CRITERIA, UNKNOWN
from sunward.mentoring.tutoring.enums import TutoringEnd, TutoringState
from sunward.mentoring.tutoring.policy import RULES_AT_FIRST, WEIGHTS_AT_FIRST
from sunward.mentoring.tutoring.reading import read_snapshot
from sunward.mentoring.tutoring.rules import RULES
from sunward.mentoring.tutoring.tables import PupilFacts, StudentFacts, tabulate
from sunward.people.enums import Purpose
from sunward.people.models import ConsentRecord, Guardianship
from sunward_match.pairing import write_policy
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    add_vetting,
    make_child,
    make_committee,
    make_mentor,
    make_officer,
    make_subdistrict,
    make_unit,
)
from tests.mentoring.tutoring_arrangements import make_pupil, make_student, make_worker, offer, run_tutoring

DECLARATION = declaration_of("tutoring")
READY = {"check_days": 90, "training_days": 90, "slots": 0b1, "subjects": 0b1}


# The words of the rosters.


@pytest.mark.parametrize(
    ("word", "slots"),
    [
        ("周六下午", {"sat_pm"}),
        ("周日上午", {"sun_am"}),
        ("周三19:00-20:30", {"wed_eve"}),
        ("周五18:30-20:00", {"fri_eve"}),
        ("星期二 10:00", {"tue_am"}),
        ("工作日晚上", {"mon_eve", "tue_eve", "wed_eve", "thu_eve", "fri_eve"}),
        ("周末", {"sat_am", "sat_pm", "sat_eve", "sun_am", "sun_pm", "sun_eve"}),
        ("寒暑假", set()),
        ("sat_pm", {"sat_pm"}),
        ("都可以", set()),
        ("周六99:99", {"sat_am", "sat_pm", "sat_eve"}),
    ],
)
def test_a_free_time_in_words_is_weekly_hours(word, slots):
    assert {SLOTS[slot] for slot in slots_of(slots_mask([word]))} == slots


def test_a_session_begins_at_the_hour_that_was_named_else_at_the_usual_one():
    assert first_hour(SLOTS.index("wed_eve"), ["周三19:15-20:30"]) == (2, time(19, 15))
    assert first_hour(SLOTS.index("sat_pm"), ["周六下午"]) == (5, time(14, 30))


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        (["数学", "初中物理", "阅读写作"], {"maths", "physics", "reading"}),
        (["语文"], {"chinese"}),
        (["围棋"], set()),
        (["maths", "company"], {"maths", "company"}),
    ],
)
def test_subjects_are_known_by_code_and_by_the_words_of_a_list(words, subjects):
    mask = subjects_mask(words)
    assert {subject.value for bit, subject in enumerate(SUBJECTS) if mask >> bit & 1} == subjects


@pytest.mark.parametrize(
    ("words", "mask"), [(["小学三年级"], 1), (["初二"], 2), (["高中"], 4), (["初中数学", "小学英语"], 3), ([""], 0)]
)
def test_school_stages_are_read_from_grades_and_from_subjects(words, mask):
    assert stages_mask(words) == mask


def test_who_studies_to_be_a_teacher_knows_about_every_subject():
    assert major_mask("学前教育") == (1 << len(SUBJECTS)) - 1
    assert major_mask("英语") == subjects_mask(["英语"])
    assert major_mask("") == 0


def test_every_word_of_the_students_roster_says_something():
    """The twelve subjects and the eight free times that the list of the office uses."""
    subjects = ["美术", "化学", "书法", "语文", "数学", "英语", "物理", "历史", "编程", "科学", "阅读写作", "音乐"]
    assert subjects_mask(subjects).bit_count() == len(subjects)
    times = ["周六下午", "周六上午", "周日上午", "周日下午", "周三19:00-20:30", "周五18:30-20:00", "工作日晚上"]
    assert all(slots_mask([word]) for word in times)


# The rules, each with its near miss.


def content(*codes: str, **parameters: Any) -> dict[str, Any]:
    said = write_policy(DECLARATION.default_policy)
    said["rules"] = [{"code": code, "parameters": parameters.get(code, {})} for code in codes]
    return said


def permits(code: str, pupil: dict[str, Any], student: dict[str, Any], **parameters: float) -> bool:
    snapshot = Snapshot(*tabulate([PupilFacts(1, **pupil)], [StudentFacts(2, **(READY | student))]))
    return rate_everybody(content(code, **{code: parameters}), snapshot, DECLARATION, left=1)[0].is_eligible


def score(code: str, pupil: dict[str, Any], student: dict[str, Any]) -> float:
    snapshot = Snapshot(*tabulate([PupilFacts(1, **pupil)], [StudentFacts(2, **student)]))
    (rated,) = rate_everybody(content(), snapshot, DECLARATION, left=1)
    return next(part.score for part in rated.contributions if part.criterion == code)


@pytest.mark.parametrize(
    ("code", "pupil", "student", "parameters", "expected"),
    [
        ("legal_basis", {"has_basis": True}, {}, {}, True),
        ("legal_basis", {"has_basis": False}, {}, {}, False),
        ("legal_basis", {"has_basis": None}, {}, {}, True),
        ("legal_basis", {"has_basis": None}, {}, {"also_unrecorded": 0}, False),
        ("background_check", {}, {"check_days": 1}, {}, True),
        ("background_check", {}, {"check_days": 0}, {}, False),
        ("training", {}, {"training_days": 0}, {}, False),
        ("active", {}, {"is_active": False}, {}, False),
        ("not_family", {"kin": (6, 7)}, {"person": 7}, {}, False),
        ("not_family", {"kin": (6,)}, {"person": 7}, {}, True),
        ("subject", {"subjects": 0b110}, {"subjects": 0b010}, {}, True),
        ("subject", {"subjects": 0b110}, {"subjects": 0b001}, {}, False),
        ("subject", {"subjects": 0}, {"subjects": 0b001}, {}, True),
        ("subject", {"subjects": 0}, {"subjects": 0b001}, {"also_unknown": 0}, False),
        ("subject", {"subjects": 0b1}, {"subjects": 0}, {}, False),
        ("stage", {"stage": 2}, {"stages": 2}, {}, True),
        ("stage", {"stage": 2}, {"stages": 4}, {}, False),
        ("stage", {"stage": 0}, {"stages": 4}, {}, True),
        ("stage", {"stage": 2}, {"stages": 0}, {}, True),
        ("common_time", {"slots": 0b110}, {"slots": 0b100}, {}, True),
        ("common_time", {"slots": 0b110}, {"slots": 0b001}, {}, False),
        ("common_time", {"slots": 0}, {"slots": 0b001}, {}, True),
        ("common_time", {"slots": 0}, {"slots": 0b001}, {"also_unknown": 0}, False),
        ("common_time", {"slots": 0}, {"slots": 0}, {}, False),
        ("no_failed_match", {"past": (2,)}, {}, {}, False),
        ("no_failed_match", {"past": (3,)}, {}, {}, True),
        ("not_rejected", {"declined": (2,)}, {}, {}, False),
        ("not_rejected", {"declined": (3,)}, {}, {}, True),
    ],
)
def test_a_rule_permits_and_forbids_what_it_says(code, pupil, student, parameters, expected):
    assert permits(code, pupil, student, **parameters) is expected


@pytest.mark.parametrize(
    ("code", "pupil", "student", "expected"),
    [
        ("continuity", {"had": (3, 2)}, {}, 1.0),
        ("continuity", {"had": (3,)}, {}, 0.0),
        ("subjects", {"subjects": 0b11}, {"subjects": 0b01}, 0.5),
        ("subjects", {"subjects": 0}, {"subjects": 0b01}, UNKNOWN),
        ("hours", {"slots": 0b1111}, {"slots": 0b0110}, 2 / 3),
        ("hours", {"slots": 0b1111}, {"slots": 0b1111}, 1.0),
        ("hours", {"slots": 0}, {"slots": 0b1}, UNKNOWN),
        ("major", {"subjects": 0b10}, {"major": 0b10}, 1.0),
        ("major", {"subjects": 0b10}, {"major": 0b01}, 0.0),
        ("own_stage", {"stage": 2}, {"stages": 2}, 1.0),
        ("own_stage", {"stage": 2}, {"stages": 0}, 0.0),
        ("room", {}, {"capacity": 1, "taken": 1}, 0.5),
    ],
)
def test_a_criterion_scores_what_it_says(code, pupil, student, expected):
    assert score(code, pupil, student) == pytest.approx(expected)


def test_the_first_policy_uses_every_rule_and_every_criterion():
    assert set(RULES_AT_FIRST) == {rule.code for rule in RULES}
    assert set(WEIGHTS_AT_FIRST) == {soft.code for soft in CRITERIA}
    assert sum(WEIGHTS_AT_FIRST.values()) == 100


def test_every_score_has_its_sentence():
    for soft in CRITERIA:
        assert all(str(soft.explain(value)) for value in (0.0, 0.5, UNKNOWN, 1.0))


def test_on_small_instances_nothing_serves_more_children_or_fits_better():
    """Held against every possible assignment, counted from the definition: served first, then the fit."""
    for seed in range(12):
        random = Random(seed)
        pupils = [
            PupilFacts(
                number, subjects=random.randrange(1, 16), slots=random.randrange(1, 64), stage=random.choice((1, 2, 4)),
                had=(100,) if random.random() < 0.3 else (),
            )
            for number in range(4)
        ]  # fmt: skip
        students = [
            StudentFacts(
                100 + number, check_days=90, training_days=90 if random.random() < 0.8 else 0,
                subjects=random.randrange(1, 16), slots=random.randrange(1, 64), stages=random.choice((0, 1, 2, 6)),
                major=random.randrange(16),
            )
            for number in range(4)
        ]  # fmt: skip
        snapshot = Snapshot(*tabulate(pupils, students), (), {"on": 0.0})
        said = write_policy(DECLARATION.default_policy)
        fit = {
            (pupil.id, one.right): one.fit
            for pupil in pupils
            for one in rate_everybody(said, snapshot, DECLARATION, left=pupil.id)
            if one.is_eligible
        }
        best = max(
            (sum(pair in fit for pair in pairs), round(sum(fit.get(pair, 0.0) for pair in pairs), 4))
            for pairs in (list(zip(range(4), order, strict=True)) for order in permutations(range(100, 104)))
        )
        outcome = solve(said, snapshot, DECLARATION)
        outcome.verify()
        found = outcome.proposal.pairs
        assert (len(found), round(sum(pair.fit for pair in found), 4)) == best


# From the files to a tutoring.


@pytest.mark.django_db
def test_whoever_needs_help_with_school_work_is_read_with_the_students_of_the_district():
    pupil, other = make_pupil(), make_child("不需要")
    student = make_student("林知夏")
    make_student("远方", unit=make_unit("310109", name="虹口区"))
    make_mentor("邻家", unit=pupil.unit)
    snapshot = read_snapshot(make_subdistrict().path, TODAY, [])
    assert snapshot.left.ids == (pupil.pk,) != (other.pk,)
    assert snapshot.right.ids == (student.pk,)
    assert snapshot.left["subjects"].tolist() == [subjects_mask(["maths", "english"])]
    assert snapshot.left["stage"].tolist() == [2]
    assert snapshot.right["check_days"].tolist()[0] > 0


@pytest.mark.django_db
def test_a_need_that_was_met_is_no_need():
    pupil = make_pupil()
    Need.objects.filter(case=pupil).update(met_on=TODAY)
    assert read_snapshot("/310110/", TODAY, []).left.ids == ()


@pytest.mark.django_db
def test_among_equals_whoever_has_waited_longest_is_first():
    late, early = make_pupil("后来"), make_pupil("先来")
    Need.objects.filter(case=early).update(from_on=TODAY - timedelta(days=90))
    assert read_snapshot("/310110/", TODAY, []).left.ids == (early.pk, late.pk)


@pytest.mark.django_db
def test_who_tutored_the_child_before_is_known_and_whom_it_did_not_go_well_with():
    pupil, other = make_pupil("好"), make_pupil("不好")
    for case, why in ((pupil, TutoringEnd.TERM_OVER), (other, TutoringEnd.FAMILY_STOPPED)):
        by = make_worker(case.unit)
        tutoring = run_tutoring(case, by=by)
        close_tutoring(actor=by, tutoring_id=tutoring.uid, why=why, on=TODAY, now=NOW)
    snapshot = read_snapshot("/310110/", TODAY, [])
    place = {case: snapshot.left.position[case] for case in (pupil.pk, other.pk)}
    had, past = snapshot.left["had_0"].tolist(), snapshot.left["past_0"].tolist()
    assert (had[place[pupil.pk]] > 0, past[place[pupil.pk]]) == (True, 0)
    assert (had[place[other.pk]], past[place[other.pk]] > 0) == (0, True)


@pytest.mark.django_db
@pytest.mark.parametrize("in_new_file", [False, True])
def test_what_ended_for_the_childs_safety_keeps_the_two_apart_for_good_by_hand_too(in_new_file):
    pupil = make_pupil("甲")
    by = make_worker(pupil.unit)
    tutoring = run_tutoring(pupil, by=by)
    student = tutoring.mentor
    close_tutoring(actor=by, tutoring_id=tutoring.uid, why=TutoringEnd.SAFETY, on=TODAY, now=NOW)
    if in_new_file:
        Case.objects.filter(pk=pupil.pk).update(state=CaseState.CLOSED, closed_on=TODAY)
        pupil = make_pupil("甲")
        Case.objects.filter(pk=pupil.pk).update(person=tutoring.case.person)
        pupil.refresh_from_db()
    assert read_snapshot("/310110/", TODAY, []).left["past_0"].tolist() == [student.pk]
    with pytest.raises(Refusal, match="student_kept_apart"):
        approve_tutoring(
            actor=by, case_id=pupil.pk, mentor_id=student.pk, on=TODAY, now=NOW, override_reason="家长要求"
        )


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", [Purpose.MATCHING, Purpose.TUTORING])
def test_a_consent_that_was_withdrawn_is_no_basis(purpose):
    pupil = make_pupil(is_consented=False)
    ConsentRecord.objects.create(
        person=pupil.person, purpose=purpose, legal_basis="consent", given_on=TODAY, withdrawn_on=TODAY
    )
    assert read_snapshot("/310110/", TODAY, []).left["has_basis"].tolist() == [0]


@pytest.mark.django_db
@pytest.mark.parametrize(("until", "has_basis"), [(TODAY, 0), (TODAY + timedelta(days=1), 1), (None, 1)])
def test_a_former_guardians_consent_is_no_basis(until, has_basis):
    Guardianship.objects.filter(child=make_pupil().person).update(until_on=until)
    assert read_snapshot("/310110/", TODAY, []).left["has_basis"].tolist() == [has_basis]


@pytest.mark.django_db
def test_reading_takes_as_many_queries_for_three_as_for_one():
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            read_snapshot("/310110/", TODAY, [])
        return len(caught)

    make_pupil(), make_student()
    first = queries()
    for _ in range(2):
        make_pupil(), make_student()
    assert queries() == first <= 14


@pytest.mark.django_db
def test_a_run_proposes_and_an_approval_becomes_an_offer_at_a_common_hour(run_jobs):
    pupil = make_pupil()
    student, _elsewhere = make_student("林知夏"), make_student("另一", subjects=("美术",))
    officer = actor_of(make_officer())
    run = start_run(
        actor=officer, policy_id=Policy.objects.get(programme="tutoring").uid, unit_path="/310110/", on=TODAY, now=NOW
    )
    run_jobs()
    proposal = Proposal.objects.get(run=run)
    assert (proposal.left_id, proposal.right_id) == (pupil.pk, student.pk)
    approve(actor=officer, proposal_id=proposal.uid, on=TODAY, now=NOW)
    tutoring = Tutoring.objects.get()
    assert (tutoring.state, tutoring.weekday, tutoring.begins) == (TutoringState.PROPOSED, 5, time(14, 30))
    assert tutoring.subjects == ["maths"]
    assert tutoring.proposal_id == proposal.pk
    assert not Match.objects.exists()


@pytest.mark.django_db
def test_who_finds_nobody_is_told_which_rule_is_in_the_way(run_jobs):
    pupil = make_pupil(slots=("mon_am",))
    make_student()
    officer = actor_of(make_officer())
    start_run(
        actor=officer, policy_id=Policy.objects.get(programme="tutoring").uid, unit_path="/310110/", on=TODAY, now=NOW
    )
    run_jobs()
    unserved = Unserved.objects.get(left_id=pupil.pk)
    assert [count["rule"] for count in unserved.reasons["counts"]] == ["common_time"]


@pytest.mark.django_db
def test_a_running_tutoring_is_kept_and_takes_the_students_place():
    tutoring = run_tutoring()
    snapshot = read_snapshot("/310110/", TODAY, [])
    assert snapshot.standing == ((tutoring.case_id, tutoring.mentor_id),)


@pytest.mark.django_db
def test_a_child_has_one_tutoring_and_a_student_no_more_than_her_places():
    student = make_student(capacity=1)
    tutoring = offer(make_pupil("甲"), student)
    with pytest.raises(Conflict, match="student_full"):
        offer(make_pupil("乙"), student)
    with pytest.raises(Conflict, match="child_tutored"):
        offer(tutoring.case, make_student("另一"))
    assert Tutoring.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["resting", "expired", "mother", "elsewhere"])
def test_only_a_vetted_student_who_serves_the_district_is_offered_a_child(fault):
    pupil = make_pupil()
    student = make_student()
    if fault == "resting":
        Mentor.objects.filter(pk=student.pk).update(state=MentorState.RESTING)
    elif fault == "expired":
        add_vetting(student, VettingKind.BACKGROUND_CHECK, on=TODAY, result=VettingResult.PENDING)
    elif fault == "mother":
        student = make_mentor(unit=pupil.unit)
    else:
        student = make_student(unit=make_unit("310109", name="虹口区"))
    with pytest.raises(NotThere if fault in {"mother", "elsewhere"} else Refusal):
        offer(pupil, student)


@pytest.mark.django_db
def test_a_student_never_becomes_a_neighbour_mom():
    pupil = make_pupil()
    student = make_student(unit=pupil.unit)
    with pytest.raises(Refusal):
        approve_match(actor=make_worker(pupil.unit), case_id=pupil.pk, mentor_id=student.pk, on=TODAY, now=NOW)
    assert not Match.objects.exists()


@pytest.mark.django_db
def test_a_worker_offers_only_her_own_children():
    pupil = make_pupil()
    other = make_worker(make_committee("310110012009", name="另一居委"))
    with pytest.raises(NotThere):
        approve_tutoring(actor=other, case_id=pupil.pk, mentor_id=make_student().pk, on=TODAY, now=NOW)


@pytest.mark.django_db
def test_the_child_in_greater_need_comes_first():
    low, high = make_pupil("低"), make_pupil("高")
    Case.objects.filter(pk=high.pk).update(risk_level=RiskLevel.HIGH)
    make_student()
    snapshot = read_snapshot("/310110/", TODAY, [])
    (pair,) = solve(write_policy(DECLARATION.default_policy), snapshot, DECLARATION).proposal.pairs
    assert pair.child == high.pk != low.pk
