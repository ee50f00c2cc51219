"""The officer keeps the expert team: who comes on it reads what waits, who leaves it reads nothing any more."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role, UnitKind
from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.mentoring.actions.expert_team import change_expert, end_expert, put_on_team
from sunward.mentoring.actions.questions import Asked, advise, ask_about_file, ask_on, take_question
from sunward.mentoring.experts.access import (
    expert_questions,
    find_expert,
    get_question,
    team_candidates,
    team_members,
)
from sunward.mentoring.experts.enums import ExpertField, QuestionState
from sunward.mentoring.experts.rules import TAKE_HOURS
from sunward.mentoring.models import Expert
from sunward.mentoring.queries.expert_team import read_team_page
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import ask, make_expert, make_team

pytestmark = pytest.mark.django_db

FAMILY, LAW = ExpertField.FAMILY_EDUCATION, ExpertField.LAW
WHEN = {"on": TODAY, "now": NOW}


@pytest.fixture
def officer():
    return make.actor_of(make.make_officer())


def put(officer, user, *fields):
    return put_on_team(actor=officer, user_id=user.pk, fields=fields or (FAMILY,), about=" 师范大学 ", **WHEN)


def test_whoever_is_put_on_the_team_reads_what_waits_in_her_fields(officer):
    team = make_team()
    question = ask(team)
    user = make.make_officer(Role.EXPERT)
    assert not expert_questions(make.actor_of(user)).exists()

    expert = put(officer, user)

    assert (expert.about, expert.unit_path, expert.fields) == ("师范大学", "/310110/", ["family_education"])
    assert expert_questions(make.actor_of(user)).get() == question


def test_an_expert_with_her_post_in_a_department_reads_the_questions_of_its_district(officer):
    question = ask(make_team())
    department = make.make_unit("310110-JY", parent=make.make_district(), kind=UnitKind.DEPARTMENT, name="教育局")
    user = make.make_officer(Role.EXPERT, department)

    put(officer, user)

    assert expert_questions(make.actor_of(user)).get() == question


def test_whose_post_is_over_reads_nothing_though_she_is_on_the_team(officer):
    ask(make_team())
    user = make.make_officer(Role.EXPERT)
    put(officer, user)
    user.assignments.update(until_on=TODAY)

    assert not expert_questions(make.actor_of(user)).exists()


def test_who_is_expert_in_another_district_alone_reads_nothing_of_her_former_team(officer):
    ask(make_team())
    user = make.make_officer(Role.EXPERT)
    put(officer, user)
    user.assignments.update(unit=make.make_unit("310109", name="虹口区"))

    assert find_expert(make.actor_of(user)) is not None
    assert not expert_questions(make.actor_of(user)).exists()


def test_of_two_districts_of_one_officer_hers_is_where_she_is_expert():
    first = make.make_unit("310109", name="虹口区")
    keeper = make.make_officer()
    make.give_post(keeper, Role.DISTRICT_OFFICER, first)
    user = make.make_officer(Role.EXPERT)
    make.give_post(user, Role.LEADER, first)
    question = ask(make_team())

    assert put(make.actor_of(keeper), user).unit_path == "/310110/"
    assert expert_questions(make.actor_of(user)).get() == question


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.LEADER, Role.MENTOR, Role.EXPERT])
def test_nobody_but_the_officer_puts_anybody_on_the_team(role):
    someone = make.make_officer(role, make.make_subdistrict() if role == Role.SUPERVISOR else None)
    with pytest.raises(NotThere):
        put(make.actor_of(someone), make.make_officer(Role.EXPERT))
    assert not Expert.objects.exists()


def test_the_officer_of_another_district_neither_finds_nor_changes_nor_ends_her(officer):
    user = make.make_officer(Role.EXPERT)
    other = make.actor_of(make.make_officer(Role.DISTRICT_OFFICER, make.make_unit("310109", name="虹口区")))
    with pytest.raises(NotThere):
        put(other, user)
    expert = put(officer, user)
    assert not team_members(other).exists()
    with pytest.raises(NotThere):
        change_expert(actor=other, expert_id=expert.uid, version=expert.version, fields=[LAW], about="", now=NOW)
    with pytest.raises(NotThere):
        end_expert(actor=other, expert_id=expert.uid, **WHEN)


def test_only_who_holds_a_post_as_expert_and_is_not_on_the_team_can_be_put_on_it(officer):
    make_expert(LAW)
    worker = make.make_officer(Role.WORKER, make.make_committee())
    newcomer = make.make_officer(Role.EXPERT)
    over = make.make_officer(Role.EXPERT)
    over.assignments.update(until_on=TODAY)

    assert list(team_candidates(officer)) == [newcomer]
    with pytest.raises(NotThere):
        put(officer, worker)


def test_an_expert_without_a_field_is_refused(officer):
    with pytest.raises(Refusal, match="expert_without_field"):
        put_on_team(actor=officer, user_id=make.make_officer(Role.EXPERT).pk, fields=(), about="", **WHEN)


def test_other_fields_offer_other_questions_and_leave_what_she_has_taken(officer):
    team = make_team()
    taken, waiting = ask(team), ask(team, "怎样和孩子谈离婚？")
    take_question(actor=team.expert, question_id=taken.uid, **WHEN)
    expert = Expert.objects.get(user_id=team.expert.user_id)

    change_expert(actor=officer, expert_id=expert.uid, version=expert.version, fields=[LAW], about="", now=NOW)

    assert expert_questions(team.expert).get() == taken
    assert waiting in expert_questions(team.colleague)


def test_of_two_who_change_one_expert_the_second_is_told(officer):
    expert = put(officer, make.make_officer(Role.EXPERT))
    seen = expert.version
    change_expert(actor=officer, expert_id=expert.uid, version=seen, fields=[LAW], about="", now=NOW)
    with pytest.raises(Conflict):
        change_expert(actor=officer, expert_id=expert.uid, version=seen, fields=[FAMILY], about="", now=NOW)
    expert.refresh_from_db()
    assert expert.fields == ["law"]


def test_what_somebody_who_leaves_has_not_answered_waits_for_a_colleague(officer):
    team = make_team()
    taken, answered = ask(team), ask(team, "孩子总是一个人，怎么办？")
    for question in (taken, answered):
        take_question(actor=team.expert, question_id=question.uid, **WHEN)
    advise(actor=team.expert, question_id=answered.uid, key=uuid4(), words="先听孩子说。", **WHEN)
    expert = Expert.objects.get(user_id=team.expert.user_id)

    released = end_expert(actor=officer, expert_id=expert.uid, **WHEN)

    for question in (taken, answered):
        question.refresh_from_db()
    assert released == 1
    assert (taken.state, taken.taken_by_id, taken.answer_by_at) == (QuestionState.ASKED, None, None)
    assert taken.take_by_at == NOW + timedelta(hours=TAKE_HOURS)
    assert (answered.state, answered.taken_by_id) == (QuestionState.ANSWERED, team.expert.user_id)
    assert find_expert(team.expert) is None
    assert not expert_questions(team.expert).exists()
    assert expert_questions(team.colleague).get() == taken
    with pytest.raises(NotThere):
        take_question(actor=team.expert, question_id=taken.uid, **WHEN)


def test_who_has_left_comes_back_as_the_same_expert(officer):
    user = make.make_officer(Role.EXPERT)
    expert = put(officer, user)
    end_expert(actor=officer, expert_id=expert.uid, **WHEN)
    assert list(team_candidates(officer)) == [user]

    again = put(officer, user, LAW)

    assert again.pk == expert.pk
    assert (again.left_on, again.fields) == (None, ["law"])
    assert find_expert(make.actor_of(user)) == again


@pytest.fixture
def elsewhere():
    """The officer of another district, and that district."""
    district = make.make_unit("310109", name="虹口区")
    return make.actor_of(make.make_officer(Role.DISTRICT_OFFICER, district)), district


def ask_elsewhere(district):
    """A question of a child of the other district, asked by its worker."""
    street = make.make_unit("310109010", parent=district, kind=UnitKind.SUBDISTRICT)
    committee = make.make_unit("310109010001", parent=street, kind=UnitKind.COMMITTEE)
    worker = make.actor_of(make.make_officer(Role.WORKER, committee))
    asked = Asked(key=uuid4(), field=FAMILY, words="孩子不肯写作业，怎么办？")
    case = make.make_child("周二", unit=committee)
    return ask_about_file(actor=worker, case_id=case.uid, asked=asked, **WHEN)


def move(team, officer, elsewhere):
    """She has answered one, and one is at hand when she leaves; then the other district puts her on its team."""
    answered, open_one = ask(team), ask(team, "孩子总是一个人，怎么办？")
    for question in (answered, open_one):
        take_question(actor=team.expert, question_id=question.uid, **WHEN)
    advise(actor=team.expert, question_id=answered.uid, key=uuid4(), words="先听孩子说。", **WHEN)
    expert = Expert.objects.get(user_id=team.expert.user_id)
    end_expert(actor=officer, expert_id=expert.uid, **WHEN)
    other, district = elsewhere
    make.give_post(expert.user, Role.EXPERT, district)
    moved = put_on_team(actor=other, user_id=expert.user_id, fields=[FAMILY], about="新单位", **WHEN)
    return moved, answered, open_one, make.actor_of(expert.user)


def test_another_district_puts_her_on_its_team_only_after_she_has_left(officer, elsewhere):
    user = make.make_officer(Role.EXPERT)
    make.give_post(user, Role.EXPERT, elsewhere[1])
    expert = put(officer, user)
    assert not team_candidates(elsewhere[0]).exists()
    with pytest.raises(NotThere):
        put(elsewhere[0], user)

    end_expert(actor=officer, expert_id=expert.uid, **WHEN)

    assert list(team_candidates(elsewhere[0])) == [user]
    assert put(elsewhere[0], user, LAW).pk == expert.pk


def test_who_joins_another_district_reads_that_one_and_nothing_of_before_though_she_keeps_her_old_post(
    officer, elsewhere
):
    team = make_team()
    moved, answered, open_one, actor = move(team, officer, elsewhere)
    waiting = ask_elsewhere(elsewhere[1])
    assert actor.has(Role.EXPERT)
    assert {post.unit_path for post in actor.posts} == {"/310110/", "/310109/"}

    assert (moved.unit_path, moved.about, moved.left_on) == ("/310109/", "新单位", None)
    assert {*expert_questions(actor)} == {waiting}
    answered.refresh_from_db()
    assert (answered.state, answered.taken_by_id) == (QuestionState.ANSWERED, actor.user_id)
    for question in (answered, open_one):
        with pytest.raises(NotThere):
            get_question(among=expert_questions(actor), actor=actor, question_id=question.uid, now=NOW)
        with pytest.raises(NotThere):
            take_question(actor=actor, question_id=question.uid, **WHEN)
    with pytest.raises(NotThere):
        advise(actor=actor, question_id=answered.uid, key=uuid4(), words="还有一句。", **WHEN)


def test_her_former_officer_finds_her_no_longer_and_the_new_one_counts_only_what_she_answers_there(officer, elsewhere):
    moved, *_rest = move(make_team(), officer, elsewhere)
    assert moved not in team_members(officer)
    assert moved.user.name not in {row.name for row in read_team_page(officer, now=NOW).experts}
    with pytest.raises(NotThere):
        end_expert(actor=officer, expert_id=moved.uid, **WHEN)
    (row,) = read_team_page(elsewhere[0], now=NOW).experts
    assert (row.name, row.at_hand, row.answered) == (moved.user.name, 0, 0)


def test_both_districts_have_it_in_their_record(officer, elsewhere):
    moved, *_rest = move(make_team(), officer, elsewhere)
    found = AuditEntry.objects.filter(subject_kind="expert", subject_id=moved.pk).order_by("pk")
    assert list(found.values_list("code", "unit_path")) == [
        ("mentoring.expert_left", "/310110/"), ("mentoring.expert_moved", "/310110/"),
        ("mentoring.put_on_team", "/310109/"),
    ]  # fmt: skip


def test_what_is_asked_on_after_its_expert_has_left_waits_for_a_colleague(officer, elsewhere):
    team = make_team()
    _moved, answered, _open, actor = move(team, officer, elsewhere)

    ask_on(actor=team.mentor, question_id=answered.uid, key=uuid4(), words="如果孩子不说呢？", **WHEN)

    answered.refresh_from_db()
    assert (answered.state, answered.taken_by_id) == (QuestionState.ASKED, None)
    assert answered in expert_questions(team.colleague)
    assert answered not in expert_questions(actor)


def test_every_step_stands_in_the_record_of_acts(officer):
    expert = put(officer, make.make_officer(Role.EXPERT))
    change_expert(actor=officer, expert_id=expert.uid, version=expert.version, fields=[LAW], about="", now=NOW)
    end_expert(actor=officer, expert_id=expert.uid, **WHEN)
    codes = AuditEntry.objects.filter(subject_kind="expert", subject_id=expert.pk).order_by("pk")
    assert list(codes.values_list("code", flat=True)) == [
        "mentoring.put_on_team", "mentoring.expert_changed", "mentoring.expert_left",
    ]  # fmt: skip
