"""The pages of a roadshow in a browser: nobody is kept out, on a desk and on a phone, in both languages."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.jobs.worker import drain
from sunward.gatherings.actions.roadshows import fix_slot, plan_again
from sunward.gatherings.roadshow.shapes import Speaker
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import TODAY, actor_of, make_officer
from tests.gatherings.roadshow_builders import ask, begin

pytestmark = pytest.mark.browser
SIGHTS = pytest.mark.parametrize(
    ("width", "language"), [(DESKTOP, "zh-hans"), (DESKTOP, "en"), (PHONE, "zh-hans"), (PHONE, "en")]
)


@pytest.fixture
def officer(transactional_db, monkeypatch):
    cache.clear()
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return make_officer(Role.EMPLOYMENT_OFFICER, name="欧阳明珠·阿力木江")


@pytest.fixture
def roadshow(officer):
    """Two of six sessions have no day, one is fixed, and a new plan waits."""
    actor = actor_of(officer)
    made = begin(actor, ask(sessions=6, speakers=(Speaker("欧阳老师（区职业技能培训中心）", per_month=2),)))
    drain()
    made.refresh_from_db()
    slot = made.slots.first()
    made = fix_slot(
        actor=actor, roadshow_id=made.uid, slot_id=slot.uid, version=made.version, is_fixed=True, now=clock.now()
    )
    plan_again(actor=actor, roadshow_id=made.uid, version=made.version, now=clock.now())
    drain()
    made.refresh_from_db()
    return made


@SIGHTS
def test_the_pages_of_a_roadshow_are_fit_for_everybody(site, find_barriers, officer, roadshow, language, width):
    own = [reverse("gatherings:roadshows"), reverse("gatherings:roadshow_new")]
    names = ("roadshow", "roadshow_calendar", "roadshow_preview", "roadshow_edit")
    own += [reverse(f"gatherings:{name}", args=[roadshow.uid]) for name in names]
    own += [
        reverse("gatherings:roadshow_slot", args=[roadshow.uid, slot.uid])
        for slot in (_first(roadshow), _last(roadshow))
    ]
    for address in own:
        page = site(address, user=officer, language=language, width=width)
        assert not find_barriers(page), address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_another_day_is_three_taps_away_on_a_phone(site, officer, roadshow):
    page = site(reverse("gatherings:roadshow", args=[roadshow.uid]), user=officer, width=PHONE)
    page.locator(".road-session:not(.is-fixed) .road-acts > a").first.click()
    page.locator(".road-options input").last.check()
    page.get_by_role("button", name="改到这里并固定").click()
    page.get_by_text("这一场已固定").wait_for()
    assert roadshow.slots.filter(is_fixed=True).count() == 2


def test_the_planner_is_watched_until_the_plan_is_there(site, officer):
    made = begin(actor_of(officer))
    page = site(reverse("gatherings:roadshow", args=[made.uid]), user=officer)
    page.get_by_text("正在排期").wait_for()
    drain()
    page.locator(".road-table").wait_for()
    assert page.locator(".road-session").count() == 4


def _first(roadshow):
    return roadshow.slots.order_by("number").first()


def _last(roadshow):
    return roadshow.slots.order_by("number").last()
