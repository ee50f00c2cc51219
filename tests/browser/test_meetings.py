"""A plan officer takes minutes from their upload to the plan, on a screen and on a telephone."""

import re

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.blueprint.models import DeliveryPlan, Meeting
from tests.blueprint.meetings import DECISIONS, SPEECHES, make_units
from tests.blueprint.papers import write_minutes
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import make_officer

pytestmark = pytest.mark.browser
FINGER = 44


@pytest.fixture
def keeper(transactional_db):
    make_units()
    return make_officer(Role.PLAN_OFFICER)


@pytest.fixture
def paper(tmp_path):
    return write_minutes(tmp_path, DECISIONS, speeches=SPEECHES, time="2026年11月2日")


@pytest.mark.parametrize(("language", "width"), [("zh-hans", DESKTOP), ("en", PHONE)])
def test_minutes_are_uploaded_each_line_is_confirmed_and_the_meeting_is_approved(
    site, find_barriers, keeper, paper, language, width
):
    page = site(
        reverse("blueprint:meeting_new"), user=keeper, language=language, width=width, complaining="status of 422"
    )
    assert not find_barriers(page)
    page.set_input_files("input[name=paper]", str(paper))
    page.locator("form:has(input[name=paper]) button").click()
    page.locator(".sun-steps").wait_for()
    assert not find_barriers(page)
    page.locator("a.btn-primary[href*='/lines/']").click()
    page.locator("#confirm").wait_for()
    assert not find_barriers(page)

    # The first: a word for several units is looked at; nothing is settled by silence.
    page.locator("button[form=confirm]").click()
    page.locator(".invalid-feedback, .errorlist, [aria-invalid=true]").first.wait_for()
    page.locator("input[name=question]").first.check()
    page.locator("input[name=mark_0_sure]").check()
    page.locator("button[form=confirm]").click()
    # It can be undone from the next page.
    page.locator(".sun-undo button").click()
    page.wait_for_url(re.compile(r"/lines/[0-9a-f-]+/$"))
    page.locator("input[name=question]").first.check()
    page.locator("button[form=confirm]").click()

    # The second: a name that nobody knows.
    page.locator("select[name=unknown_0]").select_option("-")
    page.locator("input[name=question]").nth(1).check()
    page.locator("button[form=confirm]").click()

    # The third has no end: a day on which it is looked at again.
    page.locator(".sun-undo").wait_for()
    page.fill("input[name=review_on]", "2027-03-31")
    page.locator("input[name=question]").nth(2).check()
    page.locator("button[form=confirm]").click()

    approve = page.locator("form[action$='/approve/'] button")
    approve.wait_for()
    assert width == DESKTOP or approve.bounding_box()["height"] >= FINGER
    approve.click()
    page.wait_for_url(re.compile("/plans/"))
    plan = DeliveryPlan.objects.get()
    assert plan.items.count() == 3

    page.goto(page.url.split("/blueprint/")[0] + reverse("blueprint:meeting", args=[Meeting.objects.get().uid]))
    page.locator("#decision-3").wait_for()
    assert not find_barriers(page)
    page.locator("#proposal-1 a").click()
    page.locator("input[name=answer][value=accepted]").check()
    page.fill("textarea[name=reason]", "写入施工图")
    assert not find_barriers(page)
    page.locator("main form button[type=submit]").click()
    page.get_by_text("写入施工图").first.wait_for()
