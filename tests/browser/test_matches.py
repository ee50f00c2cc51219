"""The pages of matches and the homes in a browser: nobody is kept out, and a step asks before it is taken."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.auditing import record_act
from sunward.accounts.enums import Role
from sunward.casework.enums import RiskLevel
from sunward.core import clock
from sunward.mentoring.actions.matches import pause_match
from sunward.mentoring.enums import MatchState, PauseReason
from sunward.mentoring.models import Match
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import (
    actor_of,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_subdistrict,
)

pytestmark = pytest.mark.browser
SIGHTS = pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh-hans"), (PHONE, "zh-hans"), (PHONE, "en")])


@pytest.fixture
def officer(transactional_db):
    cache.clear()
    return make_officer(name="欧阳明珠·阿力木江")


@pytest.fixture
def match(officer):
    unit = make_committee(name="凤城六村第一居民委员会（北区）")
    return make_match(make_child("买买提·吐尔逊", unit=unit), make_mentor("诸葛慧敏", unit=unit))


@SIGHTS
def test_the_pages_of_matches_are_fit_for_everybody(site, find_barriers, officer, match, language, width):
    trial = make_match(make_child(), make_mentor(), state=MatchState.TRIAL)
    Match.objects.filter(pk=trial.pk).update(trial_until_on=clock.today() - timedelta(days=1))
    make_mentor("候选人")
    addresses = [reverse("mentoring:matches"), reverse("mentoring:matches") + "?q=nobody"]
    addresses += [reverse("mentoring:match", args=[one.uid]) for one in (match, trial)]
    addresses += [reverse("mentoring:match_step", args=[match.uid, act]) for act in ("pause", "handover", "close")]
    for address in addresses:
        page = site(address, user=officer, language=language, width=width)
        assert not find_barriers(page), address


@SIGHTS
def test_the_homes_are_fit_for_everybody_full_and_empty(site, find_barriers, officer, match, language, width):
    for risk in RiskLevel:
        for _child in range(6):
            make_child(risk=risk, opened_on=clock.today() - timedelta(days=200))
    record_act(actor=actor_of(officer), code="test.act", now=clock.now())
    elsewhere = make_subdistrict("310110019", name="五角场街道")
    for user in (
        officer,
        make_officer(Role.SUPERVISOR, elsewhere),
        make_officer(Role.LEADER),
        make_officer(Role.AUDITOR),
    ):
        page = site(reverse("home"), user=user, language=language, width=width)
        assert not find_barriers(page), str(user)
    page = site(reverse("work", args=["follow_ups"]), user=officer, language=language, width=width)
    assert not find_barriers(page)


def test_a_step_asks_first_and_no_is_no(site, officer, match):
    Match.objects.filter(pk=match.pk).update(state="trial", active_from_on=None)
    page = site(reverse("mentoring:match", args=[match.uid]), user=officer)
    page.get_by_role("button", name="确认正式结对").click()
    page.keyboard.press("Escape")
    assert Match.objects.get(pk=match.pk).state == "trial"
    page.get_by_role("button", name="确认正式结对").click()
    page.locator("[data-ask-yes]").click()
    page.get_by_text("结对已确认").wait_for()
    assert Match.objects.get(pk=match.pk).state == "active"
    page.get_by_role("button", name="撤销").click()
    page.get_by_text("已撤回上一步").wait_for()
    assert Match.objects.get(pk=match.pk).state == "trial"


def test_who_was_slower_sees_what_the_other_did(site, find_barriers, officer, match):
    page = site(reverse("mentoring:match_step", args=[match.uid, "close"]), user=officer, complaining="409")
    colleague = actor_of(make_officer(name="赵干事"), on=clock.today())
    pause_match(actor=colleague, match_id=match.uid, why=PauseReason.CONCERN, on=clock.today(), now=clock.now())
    page.get_by_text("按计划结束：约定的目标已达成").click()
    page.get_by_role("button", name="结束结对").click()
    page.get_by_role("heading", name="已有变动").wait_for()
    page.get_by_text("赵干事").wait_for()
    assert not find_barriers(page)
    page.get_by_role("link", name="查看结对").click()
    page.get_by_role("button", name="恢复").wait_for()
