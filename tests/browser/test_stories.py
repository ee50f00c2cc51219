"""A story of success from the desk over the second officer to the district, and back again when the person says no."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.core import clock
from sunward.employment.actions.consents import record_consent
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.actions.stories import release_story, return_story, write_story
from sunward.employment.enums import ClientTagKind
from sunward.employment.models import ClientTag, Story
from sunward.employment.own_pass import token_of
from sunward.employment.stories.enums import Helped
from sunward.people.enums import Purpose
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.employment.story_builders import told

pytestmark = pytest.mark.browser
HERE, THERE = "310110012", "310110019"
LONG = "先把想做的事一件一件写下来再一件一件去试不着急" * 12


@dataclass
class Office:
    writer: User
    second: User
    next_door: User
    case: Case

    def actor(self, user):
        return make.actor_of(user, on=clock.today())


@pytest.fixture
def office(transactional_db):
    cache.clear()
    users = []
    for name, code in (("夏知晓", HERE), ("秦望舒", HERE), ("骆平川", THERE)):
        users.append(make.make_user(name=name))
        make.give_post(users[-1], Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code), from_on=date(2020, 1, 1))
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    case = make.make_jobseeker("纪求职", unit=unit)
    ClientTag.objects.create(case=case, kind=ClientTagKind.LTU_YOUTH, from_on=date(2025, 1, 1))
    return Office(*users, case)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def agree(office):
    on, now = clock.today(), clock.now()
    record_consent(
        actor=office.actor(office.writer), case_id=office.case.uid, purpose=Purpose.STORY, given_on=on, on=on, now=now
    )


def write(office, **more):
    return write_story(
        actor=office.actor(office.writer), case_id=office.case.uid, key=uuid4(), told=told(**more), on=clock.today(),
        now=clock.now(),
    )  # fmt: skip


def given(office, user, story):
    return {
        "actor": office.actor(user), "case_id": office.case.uid, "story_id": story.uid, "version": story.version,
        "on": clock.today(), "now": clock.now(),
    }  # fmt: skip


def test_a_story_is_agreed_to_written_released_read_and_hidden_again_by_the_person(site, office):
    desk = site(reverse("employment:jobseeker", args=[office.case.uid]), user=office.writer, complaining="422")
    desk.get_by_role("link", name="本人同意的事项").click()
    press(desk, "登记")
    desk.get_by_text("撤回前一直有效").wait_for()
    desk.get_by_role("link", name="纪求职").click()
    desk.get_by_role("link", name="写案例").click()
    for label, words in (
        ("化名", "小禾"), ("标题", "站稳柜台"), ("当时难在哪里", "一到面试就说不出话。"),
        ("做了什么、什么起了作用", "纪求职先练了三次面试。"), ("结果", "三个月后还在。"),
    ):  # fmt: skip
        desk.get_by_label(re.compile(f"^{label}")).fill(words)
    desk.get_by_label("职业指导", exact=True).check()
    press(desk, "保存")
    desk.locator("mark").first.wait_for()
    assert desk.locator("mark").all_inner_texts() == ["纪求职1"]
    press(desk, "保存")
    desk.get_by_text("由另一位专员审读后").first.wait_for()
    story = Story.objects.get()
    assert story.words == "小禾先练了三次面试。"

    phone = site(reverse("employment:stories_waiting"), user=office.second, width=PHONE)
    phone.get_by_role("link", name="站稳柜台").click()
    press(phone, "发布")
    phone.get_by_text("全区就业服务专员现在都能看到").wait_for()

    reader = site(f"{reverse('employment:stories')}?helped=guidance&q=面试", user=office.next_door)
    reader.get_by_role("link", name="站稳柜台").click()
    reader.get_by_text("小禾先练了三次面试。").wait_for()
    assert not re.search("纪求职|夏知晓|秦望舒", reader.content())

    on, now = clock.today(), clock.now()
    link = make_jobseeker_link(actor=office.actor(office.writer), case_id=office.case.uid, on=on, now=now)
    own = site(reverse("own_page", args=[token_of(link)]), width=PHONE)
    own.get_by_role("textbox").first.fill(office.case.person.phone[-4:])
    own.get_by_role("textbox").first.press("Enter")
    own.get_by_role("button", name=re.compile("^撤回.*您的故事")).click()
    own.get_by_text("已撤回").first.wait_for()
    gone = site(reverse("employment:story", args=[story.uid]), user=office.next_door, status=404)
    assert "站稳柜台" not in gone.content()


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh-hans"), (PHONE, "en"), (PHONE, "zh-hans")])
def test_the_pages_of_stories_are_fit_for_everybody(site, find_barriers, office, width, language):
    agree(office)
    waiting = write(office, title="长" * 60, words=LONG, helped=tuple(Helped), client_tags=(ClientTagKind.LTU_YOUTH,))
    shown = write(office, title="很长的题目" * 12, words=LONG, obstacle=LONG[:300], outcome=LONG[:300])
    back = write(office)
    shown = release_story(**given(office, office.second, shown))
    return_story(**given(office, office.second, back), reason=LONG[:200])
    file = office.case.uid
    pages = [
        ("stories", ()), ("stories_waiting", ()), ("story", (shown.uid,)), ("jobseeker_story_new", (file,)),
        ("jobseeker_consents", (file,)), ("jobseeker_story_edit", (file, back.uid)), ("jobseeker", (file,)),
        *(("jobseeker_story", (file, one.uid)) for one in (waiting, shown, back)),
    ]  # fmt: skip
    for name, keys in pages:
        page = site(reverse(f"employment:{name}", args=keys), user=office.second, language=language, width=width)
        assert not find_barriers(page), name
