"""A jobseeker says on a telephone what they wish to learn, an officer plans a course, and the answer comes back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.models import InterestReply, InterestSurvey, InterestWish
from sunward.employment.own_pass import token_of
from sunward.gatherings.models import Gathering
from tests import factories as make
from tests.browser.conftest import DESKTOP, PHONE
from tests.employment.interest_builders import make_closed_survey, make_reply, make_survey

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)
LONG = "阿卜杜热西提·买买提依明·阿不力克木"
WISH = "想学修家电和空调清洗，白天要接送两个孩子，晚上七点以后有没有班，离家近一些的都可以，普通话不太好也能听懂的"
# As large as a finger, in CSS pixels.
FINGER = 44


@pytest.fixture
def officer(transactional_db):
    user = make.make_user("employment", name="周启明")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    return user


@pytest.fixture
def case(officer):
    return make.make_jobseeker(
        LONG, unit=make.make_committee("310110012001", subdistrict=make.make_subdistrict("310110012"))
    )


@pytest.fixture
def token(officer, case):
    on, now = clock.today(), clock.now()
    return token_of(make_jobseeker_link(actor=make.actor_of(officer, on=on), case_id=case.uid, on=on, now=now))


def running(**more):
    on = clock.today()
    return make_survey(opens_on=on - DAY, closes_on=on + 6 * DAY, **more)


def enter(site, token, case, **more):
    page = site(reverse("own_page", args=[token]), width=PHONE, **more)
    page.fill("input[name=typed]", case.person.phone[-4:])
    page.locator("form:has(input[name=typed]) button").click()
    page.locator("#file").wait_for()
    return page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_survey_is_answered_with_a_thumb_changed_and_taken_back(site, find_barriers, token, case, language):
    survey = running(words=("短视频剪辑", "养老护理入门（含上门照护的安全与沟通）"))
    page = enter(site, token, case, language=language)
    page.get_by_role("link", name=survey.title).click()
    boxes = page.get_by_role("checkbox")
    boxes.first.wait_for()
    assert find_barriers(page) == []
    heights = page.locator(".own-choices .form-check").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(heights) == 4
    assert min(heights) >= FINGER

    boxes.nth(3).check()
    page.get_by_role("textbox").fill(f"{WISH}\n夜校")
    page.locator(".own-choices button[type=submit]").click()
    page.get_by_role("link", name=survey.title).wait_for()
    assert InterestWish.objects.count() == 2

    page.get_by_role("link", name=survey.title).click()
    boxes.first.wait_for()
    assert boxes.nth(3).is_checked()
    assert WISH in page.get_by_role("textbox").input_value()
    assert find_barriers(page) == []
    page.locator("form[action$='take-back/'] button").click()
    page.locator(".own-choices").wait_for()
    page.wait_for_function("document.querySelectorAll('.own-choices input:checked').length === 0")
    assert not InterestReply.objects.exists()


def test_an_answer_that_says_nothing_is_refused_in_words_and_can_be_mended(site, find_barriers, token, case):
    survey = running()
    page = enter(site, token, case, complaining="422")
    page.get_by_role("link", name=survey.title).click()
    page.locator(".own-choices button[type=submit]").click()
    page.locator(".errorlist, .sun-notice, [role=alert]").first.wait_for()
    assert find_barriers(page) == []
    page.get_by_role("checkbox").first.check()
    page.locator(".own-choices button[type=submit]").click()
    page.get_by_role("link", name=survey.title).wait_for()
    assert InterestReply.objects.count() == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_every_page_of_a_survey_is_fit_for_everybody(site, find_barriers, officer, case, width, language):
    survey = make_closed_survey(common_from=1, words=("养老护理入门（含上门照护的安全与沟通）",))
    make_reply(survey, case, 1, words=(WISH,))
    draft, wish = running(state="draft", title="还没有发布的调研"), InterestWish.objects.get()
    here = f"/employment/interests/{survey.uid}/"
    found = {}
    for path in (
        "/employment/interests/", "/employment/interests/new/", f"/employment/interests/{draft.uid}/", here,
        f"{here}edit/", f"{here}wishes/", f"{here}wishes/{wish.uid}/",
        f"{here}topics/{survey.topics.first().uid}/decline/", f"/employment/jobseekers/{case.uid}/interests/",
    ):  # fmt: skip
        found[path] = find_barriers(site(path, user=officer, width=width, language=language))
    assert not {path: barriers for path, barriers in found.items() if barriers}


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_one_press_makes_a_draft_and_the_person_reads_that_a_course_is_planned(site, officer, case, token, width):
    survey = running(common_from=1)
    make_reply(survey, case, 1)
    page = site(f"/employment/interests/{survey.uid}/", user=officer, width=width)
    page.locator("form[action$='/close/'] button").click()
    plan = page.locator("form[action$='/plan/'] button")
    plan.wait_for()
    plan.click()
    page.wait_for_url("**/gatherings/**")
    assert Gathering.objects.get().kind == "employment.course_session"
    assert InterestSurvey.objects.get().state == "closed"
    own = enter(site, token, case)
    own.get_by_role("link", name=survey.title).click()
    own.get_by_text("正在安排课程").wait_for()
