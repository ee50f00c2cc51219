"""A question reaches the expert team without anybody's name, is answered once, and its answer returns to the file."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from sunward.mentoring.actions.questions import (
    Asked,
    advise,
    ask_about_file,
    ask_about_own_child,
    ask_on,
    bring_back_question,
    give_back_question,
    settle_question,
    take_question,
)
from sunward.mentoring.enums import MatchState
from sunward.mentoring.experts.access import askers_questions, expert_questions, own_questions, staff_questions
from sunward.mentoring.experts.clearing import StillNames
from sunward.mentoring.experts.enums import ExpertField, QuestionState
from sunward.mentoring.models import Expert, Match, Question
from sunward.mentoring.queries.questions import read_talk
from tests import factories
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import Team, ask, make_team

pytestmark = pytest.mark.django_db
WHEN = {"on": TODAY, "now": NOW}


@pytest.fixture
def team() -> Team:
    return make_team()


def advise_on(question, expert, words="先听孩子说，不急着讲道理。", **more):
    return advise(actor=expert, question_id=question.uid, key=uuid4(), words=words, **WHEN, **more)


@pytest.mark.parametrize(
    "words",
    ["陈小雨不愿上学", "小雨不愿上学", "雨雨不愿上学", "徐桂珍很着急", "张爱华想问", "陈 小 雨哭了", "小\u200b雨哭了"],
)
def test_what_is_known_around_the_file_never_leaves_not_even_if_it_is_said_to_be_harmless(team, words):
    with pytest.raises(StillNames) as refused:
        ask(team, words, kept=frozenset({words[:3], words[:2], "徐桂珍", "张爱华", "小雨", "雨雨"}))
    assert any(finding.is_known for finding in refused.value.findings)
    assert not Question.objects.exists()


def test_what_only_looks_like_a_name_is_kept_when_the_asker_says_so_and_counted(team):
    words = "孩子喜欢读王小波的书，可以吗？"
    with pytest.raises(StillNames):
        ask(team, words)
    assert ask(team, words, kept=frozenset({"王小波"})).kept == 1


@pytest.mark.parametrize("number", ["13900450012", "139 0045 0012", "65480045", "310110198503059913", "138****0012"])
def test_a_telephone_or_document_number_is_never_kept_whoever_says_that_it_names_nobody(team, number):
    with pytest.raises(StillNames) as refused:
        ask(team, f"可以打{number}吗？", kept=frozenset({number}))
    assert [found.text for found in refused.value.findings] == [number]
    assert ask(team, f"可以打{number}吗？", changed=frozenset({number})).words.startswith("可以打（")


def test_an_expert_keeps_no_telephone_number_in_her_answer_either(team):
    question = ask(team)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    with pytest.raises(StillNames):
        advise_on(question, team.expert, "请打13900450012。", kept={"13900450012"})


@pytest.mark.parametrize("number", ["2019-2020-2021", "2000000", "37.5 38.2 39.1", "400-820-8820"])
def test_years_sums_and_help_lines_are_kept_when_the_asker_says_so(team, number):
    question = ask(team, f"她说{number}元，怎么办？", kept=frozenset({number}))
    assert (number in question.words, question.kept) == (True, 1)


def test_what_is_changed_gives_way_to_a_neutral_word_that_is_not_asked_about_again(team):
    words = "小雨最近在打虎山路第一小学哭了"
    question = ask(team, words, changed=frozenset({"小雨", "打虎山路第一小学"}))
    assert (question.words, question.kept) == ("孩子最近在某学校哭了", 0)


def test_what_is_left_to_look_at_stands_in_the_text_as_it_has_become(team):
    with pytest.raises(StillNames) as refused:
        ask(team, "小雨喜欢读王小波的书", changed=frozenset({"小雨"}))
    assert refused.value.words == "孩子喜欢读王小波的书"
    assert [finding.text for finding in refused.value.findings] == ["王小波"]


def test_a_neutral_word_of_ones_own_is_not_asked_about_but_what_stands_before_it_is(team):
    assert ask(team, "最近某学校的老师来过").kept == 0
    with pytest.raises(StillNames):
        ask(team, "控江路某学校的老师来过")


def test_what_is_settled_is_not_answered_any_more_and_stays_settled(team):
    question = ask(team)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    advise_on(question, team.expert)
    settle_question(actor=team.mentor, question_id=question.uid, **WHEN)
    with pytest.raises(Conflict):
        advise_on(question, team.expert, "还有一句。")
    assert Question.objects.get().state == QuestionState.CLOSED


def test_a_question_carries_an_age_band_and_no_age(team):
    assert ask(team).age_band == "12-14"


def test_the_same_form_sent_twice_is_one_question(team):
    asked = Asked(key=uuid4(), field=ExpertField.LAW, words="监护权怎么转移？")
    for _ in range(2):
        ask_about_own_child(actor=team.mentor, match_id=team.match.uid, asked=asked, **WHEN)
    assert Question.objects.count() == Fact.objects.filter(kind="mentoring.question_asked").count() == 1


def test_an_expert_sees_what_waits_in_her_field_and_what_she_has_taken_and_nothing_else(team):
    question = ask(team)
    assert {*expert_questions(team.expert)} == {*expert_questions(team.colleague)} == {question}
    assert not expert_questions(team.lawyer)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    assert {*expert_questions(team.expert)} == {question}
    assert not expert_questions(team.colleague)


def test_an_expert_who_has_left_sees_nothing(team):
    ask(team)
    Expert.objects.update(left_on=TODAY)
    assert not expert_questions(team.expert)


def test_of_two_experts_who_press_at_once_the_second_hears_that_it_is_taken(team):
    question = ask(team)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    with pytest.raises(Conflict):
        take_question(actor=team.colleague, question_id=question.uid, **WHEN)
    with pytest.raises(NotThere):
        take_question(actor=team.lawyer, question_id=question.uid, **WHEN)
    assert Fact.objects.filter(kind="mentoring.question_taken").count() == 1


def test_what_is_given_back_waits_for_a_colleague_with_a_new_clock(team):
    question = ask(team)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    later = NOW + timedelta(hours=9)
    back = give_back_question(actor=team.expert, question_id=question.uid, on=TODAY, now=later)
    assert (back.state, back.taken_by, back.take_by_at) == (QuestionState.ASKED, None, later + timedelta(hours=48))
    assert take_question(actor=team.colleague, question_id=question.uid, **WHEN).taken_by_id == team.colleague.user_id


def test_only_whoever_took_it_answers(team):
    question = ask(team)
    for actor in (team.expert, team.colleague, team.worker):
        with pytest.raises(NotThere):
            advise_on(question, actor)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    advise_on(question, team.expert)
    question.refresh_from_db()
    assert (question.state, question.answer_by_at) == (QuestionState.ANSWERED, None)


def test_an_expert_learns_nothing_of_who_is_known_around_the_file_by_trying_names(team):
    question = ask(team)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    for name in ("陈小雨", "陈小雷"):
        with pytest.raises(StillNames) as refused:
            advise_on(question, team.expert, f"孩子叫{name}吗？")
        assert [finding.is_known for finding in refused.value.findings] == [False]


def test_whoever_asks_on_starts_the_clock_of_the_answer_anew(team):
    question = ask(team)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    advise_on(question, team.expert)
    ask_on(actor=team.mentor, question_id=question.uid, key=uuid4(), words="如果孩子不说呢？", **WHEN)
    question.refresh_from_db()
    assert (question.state, question.answer_by_at) == (QuestionState.TAKEN, NOW + timedelta(hours=120))


def test_what_is_answered_is_settled_and_what_is_not_is_taken_back(team):
    waiting, answered = ask(team), ask(team)
    take_question(actor=team.expert, question_id=answered.uid, **WHEN)
    advise_on(answered, team.expert)
    for question, state in ((waiting, QuestionState.WITHDRAWN), (answered, QuestionState.CLOSED)):
        assert settle_question(actor=team.mentor, question_id=question.uid, **WHEN).state == state
    with pytest.raises(Conflict):
        ask_on(actor=team.mentor, question_id=answered.uid, key=uuid4(), words="还有吗？", **WHEN)
    assert {*expert_questions(team.expert)} == {answered}


def take_back(question, actor, at=NOW):
    return settle_question(actor=actor, question_id=question.uid, on=TODAY, now=at)


def bring_back(question, actor, at=NOW):
    return bring_back_question(actor=actor, question_id=question.uid, on=TODAY, now=at)


def test_what_was_taken_back_by_mistake_waits_again_on_its_first_clock(team):
    question = ask(team)
    take_back(question, team.mentor, NOW + timedelta(hours=3))
    assert not expert_questions(team.expert)

    back = bring_back(question, team.mentor, NOW + timedelta(hours=3, minutes=29))

    assert (back.state, back.settled_at, back.take_by_at) == (QuestionState.ASKED, None, NOW + timedelta(hours=48))
    assert {*expert_questions(team.expert)} == {question}
    standing = standing_facts().filter(subject_kind="question", subject_id=question.pk)
    assert sorted(standing.values_list("kind", flat=True)) == [
        "mentoring.question_asked", "mentoring.question_brought_back",
    ]  # fmt: skip


def test_a_question_at_hand_comes_back_to_its_expert_with_the_clock_of_its_answer(team):
    question = ask(team)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    take_back(question, team.mentor)
    assert not expert_questions(team.expert)
    for _ in range(2):
        back = bring_back(question, team.mentor)
    assert (back.state, back.taken_by_id) == (QuestionState.TAKEN, team.expert.user_id)
    assert back.answer_by_at == NOW + timedelta(hours=120)
    assert not expert_questions(team.colleague)
    assert Fact.objects.filter(kind="mentoring.question_brought_back").count() == 1


def test_a_question_whose_expert_has_left_meanwhile_comes_back_to_her_colleagues(team):
    question = ask(team)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    take_back(question, team.mentor)
    Expert.objects.filter(user_id=team.expert.user_id).update(left_on=TODAY)
    back = bring_back(question, team.mentor, NOW + timedelta(minutes=9))
    assert (back.state, back.taken_by_id, back.settled_at) == (QuestionState.ASKED, None, None)
    assert back.take_by_at == NOW + timedelta(hours=48, minutes=9)
    assert {*expert_questions(team.colleague)} == {question}


def test_half_an_hour_later_it_is_gone_and_nobody_else_brings_it_back(team):
    question = ask(team)
    take_back(question, team.mentor)
    for stranger in (team.expert, team.lawyer):
        with pytest.raises(NotThere):
            bring_back(question, stranger)
    with pytest.raises(Refusal, match="question_gone"):
        bring_back(question, team.mentor, NOW + timedelta(minutes=30))
    Match.objects.update(state=MatchState.PAUSED)
    with pytest.raises(NotThere):
        bring_back(question, team.mentor)
    assert Question.objects.get().state == QuestionState.WITHDRAWN


def test_a_mentor_does_not_bring_back_what_the_staff_took_back_and_the_staff_do_either(team):
    question = take_back(ask(team), team.worker)
    with pytest.raises(Refusal, match="question_kept_back"):
        bring_back(question, team.mentor)
    assert not read_talk(question, team.mentor, now=NOW).taken_back
    assert read_talk(question, team.worker, now=NOW).taken_back

    assert bring_back(question, team.worker).state == QuestionState.ASKED
    take_back(question, team.mentor)
    assert bring_back(question, team.worker).state == QuestionState.ASKED
    take_back(question, team.mentor)
    assert bring_back(question, team.mentor).state == QuestionState.ASKED


def test_a_mentor_who_took_it_back_before_does_not_bring_it_back_after_the_staff_did(team):
    question = ask(team)
    take_back(question, team.mentor)
    bring_back(question, team.mentor)
    take_back(question, team.worker)
    with pytest.raises(Refusal, match="question_kept_back"):
        bring_back(question, team.mentor)


def test_what_is_settled_is_not_brought_back(team):
    question = ask(team)
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    advise_on(question, team.expert)
    take_back(question, team.mentor)
    assert bring_back(question, team.mentor).state == QuestionState.CLOSED


def test_a_mentor_sees_her_questions_while_her_match_lets_her_and_the_staff_always(team):
    question = ask(team)
    assert {*own_questions(team.mentor)} == {*staff_questions(team.worker)} == {question}
    Match.objects.update(state=MatchState.PAUSED)
    assert not askers_questions(team.mentor)
    with pytest.raises(NotThere):
        settle_question(actor=team.mentor, question_id=question.uid, **WHEN)
    assert {*askers_questions(team.worker)} == {question}


def test_the_staff_of_the_file_ask_too_and_others_do_not(team):
    asked = Asked(key=uuid4(), field=ExpertField.LAW, words="如何申请临时监护？")
    stranger = factories.actor_of(
        factories.make_officer(factories.Role.WORKER, factories.make_committee("310110019001"))
    )
    with pytest.raises(NotThere):
        ask_about_file(actor=stranger, case_id=team.case.uid, asked=asked, **WHEN)
    assert (
        ask_about_file(actor=team.worker, case_id=team.case.uid, asked=asked, **WHEN).asked_by_id == team.worker.user_id
    )


@pytest.mark.parametrize("words", ["", "  ", "问" * 2001])
def test_nothing_and_too_much_are_refused_with_a_sentence(team, words):
    with pytest.raises(Refusal):
        ask(team, words)


def test_a_key_that_was_used_before_takes_no_other_words_for_sent(team):
    def ask_with(key, words, field=ExpertField.FAMILY_EDUCATION):
        asked = Asked(key=key, field=field, words=words)
        return ask_about_own_child(actor=team.mentor, match_id=team.match.uid, asked=asked, **WHEN)

    key, words = uuid4(), "孩子不愿意上学，怎么办？"
    question = ask_with(key, words)
    assert ask_with(key, words) == question
    for other in ((words + "已经三天了。",), (words, ExpertField.LAW)):
        with pytest.raises(Conflict) as refused:
            ask_with(key, *other)
        assert refused.value.code == "mentoring.question_written"
    assert Question.objects.get().words == words


def test_a_further_word_or_an_answer_under_the_same_key_is_not_lost_in_the_first(team):
    question, of_answer, of_turn = ask(team), uuid4(), uuid4()
    take_question(actor=team.expert, question_id=question.uid, **WHEN)
    for actor, say, key in ((team.expert, advise, of_answer), (team.mentor, ask_on, of_turn)):
        said = {"actor": actor, "question_id": question.uid, "key": key, **WHEN}
        first = say(words="先听孩子说。", **said)
        assert say(words="先听孩子说。", **said) == first
        with pytest.raises(Conflict) as refused:
            say(words="先听孩子说，再陪他走走。", **said)
        assert refused.value.code == "mentoring.question_written"
    assert question.turns.count() == 2
