"""The whole way in, as somebody walks it: password, second step, recovery codes, passkey."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from sunward.accounts.enums import Role
from tests.browser.conftest import PHONE
from tests.factories import make_officer

pytestmark = pytest.mark.browser
PASSWORD = "a-sunny-day-in-may"


@pytest.fixture
def officer(transactional_db):
    return make_officer(Role.DISTRICT_OFFICER, name="李文静", username="liwenjing", password=PASSWORD)


def sign_in(page, officer):
    page.fill("#id_login", officer.username)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")


def confirm_password(page):
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")


def digits(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_second_step_is_set_up_on_a_phone_and_asked_for_at_the_next_sign_in(site, find_barriers, officer):
    page = site(reverse("account_login"), width=PHONE)
    sign_in(page, officer)
    page.goto(page.url + reverse("mfa_activate_totp").lstrip("/"))
    assert not find_barriers(page)
    confirm_password(page)
    assert not find_barriers(page)
    secret = page.input_value("#authenticator_secret")
    page.fill("#id_code", digits(secret))
    page.click("main form [type=submit]")
    codes = re.findall(r"\b\w{8}\b", page.inner_text(".sun-codes"))
    assert len(codes) == 10
    assert not find_barriers(page)

    page.context.clear_cookies(name="sessionid")
    page.goto(page.url.partition("/accounts")[0] + reverse("account_login"))
    sign_in(page, officer)
    page.wait_for_url(f"**{reverse('mfa_authenticate')}")
    assert not find_barriers(page)
    page.fill("#id_code", codes[0])
    page.press("#id_code", "Enter")
    page.locator("h1", has_text="李文静，您好").wait_for()


def test_a_passkey_is_added_and_opens_the_account_without_a_password(site, find_barriers, officer):
    page = site(reverse("account_login"))
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    home = page.url.partition("/accounts")[0]
    sign_in(page, officer)
    page.goto(home + reverse("mfa_add_webauthn"))
    confirm_password(page)
    assert not find_barriers(page)
    page.fill("#id_name", "办公电脑")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_selector(".sun-codes")
    page.goto(home + reverse("mfa_list_webauthn"))
    assert "办公电脑" in page.inner_text("main")
    assert not find_barriers(page)

    page.context.clear_cookies(name="sessionid")
    page.goto(home + reverse("account_login"))
    page.click("#passkey_login")
    page.wait_for_url(home + "/")
    page.locator("h1", has_text="李文静，您好").wait_for()


def test_a_passkey_that_is_not_there_gets_a_sentence(site, officer):
    page = site(reverse("account_login"))
    refuse = "navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    page.evaluate(f"() => {{ {refuse} }}")
    page.click("#passkey_login")
    assert "请再试一次" in page.wait_for_selector(".sun-toast").inner_text()
