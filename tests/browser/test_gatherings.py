"""The pages of gatherings in a browser: nobody is kept out, on a desk and on a phone, in both languages."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.gatherings import actions as acts
from sunward.gatherings.actions.planning import GatheringDetails, SessionTime
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Duty, Part
from sunward.gatherings.models import Attendance, SignUp
from sunward.gatherings.tokens import feedback_token
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import actor_of, make_child, make_committee, make_match, make_mentor, make_officer
from tests.gatherings.builders import OUTING, bring, consent

pytestmark = pytest.mark.browser
SIGHTS = pytest.mark.parametrize(
    ("width", "language"), [(DESKTOP, "zh-hans"), (DESKTOP, "en"), (PHONE, "zh-hans"), (PHONE, "en")]
)
LONG = "滨江秋日徒步：邻家妈妈和孩子们一起从秦皇岛路码头走到复兴岛公园的五公里（第二期）"


@pytest.fixture
def officer(transactional_db):
    cache.clear()
    return make_officer(name="欧阳明珠·阿力木江")


@pytest.fixture
def host(officer):
    return actor_of(officer, on=clock.today())


@pytest.fixture
def outing(host):
    """It began an hour ago and goes on for two more; a pair is in, and two guests wait."""
    now = clock.now()
    begins = now - timedelta(hours=1)
    details = GatheringDetails(
        title=LONG, host_id=host.unit_id, place="杨浦滨江秦皇岛路码头一号门", places=3, children_per_adult=3,
        fields={"bring": "水杯、雨衣、舒服的鞋"},
    )  # fmt: skip
    times = [SessionTime(begins, begins + timedelta(hours=3))]
    made = acts.plan_gathering(
        actor=host, kind=OUTING, details=details, sessions=times, on=clock.today(), now=now - timedelta(days=1)
    )
    acts.name_steward(
        actor=host, gathering_id=made.uid, duty=Duty.SAFETY, name="艾合买提江·吐尔逊", on=clock.today(), now=now
    )
    made.refresh_from_db()
    return acts.publish_gathering(
        actor=host, gathering_id=made.uid, version=made.version, on=clock.today(), now=now - timedelta(days=1)
    )


@pytest.fixture
def mother(outing, host):
    unit = make_committee(name="凤城六村第一居民委员会（北区）")
    mother = make_mentor("诸葛慧敏", unit=unit, user=make_officer(Role.MENTOR, unit))
    child = make_child("买买提·吐尔逊", unit=unit)
    consent(child.person)
    make_match(child, mother)
    heads = [Head(child.person_id), Head(mother.person_id, Part.ADULT)]
    said = {"actor": host, "on": clock.today(), "now": clock.now()}
    bring(outing, *heads, **said)
    for _each in range(2):
        adult = make_child("候补者", unit=unit)
        consent(adult.person)
        bring(outing, Head(adult.person_id), Head(guest_name="来宾", part=Part.ADULT), **said)
    return mother


def of(outing, name):
    return reverse(f"gatherings:{name}", args=[outing.uid])


@SIGHTS
def test_the_pages_of_who_plans_are_fit_for_everybody(site, find_barriers, officer, outing, mother, language, width):
    calendar = reverse("gatherings:calendar")
    addresses = [calendar, f"{calendar}?view=week", f"{calendar}?view=list", f"{calendar}?day=2026-10-01"]
    addresses += [reverse("gatherings:gatherings"), reverse("gatherings:gatherings") + "?q=nothing"]
    addresses += [reverse("gatherings:gathering_new"), reverse("gatherings:gathering_new") + f"?kind={OUTING}"]
    addresses += [reverse("gatherings:feeds"), of(outing, "gathering_repeat") + "?rule=weekly&times=3"]
    names = ("gathering", "gathering_edit", "gathering_sessions", "gathering_steward", "gathering_cancel", "check_in")
    addresses += [of(outing, name) for name in (*names, "gathering_finish", "gathering_door", "sign_up_new")]
    addresses += [of(outing, "sign_up_new") + "?q=买"]
    for address in addresses:
        page = site(address, user=officer, language=language, width=width)
        assert not find_barriers(page), address


@SIGHTS
def test_the_pages_on_anybodys_phone_are_fit_for_everybody(site, find_barriers, host, outing, mother, language, width):
    door = acts.open_door(actor=host, gathering_id=outing.uid, now=clock.now())
    row = SignUp.objects.filter(gathering=outing).placed().first()
    for address in (reverse("door", args=[door.token]), reverse("feedback", args=[feedback_token(row.uid)])):
        assert not find_barriers(site(address, language=language, width=width)), address
    for address in (reverse("mentoring:own_gatherings"), reverse("mentoring:own_gathering", args=[outing.uid])):
        assert not find_barriers(site(address, user=mother.user, language=language, width=width)), address


@pytest.fixture
def fair(transactional_db):
    """A job fair of tomorrow that is for everybody."""
    cache.clear()
    now = clock.now()
    employment = actor_of(make_officer(Role.EMPLOYMENT_OFFICER), on=clock.today())
    details = GatheringDetails(
        title="“家门口”就业服务站专场招聘会：养老护理、物业与家政（第二场）", host_id=employment.unit_id,
        place="控江路街道社区文化活动中心三楼多功能厅", places=120, age_min=16, age_max=60, is_public=True,
    )  # fmt: skip
    begins = now + timedelta(days=1)
    made = acts.plan_gathering(
        actor=employment, kind="employment.job_fair", details=details,
        sessions=[SessionTime(begins, begins + timedelta(hours=3))], on=clock.today(), now=now,
    )  # fmt: skip
    return acts.publish_gathering(
        actor=employment, gathering_id=made.uid, version=made.version, on=clock.today(), now=now
    )


@SIGHTS
def test_the_page_on_which_anybody_signs_up_is_fit_for_everybody(site, find_barriers, fair, language, width):
    page = site(reverse("join", args=[fair.uid]), language=language, width=width, complaining="422")
    assert not find_barriers(page)
    page.locator("main button[type=submit]").click()
    page.locator(".invalid-feedback, [aria-invalid=true]").first.wait_for()
    assert not find_barriers(page)
    page.locator("#id_name").fill("古丽")
    page.locator("#id_phone").fill("138 0000 1234")
    page.locator("#id_age").fill("34")
    page.locator("main button[type=submit]").click()
    page.get_by_role("status").wait_for()
    assert not find_barriers(page)
    assert SignUp.objects.get().guest_age == 34


@SIGHTS
def test_the_sheet_and_the_poster_are_fit_for_everybody(
    site, find_barriers, host, officer, outing, mother, language, width
):
    sheet = acts.make_contact_sheet(actor=host, gathering_id=outing.uid, now=clock.now())
    page = site(reverse("gatherings:contact_sheet", args=[sheet.uid]), user=officer, language=language, width=width)
    assert not find_barriers(page)
    page = site(of(outing, "gathering_door"), user=officer, language=language, width=width)
    page.locator("main .btn-primary").click()
    page.locator(".gat-qr").wait_for()
    assert not find_barriers(page)


def test_whoever_comes_is_let_in_at_the_door_with_two_taps(site, host, outing, mother):
    door = acts.open_door(actor=host, gathering_id=outing.uid, now=clock.now())
    row = SignUp.objects.filter(gathering=outing).placed().first()
    page = site(reverse("door", args=[door.token]), width=PHONE, complaining="422")
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    page.locator("#id_typed").fill(row.code)
    page.keyboard.press("Enter")
    page.get_by_text("已为 2 人签到").wait_for()
    assert Attendance.objects.count() == 2
    assert "买买提" not in page.inner_text("body")


def test_on_the_list_a_tap_checks_in_and_another_takes_it_back(site, officer, outing, mother):
    page = site(of(outing, "check_in"), user=officer, width=PHONE)
    first = page.locator(".gat-tap").first
    assert first.locator(".btn").bounding_box()["height"] >= 44
    page.get_by_role("button", name="签到 买买提").click()
    page.get_by_text("已到 1 / 2 人").wait_for()
    page.get_by_role("button", name="撤销 买买提").click()
    page.get_by_text("已到 0 / 2 人").wait_for()


def test_the_keyboard_moves_through_the_months_and_a_swap_keeps_the_page(site, officer):
    page = site(reverse("gatherings:calendar") + "?day=2026-11-01", user=officer)
    page.evaluate("document.querySelector('h1').dataset.isSame = 'yes'")
    page.get_by_role("link", name="往后").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**day=2026-12-01*")
    page.get_by_role("heading", name="2026年12月").wait_for()
    assert page.get_attribute("h1", "data-is-same") == "yes"
    page.go_back()
    page.get_by_role("heading", name="2026年11月").wait_for()


def test_on_a_phone_a_month_is_a_list_of_the_days_that_have_something(site, officer, outing):
    page = site(reverse("gatherings:calendar"), user=officer, width=PHONE)
    assert page.locator(".cal-entry:visible").count() == 1
    assert page.locator("td.cal-day:visible").count() == 1
    page = site(reverse("gatherings:calendar"), user=officer, width=DESKTOP)
    assert page.locator("td.cal-day:visible").count() >= 28


def test_a_printed_month_shows_the_days_and_no_tools(site, officer, outing):
    page = site(reverse("gatherings:calendar"), user=officer)
    page.emulate_media(media="print")
    page.locator(".cal-entry").first.wait_for()
    for hidden in (".cal-filters", ".cal-moves", ".sun-menu"):
        assert not page.locator(hidden).first.is_visible(), hidden


def test_a_name_is_searched_while_it_is_typed_and_who_was_chosen_stays(site, officer, outing):
    make_child("陈小禾")
    make_child("林小麦")
    page = site(of(outing, "sign_up_new"), user=officer)
    page.locator("#q").press_sequentially("陈")
    page.get_by_label("陈小禾").check()
    page.locator("#q").fill("林")
    page.get_by_label("林小麦").wait_for()
    assert page.get_by_label("陈小禾").is_checked()


def test_a_stops_point_is_taken_where_the_host_stands_and_typed_by_nobody(site, officer, outing):
    page = site(of(outing, "stop_new"), user=officer, width=PHONE)
    button = page.get_by_role("button", name="取我现在站的位置")
    button.click()
    page.get_by_text("手机没有说出位置").wait_for()
    assert page.input_value("#id_lon") == ""

    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 121.52345678, "latitude": 31.26, "accuracy": 12.4})
    button.click()
    page.get_by_text("已取到，误差 12 米以内").wait_for()
    assert (page.input_value("#id_lon"), page.input_value("#id_lat")) == ("121.52346", "31.26000")
