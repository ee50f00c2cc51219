"""Whoever has to hear of a question hears of it once, by its reference, and nobody hears a word of what was asked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, User
from sunward.core.jobs.queue import enqueue
from sunward.mentoring import jobs
from sunward.mentoring.actions.expert_team import end_expert
from sunward.mentoring.actions.questions import (
    Asked,
    advise,
    ask_about_file,
    ask_on,
    bring_back_question,
    give_back_question,
    settle_question,
    take_question,
)
from sunward.mentoring.enums import MatchState
from sunward.mentoring.experts.enums import ExpertField
from sunward.mentoring.experts.news import QuestionNews, QuestionNewsKind
from sunward.mentoring.models import Expert, Match, Question
from sunward.outreach.enums import MessagePurpose
from sunward.outreach.models import Message
from sunward.web.question_news import compose
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import ask, make_team

pytestmark = pytest.mark.django_db
WORDS, ANSWER = "孩子不愿意上学，怎么办？", "先听孩子说，不急着讲道理。"
DAY = timedelta(days=1)


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def officer():
    return make.make_officer(Role.DISTRICT_OFFICER)


def ask_as_worker(team, at=NOW):
    asked = Asked(key=uuid4(), field=ExpertField.FAMILY_EDUCATION, words=WORDS)
    return ask_about_file(actor=team.worker, case_id=team.case.uid, asked=asked, on=at.date(), now=at)


def take(question, expert, at=NOW):
    return take_question(actor=expert, question_id=question.uid, on=TODAY, now=at)


def answer(question, expert, key=None):
    return advise(actor=expert, question_id=question.uid, key=key or uuid4(), words=ANSWER, on=TODAY, now=NOW)


def told(kind, user_id=None):
    found = Message.objects.filter(about=kind.about).order_by("pk")
    return list(found if user_id is None else found.filter(user_id=user_id))


def put_away(user_id, until=TODAY + 3 * DAY):
    Absence.objects.create(user_id=user_id, from_on=TODAY, until_on=until, recorded_at=NOW)


@pytest.fixture
def run_at(monkeypatch, run_jobs):
    """The job of that moment."""

    def run(job, at):
        day = type("Clock", (), {"now": lambda: at, "today": lambda: timezone.localdate(at)})
        monkeypatch.setattr(jobs, "clock", day)
        enqueue(job)
        run_jobs()

    return run


@pytest.mark.parametrize("kind", QuestionNewsKind)
@pytest.mark.parametrize("count", [1, 20])
def test_every_kind_of_news_has_words_in_both_languages_and_names_no_more_than_references(kind, count):
    references = tuple(f"Q{number:06d}" for number in range(1, count + 1))
    news = QuestionNews("k", kind, references, 1, "/310110/", "/")
    with override("zh-hans"):
        chinese = compose(news)
    with override("en"):
        english = compose(news)
    assert "Q000001" in chinese
    assert "Q000001" in english
    assert english.replace("·", "").isascii()
    assert not chinese.isascii()
    assert "%(" not in chinese + english


def test_a_mentor_hears_that_her_question_is_taken_and_answered_and_reads_it_on_her_own_page(team):
    question = ask(team)
    take(question, team.expert)
    answer(question, team.expert)

    taken, answered = told(QuestionNewsKind.TAKEN), told(QuestionNewsKind.ANSWERED)
    assert [len(taken), len(answered)] == [1, 1]
    for message in (*taken, *answered):
        assert (message.user_id, message.person_id) == (team.mentor.user_id, team.match.mentor.person_id)
        assert (message.purpose, message.reference) == (MessagePurpose.VISIT, question.reference)
        assert message.path == reverse("mentoring:own_question", args=[team.match.uid, question.uid])
        assert not any(word in message.body for word in (WORDS, ANSWER, "陈小雨", "孩子", "家庭教育"))


def test_one_of_the_staff_hears_of_hers_and_opens_it_in_the_file(team):
    question = ask_as_worker(team)
    take(question, team.expert)
    answer(question, team.expert)
    for kind in (QuestionNewsKind.TAKEN, QuestionNewsKind.ANSWERED):
        (message,) = told(kind)
        assert (message.user_id, message.person_id, message.purpose) == (
            team.worker.user_id, None, MessagePurpose.DUTY,
        )  # fmt: skip
        assert message.path == reverse("mentoring:child_question", args=[team.case.uid, question.uid])


def test_the_same_press_twice_is_told_once_and_a_second_answer_is_told_again(team):
    question, key = ask(team), uuid4()
    for _ in range(2):
        take(question, team.expert)
        answer(question, team.expert, key)
    assert [len(told(QuestionNewsKind.TAKEN)), len(told(QuestionNewsKind.ANSWERED))] == [1, 1]
    answer(question, team.expert)
    assert len(told(QuestionNewsKind.ANSWERED)) == 2


def test_what_is_not_kept_is_not_told(team):
    question = ask(team)
    with pytest.raises(RuntimeError), transaction.atomic():
        take(question, team.expert)
        raise RuntimeError
    assert not Message.objects.exists()


def test_a_mentor_who_may_read_no_longer_hears_nothing_and_the_committee_hears_of_the_answer(team):
    question = ask(team)
    Match.objects.update(state=MatchState.PAUSED)
    take(question, team.expert)
    assert not told(QuestionNewsKind.TAKEN)

    answer(question, team.expert)

    (message,) = told(QuestionNewsKind.ANSWERED)
    assert message.user_id == team.worker.user_id
    assert message.path == reverse("mentoring:child_question", args=[team.case.uid, question.uid])


def test_whose_account_is_shut_hears_nothing(team):
    question = ask_as_worker(team)
    User.objects.filter(pk=team.worker.user_id).update(is_active=False)
    take(question, team.expert)
    answer(question, team.expert)
    assert not Message.objects.exists()


def test_experts_hear_once_a_day_of_what_waits_in_their_fields(team, run_at):
    first, _second = ask(team), ask(team)
    for minutes in (0, 10):
        run_at(jobs.tell_experts, NOW + timedelta(minutes=minutes))

    assert {message.user_id for message in told(QuestionNewsKind.WAITING)} == {
        team.expert.user_id, team.colleague.user_id,
    }  # fmt: skip
    (message,) = told(QuestionNewsKind.WAITING, team.expert.user_id)
    assert (message.reference, message.path) == (first.reference, reverse("home"))
    assert message.body.startswith("您的专业方向里有 2 个问题在等您。")
    assert WORDS not in message.body


def test_the_next_day_they_hear_again_only_if_something_newer_waits(team, run_at):
    ask(team)
    run_at(jobs.tell_experts, NOW)
    run_at(jobs.tell_experts, NOW + DAY)
    assert len(told(QuestionNewsKind.WAITING, team.expert.user_id)) == 1

    ask_as_worker(team, NOW + DAY)
    run_at(jobs.tell_experts, NOW + DAY + timedelta(minutes=10))
    assert len(told(QuestionNewsKind.WAITING, team.expert.user_id)) == 2
    ask_as_worker(team, NOW + DAY + timedelta(minutes=20))
    run_at(jobs.tell_experts, NOW + DAY + timedelta(minutes=30))
    assert len(told(QuestionNewsKind.WAITING, team.expert.user_id)) == 2


def test_what_waits_again_is_news_to_everybody_but_to_her_who_gave_it_back(team, run_at):
    question = ask(team)
    run_at(jobs.tell_experts, NOW)
    take(question, team.expert, NOW + timedelta(hours=1))
    give_back_question(actor=team.expert, question_id=question.uid, on=TODAY, now=NOW + timedelta(hours=2))
    run_at(jobs.tell_experts, NOW + DAY)
    assert len(told(QuestionNewsKind.WAITING, team.expert.user_id)) == 1
    assert len(told(QuestionNewsKind.WAITING, team.colleague.user_id)) == 2


def test_what_was_taken_back_is_no_news_until_it_is_brought_back(team, run_at):
    question = ask(team)
    settle_question(actor=team.mentor, question_id=question.uid, on=TODAY, now=NOW)
    run_at(jobs.tell_experts, NOW)
    assert not told(QuestionNewsKind.WAITING)
    bring_back_question(actor=team.mentor, question_id=question.uid, on=TODAY, now=NOW + timedelta(minutes=5))
    run_at(jobs.tell_experts, NOW + timedelta(minutes=10))
    assert len(told(QuestionNewsKind.WAITING, team.expert.user_id)) == 1


def test_what_is_asked_on_waits_for_the_expert_who_has_answered_and_for_nobody_else(team, run_at):
    question = ask(team)
    take(question, team.expert)
    run_at(jobs.tell_experts, NOW)
    assert not told(QuestionNewsKind.WAITING)
    answer(question, team.expert)
    ask_on(actor=team.mentor, question_id=question.uid, key=uuid4(), words="如果孩子不说呢？", on=TODAY, now=NOW)
    run_at(jobs.tell_experts, NOW + timedelta(minutes=10))
    (message,) = told(QuestionNewsKind.WAITING)
    assert message.user_id == team.expert.user_id


def test_who_has_left_or_lost_her_post_or_is_away_hears_nothing(team, officer, run_at):
    ask(team)
    expert = Expert.objects.get(user_id=team.expert.user_id)
    end_expert(actor=make.actor_of(officer), expert_id=expert.uid, on=TODAY, now=NOW)
    put_away(team.colleague.user_id, until=TODAY + DAY)
    run_at(jobs.tell_experts, NOW)
    assert not told(QuestionNewsKind.WAITING)

    User.objects.get(pk=team.expert.user_id).assignments.update(until_on=TODAY)
    Expert.objects.update(left_on=None)
    run_at(jobs.tell_experts, NOW + timedelta(minutes=10))
    assert not told(QuestionNewsKind.WAITING)
    run_at(jobs.tell_experts, NOW + 2 * DAY)
    assert [message.user_id for message in told(QuestionNewsKind.WAITING)] == [team.colleague.user_id]


def test_an_expert_of_another_district_hears_nothing(team, run_at):
    elsewhere = make.make_unit("310109", name="虹口区")
    stranger = make.make_officer(Role.EXPERT, elsewhere)
    Expert.objects.create(
        user=stranger, unit_path=elsewhere.path, fields=[ExpertField.FAMILY_EDUCATION], joined_on=TODAY - DAY
    )
    ask(team)
    run_at(jobs.tell_experts, NOW)
    assert told(QuestionNewsKind.WAITING)
    assert not told(QuestionNewsKind.WAITING, stranger.pk)


def test_the_officer_hears_in_the_morning_of_what_is_late_and_again_only_of_more(team, officer, run_at):
    other = make.make_officer(Role.DISTRICT_OFFICER, make.make_unit("310109", name="虹口区"))
    question = ask(team)
    run_at(jobs.tell_of_late_questions, NOW + DAY)
    assert not told(QuestionNewsKind.LATE)
    for days in (2, 3):
        run_at(jobs.tell_of_late_questions, NOW + days * DAY)
    (message,) = told(QuestionNewsKind.LATE)
    assert (message.user_id, message.path) == (officer.pk, reverse("mentoring:expert_team"))
    assert message.body == f"有 1 个助力团问题过了时限，还没人接手或回复。\n{question.reference}"

    take(question, team.expert, NOW + 3 * DAY)
    run_at(jobs.tell_of_late_questions, NOW + 9 * DAY)
    assert len(told(QuestionNewsKind.LATE, officer.pk)) == 2
    assert not told(QuestionNewsKind.LATE, other.pk)


def test_while_the_officer_is_away_her_colleague_hears_and_if_all_are_away_all_hear(team, officer, run_at):
    Question.objects.filter(pk=ask(team).pk).update(take_by_at=NOW - timedelta(hours=1))
    colleague = make.make_officer(Role.DISTRICT_OFFICER)
    put_away(officer.pk)
    run_at(jobs.tell_of_late_questions, NOW)
    assert [message.user_id for message in told(QuestionNewsKind.LATE)] == [colleague.pk]

    put_away(colleague.pk)
    Question.objects.filter(pk=ask(team).pk).update(take_by_at=NOW + timedelta(hours=1))
    run_at(jobs.tell_of_late_questions, NOW + DAY)
    assert [len(told(QuestionNewsKind.LATE, one.pk)) for one in (officer, colleague)] == [1, 2]
