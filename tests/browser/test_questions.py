"""A mentor asks the expert team on her phone, an expert answers at her desk, and the pages of both are fit."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.core import clock
from sunward.mentoring.actions.questions import Asked, advise, ask_about_own_child, settle_question, take_question
from sunward.mentoring.experts.enums import ExpertField, QuestionState
from sunward.mentoring.models import Question
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import actor_of, make_officer
from tests.mentoring.experts.builders import make_team

pytestmark = pytest.mark.browser
LONG = "孩子放学回家就把自己关在房间里不说话也不写作业" * 20


@pytest.fixture
def team(transactional_db):
    cache.clear()
    return make_team()


def user_of(actor):
    return User.objects.get(pk=actor.user_id)


def now():
    return {"on": clock.today(), "now": clock.now()}


def today(actor):
    return actor_of(user_of(actor), on=clock.today())


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def ask(team, words="孩子不愿意上学，怎么办？"):
    asked = Asked(key=uuid4(), field=ExpertField.FAMILY_EDUCATION, words=words)
    return ask_about_own_child(actor=today(team.mentor), match_id=team.match.uid, asked=asked, **now())


def test_from_the_childs_page_to_an_answer_that_helps_and_no_name_on_the_way(site, team):
    home = reverse("mentoring:own_child", args=[team.match.uid])
    mentor = site(home, user=user_of(team.mentor), width=PHONE, complaining="422")
    mentor.get_by_role("link", name="助力团").click()
    mentor.get_by_role("link", name="向助力团求助").click()
    mentor.get_by_text("家庭教育", exact=True).click()
    mentor.get_by_label(re.compile("您的问题")).fill("小雨不肯写作业，徐桂珍很着急，怎么办？")
    press(mentor, "发出问题")
    mentor.locator("mark").nth(1).wait_for()
    assert mentor.locator("mark").all_inner_texts() == ["小雨1", "徐桂珍2"]
    assert not Question.objects.exists()
    press(mentor, "发出问题")
    mentor.wait_for_url(f"**{reverse('mentoring:own_questions', args=[team.match.uid])}")
    mentor.get_by_text("等待专家受理").wait_for()

    expert = site(reverse("home"), user=user_of(team.expert))
    assert "陈小雨" not in expert.content()
    expert.get_by_role("link", name=re.compile("不肯写作业")).click()
    expert.get_by_role("button", name="我来接手").wait_for()
    assert not re.search("小雨|徐桂珍|张爱华", expert.content())
    press(expert, "我来接手")
    expert.get_by_label(re.compile("您的答复|您的回复|您的建议")).fill("先陪孩子坐十分钟，再说作业。")
    press(expert, "提交")
    expert.get_by_text("先陪孩子坐十分钟").wait_for()

    mentor.goto(mentor.url.split("/mentoring/")[0] + reverse("outreach:inbox"))
    assert "先陪孩子坐十分钟" not in mentor.content()
    mentor.get_by_role("link", name=re.compile(f"助力团已回复问题 {Question.objects.get().reference}")).click()
    mentor.locator(f'a[href$="{Question.objects.get().uid}/"]').click()
    mentor.get_by_text("先陪孩子坐十分钟，再说作业。").wait_for()
    press(mentor, "有帮助，了结")
    mentor.wait_for_url(f"**{reverse('mentoring:own_questions', args=[team.match.uid])}")
    assert Question.objects.get().state == QuestionState.CLOSED


def test_what_is_taken_back_by_a_slip_of_the_thumb_is_brought_back_with_one_press(site, team):
    question = ask(team)
    address = reverse("mentoring:own_question", args=[team.match.uid, question.uid])
    page = site(address, user=user_of(team.mentor), width=PHONE)
    press(page, "不用回复了，撤回")
    press(page, "恢复提问")
    page.get_by_text("已恢复，专家又能看到这个问题了。").wait_for()
    question.refresh_from_db()
    assert question.state == QuestionState.ASKED


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh-hans"), (PHONE, "en"), (PHONE, "zh-hans")])
def test_the_pages_of_a_question_are_fit_for_everybody(site, find_barriers, team, language, width):
    waiting, taken, answered, withdrawn = ask(team, LONG), ask(team), ask(team), ask(team)
    expert = today(team.expert)
    for question in (taken, answered):
        take_question(actor=expert, question_id=question.uid, **now())
    advise(actor=expert, question_id=answered.uid, key=uuid4(), words=LONG, **now())
    settle_question(actor=today(team.mentor), question_id=withdrawn.uid, **now())
    Question.objects.filter(pk=waiting.pk).update(take_by_at=clock.now())
    questions = (waiting, taken, answered, withdrawn)

    own, of_file = team.match.uid, team.case.uid
    pages = [(team.mentor, "own_questions", (own,)), (team.mentor, "own_question_new", (own,))]
    pages += [(team.mentor, "own_question", (own, question.uid)) for question in questions]
    pages += [(team.worker, "child_question_new", (of_file,))]
    pages += [(team.worker, "child_question", (of_file, question.uid)) for question in questions]
    pages += [(team.expert, "advice", (question.uid,)) for question in questions[:3]]
    officer = actor_of(make_officer(Role.DISTRICT_OFFICER), on=clock.today())
    pages += [(officer, "expert_team", ())]
    for actor, name, keys in pages:
        address = reverse(f"mentoring:{name}", args=keys)
        assert not find_barriers(site(address, user=user_of(actor), language=language, width=width)), name
    for actor in (team.expert, officer):
        assert not find_barriers(site(reverse("home"), user=user_of(actor), language=language, width=width))


def test_the_marks_on_a_text_that_names_somebody_are_fit_on_a_phone(site, find_barriers, team):
    address = reverse("mentoring:own_question_new", args=[team.match.uid])
    page = site(address, user=user_of(team.mentor), width=PHONE, complaining="422")
    page.get_by_text("家庭教育", exact=True).click()
    page.get_by_label(re.compile("您的问题")).fill("陈小雨和诸葛慧敏吵架，老师打了13812345678，" + LONG)
    press(page, "发出问题")
    page.locator("mark").first.wait_for()
    assert not find_barriers(page)
