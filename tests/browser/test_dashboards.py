"""Dashboards and the leadership view: for everybody, with the keyboard, and a wall that does not flash."""

from datetime import date

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.figures.pins import month_of
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.figures.published.builders import told

pytestmark = pytest.mark.browser
SERVICES, FAIRS = "employment.services", "employment.fairs_held"
WALL = 1920


@pytest.fixture
def leader(transactional_db):
    district = make.make_district()
    told(SERVICES, district, 420)
    told(SERVICES, district, 380, month=month_of(date(2025, 10, 1)))
    told("employment.course_satisfaction", district, "4.2", base=30)
    told("employment.course_attendances", district, 60)
    for place, code in enumerate(("310110012", "310110016", "310110018")):
        street = make.make_subdistrict(code, name=f"名字很长的第{place}个街道")
        told(SERVICES, street, 40 + place, is_told=bool(place))
        told(FAIRS, street, 7 + place)
    user = make.make_user(name="顾明远")
    make.give_post(user, Role.LEADER, district, from_on=make.TODAY.replace(year=2020))
    return user


@pytest.mark.parametrize(
    ("width", "language"), [(WALL, "zh-hans"), (DESKTOP, "zh-hans"), (DESKTOP, "en"), (PHONE, "en"), (PHONE, "zh-hans")]
)
def test_dashboards_and_the_wall_are_fit_for_everybody(site, find_barriers, leader, width, language):
    for address in (
        f"{reverse('figures:dashboards')}?programme=employment",
        reverse("figures:published", args=[SERVICES]),
        f"{reverse('figures:leadership')}?figure={SERVICES}",
    ):
        page = site(address, user=leader, language=language, width=width)
        assert not find_barriers(page), address


def test_the_keyboard_reaches_another_figure_of_the_map_and_the_way_back(site, leader):
    page = site(f"{reverse('figures:leadership')}?figure={SERVICES}", user=leader)
    page.locator(".dash-picks a", has_text="举办招聘会场次").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**figure={FAIRS}")
    page.locator(".dash-area-number", has_text="8").first.wait_for()
    page.get_by_role("link", name="首页").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "leadership" not in url)


def test_a_line_of_months_is_read_by_pointing_and_by_the_arrow_keys(site, leader):
    page = site(f"{reverse('figures:leadership')}?figure={SERVICES}", user=leader)
    chart = page.get_by_role("group", name="服务次数", exact=True)
    chart.focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("group", name="服务次数: 2026-10 420").wait_for()
    chart = page.locator(".dash-chart[data-name='服务次数']")
    chart.locator("li", has_text="2026-10").locator("span").first.wait_for()
    page.keyboard.press("Tab")
    chart.locator("li", has_text="2026-10").locator("span").first.wait_for(state="hidden")
    chart.locator("li").last.hover()
    chart.locator("li", has_text="420").locator("span").first.wait_for()


def test_a_wall_that_asks_again_is_not_touched_while_nothing_is_new(site, leader):
    page = site(f"{reverse('figures:leadership')}?figure={SERVICES}", user=leader)
    page.evaluate("document.getElementById('wall').dataset.same = 'yes'")
    with page.expect_response(lambda answer: "digest=" in answer.url) as asked:
        page.evaluate(
            "htmx.ajax('GET', document.getElementById('wall').getAttribute('hx-get'), "
            "{source: '#wall', target: '#wall', swap: 'outerHTML', "
            "values: JSON.parse(document.getElementById('wall').getAttribute('hx-vals'))})"
        )
    assert asked.value.status == 204
    assert page.locator("#wall").get_attribute("data-same") == "yes"
