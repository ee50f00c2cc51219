"""What becomes of a worry, and that each step can be taken back without leaving anything behind."""

from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.ledger.queries import standing_facts
from sunward.mentoring.actions.children import ChildDetails
from sunward.mentoring.actions.worries import add_child_from_worry
from sunward.outreach.models import Message
from sunward.people.registering import PersonDetails
from sunward.safeguarding.access.worries import visible_worries
from sunward.safeguarding.actions import triage
from sunward.safeguarding.enums import WorryState, WorryStepKind
from sunward.safeguarding.models import Worry
from sunward.safeguarding.queries.timeline import safeguarding_moments
from sunward.safeguarding.queries.worries import search_cases
from tests import factories
from tests.factories import NOW, TODAY
from tests.safeguarding.arrangements import supervisor_of, worry_of

pytestmark = pytest.mark.django_db
WHEN = {"on": TODAY, "now": NOW}


@pytest.fixture
def here():
    return factories.make_committee()


@pytest.fixture
def supervisor():
    return supervisor_of("310110012", name="督导甲")


@pytest.fixture
def elsewhere():
    return supervisor_of("310110019", name="督导乙")


@pytest.fixture
def worry(here, supervisor, elsewhere):
    return worry_of(factories.actor_of(factories.make_officer(Role.WORKER, here)), here, "闻小远", child_age=8)


@pytest.fixture(autouse=True)
def _a_day_that_does_not_pass(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def facts(worry):
    return sorted(standing_facts().filter(subject_kind="worry", subject_id=worry.pk).values_list("kind", flat=True))


def test_whoever_takes_it_up_first_has_it(worry, supervisor):
    triage.take_up(actor=supervisor, worry_id=worry.uid, **WHEN)
    officer = factories.actor_of(factories.make_officer())
    triage.take_up(actor=officer, worry_id=worry.uid, **WHEN)
    worry.refresh_from_db()
    assert (worry.state, worry.taken_by_id) == (WorryState.LOOKING, supervisor.user_id)
    assert worry.steps.filter(kind=WorryStepKind.TAKEN).count() == 1


def test_tied_to_a_file_it_stands_on_its_line_of_time_and_untied_it_does_not(worry, here, supervisor):
    case = factories.make_child("闻小远", unit=here)
    for _pressed_twice in range(2):
        triage.tie_to_file(actor=supervisor, worry_id=worry.uid, case_id=case.uid, **WHEN)
    assert [moment.title for moment in safeguarding_moments(case)] == [f"线索 {worry.reference}"]
    assert facts(worry).count("safeguarding.worry_filed") == 1
    triage.undo(actor=supervisor, worry_id=worry.uid, **WHEN)
    assert safeguarding_moments(case) == []
    assert "safeguarding.worry_filed" not in facts(worry)
    assert Worry.objects.get().state == WorryState.LOOKING


def test_a_file_of_another_sub_district_is_not_there_to_tie_to(worry, supervisor):
    case = factories.make_child("闻小远", unit=factories.make_committee("310110019001"))
    with pytest.raises(NotThere):
        triage.tie_to_file(actor=supervisor, worry_id=worry.uid, case_id=case.uid, **WHEN)
    assert search_cases(supervisor, "闻小远", on=TODAY) == ()
    assert search_cases(supervisor, case.reference, on=TODAY) == ()


def test_a_worker_of_the_committee_looks_into_no_worry(worry, here):
    worker = factories.actor_of(factories.make_officer(Role.WORKER, here))
    assert not visible_worries(worker).exists()
    with pytest.raises(NotThere):
        triage.take_up(actor=worker, worry_id=worry.uid, **WHEN)


def test_passed_on_it_is_the_others_and_no_longer_hers_until_she_takes_it_back(worry, supervisor, elsewhere):
    there = factories.make_subdistrict("310110019")
    triage.pass_on(actor=supervisor, worry_id=worry.uid, unit_id=there.pk, words="搬走了", **WHEN)
    assert not visible_worries(supervisor).exists()
    assert visible_worries(elsewhere).get().state == WorryState.PASSED_ON
    assert Message.objects.filter(user_id=elsewhere.user_id).count() == 1
    with pytest.raises(NotThere):
        triage.take_back(actor=elsewhere, worry_id=worry.uid, **WHEN)
    triage.take_back(actor=supervisor, worry_id=worry.uid, **WHEN)
    assert visible_worries(supervisor).get().state == WorryState.LOOKING
    assert not visible_worries(elsewhere).exists()
    assert "safeguarding.worry_passed_on" not in facts(worry)


def test_once_taken_up_there_it_cannot_be_taken_back(worry, supervisor, elsewhere):
    there = factories.make_subdistrict("310110019")
    triage.pass_on(actor=supervisor, worry_id=worry.uid, unit_id=there.pk, words="搬走了", **WHEN)
    triage.take_up(actor=elsewhere, worry_id=worry.uid, **WHEN)
    with pytest.raises(NotThere):
        triage.take_back(actor=supervisor, worry_id=worry.uid, **WHEN)


def test_it_is_passed_on_to_other_sub_districts_only(worry, supervisor):
    for unit in (worry.unit, factories.make_subdistrict(), factories.make_district()):
        with pytest.raises(Refusal, match="office_unknown"):
            triage.pass_on(actor=supervisor, worry_id=worry.uid, unit_id=unit.pk, words="", **WHEN)


def test_settled_with_a_reason_it_is_done_with_until_that_is_taken_back(worry, supervisor):
    with pytest.raises(Refusal, match="outcome_missing"):
        triage.settle(actor=supervisor, worry_id=worry.uid, outcome=" ", **WHEN)
    triage.settle(actor=supervisor, worry_id=worry.uid, outcome="奶奶在家", **WHEN)
    with pytest.raises(Conflict):
        triage.pass_on(
            actor=supervisor, worry_id=worry.uid, unit_id=factories.make_subdistrict("310110019").pk, words="", **WHEN
        )
    triage.undo(actor=supervisor, worry_id=worry.uid, **WHEN)
    triage.undo(actor=supervisor, worry_id=worry.uid, **WHEN)
    worry.refresh_from_db()
    assert (worry.state, worry.taken_by_id, worry.outcome) == (WorryState.NEW, 0, "")
    assert facts(worry).count("safeguarding.worry_settled") == 0
    with pytest.raises(Conflict):
        triage.undo(actor=supervisor, worry_id=worry.uid, **WHEN)


def test_a_file_opened_from_a_worry_has_it_and_a_settled_worry_opens_none(worry, here, supervisor):
    person = PersonDetails(name="闻小远", unit_id=here.pk)
    case = add_child_from_worry(actor=supervisor, worry_id=worry.uid, person=person, child=ChildDetails(), **WHEN)
    worry.refresh_from_db()
    assert (worry.case_id, worry.state) == (case.pk, WorryState.FILED)
    with pytest.raises(Conflict):
        add_child_from_worry(actor=supervisor, worry_id=worry.uid, person=person, child=ChildDetails(), **WHEN)


def test_the_page_on_which_a_file_is_opened_begins_with_the_name_of_the_worry(client, worry, supervisor):
    client.force_login(User.objects.get(pk=supervisor.user_id))
    form = client.get(reverse("mentoring:child_from_worry", args=[worry.uid])).context["form"]
    assert (form["name"].value(), form["unit"].value()) == ("闻小远", worry.unit_id)


def test_the_whole_way_through_the_pages(client, worry, here, supervisor):
    case = factories.make_child("闻小远", unit=here)
    client.force_login(User.objects.get(pk=supervisor.user_id))
    page = client.get(reverse("safeguarding:worry", args=[worry.uid])).content.decode()
    assert "闻小远" in page
    client.post(reverse("safeguarding:worry_take", args=[worry.uid]))
    found = client.get(reverse("safeguarding:worry_file", args=[worry.uid]))
    assert [row.reference for row in found.context["cases"]] == [case.reference], "searched for by the name it has"
    client.post(reverse("safeguarding:worry_file", args=[worry.uid]), {"case": str(case.uid)})
    page = client.get(reverse("safeguarding:worry", args=[worry.uid])).content.decode()
    assert reverse("mentoring:child", args=[case.uid]) in page
    assert client.post(reverse("safeguarding:worry_file", args=[worry.uid]), {"case": "nothing"}).status_code == 404
    assert client.post(reverse("safeguarding:worry_file", args=[worry.uid]), {"case": str(uuid4())}).status_code == 404


def test_the_home_page_puts_danger_first_and_says_no_name(client, worry, here, supervisor):
    worker = factories.actor_of(factories.make_officer(Role.WORKER, here))
    urgent = worry_of(worker, here, "韩小雨", is_urgent=True)
    client.force_login(User.objects.get(pk=supervisor.user_id))
    page = client.get(reverse("home")).content.decode()
    assert page.index(urgent.reference) < page.index(worry.reference)
    assert "韩小雨" not in page
    assert "闻小远" not in page


def test_the_list_shows_no_name_and_costs_the_same_for_one_and_for_many(
    client, worry, here, supervisor, django_assert_max_num_queries
):
    worker = factories.actor_of(factories.make_officer(Role.WORKER, here))
    for _each in range(4):
        worry_of(worker, here, "闻小远")
    client.force_login(User.objects.get(pk=supervisor.user_id))
    with django_assert_max_num_queries(13):
        page = client.get(reverse("safeguarding:worries")).content.decode()
    assert "闻小远" not in page
    with django_assert_max_num_queries(16):
        client.get(reverse("safeguarding:worry", args=[worry.uid]))
