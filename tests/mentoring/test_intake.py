"""What a row of each register becomes: the person, the file, the vetting; our codes for the register's words."""

from datetime import date
from decimal import Decimal

import pytest

from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.ledger.queries import standing_facts
from sunward.mentoring.enums import GuardianshipState, Hardship, NeedKind
from sunward.mentoring.intake import reading
from sunward.mentoring.models import Mentor
from sunward.mentoring.vetting import read_standing
from sunward.people.models import ConsentRecord, Person
from tests.factories import TODAY, resident_id
from tests.registers.imports import (
    MOTHER_HEADS,
    STUDENT_HEADS,
    bring_in,
    child,
    mother,
    officer,
    student,
    supervisor,
    workbook,
)

pytestmark = pytest.mark.django_db


def bring_child(**cells):
    bring_in(officer(), workbook([child(1, **cells)]))
    return Case.objects.select_related("person", "child", "unit").get()


def bring_mother(**cells):
    bring_in(officer(), workbook([mother(1, **cells)], heads=MOTHER_HEADS, title="邻家妈妈花名册"))
    return Mentor.objects.select_related("person").get()


def test_a_child_becomes_a_person_with_a_file_and_a_guardian():
    case = bring_child(姓名="欧阳小雨", 备注="需再次上门", 居委="凤南居委会")
    person = case.person
    assert (person.name, person.sex, person.birth_date) == ("欧阳小雨", "M", date(2014, 2, 2))
    assert person.id_number == resident_id(date(2014, 2, 2), order=901)
    assert person.address.startswith("某路")
    assert case.unit == Unit.objects.get(code="310110012020")
    assert (case.risk_level, case.opened_on, case.remark) == (2, TODAY, "需再次上门")
    assert (case.child.guardianship, case.child.hardship) == (GuardianshipState.ABSENT, Hardship.LEFT_BEHIND)
    assert case.child.willing_to_pair is True
    assert set(case.needs.values_list("kind", flat=True)) == {NeedKind.COMPANIONSHIP, NeedKind.TUTORING}
    [guardianship] = person.guardianships.all()
    assert (guardianship.guardian.name, guardianship.relation) == ("李秀芳", "祖母")
    assert guardianship.guardian.phone == "+8613800000001"


def test_we_know_a_child_by_statutory_duty_not_by_the_guardians_consent():
    case = bring_child()
    bases = ConsentRecord.objects.filter(person=case.person).values_list("purpose", "legal_basis", "given_on")
    assert set(bases) == {("case_file", "statutory_duty", TODAY), ("matching", "statutory_duty", TODAY)}


def test_the_opening_of_a_file_is_a_fact_of_the_day_of_judgement():
    case = bring_child(风险等级="高")
    fact = standing_facts().get(subject_kind="case", subject_id=case.pk)
    assert (fact.kind, fact.happened_on, fact.quantity) == ("casework.case_opened", TODAY, Decimal(1))
    assert fact.attributes == {"programme": "mentoring", "risk_level": 3, "batch": case.source_batch_id}
    assert fact.unit_path == case.unit_path
    assert case.assessments.get().level == 3


@pytest.mark.parametrize("word", [word for word in reading.NEEDS if word != "家庭教育指导"])
def test_every_need_of_the_registers_has_a_code(word):
    assert reading.needs({"needs": [word]}) == [reading.NEEDS[word]]
    assert reading.NEEDS[word] != NeedKind.OTHER


def test_needs_without_a_code_are_one_other_need():
    assert reading.needs({"needs": ["看海", "养猫", "亲情陪伴"]}) == ["other", "companionship"]
    assert reading.needs({"needs": None}) == []


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("2014-05-06", date(2014, 5, 6), "day"),
        ("2014-05", date(2014, 5, 1), "month"),
        ("2014", date(2014, 1, 1), "year"),
        (None, None, "day"),
    ],
)
def test_a_day_keeps_how_exactly_it_is_known(written, day, precision):
    assert (reading.day(written), reading.precision(written)) == (day, precision)


def test_a_child_without_papers_is_not_lost():
    case = bring_child(身份证号="")
    assert case.person.id_index is None
    assert case.person.phone_index


def test_a_mother_becomes_a_volunteer_whose_vetting_is_dated_facts():
    mentor = bring_mother()
    assert (mentor.kind, mentor.state, mentor.capacity) == ("mother", "active", 2)
    assert (mentor.skills, mentor.slots, mentor.occupation) == (["亲子阅读", "烘焙"], ["周六上午"], "教师")
    standing = read_standing(mentor.vetting_facts.all(), on=TODAY)
    assert standing.may_match
    facts = set(mentor.vetting_facts.values_list("kind", "result", "happened_on", "expires_on"))
    assert facts == {
        ("background_check", "clear", date(2026, 5, 4), date(2027, 5, 4)),
        ("training", "clear", date(2026, 6, 1), None),
    }


@pytest.mark.parametrize("checked", [{"从业查询日期": ""}, {"从业查询日期": "2024-01-02"}, {"从业查询结果": "查询中"}])
def test_who_is_not_checked_may_not_be_matched(checked):
    mentor = bring_mother(**checked)
    assert not read_standing(mentor.vetting_facts.all(), on=TODAY).may_match


def test_a_capacity_of_nobody_stays_nobody():
    assert bring_mother(可结对人数="0").capacity == 0


def test_a_student_is_known_by_school_and_number():
    actor = officer()
    bring_in(actor, workbook([student(1)], heads=STUDENT_HEADS, title="大学生志愿者名单"))
    mentor = Mentor.objects.get()
    assert (mentor.kind, mentor.school, mentor.student_no) == ("student", "同济大学", "2022100001")
    assert (mentor.subjects, mentor.unit_path) == (["数学", "物理"], "/310110/")
    again = [
        student(1, 手机="15900999888", 姓名="赵一明"),
        student(1, 学校="复旦大学", 手机="15900777666", 姓名="钱二"),
    ]
    batch = bring_in(actor, workbook(again, heads=STUDENT_HEADS, title="大学生志愿者名单"))
    assert list(batch.rows.order_by("pk").values_list("outcome", flat=True)) == ["duplicate_of", "accepted"]


def test_students_a_supervisor_brings_are_hers():
    bring_in(supervisor("310110012"), workbook([student(1)], heads=STUDENT_HEADS, title="大学生志愿者名单"))
    assert Mentor.objects.get().unit_path == "/310110/310110012/"


def test_a_guardian_who_volunteers_is_one_person_only_if_the_papers_say_so():
    """Name and phone alone do not make a volunteer with a number and a guardian without one the same."""
    actor = officer()
    phone = "13800123456"
    rows = [child(1, 实际监护人="王淑琴", 电话=phone)]
    bring_in(actor, workbook(rows))
    bring_in(actor, workbook([mother(1, 姓名="王淑琴", 手机=phone)], heads=MOTHER_HEADS, title="邻家妈妈花名册"))
    assert Person.objects.filter(name="王淑琴").count() == 2
