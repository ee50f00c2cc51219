"""A mentor on her phone: she writes a visit, the phone is put away, and nothing is lost or saved twice."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.casework.models import Need, ServiceRecord
from sunward.core import clock
from sunward.mentoring.models import VisitDraft
from sunward.mentoring.visiting import read_draft
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord, Guardianship
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import give_post, make_child, make_committee, make_match, make_mentor, make_person, make_user

pytestmark = pytest.mark.browser
# What a thumb finds (WCAG 2.5.5), in CSS pixels.
LEAST_TARGET = 44


@pytest.fixture
def mom(transactional_db):
    user = make_user(name="欧阳明珠·阿力木江")
    give_post(user, Role.MENTOR, make_committee(name="凤城六村第一居民委员会（北区）"))
    return user


@pytest.fixture
def match(mom):
    match = make_match(make_child("买买提·吐尔逊"), make_mentor(user=mom))
    person = match.case.person
    ConsentRecord.objects.create(
        person=person, purpose=Purpose.SHARING, legal_basis=LegalBasis.CONSENT, given_on=clock.today()
    )
    Guardianship.objects.create(child=person, guardian=make_person("陈建国"), relation="外公")
    Need.objects.create(case=match.case, kind="companionship", from_on=clock.today())
    return match


def tap(page, words):
    page.get_by_text(words, exact=True).click()


def wait_until_kept(page):
    page.get_by_text("草稿已保存").wait_for()


def test_from_home_to_the_saved_visit_in_a_few_taps(site, mom, match):
    page = site(reverse("home"), user=mom, width=PHONE)
    page.get_by_role("link", name=re.compile("记一次探访")).click()
    tap(page, "见到了孩子")
    page.locator("#id_kind").get_by_text("陪伴", exact=True).click()
    page.get_by_role("button", name="加 15 分钟").click()
    tap(page, "学校和作业")
    page.get_by_label(re.compile("有什么要记下的吗")).fill("一起写了作业")
    page.get_by_role("button", name="保存探访").click()
    page.wait_for_url(f"**{reverse('mentoring:own_child', args=[match.uid])}")
    page.get_by_text("75 分钟").wait_for()
    record = ServiceRecord.objects.get()
    assert (record.minutes, record.topics, record.note) == (75, ["school"], "一起写了作业")
    assert record.happened_on == clock.today()
    assert not VisitDraft.objects.exists()


def test_what_was_typed_is_there_again_after_the_phone_was_put_away(site, mom, match):
    address = reverse("mentoring:visit", args=[match.uid])
    page = site(address, user=mom, width=PHONE)
    tap(page, "见到了孩子")
    tap(page, "昨天 " + f"{clock.today() - timedelta(days=1):%m-%d}")
    page.get_by_label(re.compile("有什么要记下的吗")).fill("写到一半")
    wait_until_kept(page)
    page.context.close()

    page = site(reverse("home"), user=mom, width=PHONE)
    page.get_by_role("link", name=re.compile("接着写探访")).click()
    assert page.get_by_label(re.compile("有什么要记下的吗")).input_value() == "写到一半"
    page.get_by_role("button", name="保存探访").click()
    page.wait_for_url(f"**{reverse('mentoring:own_child', args=[match.uid])}")
    assert ServiceRecord.objects.get().happened_on == clock.today() - timedelta(days=1)


def test_two_quick_taps_make_one_visit(site, mom, match):
    page = site(reverse("mentoring:visit", args=[match.uid]), user=mom, width=PHONE)
    tap(page, "去了，没见到")
    page.get_by_role("button", name="保存探访").dblclick()
    page.wait_for_url(f"**{reverse('mentoring:own_child', args=[match.uid])}")
    assert ServiceRecord.objects.count() == 1


def test_two_windows_she_chooses_which_words_to_keep(site, mom, match):
    address = reverse("mentoring:visit", args=[match.uid])
    first = site(address, user=mom, width=PHONE, complaining="409")
    second = site(address, user=mom, width=PHONE, complaining="409")
    note = re.compile("有什么要记下的吗")
    second.get_by_label(note).fill("第二个窗口")
    wait_until_kept(second)
    first.get_by_label(note).fill("第一个窗口")
    first.get_by_role("button", name="保留这一页的内容").click()
    first.get_by_role("button", name="保留这一页的内容").wait_for(state="detached")
    assert read_draft(VisitDraft.objects.get()).note == "第一个窗口"
    with first.expect_response("**/draft/"):
        first.get_by_label(note).fill("第一个窗口，接着写")
    assert read_draft(VisitDraft.objects.get()).note == "第一个窗口，接着写"


def test_nobody_met_folds_minutes_and_topics_away_and_another_day_brings_the_calendar(site, mom, match):
    page = site(reverse("mentoring:visit", args=[match.uid]), user=mom, width=PHONE)
    assert not page.locator("#id_other_day").is_visible()
    tap(page, "其他日期")
    page.locator("#id_other_day").wait_for()
    page.locator("#id_minutes").wait_for()
    tap(page, "去了，没见到")
    page.locator("#id_minutes").wait_for(state="hidden")


def test_every_target_is_large_enough_for_a_thumb(site, mom, match):
    for name in ("own_child", "visit"):
        page = site(reverse(f"mentoring:{name}", args=[match.uid]), user=mom, width=PHONE)
        small = page.evaluate(
            """least => [...document.querySelectorAll('main .btn, main .form-check, main input.form-control')]
                .filter(e => e.offsetParent).map(e => [e.textContent.trim(), e.getBoundingClientRect()])
                .filter(([, box]) => box.height < least || box.width < least).map(([words]) => words)""",
            LEAST_TARGET,
        )
        assert not small, name


def test_the_form_can_be_filled_with_the_keyboard_alone(site, mom, match):
    page = site(reverse("mentoring:visit", args=[match.uid]), user=mom, width=DESKTOP)
    page.locator("#id_outcome_0").focus()
    page.keyboard.press("Space")
    for _field in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_minutes":
            break
    page.keyboard.type("45")
    page.locator("#id_note").focus()
    page.keyboard.type("ok")
    for _field in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.visit-form [type=submit]')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('mentoring:own_child', args=[match.uid])}")
    assert ServiceRecord.objects.get().minutes == 45


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_her_pages_are_fit_for_everybody(site, find_barriers, mom, match, language, width):
    for name in ("own_child", "own_visits", "visit"):
        page = site(
            reverse(f"mentoring:{name}", args=[match.uid]), user=mom, language=language, width=width, is_large=True
        )
        assert not find_barriers(page), name
    page = site(reverse("home"), user=mom, language=language, width=width)
    assert not find_barriers(page)
    page = site(
        reverse("mentoring:visit", args=[match.uid]), user=mom, language=language, width=width, complaining="422"
    )
    page.locator(".sun-form-actions [type=submit]").click()
    page.wait_for_selector(".errorlist")
    assert not find_barriers(page)
