"""A neighbour mom shares on her phone what helped, an officer reads it first, and the pages of both are fit."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.core import clock
from sunward.mentoring.actions.sharing import Told, publish_note, return_note, withdraw_note, write_note
from sunward.mentoring.enums import VisitTopic
from sunward.mentoring.experts.enums import NoteState
from sunward.mentoring.models import ExperienceNote
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import actor_of, make_officer, make_subdistrict
from tests.mentoring.experts.builders import make_team

pytestmark = pytest.mark.browser
LONG = "先陪孩子下一盘五子棋再说作业的事情慢慢来不着急" * 20


@pytest.fixture
def team(transactional_db):
    cache.clear()
    return make_team()


@pytest.fixture
def supervisor(team):
    return today(actor_of(make_officer(Role.SUPERVISOR, make_subdistrict())))


def user_of(actor):
    return User.objects.get(pk=actor.user_id)


def today(actor):
    return actor_of(user_of(actor), on=clock.today())


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def write(team, title="作业之前", words="先下一盘棋。"):
    told = Told(title, words, tuple(VisitTopic))
    return write_note(actor=today(team.mentor), key=uuid4(), told=told, on=clock.today(), now=clock.now())


def test_from_her_phone_over_the_officers_desk_to_the_others_and_back_again(site, team, supervisor):
    mentor = site(reverse("mentoring:notes"), user=user_of(team.mentor), width=PHONE, complaining="422")
    mentor.get_by_role("link", name="写一条经验").click()
    mentor.get_by_label(re.compile("^标题")).fill("陪小雨写作业")
    mentor.get_by_label(re.compile("^您的体会")).fill("徐桂珍说，先玩十分钟。")
    press(mentor, "提交")
    mentor.locator("mark").nth(1).wait_for()
    assert mentor.locator("mark").all_inner_texts() == ["小雨1", "徐桂珍2"]
    assert not ExperienceNote.objects.exists()
    press(mentor, "提交")
    mentor.wait_for_url(f"**{reverse('mentoring:own_notes')}")
    mentor.get_by_text("待审阅", exact=True).wait_for()

    officer = site(reverse("home"), user=user_of(supervisor))
    officer.get_by_role("link", name=re.compile("陪孩子写作业")).click()
    officer.get_by_role("button", name="在全区发布").wait_for()
    assert not re.search("小雨|徐桂珍|张爱华", officer.content())
    press(officer, "在全区发布")
    officer.wait_for_url(f"**{reverse('mentoring:waiting_notes')}")

    mentor.goto(mentor.url.replace("mine/", "?q=十分钟"))
    mentor.get_by_role("link", name="陪孩子写作业").click()
    mentor.get_by_role("link", name=re.compile("可以撤回")).click()
    press(mentor, "撤回")
    press(mentor, "找回")
    mentor.get_by_text("已找回。请人再看一遍").wait_for()
    assert ExperienceNote.objects.get().state == NoteState.WRITTEN


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh-hans"), (PHONE, "en"), (PHONE, "zh-hans")])
def test_the_pages_of_a_note_are_fit_for_everybody(site, find_barriers, team, supervisor, language, width):
    now = clock.now()
    waiting, read, returned, gone = write(team, "长" * 80, LONG), write(team, words=LONG), write(team), write(team)
    publish_note(actor=supervisor, note_id=read.uid, version=read.version, now=now)
    return_note(actor=supervisor, note_id=returned.uid, version=returned.version, reason=LONG[:200], now=now)
    withdraw_note(actor=today(team.mentor), note_id=gone.uid, now=now)

    notes = (waiting, read, returned, gone)
    pages = [(team.mentor, name, ()) for name in ("notes", "own_notes", "own_note_new")]
    pages += [(team.mentor, "own_note", (note.uid,)) for note in notes]
    pages += [(team.mentor, "own_note_edit", (returned.uid,)), (team.mentor, "note", (read.uid,))]
    pages += [(supervisor, "waiting_notes", ()), (supervisor, "note", (read.uid,))]
    pages += [(supervisor, "note_judge", (note.uid,)) for note in notes[:3]]
    for actor, name, keys in pages:
        address = reverse(f"mentoring:{name}", args=keys)
        assert not find_barriers(site(address, user=user_of(actor), language=language, width=width)), name
