"""The officer's pages of the expert team: who answers what, what nobody covers, what is late."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.mentoring.actions.questions import take_question
from sunward.mentoring.experts.enums import ExpertField
from sunward.mentoring.experts.rules import TAKE_HOURS
from sunward.mentoring.models import Expert
from tests import factories as make
from tests.mentoring.experts.builders import ask, make_expert, make_team

pytestmark = pytest.mark.django_db

TEAM = "mentoring:expert_team"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)


@pytest.fixture
def officer(client):
    user = make.make_officer()
    client.force_login(user)
    return user


def read(client, name=TEAM, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_without_experts_the_page_says_that_questions_wait(client, officer):
    words = read(client)
    assert "助力团还没有人" in words
    assert "系统管理员" in words


def test_the_officer_puts_somebody_on_the_team_and_sees_what_nobody_covers(client, officer):
    newcomer = make.make_officer(Role.EXPERT, name="顾清和")
    typed = {"user_id": newcomer.pk, "fields_": ["law", "family_education"], "about": "区妇联法律顾问"}

    answer = client.post(reverse("mentoring:expert_new"), typed, follow=True)

    words = answer.content.decode()
    assert "顾清和" in words
    assert "区妇联法律顾问" in words
    assert "还没有人回答的领域" in words
    assert Expert.objects.get().fields == ["family_education", "law"]


def test_what_is_missing_comes_back_with_what_was_typed(client, officer):
    make.make_officer(Role.EXPERT, name="顾清和")
    answer = client.post(reverse("mentoring:expert_new"), {"about": "区妇联法律顾问"})
    assert answer.status_code == 422
    assert answer.content.decode().count("这一项还没有填") == 2
    assert "区妇联法律顾问" in answer.content.decode()
    assert not Expert.objects.exists()


def test_somebody_who_is_no_expert_cannot_be_typed_in(client, officer):
    worker = make.make_officer(Role.WORKER, make.make_committee())
    answer = client.post(reverse("mentoring:expert_new"), {"user_id": worker.pk, "fields_": ["law"]})
    assert answer.status_code == 422
    assert not Expert.objects.exists()


def test_two_who_change_one_expert_choose_between_both_and_lose_nothing(client, officer):
    make_expert(ExpertField.LAW, name="顾清和")
    expert = Expert.objects.get()
    page = reverse("mentoring:expert_edit", args=[expert.uid])
    opened = {"initial-fields_": ["law"], "initial-about": "", "version": expert.version}
    assert 'name="initial-fields_" value="law"' in client.get(page).content.decode()

    client.post(page, opened | {"fields_": ["health"], "about": "儿科医生"})
    late = client.post(page, opened | {"fields_": ["law"], "about": "律师"})

    expert.refresh_from_db()
    merged = late.context["merge"]
    assert late.status_code == 409
    assert (expert.fields, expert.about) == (["health"], "儿科医生")
    assert [(one.name, one.mine, one.theirs) for one in merged.disputes] == [("about", "律师", "儿科医生")]

    hidden = {}
    for name, value in merged.hidden:
        hidden.setdefault(name, []).append(value)
    client.post(page, hidden | {"choose-about": "mine", "version": merged.version})

    expert.refresh_from_db()
    assert (expert.fields, expert.about) == (["health"], "律师")


def test_the_officer_of_another_district_cannot_type_her_in(client):
    newcomer = make.make_officer(Role.EXPERT)
    client.force_login(make.make_officer(Role.DISTRICT_OFFICER, make.make_unit("310109", name="虹口区")))
    typed = {"user_id": newcomer.pk, "fields_": ["law"]}
    assert client.post(reverse("mentoring:expert_new"), typed).status_code == 422
    assert not Expert.objects.exists()


def test_whoever_leaves_is_gone_from_the_page_and_her_questions_wait_again(client, officer):
    team = make_team()
    take_question(actor=team.expert, question_id=ask(team).uid, on=make.TODAY, now=make.NOW)
    expert = Expert.objects.get(user_id=team.expert.user_id)

    answer = client.post(reverse("mentoring:expert_end", args=[expert.uid]), follow=True)

    words = answer.content.decode()
    assert "1 个问题" in words
    assert str(expert.uid) not in words


def test_a_question_nobody_takes_in_time_is_shown_without_a_name(client, officer, monkeypatch):
    team = make_team()
    question = ask(team)
    assert question.reference not in read(client)
    monkeypatch.setattr(clock, "now", lambda: make.NOW + timedelta(hours=TAKE_HOURS))

    words = read(client)

    assert question.reference in words
    assert team.case.person.name not in words
    assert client.get(reverse("mentoring:child_question", args=[team.case.uid, question.uid])).status_code == 200


def test_the_officer_of_another_district_sees_neither_team_nor_questions(client, monkeypatch):
    team = make_team()
    question = ask(team)
    other = make.make_officer(Role.DISTRICT_OFFICER, make.make_unit("310109", name="虹口区"))
    client.force_login(other)
    monkeypatch.setattr(clock, "now", lambda: make.NOW + timedelta(hours=TAKE_HOURS))

    words = read(client)

    assert question.reference not in words
    assert team.expert.name not in words


def test_the_number_of_queries_does_not_grow_with_the_team(client, officer, monkeypatch):
    def count():
        with CaptureQueriesContext(connection) as queries:
            read(client)
        return len(queries)

    team = make_team()
    ask(team)
    monkeypatch.setattr(clock, "now", lambda: make.NOW + timedelta(hours=TAKE_HOURS))
    read(client)
    few = count()
    for _number in range(6):
        make_expert(ExpertField.HEALTH)
        ask(team)
    assert count() == few
