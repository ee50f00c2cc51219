import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from tests.factories import make_district, make_officer

pytestmark = pytest.mark.django_db


def signed_in(role: Role, **user: str) -> Client:
    client = Client()
    client.force_login(make_officer(role, make_district(), **user), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_style_page_is_for_the_administrator():
    assert signed_in(Role.ADMINISTRATOR).get(reverse("style")).status_code == 200
    assert signed_in(Role.DISTRICT_OFFICER).get(reverse("style")).status_code == 403


def test_no_page_lets_the_browser_run_or_style_anything_inline():
    response = signed_in(Role.ADMINISTRATOR).get(reverse("style"))
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    page = response.content.decode()
    assert not re.search(r"<[^>]*\sstyle=|<style|\son\w+=", page)


def test_htmx_keeps_no_page_in_the_browser_and_evaluates_nothing():
    page = Client().get(reverse("account_login")).content.decode()
    config = page.partition('name="htmx-config" content=\'')[2].partition("'")[0]
    for wanted in ('"historyCacheSize": 0', '"allowEval": false', '"includeIndicatorStyles": false'):
        assert wanted in config


def test_nobody_signs_up_or_resets_a_password_by_mail():
    for path in ("signup/", "password/reset/", "email/", "login/code/"):
        assert Client().get(f"/accounts/{path}").status_code == 404


def test_the_sign_in_page_offers_no_way_to_stay_signed_in():
    assert 'name="remember"' not in Client().get(reverse("account_login")).content.decode()


def test_a_wrong_password_is_answered_on_the_form_without_saying_which_half_was_wrong():
    make_officer(username="zhou", password="right-sunny-day")
    answers = []
    for name in ("zhou", "nobody-of-that-name"):
        page = Client().post(reverse("account_login"), {"login": name, "password": "wrong"}).content.decode()
        assert 'role="alert"' in page
        answers.append(page.partition('role="alert">')[2].partition("</div>")[0])
    assert answers[0] == answers[1]


def test_every_page_of_the_sign_in_renders_in_both_languages():
    names = ["mfa_index", "account_change_password", "mfa_list_webauthn", "account_logout", "account_reauthenticate"]
    for language in ("zh-hans", "en"):
        client = signed_in(Role.MENTOR, password="a-sunny-day-in-may")
        client.post(reverse("choose_language"), {"language": language})
        for name in names:
            response = client.get(reverse(name))
            assert response.status_code == 200, name
            assert len(re.findall(r"<h1\b", response.content.decode())) == 1, name
    assert settings.LANGUAGE_CODE == "zh-hans"


def test_somebody_who_signs_in_by_passkey_alone_may_set_a_password():
    response = signed_in(Role.MENTOR).get(reverse("account_change_password"), follow=True)
    assert response.status_code == 200
    assert "设置密码" in response.content.decode()
