"""The code of the authenticator: good for its own thirty seconds and the thirty on either side, not for longer."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from sunward.accounts.enums import Role
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
PASSWORD = "a-sunny-day-in-may"


@pytest.mark.parametrize(("step", "let_in"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_taken_one_step_early_or_late_and_no_more(client, monkeypatch, step, let_in):
    officer = make_officer(Role.DISTRICT_OFFICER, username="liwenjing", password=PASSWORD)
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    moment = time.time()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: moment)
    client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    code = format_hotp_value(hotp_value(secret, int(moment) // 30 + step))
    answer = client.post(reverse("mfa_authenticate"), {"code": code})
    assert (answer.status_code == 302) is let_in
