"""A mentor and the staff ask on a page: nothing leaves with a name in it, nothing typed is lost, advice comes back."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.mentoring.actions.questions import advise, settle_question, take_question
from sunward.mentoring.enums import MatchState
from sunward.mentoring.experts.enums import QuestionState
from sunward.mentoring.models import Match, Question
from tests.factories import NOW, TODAY, make_child
from tests.mentoring.experts.builders import Team, ask, make_team

pytestmark = pytest.mark.django_db
WHEN = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def mentor(client, team):
    return sign_in(client, team.mentor)


def sign_in(client, actor):
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def own(name, team, *more):
    return reverse(f"mentoring:{name}", args=[team.match.uid, *more])


def of_file(name, team, *more):
    return reverse(f"mentoring:{name}", args=[team.case.uid, *more])


def key_of(response):
    return re.search(r'name="key" value="([^"]+)"', response.content.decode())[1]


def answer(team, question, words="先听孩子说，不急着讲道理。"):
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    advise(actor=team.expert, question_id=question.uid, key=uuid4(), words=words, **WHEN)


def test_a_name_is_marked_in_the_text_and_what_was_typed_field_and_key_come_back(mentor, team):
    page = own("own_question_new", team)
    key = key_of(mentor.get(page))

    refused = mentor.post(page, {"key": key, "field": "development", "words": "小雨喜欢读王小波的书，\r\n怎么办？"})
    text = refused.content.decode()

    assert refused.status_code == 422
    assert "<mark>小雨<sup>1</sup></mark>喜欢读<mark>王小波<sup>2</sup></mark>的书，\n怎么办？" in text
    assert ('value="change:小雨"' in text, 'value="keep:小雨"' in text) == (True, False)
    assert 'value="keep:王小波"' in text
    assert re.search(r'value="development"[^>]*checked', text)
    assert key_of(refused) == key
    assert not Question.objects.exists()


def test_what_is_changed_and_what_is_kept_is_sent_with_one_press(mentor, team):
    words = "小雨喜欢读王小波的书，怎么办？"
    said = {"key": uuid4(), "field": "law", "words": words, "mark-1": "change:小雨", "mark-2": "keep:王小波"}

    sent = mentor.post(own("own_question_new", team), said)

    assert sent.url == own("own_questions", team)
    question = Question.objects.get()
    assert (question.words, question.kept, question.field) == ("孩子喜欢读王小波的书，怎么办？", 1, "law")


def test_a_telephone_number_can_only_be_changed(mentor, team):
    said = {"key": uuid4(), "field": "law", "words": "打13900450012行吗？", "mark-1": "keep:13900450012"}
    refused = mentor.post(own("own_question_new", team), said)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "电话和证件号码不能发出去" in text
    assert ('value="change:13900450012" checked' in text, 'value="keep:13900450012"' in text) == (True, False)


def test_what_was_kept_stays_kept_while_something_else_is_still_marked(mentor, team):
    said = {"key": uuid4(), "field": "law", "words": "小雨喜欢读王小波的书", "mark-2": "keep:王小波"}
    text = mentor.post(own("own_question_new", team), said).content.decode()
    assert re.search(r'value="keep:王小波" checked', text)
    assert re.search(r'value="change:小雨" checked', text)


def test_a_form_pressed_twice_is_one_question(mentor, team):
    said = {"key": uuid4(), "field": "law", "words": "监护权怎么转移？"}
    for _ in range(2):
        assert mentor.post(own("own_question_new", team), said).status_code == 302
    assert Question.objects.count() == 1


def test_an_empty_or_too_long_text_comes_back_with_a_sentence(mentor, team):
    for words in (" ", "问" * 2001):
        again = mentor.post(own("own_question_new", team), {"key": uuid4(), "field": "law", "words": words})
        assert again.status_code == 422
        assert again.context["form"].errors["words"]


def test_a_mentor_reads_the_answer_asks_on_and_settles(mentor, team):
    question = ask(team)
    talk = own("own_question", team, question.uid)
    answer(team, question)
    assert "先听孩子说" in mentor.get(talk).content.decode()

    marked = mentor.post(talk, {"key": uuid4(), "words": "小雨不说呢？"})
    assert marked.status_code == 422
    assert "<mark>小雨" in marked.content.decode()
    mentor.post(talk, {"key": uuid4(), "words": "小雨不说呢？", "mark-1": "change:小雨"})
    assert "孩子不说呢？" in mentor.get(talk).content.decode()

    advise(actor=team.expert, question_id=question.uid, key=uuid4(), words="那就一起做点别的。", **WHEN)
    mentor.post(own("own_question_settle", team, question.uid))
    question.refresh_from_db()
    assert question.state == QuestionState.CLOSED
    assert "那就一起做点别的" in mentor.get(talk).content.decode()


@pytest.mark.parametrize("who", ["mentor", "worker"])
def test_what_is_taken_back_offers_the_way_back_for_a_while_and_asks_nothing_before(client, team, monkeypatch, who):
    question, actor = ask(team), getattr(team, who)
    link, name = (own, "own_question") if who == "mentor" else (of_file, "child_question")
    reader, talk = sign_in(client, actor), link(name, team, question.uid)
    back = link(f"{name}_bring_back", team, question.uid)
    assert "data-confirm" not in reader.get(talk).content.decode()

    told = reader.post(link(f"{name}_settle", team, question.uid), follow=True)
    assert told.redirect_chain == [(talk, 302)]
    assert back in told.content.decode()
    assert back not in reader.post(back, follow=True).content.decode()
    question.refresh_from_db()
    assert question.state == QuestionState.ASKED

    reader.post(link(f"{name}_settle", team, question.uid))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=30))
    assert back not in reader.get(talk).content.decode()


@pytest.mark.parametrize("who", ["mentor", "worker"])
def test_a_word_more_on_what_was_settled_meanwhile_comes_back_to_whoever_wrote_it(client, team, who):
    question, actor = ask(team), getattr(team, who)
    link, name = (own, "own_question") if who == "mentor" else (of_file, "child_question")
    writer, talk = sign_in(client, actor), link(name, team, question.uid)
    settle_question(actor=team.worker, question_id=question.uid, **WHEN)

    late = writer.post(talk, {"key": uuid4(), "words": "她今天去上学了，\n就一小时。"})

    text = late.content.decode()
    assert late.status_code == 409
    assert "她今天去上学了，\n就一小时。</textarea>" in text
    assert f'href="{talk}"' in text
    assert question.words not in text
    assert not question.turns.exists()


@pytest.mark.parametrize("name", ["own_question", "own_question_new"])
def test_what_she_wrote_while_her_match_was_paused_comes_back_to_her_and_nothing_of_the_child(mentor, team, name):
    question = ask(team)
    page = own(name, team, *([question.uid] if name == "own_question" else []))
    Match.objects.update(state=MatchState.PAUSED)

    late = mentor.post(page, {"key": uuid4(), "field": "law", "words": "她今天去上学了。"})

    text = late.content.decode()
    assert late.status_code == 404
    assert "她今天去上学了。</textarea>" in text
    told = (team.case.person.name, team.case.reference, question.words, question.reference)
    assert not [one for one in told if one in text]
    assert mentor.post(page, {"words": " "}).status_code == 404


def test_to_have_read_a_question_is_to_have_looked_at_the_file(mentor, team):
    question = ask(team)
    mentor.get(own("own_question", team, question.uid))
    assert AuditEntry.objects.filter(code="mentoring.child_opened_by_mentor", subject_id=team.case.pk).exists()


def test_the_advice_returns_to_the_file_as_a_section_and_on_its_line_of_time(client, team):
    question = ask(team)
    answer(team, question)
    staff = sign_in(client, team.worker)

    page = staff.get(reverse("mentoring:child", args=[team.case.uid])).content.decode()

    assert page.count(of_file("child_question", team, question.uid)) == 3
    assert "先听孩子说" in staff.get(of_file("child_question", team, question.uid)).content.decode()


def test_the_staff_ask_from_the_file_and_speak_for_a_mentor_who_no_longer_may(client, team):
    staff = sign_in(client, team.worker)
    said = {"key": uuid4(), "field": "law", "words": "如何申请临时监护？"}
    assert staff.post(of_file("child_question_new", team), said).url == reverse("mentoring:child", args=[team.case.uid])
    question = ask(team)
    Match.objects.update(state=MatchState.PAUSED)
    staff.post(of_file("child_question", team, question.uid), {"key": uuid4(), "words": "现在由居委跟进。"})
    staff.post(of_file("child_question_settle", team, question.uid))
    question.refresh_from_db()
    assert question.turns.get().by_id == team.worker.user_id
    assert question.state == QuestionState.WITHDRAWN


def test_a_question_of_another_child_is_not_found_below_this_ones_file(client, team):
    question = ask(team)
    other = make_child("陈二", unit=team.case.unit)
    staff = sign_in(client, team.worker)
    for name in ("child_question", "child_question_settle"):
        send = staff.post if name.endswith("settle") else staff.get
        assert send(reverse(f"mentoring:{name}", args=[other.uid, question.uid])).status_code == 404


@pytest.mark.parametrize("many", [1, 6])
def test_a_list_costs_the_same_however_long_it_is(mentor, team, many):
    for _ in range(many):
        ask(team)
    with CaptureQueriesContext(connection) as queries:
        mentor.get(own("own_questions", team))
    assert len(queries) <= 13


def test_a_talk_costs_the_same_however_long_it_is(mentor, team):
    question = ask(team)
    counts = []
    mentor.get(own("own_question", team, question.uid))
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            mentor.get(own("own_question", team, question.uid))
        counts.append(len(queries))
        for _word in range(3):
            mentor.post(own("own_question", team, question.uid), {"key": uuid4(), "words": "再补充一点。"})
    assert counts[0] == counts[1] <= 14
