import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sunward.accounts.preferences import set_language
from tests.factories import make_officer, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.raising")]

WAYS_ON = {"zh-hans": "回首页|重新加载", "en": "To the home page|Load again"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
STATUSES = {
    "refusal": 422,
    "not-there": 404,
    "not-allowed": 403,
    "conflict": 409,
    "django-404": 404,
    "django-403": 403,
    "django-400": 400,
    "bug": 500,
}


def ask(way: str, *, language: str, user=None, **headers) -> object:
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("raise_it", args=[way]), **headers)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("way", "status"), STATUSES.items())
def test_every_refusal_is_a_page_with_its_status_and_a_way_on(way, status, language):
    response = ask(way, language=language)
    page = response.content.decode()
    assert response.status_code == status
    assert re.search(WAYS_ON[language], page)
    assert "secret detail" not in page
    assert re.search(r"<h1>[^<]+</h1>", page)


@pytest.mark.parametrize(("way", "status"), STATUSES.items())
def test_an_english_error_page_holds_no_chinese_but_the_name_and_the_switch(way, status):
    page = re.sub(
        r"<(svg|script|head).*?</\1>|中文|向阳", "", ask(way, language="en").content.decode(), flags=re.DOTALL
    )
    assert not CHINESE.findall(page)


def test_a_refusal_says_its_own_sentence():
    assert "Zhou Min changed this a minute ago." in ask("conflict", language="en").content.decode()


def test_a_signed_in_person_keeps_the_menu_on_an_error_page():
    user = make_officer()
    assert 'id="menu"' in ask("conflict", language="zh-hans", user=user).content.decode()
    assert 'id="menu"' not in ask("conflict", language="zh-hans").content.decode()


def test_under_htmx_a_refusal_becomes_a_toast_with_the_sentence_alone():
    response = ask("not-there", language="en", headers={"HX-Request": "true"})
    assert response.status_code == 404
    assert response["HX-Retarget"] == "#toasts"
    assert response["HX-Reswap"] == "beforeend"
    assert "There is no such file." in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_fragment_that_needs_a_sign_in_takes_the_whole_page_there_and_back():
    response = Client().get(
        reverse("home"), headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/children/?page=2"}
    )
    assert response.status_code == 200
    assert response["HX-Redirect"] == f"{reverse('account_login')}?next=/children/%3Fpage%3D2"


def test_a_form_from_a_page_left_open_too_long_is_told_so():
    with translation.override("en"):
        client = Client(enforce_csrf_checks=True)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        response = client.post(reverse("choose_language"), {"language": "en"})
    assert response.status_code == 403
    assert "This page was open too long." in response.content.decode()


def test_an_account_without_a_post_is_told_whom_to_ask_and_can_sign_out():
    user = make_user()
    set_language(user_id=user.pk, language="en")
    response = ask("not-allowed", language="en", user=user)
    page = response.content.decode()
    assert "Your account holds no post today." in page
    assert f'action="{reverse("account_logout")}"' in page


def test_the_lock_out_page_names_the_time_that_the_settings_give():
    assert settings.AXES_COOLOFF_TIME == 0.5, "429.html says half an hour"
