"""Reporting a worry: by whoever is on duty, once, with the right people told; and what the reporter sees of it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.ledger.models import Fact
from sunward.outreach.models import Message
from sunward.safeguarding.access.worries import visible_worries
from sunward.safeguarding.actions.triage import settle, take_up
from sunward.safeguarding.actions.worries import WorryDetails, report_worry
from sunward.safeguarding.models import Worry, WorryStep
from tests import factories
from tests.factories import NOW, TODAY
from tests.safeguarding.arrangements import supervisor_of, worry_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return factories.make_committee()


@pytest.fixture
def supervisor():
    return supervisor_of("310110012")


@pytest.fixture
def mentor(here):
    return factories.actor_of(factories.make_officer(Role.MENTOR, here, name="梅一"))


@pytest.fixture(autouse=True)
def _a_day_that_does_not_pass(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def posted(unit, **more):
    return {
        "danger": "no", "signs": ["alone"], "unit": unit.pk, "seen_on": TODAY.isoformat(), "key": str(uuid4()),
    } | more  # fmt: skip


def test_a_mentor_reports_on_her_phone_and_reads_thanks_with_a_reference(client, here, mentor, supervisor):
    client.force_login(mentor_user(mentor))
    response = client.post(reverse("safeguarding:worry_new"), posted(here, child_name="闻小远"), follow=True)
    worry = Worry.objects.get()
    page = response.content.decode()
    assert worry.reference in page
    assert "闻小远" not in page, "whoever holds the phone afterwards reads no name"
    assert list(visible_worries(supervisor)) == [worry]
    assert (worry.child_name, worry.reporter_id, worry.unit_id) == ("闻小远", mentor.user_id, here.pk)


def mentor_user(actor):
    from sunward.accounts.models import User

    return User.objects.get(pk=actor.user_id)


def test_the_form_begins_with_the_own_unit_and_today(client, here, mentor):
    client.force_login(mentor_user(mentor))
    form = client.get(reverse("safeguarding:worry_new")).context["form"]
    assert (form["unit"].value(), form["seen_on"].value()) == (here.pk, TODAY)


def test_the_same_form_sent_twice_is_one_worry_one_fact_and_one_message(here, mentor, supervisor):
    key = uuid4()
    first, second = worry_of(mentor, here, key=key), worry_of(mentor, here, key=key)
    assert first.pk == second.pk
    assert Worry.objects.count() == WorryStep.objects.count() == 1
    assert Fact.objects.filter(kind="safeguarding.worry_reported").count() == 1
    assert Message.objects.filter(user_id=supervisor.user_id).count() == 1


def test_the_key_of_somebody_elses_worry_gives_nothing_away(here, mentor):
    other = factories.actor_of(factories.make_officer(Role.WORKER, here))
    key = worry_of(other, here, "闻小远").uid
    with pytest.raises(Refusal, match="form_too_old"):
        worry_of(mentor, here, key=key)


def test_the_supervisor_is_told_by_reference_and_never_by_name(here, mentor, supervisor):
    worry = worry_of(mentor, here, "闻小远", whereabouts="控江路 1 号", is_urgent=True)
    message = Message.objects.get(user_id=supervisor.user_id)
    assert worry.reference in message.body
    assert "闻小远" not in message.body + message.reference
    assert message.urgent_because


def test_the_district_is_told_where_no_supervisor_is(here, mentor):
    officer = factories.actor_of(factories.make_officer())
    worry_of(mentor, here)
    assert Message.objects.filter(user_id=officer.user_id).count() == 1


def test_neither_the_ledger_nor_the_audit_record_names_who_reported(here, mentor, supervisor):
    worry_of(mentor, here)
    assert not Fact.objects.filter(actor_id=mentor.user_id).exists()
    assert not AuditEntry.objects.filter(actor_id=mentor.user_id).exists()
    assert AuditEntry.objects.filter(code="safeguarding.worry_reported", actor_id=0).count() == 1


def test_nothing_that_names_the_child_or_the_reporter_lies_open_in_the_database(
    here, mentor, django_assert_num_queries
):
    from django.db import connection

    worry_of(mentor, here, "闻小远", whereabouts="控江路 1 号", words="常常一个人", child_phone="13800001234")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM safeguarding_worry")
        row = str(cursor.fetchall())
    assert not [word for word in ("闻小远", "控江路", "常常", "13800001234") if word in row]


def test_the_reporter_sees_how_far_it_is_and_never_what_came_of_it(client, here, mentor, supervisor):
    worry = worry_of(mentor, here, "闻小远", words="常常一个人")
    client.force_login(mentor_user(mentor))
    address = reverse("safeguarding:own_worry", args=[worry.uid])
    assert ">已收到</span>" in client.get(address).content.decode()
    take_up(actor=supervisor, worry_id=worry.uid, on=TODAY, now=NOW)
    assert "已受理" in client.get(address).content.decode()
    settle(actor=supervisor, worry_id=worry.uid, outcome="上门后一切正常", on=TODAY, now=NOW)
    page = client.get(address).content.decode()
    assert "已核查" in page
    assert not [word for word in ("正常", "闻小远", "一个人", supervisor.name) if word in page]


def test_a_worry_in_another_district_is_refused(mentor):
    foreign = factories.make_unit("310104", name="徐汇区")
    details = WorryDetails(signs=("alone",), seen_on=TODAY)
    with pytest.raises(Refusal, match="unit_unknown"):
        report_worry(actor=mentor, worry_id=uuid4(), unit_id=foreign.pk, details=details, on=TODAY, now=NOW)


def test_a_day_to_come_and_one_of_long_ago_are_sent_back(client, here, mentor):
    client.force_login(mentor_user(mentor))
    for day in ("2026-11-26", "2026-01-01"):
        response = client.post(reverse("safeguarding:worry_new"), posted(here, seen_on=day))
        assert response.status_code == 422
    assert not Worry.objects.exists()


def test_the_form_costs_the_same_few_queries_however_many_worries_there_are(
    client, here, mentor, django_assert_max_num_queries
):
    client.force_login(mentor_user(mentor))
    for _each in range(3):
        worry_of(mentor, here)
    with django_assert_max_num_queries(9):
        client.get(reverse("safeguarding:worry_new"))
    with django_assert_max_num_queries(8):
        client.get(reverse("safeguarding:own_worries"))
