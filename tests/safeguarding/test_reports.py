"""A report by law waits for nobody, is written once, and says to few who made it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.safeguarding.access.reports import get_report
from sunward.safeguarding.actions import triage
from sunward.safeguarding.actions.reports import About, ReportDetails, add_receipt, write_report
from sunward.safeguarding.models import MandatoryReport
from sunward.safeguarding.queries.reports import list_reports, to_report_row
from sunward.safeguarding.queries.timeline import safeguarding_moments
from tests import factories
from tests.factories import NOW, TODAY
from tests.safeguarding.arrangements import report_of, supervisor_of, worry_of

pytestmark = pytest.mark.django_db
WHEN = {"on": TODAY, "now": NOW}


@pytest.fixture
def here():
    return factories.make_committee()


@pytest.fixture
def supervisor():
    return supervisor_of("310110012")


@pytest.fixture
def worker(here):
    return factories.actor_of(factories.make_officer(Role.WORKER, here, name="儿童主任甲"))


@pytest.fixture
def case(here):
    return factories.make_child("闻小远", unit=here)


@pytest.fixture(autouse=True)
def _a_day_that_does_not_pass(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def user_of(actor):
    return User.objects.get(pk=actor.user_id)


def typed(**more):
    found = f"{localtime(NOW - timedelta(minutes=5)):%Y-%m-%dT%H:%M}"
    return {"authority": "police", "kinds": ["abuse"], "found_at": found, "key": str(uuid4())} | more


def test_a_worker_reports_from_the_file_on_one_screen_and_nobody_approves_it(client, case, worker):
    client.force_login(user_of(worker))
    response = client.post(
        reverse("safeguarding:report_of_file", args=[case.uid]), typed(words="手臂有伤"), follow=True
    )
    report = MandatoryReport.objects.get()
    assert report.reference in response.content.decode()
    assert (report.case, report.by_id, report.reported_at) == (case, worker.user_id, NOW)
    assert not {field.name for field in MandatoryReport._meta.fields} & {"state", "approved_by"}


def test_a_mentor_reports_about_her_own_child_through_her_match(client, case, here):
    user = factories.make_officer(Role.MENTOR, here)
    match = factories.make_match(case, factories.make_mentor(unit=here, user=user))
    client.force_login(user)
    client.post(reverse("mentoring:own_report", args=[match.uid]), typed())
    assert MandatoryReport.objects.get().case == case
    assert reverse("mentoring:own_report", args=[match.uid]) in client.get(
        reverse("mentoring:own_child", args=[match.uid])
    ).content.decode()  # fmt: skip


def test_whoever_has_just_reported_a_worry_is_one_tap_from_the_report(client, here, worker):
    worry = worry_of(worker, here, "闻小远")
    client.force_login(user_of(worker))
    address = reverse("safeguarding:report_of_worry", args=[worry.uid])
    assert address in client.get(reverse("safeguarding:own_worry", args=[worry.uid])).content.decode()
    client.post(address, typed())
    assert MandatoryReport.objects.get().worry == worry


def test_the_numbers_to_call_stand_before_the_form(client, worker):
    client.force_login(user_of(worker))
    page = client.get(reverse("safeguarding:report_new")).content.decode()
    assert page.index('href="tel:110"') < page.index('name="authority"')


def test_the_same_form_sent_twice_is_one_report(worker, case):
    key = uuid4()
    told = ReportDetails(kinds=("abuse",), authority="police", found_at=NOW)
    for _twice in range(2):
        write_report(actor=worker, report_id=key, about=About.of_case(case), details=told, **WHEN)
    assert MandatoryReport.objects.count() == Fact.objects.filter(kind="safeguarding.report_made").count() == 1


def test_the_receipt_is_added_once(worker, case):
    report = report_of(worker, About.of_case(case))
    with pytest.raises(Refusal, match="receipt_missing"):
        add_receipt(actor=worker, report_id=report.uid, receipt=" ", **WHEN)
    for _twice in range(2):
        add_receipt(actor=worker, report_id=report.uid, receipt="沪公 001", **WHEN)
    with pytest.raises(Conflict):
        add_receipt(actor=worker, report_id=report.uid, receipt="沪公 002", **WHEN)
    report.refresh_from_db()
    assert (report.receipt, report.receipt_at) == ("沪公 001", NOW)
    assert Fact.objects.filter(kind="safeguarding.receipt_added").count() == 1


def test_what_was_found_lies_not_ahead(worker, case):
    with pytest.raises(Refusal, match="found_later"):
        report_of(worker, About.of_case(case), found_at=NOW + timedelta(minutes=1))


def test_who_reported_is_read_by_the_reporter_and_by_who_answers_and_stands_in_no_record(
    worker, case, here, supervisor
):
    report = report_of(worker, About.of_case(case))
    colleague = factories.actor_of(factories.make_officer(Role.WORKER, here))
    assert [to_report_row(row, actor=supervisor).by for row in list_reports(supervisor)] == ["儿童主任甲"]
    assert [to_report_row(row, actor=worker).by for row in list_reports(worker)] == ["儿童主任甲"]
    assert not list_reports(colleague).exists()
    assert not list_reports(supervisor_of("310110019")).exists()
    assert not AuditEntry.objects.filter(actor_id=worker.user_id).exists()
    assert not Fact.objects.filter(actor_id=worker.user_id).exists()
    (moment,) = safeguarding_moments(case)
    assert report.reference in str(moment.title)
    assert not moment.who


def test_whoever_was_worried_does_not_learn_from_her_report_what_became_of_the_worry(client, case, here, supervisor):
    mentor = factories.actor_of(factories.make_officer(Role.MENTOR, here))
    worry = worry_of(mentor, here, "闻小远")
    elsewhere = factories.make_subdistrict("310110019", name="五角场街道")
    passed = worry_of(mentor, here, "陈七")
    triage.tie_to_file(actor=supervisor, worry_id=worry.uid, case_id=case.uid, **WHEN)
    triage.pass_on(actor=supervisor, worry_id=passed.uid, unit_id=elsewhere.pk, words="住在那里", **WHEN)
    client.force_login(user_of(mentor))
    for one in (worry, passed):
        answer = client.post(reverse("safeguarding:report_of_worry", args=[one.uid]), typed(), follow=True)
        assert one.reference in answer.content.decode()
        assert case.reference not in answer.content.decode()
    for page in (answer, client.get(reverse("safeguarding:reports"))):
        assert "五角场" not in page.content.decode()
    client.force_login(user_of(supervisor))
    report = MandatoryReport.objects.get(worry=worry)
    assert case.reference in client.get(reverse("safeguarding:report", args=[report.uid])).content.decode()


def test_a_report_about_a_file_follows_it_to_another_office(case, worker, supervisor):
    report = report_of(worker, About.of_case(case))
    there, new = factories.make_committee("310110019001"), supervisor_of("310110019")
    assert (list_reports(supervisor).count(), list_reports(new).count()) == (1, 0)
    Case.objects.filter(pk=case.pk).update(unit=there, unit_path=there.path)
    assert (list_reports(supervisor).count(), list_reports(new).count()) == (0, 1)
    assert [to_report_row(row, actor=new).by for row in list_reports(new)] == ["儿童主任甲"]
    with pytest.raises(NotThere):
        get_report(actor=supervisor, report_id=report.uid, now=NOW)


def test_a_file_of_another_unit_is_not_there_to_report_from(client, worker):
    foreign = factories.make_child("韩小雨", unit=factories.make_committee("310110019001"))
    client.force_login(user_of(worker))
    for send in (client.get, client.post):
        assert send(reverse("safeguarding:report_of_file", args=[foreign.uid])).status_code == 404
    report = report_of(worker, About.of_unit(worker))
    other = factories.actor_of(factories.make_officer(Role.WORKER, foreign.unit))
    with pytest.raises(NotThere):
        add_receipt(actor=other, report_id=report.uid, receipt="1", **WHEN)


def test_the_lists_cost_the_same_for_one_and_for_many(client, worker, case, supervisor, django_assert_max_num_queries):
    reports = [report_of(worker, About.of_case(case)) for _each in range(4)]
    client.force_login(user_of(supervisor))
    with django_assert_max_num_queries(11):
        client.get(reverse("safeguarding:reports"))
    with django_assert_max_num_queries(14):
        client.get(reverse("safeguarding:report", args=[reports[0].uid]))
