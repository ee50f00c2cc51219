"""The page on which a risk is assessed: the level as one ticks, with JavaScript and without."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from sunward.casework.enums import RiskLevel
from sunward.casework.models import RiskAssessment
from sunward.casework.risk_tables import Trigger
from sunward.core import clock
from sunward.mentoring import risk_tables
from sunward.mentoring.queries import assessing
from sunward.mentoring.views import risks
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def officer(client, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)
    user = make.make_officer()
    client.force_login(user)
    return user


def _page(case):
    return reverse("mentoring:child_assess", args=[case.uid])


def test_the_level_follows_the_ticks_while_they_are_set(client):
    shown = client.post(reverse("mentoring:risk_proposal"), {"group_guardianship": ["lives_alone", "harsh_hand"]})

    assert shown.context["judged"].score == 8
    assert "高风险" in shown.content.decode()


def test_without_javascript_the_button_answers_with_the_page_and_writes_nothing(client):
    case = make.make_child()

    shown = client.post(_page(case), {"group_body": ["injuries_unexplained"], "ask": "1"})

    assert shown.context["judged"].level == RiskLevel.MEDIUM.label
    assert 'value="injuries_unexplained" ' in shown.content.decode()
    assert not RiskAssessment.objects.exists()


def test_what_is_ticked_becomes_the_assessment_and_is_told_on_the_file(client):
    case = make.make_child()

    client.post(_page(case), {"triggers": ["nobody_left"], "group_behaviour": ["withdrawn"], "level": ""})

    row = RiskAssessment.objects.get()
    assert (row.is_emergency, row.level, row.score, row.table) == (True, RiskLevel.HIGH, 2, "2026-1")
    shown = client.get(reverse("mentoring:child", args=[case.uid])).content.decode()
    assert "<li>家中突遭变故，孩子身边已无人照料</li><li>连续几周闷闷不乐、退缩或害怕</li>" in shown
    assert "按评估表 2026-1 计 2 分" in shown


def test_another_level_than_the_ticks_say_comes_back_until_it_has_a_reason(client):
    case = make.make_child()
    ticks = {"group_body": ["ill_untreated"], "level": "3"}

    asked = client.post(_page(case), ticks)
    done = client.post(_page(case), ticks | {"reason": "家里没人送医"})

    assert asked.status_code == 422
    assert "请写明原因" in asked.content.decode()
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.risk_level == RiskLevel.HIGH


def test_an_old_assessment_keeps_the_words_of_its_own_table_after_the_table_has_changed(client, monkeypatch):
    case = make.make_child()
    client.post(_page(case), {"triggers": ["nobody_left"]})
    new = replace(
        risk_tables.TABLES[0],
        version="2026-2",
        valid_from=date(2026, 11, 1),
        triggers=(Trigger("nobody_left", "新词"),),
    )
    for module in (risks, assessing):
        monkeypatch.setattr(module, "TABLES", (*risk_tables.TABLES, new))

    shown = client.get(_page(case)).content.decode()

    assert "<li>家中突遭变故，孩子身边已无人照料</li>" in shown
    assert "新词</li>" not in shown
    assert 'value="nobody_left"' in shown
    assert "新词" in shown
