"""The code of the authenticator: good for its own thirty seconds and the thirty on either side, not for longer."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from sunward.accounts.enums import Role
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
PASSWORD = "a-sunny-day-in-may"


@pytest.fixture
def secret() -> str:
    return generate_totp_secret()


@pytest.fixture
def officer(secret):
    officer = make_officer(Role.DISTRICT_OFFICER, username="liwenjing", password=PASSWORD)
    TOTP.activate(officer, secret)
    return officer


@pytest.fixture
def at(monkeypatch):
    """Sets the clock: the library's and that of the cache, which forgets by it."""

    def set_clock(moment: float) -> None:
        monkeypatch.setattr("time.time", lambda: moment)

    return set_clock


def type_code(client, officer, code):
    """Whether the code opens the account to whoever has typed the password."""
    client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    return client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302


def code_of(secret, moment):
    return format_hotp_value(hotp_value(secret, int(moment) // 30))


@pytest.mark.parametrize(("step", "let_in"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_taken_one_step_early_or_late_and_no_more(client, officer, secret, at, step, let_in):
    moment = time.time()
    at(moment)
    assert type_code(client, officer, code_of(secret, moment + 30 * step)) is let_in


@pytest.mark.parametrize("later", [1, 31, 59])
def test_a_code_opens_once_however_long_it_is_good_for(client, officer, secret, at, later):
    moment = time.time() // 30 * 30
    code = code_of(secret, moment + 30)
    at(moment)
    assert type_code(client, officer, code)
    client.logout()
    at(moment + later)
    assert not type_code(client, officer, code)
    assert not type_code(client, officer, f"{code[:3]} {code[3:]}")


def test_a_recovery_code_still_opens(client, officer):
    code = RecoveryCodes.activate(officer).get_unused_codes()[0]
    assert type_code(client, officer, code)


def test_a_code_that_opened_the_account_does_not_prove_who_is_there_later(client, officer, secret, at):
    moment = time.time() // 30 * 30
    at(moment)
    assert type_code(client, officer, code_of(secret, moment + 30))
    at(moment + 31)
    for code, is_taken in ((code_of(secret, moment + 30), False), (code_of(secret, moment + 60), True)):
        assert (client.post(reverse("mfa_reauthenticate"), {"code": code}).status_code == 302) is is_taken
