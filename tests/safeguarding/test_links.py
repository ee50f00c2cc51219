"""A school's link: it can report and read nothing, and whatever is wrong with it, the answer is the same."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse

from sunward.accounts.models import User
from sunward.core import clock
from sunward.core.refusals import NotThere, Refusal
from sunward.safeguarding.actions.links import revoke_link
from sunward.safeguarding.models import ReportingLink, Worry
from sunward.safeguarding.rules import MOST_AT_ONCE
from tests import factories
from tests.factories import NOW, TODAY
from tests.safeguarding.arrangements import link_of, supervisor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def street():
    return factories.make_subdistrict()


@pytest.fixture
def supervisor(street):
    return supervisor_of(street.code)


@pytest.fixture(autouse=True)
def _a_day_that_does_not_pass(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def written(unit, **more):
    return {
        "danger": "yes", "signs": ["injured"], "unit": unit.pk, "seen_on": TODAY.isoformat(), "key": str(uuid4()),
        "name": "顾老师", "phone": "138 0000 1234", "child_name": "闻小远",
    } | more  # fmt: skip


def said(response, token):
    """Without the address itself and the form's own secret, which differ anyhow."""
    return re.sub(r"[A-Za-z0-9]{64}", "", response.content.decode()).replace(token, "")


def page_of(token):
    return reverse("worry_by_link", args=[token])


def test_a_teacher_reports_without_an_account(client, street, supervisor):
    made = link_of(supervisor, street)
    response = client.post(page_of(made.token), written(street))
    worry = Worry.objects.get()
    assert response.status_code == 200
    assert worry.reference in response.content.decode()
    assert "闻小远" not in response.content.decode()
    assert (worry.link, worry.reporter, worry.reporter_name, worry.reporter_phone) == (
        made.link, None, "顾老师", "+8613800001234",
    )  # fmt: skip
    assert worry.is_urgent
    assert "no-store" in response.headers["Cache-Control"]


def test_the_same_form_sent_twice_is_one_worry(client, street, supervisor):
    made = link_of(supervisor, street)
    typed = written(street)
    pages = [client.post(page_of(made.token), typed).content.decode() for _twice in range(2)]
    assert Worry.objects.count() == 1
    assert all(Worry.objects.get().reference in page for page in pages)


def test_only_a_blind_index_of_the_token_is_kept(street, supervisor):
    made = link_of(supervisor, street)
    assert made.token not in str(ReportingLink.objects.values().get())


def test_wrong_revoked_and_expired_links_are_one_and_the_same_page(client, street, supervisor, monkeypatch):
    revoked, expired = link_of(supervisor, street), link_of(supervisor, street, days=1)
    revoke_link(actor=supervisor, link_id=revoked.link.pk, now=NOW)
    revoke_link(actor=supervisor, link_id=revoked.link.pk, now=NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY + timedelta(days=1))
    answers = []
    for token in ("made-up", revoked.token, expired.token):
        got, sent = client.get(page_of(token)), client.post(page_of(token), written(street))
        answers.append((got.status_code, said(got, token), sent.status_code, said(sent, token)))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == answers[0][2] == 404
    assert not Worry.objects.exists()


def test_wrong_tries_are_counted(client):
    key = f"safeguarding.wrong_links:{NOW:%Y%m%d%H}"
    cache.delete(key)
    client.get(page_of("made-up"))
    client.get(page_of("made-up-too"))
    assert cache.get(key) == 2


def test_a_flood_from_one_link_is_stopped_and_the_next_link_goes_on(client, street, supervisor):
    made, other = link_of(supervisor, street), link_of(supervisor, street)
    for _each in range(MOST_AT_ONCE):
        client.post(page_of(made.token), written(street))
    assert client.post(page_of(made.token), written(street)).status_code == 409
    assert client.post(page_of(other.token), written(street)).status_code == 200
    assert Worry.objects.count() == MOST_AT_ONCE + 1


def test_a_link_is_for_ones_own_units_and_ends_within_a_year(street, supervisor):
    with pytest.raises(Refusal, match="unit_not_yours"):
        link_of(supervisor, factories.make_subdistrict("310110019"))
    for days in (0, 366):
        with pytest.raises(Refusal, match="link_too_long"):
            link_of(supervisor, street, days=days)


def test_a_supervisor_next_door_revokes_nothing_here(street, supervisor):
    made = link_of(supervisor, street)
    with pytest.raises(NotThere):
        revoke_link(actor=supervisor_of("310110019"), link_id=made.link.pk, now=NOW)


def test_the_link_is_shown_once_with_a_code_to_print(client, street, supervisor):
    client.force_login(User.objects.get(pk=supervisor.user_id))
    address = reverse("safeguarding:reporting_links")
    day = (TODAY + timedelta(days=30)).isoformat()
    made = client.post(address, {"label": "向阳小学", "unit": street.pk, "expires_on": day})
    assert "/worry/" in made.content.decode()
    assert "<path" in made.content.decode()
    page = client.get(address).content.decode()
    assert "向阳小学" in page
    assert "/worry/" not in page.replace("/safeguarding/worry/", "")
