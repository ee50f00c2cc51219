"""An expert's desk: what waits, what is hers, what she answered, and nothing of whom it is about or who asks."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.models import User
from sunward.core import clock
from sunward.mentoring.experts.enums import QuestionState
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import ask, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return make_team()


@pytest.fixture
def expert(client, team):
    client.force_login(User.objects.get(pk=team.expert.user_id))
    return client


def url(name, question):
    return reverse(f"mentoring:{name}", args=[question.uid])


def test_an_expert_takes_a_question_answers_it_without_names_and_finds_it_among_the_answered(expert, team):
    question = ask(team)
    assert url("advice", question) in expert.get(reverse("home")).content.decode()
    expert.post(url("advice_take", question))
    assert [row.uid for row in expert.get(reverse("home")).context["desk"].mine] == [question.uid]

    said = {"key": uuid4(), "words": "孩子叫陈小雷吗？先听她说。"}
    refused = expert.post(url("advice", question), said)
    assert refused.status_code == 422
    mark = refused.context["form"].marked.marks[0].words
    expert.post(url("advice", question), said | {"mark-1": f"change:{mark}"})

    question.refresh_from_db()
    assert question.state == QuestionState.ANSWERED
    assert mark not in question.turns.get().words
    assert [row.uid for row in expert.get(reverse("home")).context["desk"].answered] == [question.uid]


def test_an_expert_reads_age_group_field_and_words_and_nothing_of_child_asker_or_office(expert, team):
    question = ask(team)
    text = expert.get(url("advice", question)).content.decode()
    assert all(said in text for said in (question.reference, question.words, "12-14"))
    told = (team.case.person.name, team.case.reference, str(team.case.uid), team.case.unit.name, team.mentor.name)
    assert not [one for one in told if one in text]


def test_what_is_given_back_waits_again(expert, team):
    question = ask(team)
    expert.post(url("advice_take", question))
    expert.post(url("advice_give_back", question))
    assert [row.uid for row in expert.get(reverse("home")).context["desk"].waiting] == [question.uid]


def test_the_desk_costs_the_same_however_much_waits(expert, team):
    counts = []
    expert.get(reverse("home"))
    for many in (1, 5):
        for _ in range(many):
            ask(team)
        with CaptureQueriesContext(connection) as queries:
            expert.get(reverse("home"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
