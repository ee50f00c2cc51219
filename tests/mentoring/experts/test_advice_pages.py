"""An expert's desk: what waits, what is hers, what she answered, and nothing of whom it is about or who asks."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.models import User
from sunward.core import clock
from sunward.mentoring.actions.questions import settle_question
from sunward.mentoring.experts.enums import ExpertField, QuestionState
from sunward.mentoring.models import Question
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


def test_an_answer_to_what_was_taken_back_meanwhile_comes_back_to_her_and_nothing_of_the_question(expert, team):
    question = ask(team)
    expert.post(url("advice_take", question))
    settle_question(actor=team.mentor, question_id=question.uid, on=TODAY, now=NOW)

    late = expert.post(url("advice", question), {"key": uuid4(), "words": "先陪她说话，\n别急。"})

    text = late.content.decode()
    assert late.status_code == 404
    assert "先陪她说话，\n别急。</textarea>" in text
    assert not [one for one in (question.words, question.reference, team.mentor.name) if one in text]
    assert not question.turns.exists()


def test_whoever_never_had_the_question_is_told_the_same_as_of_one_that_is_not_there(expert, team):
    question = ask(team)
    Question.objects.update(field=ExpertField.LAW)
    said = {"words": "先陪她说话。"}
    answers = [
        expert.post(reverse("mentoring:advice", args=[uid]), said | {"key": key})
        for uid, key in ((question.uid, uuid4()), (uuid4(), uuid4()))
    ]
    assert [one.status_code for one in answers] == [404, 404]
    texts = {re.sub(r"[0-9a-f-]{36}|[0-9A-Za-z]{64}", "", one.content.decode()) for one in answers}
    assert len(texts) == 1
    assert "先陪她说话。</textarea>" in texts.pop()


def test_an_answer_to_what_was_settled_meanwhile_comes_back_to_her(expert, team):
    question = ask(team)
    expert.post(url("advice_take", question))
    expert.post(url("advice", question), {"key": uuid4(), "words": "先听她说。"})
    settle_question(actor=team.mentor, question_id=question.uid, on=TODAY, now=NOW)

    late = expert.post(url("advice", question), {"key": uuid4(), "words": "还有一句。"})

    assert late.status_code == 409
    assert "还有一句。</textarea>" in late.content.decode()
    assert question.turns.count() == 1
