import pytest
from django.conf import settings
from django.urls import reverse

from sunward.accounts.models import User
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
COOKIE = settings.LANGUAGE_COOKIE_NAME


@pytest.fixture
def officer(client) -> User:
    user = make_officer()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def lang_of(response) -> str:
    return response.content.decode().partition('<html lang="')[2].partition('"')[0]


def test_whatever_the_browser_prefers_a_stranger_is_greeted_in_chinese(client):
    response = client.get(reverse("account_login"), headers={"Accept-Language": "en-US,en;q=0.9"})
    assert lang_of(response) == "zh-Hans"
    assert response["Content-Language"] == "zh-Hans"
    assert "登录" in response.content.decode()


def test_a_stranger_switches_to_english_and_comes_back_to_the_same_page(client):
    login = reverse("account_login") + "?next=/"
    response = client.post(reverse("choose_language"), {"language": "en", "next": login})
    assert response["Location"] == login
    assert lang_of(client.get(login)) == "en"


def test_the_choice_of_a_signed_in_user_is_kept_with_the_user(client, officer):
    client.post(reverse("choose_language"), {"language": "en", "next": "/"})
    officer.refresh_from_db()
    assert officer.language == "en"
    client.cookies.pop(COOKIE)
    assert lang_of(client.get(reverse("home"))) == "en"


def test_the_users_own_language_overrules_a_cookie_left_by_somebody_else(client, officer):
    client.cookies[COOKIE] = "en"
    response = client.get(reverse("home"))
    assert lang_of(response) == "zh-Hans"
    assert response.cookies[COOKIE].value == "zh-hans"


def test_an_unknown_language_changes_nothing(client, officer):
    client.post(reverse("choose_language"), {"language": "fr", "next": "/"})
    officer.refresh_from_db()
    assert officer.language == "zh-hans"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_a_choice_never_leads_away_from_the_site(client, elsewhere):
    response = client.post(reverse("choose_language"), {"language": "en", "next": elsewhere})
    assert response["Location"] == reverse("home")


def test_large_type_is_kept_with_the_user_and_shows_on_the_page(client, officer):
    assert "is-large" not in client.get(reverse("home")).content.decode()[:200]
    client.post(reverse("choose_type"), {"type": "large", "next": "/"})
    officer.refresh_from_db()
    assert officer.is_large_type
    assert '<html lang="zh-Hans" class="is-large">' in client.get(reverse("home")).content.decode()


def test_a_stranger_may_read_the_sign_in_page_in_large_type(client):
    client.post(reverse("choose_type"), {"type": "large"})
    assert 'class="is-large"' in client.get(reverse("account_login")).content.decode()


def test_choosing_wants_a_post(client):
    assert client.get(reverse("choose_language")).status_code == 405
    assert client.get(reverse("choose_type")).status_code == 405
