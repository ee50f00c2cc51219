import re

import pytest
from django.urls import resolve, reverse

from sunward.accounts.enums import Role
from sunward.core.drawings import icon_names
from sunward.core.menu import Entry
from sunward.web import navigation
from tests.factories import make_officer, make_subdistrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def menu(monkeypatch):
    entries = (
        Entry("Officers only", "choose_language", "scale", (Role.DISTRICT_OFFICER,)),
        Entry("Everybody", "mfa_index", "users", is_on_phone=True),
        Entry("Deeper", "mfa_list_webauthn", "key"),
    )
    monkeypatch.setattr(navigation, "declared_menu", lambda: (("Neighbour Mom", entries),))


def page_for(client, role: Role, address: str) -> str:
    user = make_officer(role, make_subdistrict())
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address).content.decode()


def test_the_menu_shows_what_the_role_may_open(menu, client):
    page = page_for(client, Role.WORKER, reverse("home"))
    assert "Everybody" in page
    assert "Officers only" not in page


def test_the_longest_beginning_of_the_address_is_the_current_entry(menu, client):
    page = page_for(client, Role.WORKER, reverse("mfa_list_webauthn"))
    marked = [part for part in page.split("<a ") if part.startswith('class="sun-menu-link"') and "aria-current" in part]
    assert len(marked) == 1
    assert "Deeper" in marked[0]


def test_home_is_current_at_home_only(menu, client):
    page = page_for(client, Role.WORKER, reverse("mfa_index"))
    assert f'href="{reverse("home")}" title="首页" aria-current' not in page


def test_the_bottom_bar_of_a_phone_holds_the_entries_marked_for_it(menu, client):
    bottom = (
        page_for(client, Role.MENTOR, reverse("home")).partition('<nav class="sun-bottom"')[2].partition("</nav>")[0]
    )
    assert "Everybody" in bottom
    assert "Deeper" not in bottom


def test_a_plan_officer_has_what_waits_in_the_bottom_bar(client):
    navigation.declared_menu.cache_clear()
    bottom = page_for(client, Role.PLAN_OFFICER, reverse("home")).partition('<nav class="sun-bottom"')[2]
    shown = bottom.partition("</nav>")[0]
    assert reverse("blueprint:mine") in shown
    assert f'href="{reverse("blueprint:meetings")}"' not in shown


def test_every_declared_entry_has_an_address_and_a_drawn_icon():
    navigation.declared_menu.cache_clear()
    for _title, entries in navigation.declared_menu():
        for entry in entries:
            assert reverse(entry.url_name)
            assert entry.icon in icon_names()


def test_the_frame_costs_the_session_the_user_and_the_posts(menu, client, django_assert_num_queries):
    user = make_officer(Role.ADMINISTRATOR)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get(reverse("style"))
    with django_assert_num_queries(3):
        client.get(reverse("style"))


def test_the_wordmark_leads_nobody_who_cannot_sign_in_to_the_sign_in_page(client):
    for address in (reverse("apply"), reverse("certificate")):
        page = client.get(address).content.decode()
        assert "wordmark" in page
        assert not wordmark_links(page), address


def test_the_wordmark_of_the_sign_in_and_of_a_lost_page_leads_home(client):
    for address in (reverse("account_login"), "/nowhere/"):
        assert set(wordmark_links(client.get(address).content.decode())) == {reverse("home")}


def test_the_wordmark_on_a_familys_page_leads_back_to_that_page(rf):
    request = rf.get("/")
    request.resolver_match = resolve(reverse("family_help", args=["a-token"]))
    assert navigation.furniture(request)["furniture"].front_href == reverse("family", args=["a-token"])


def wordmark_links(page: str) -> list[str]:
    return re.findall(r'<a class="sun-(?:bare-)?brand" href="([^"]*)"', page)
