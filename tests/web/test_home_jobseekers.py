"""What jobseekers' files leave on the home page: of whoever keeps them, and of nobody who works with children."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.casework.models import Case
from sunward.employment.enums import NextStep
from sunward.employment.queries.jobseekers import JobseekerQuestion, list_jobseekers
from sunward.web.home_jobseekers import list_stalled
from sunward.web.home_todo import read_todo_list
from tests import factories as make
from tests.factories import TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
DAY = timedelta(days=1)


def actor_of(role, code):
    return make.actor_of(make.make_officer(role, make.make_subdistrict(code), username=f"{role}{code}"))


def seeker(name, *, waiting=0):
    case = make.make_jobseeker(name)
    Case.objects.filter(pk=case.pk).update(opened_on=TODAY - 400 * DAY, last_contact_on=TODAY - waiting * DAY)
    return case


def shown_to(role, code):
    groups = read_todo_list(actor_of(role, code), on=TODAY).groups
    return {one.key: [line.title for line in one.lines] for one in groups if one.key.startswith("jobseekers")}


def step(case, **more):
    case.follow_ups.create(**{"kind": NextStep.CALL, "due_on": TODAY, "role": Role.EMPLOYMENT_OFFICER} | more)


def test_steps_whose_day_has_come_stand_on_the_home_page_of_whoever_keeps_the_file():
    due, later, done = seeker("今天要办"), seeker("以后再办"), seeker("已经办好")
    step(due, note="问面试")
    step(later, due_on=TODAY + DAY)
    step(done, state="done", done_on=TODAY)

    assert shown_to(Role.EMPLOYMENT_OFFICER, HERE) == {"jobseekers_steps": ["今天要办"]}
    assert shown_to(Role.EMPLOYMENT_OFFICER, ELSEWHERE) == {}
    assert shown_to(Role.SUPERVISOR, HERE) == {}


def test_a_step_is_told_in_the_words_of_this_programme():
    step(seeker("今天要办"), kind=NextStep.PLAN_REVIEW, due_on=TODAY - DAY, note="带上简历")

    groups = read_todo_list(actor_of(Role.EMPLOYMENT_OFFICER, HERE), on=TODAY).groups
    line = next(one for one in groups if one.key == "jobseekers_steps").lines[0]

    assert line.note == f"{NextStep.PLAN_REVIEW.label} · 带上简历"


def test_what_stands_still_is_what_the_list_calls_so_whoever_has_waited_longest_first():
    for number, waiting in enumerate([0, 29, 30, 31, 90, 200]):
        seeker(f"第{number}位", waiting=waiting)
    Case.objects.filter(pk=seeker("已结案", waiting=300).pk).update(state="closed", closed_on=TODAY)
    officer = actor_of(Role.EMPLOYMENT_OFFICER, HERE)

    found = [case.person.name for case in list_stalled(officer, TODAY)]

    listed = list_jobseekers(officer, JobseekerQuestion(is_stalled=True), on=TODAY)
    assert set(found) == {case.person.name for case in listed}
    assert found == ["第5位", "第4位", "第3位"]
    assert shown_to(Role.SUPERVISOR, HERE) == {}
