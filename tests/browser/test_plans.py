"""Each page of a plan, on a screen and on a telephone: nothing stands in anybody's way or runs off the side."""

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from tests.blueprint.plans import make_plan
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import make_officer

pytestmark = pytest.mark.browser
PAGES = ("plan", "plan_board", "plan_gantt", "plan_units", "plan_officers", "plan_stocktake")
FORMS = ("work", "work_parts", "work_trajectory")


@pytest.fixture
def plan(transactional_db):
    return make_plan(lines=12, units=6, goals=3)


@pytest.mark.parametrize(("language", "width"), [("zh-hans", DESKTOP), ("en", PHONE)])
def test_every_page_of_a_plan_can_be_read_by_everybody(site, find_barriers, plan, language, width):
    keeper, line = make_officer(Role.PLAN_OFFICER), plan.items.get(number=2)
    page = site(reverse("blueprint:plans"), user=keeper, language=language, width=width)
    assert not find_barriers(page)
    addresses = [reverse(f"blueprint:{name}", args=[plan.uid]) for name in PAGES]
    addresses += [f"{addresses[3]}?unit=310110Q00", f"{addresses[4]}?officer=黄平"]
    addresses += [f"{addresses[1]}?by=lead&also=milestones"]
    addresses += [reverse(f"blueprint:{name}", args=[line.uid]) for name in FORMS]
    found = []
    for address in addresses:
        page.goto(page.url.split("/blueprint/")[0] + address)
        found += find_barriers(page)
    assert not found


def test_sorting_and_filtering_swap_the_sheet_and_keep_the_address(site, plan):
    page = site(reverse("blueprint:plan", args=[plan.uid]), user=make_officer(Role.PLAN_OFFICER), width=DESKTOP)
    page.locator(".bp-sheet thead a").nth(3).click()
    page.locator(".bp-sheet:not(.is-grouped)").wait_for()
    page.wait_for_url("**sort=due**")
    page.locator("select[name=question]").select_option("2")
    page.locator("form[role=search] button[type=submit]").click()
    page.wait_for_url("**question=2**")
    page.wait_for_function("document.querySelectorAll('.bp-sheet tbody tr').length === 4")


def test_the_chart_scrolls_beside_the_names_of_its_lines_on_a_telephone(site, plan):
    page = site(reverse("blueprint:plan_gantt", args=[plan.uid]), user=make_officer(Role.PLAN_OFFICER), width=PHONE)
    name = page.locator(".bp-gantt-name").first
    before = name.bounding_box()
    page.locator(".bp-gantt").evaluate("element => { element.scrollLeft = 400 }")
    page.wait_for_function("document.querySelector('.bp-gantt').scrollLeft > 300")
    assert name.bounding_box()["x"] == pytest.approx(before["x"], abs=1)
    rows = [page.locator(".bp-gantt-chart .bp-bar").nth(place).bounding_box() for place in (0, 11)]
    names = [page.locator(".bp-gantt-name").nth(place).bounding_box() for place in (0, 11)]
    for row, words in zip(rows, names, strict=True):
        assert words["y"] <= row["y"]
        assert row["y"] + row["height"] <= words["y"] + words["height"]
