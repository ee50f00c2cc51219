"""An officer writes and publishes a material, a neighbour mom learns from it on her phone and sees what it counts."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.models import User
from sunward.core import clock
from sunward.mentoring.actions.library import MaterialSaid, publish_material, withdraw_material, write_material
from sunward.mentoring.experts.enums import ExpertField, MaterialKind
from sunward.mentoring.models import Material
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import actor_of, make_officer
from tests.mentoring.experts.builders import make_team

pytestmark = pytest.mark.browser
LONG = "先听孩子把话说完再慢慢讲自己的看法不着急不打断" * 30


@pytest.fixture
def team(transactional_db):
    cache.clear()
    return make_team()


@pytest.fixture
def officer(team):
    return make_officer()


def user_of(actor):
    return User.objects.get(pk=actor.user_id)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def write(officer, title="怎样听孩子说话", words="先听孩子说完。", **more):
    said = MaterialSaid(**({"kind": MaterialKind.ARTICLE, "field": ExpertField.LAW} | more), title=title, words=words)
    actor = actor_of(officer, on=clock.today())
    return write_material(actor=actor, key=uuid4(), said=said, now=clock.now() - timedelta(hours=1))


def publish(officer, **more):
    material, actor = write(officer, **more), actor_of(officer, on=clock.today())
    return publish_material(actor=actor, material_id=material.uid, version=material.version, now=clock.now())


def test_from_the_officers_desk_to_her_phone_and_into_her_hours(site, team, officer):
    desk = site(reverse("mentoring:library"), user=officer)
    desk.get_by_role("link", name="写一份资料").click()
    desk.get_by_text("家庭教育", exact=True).click()
    desk.get_by_label(re.compile("^标题")).fill("作业拖拉怎么办")
    desk.get_by_label(re.compile("^正文")).fill("先玩十分钟，再写二十分钟。")
    desk.get_by_label(re.compile("^大约要几分钟")).fill("25")
    press(desk, "保存")
    desk.get_by_text("发布之前别人看不到").wait_for()

    mentor = site(reverse("mentoring:library"), user=user_of(team.mentor), width=PHONE)
    assert not mentor.get_by_text("作业拖拉怎么办").is_visible()
    press(desk, "发布")
    desk.get_by_text("邻家妈妈和大学生现在就能看到").wait_for()
    assert Material.objects.get().published_at is not None

    mentor.reload()
    mentor.get_by_role("link", name="作业拖拉怎么办").click()
    mentor.get_by_text("先玩十分钟，再写二十分钟。").wait_for()
    press(mentor, "我学完了")
    mentor.get_by_text("记下了，已算入学习时长。").wait_for()
    mentor.goto(mentor.url.split("/mentoring/")[0] + reverse("mentoring:own_standing"))
    hours = mentor.get_by_role("region", name="学习时长")
    assert "25 分钟" in hours.inner_text()


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh-hans"), (PHONE, "en"), (PHONE, "zh-hans")])
def test_the_pages_of_the_library_are_fit_for_everybody(site, find_barriers, team, officer, language, width):
    read = publish(officer, title="长" * 60, words=LONG)
    link = publish(officer, kind=MaterialKind.LINK, link="https://example.org/" + "a" * 90, title="别处的一页")
    waiting, gone = write(officer), publish(officer)
    withdraw_material(actor=actor_of(officer, on=clock.today()), material_id=gone.uid, now=clock.now())

    pages = [(officer, "library", ()), (officer, "material_new", ()), (officer, "material_edit", (read.uid,))]
    pages += [(officer, "material", (one.uid,)) for one in (read, link, waiting, gone)]
    pages += [(user_of(team.mentor), "library", ())]
    pages += [(user_of(team.mentor), "material", (one.uid,)) for one in (read, link)]
    for user, name, keys in pages:
        address = reverse(f"mentoring:{name}", args=keys)
        assert not find_barriers(site(address, user=user, language=language, width=width)), name
