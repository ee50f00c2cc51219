"""Service packages: steps that belong together, composed without asking anybody twice, and how far each is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import FollowUpState
from sunward.casework.models import FollowUp
from sunward.core import clock
from sunward.core.refusals import NotThere, Refusal
from sunward.employment.actions.files import settle_step
from sunward.employment.actions.packages import start_packages, stop_package
from sunward.employment.packages import PACKAGES, PackageKind, compose
from sunward.employment.queries.packages import list_packages
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
AT = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer_of(code):
    return make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code))


@pytest.fixture
def officer():
    return officer_of(HERE)


@pytest.fixture
def actor(officer):
    return make.actor_of(officer)


@pytest.fixture
def case():
    return make.make_jobseeker(unit=make.make_committee(f"{HERE}001"))


def start(actor, case, *kinds):
    return start_packages(actor=actor, case_id=case.uid, packages=kinds, **AT)


@pytest.mark.parametrize("kinds", [(one,) for one in PackageKind] + [tuple(PackageKind)], ids=str)
def test_composed_packages_hold_every_kind_of_step_and_none_twice_within_a_week(kinds):
    steps = compose(PACKAGES[kind] for kind in kinds)
    assert {step.kind for step in steps} == {step.kind for kind in kinds for step in PACKAGES[kind]}
    assert [step.days for step in steps] == sorted(step.days for step in steps)
    for first in steps:
        assert not [step for step in steps if step != first and first.stands_for(step)]


def test_a_package_writes_its_steps_with_their_days_and_a_second_press_writes_none(actor, case):
    for _press in range(2):
        start(actor, case, "guidance")
    told = FollowUp.objects.order_by("due_on").values_list("kind", "due_on")
    assert list(told) == [(step.kind, TODAY + timedelta(days=step.days)) for step in PACKAGES[PackageKind.GUIDANCE]]
    assert AuditEntry.objects.filter(code="employment.package_started").count() == 1


def test_two_packages_at_once_call_the_person_once_and_both_count_the_call(actor, case):
    start(actor, case, "guidance", "recommendation")
    assert FollowUp.objects.filter(kind="seeker_call").count() == 1
    assert [(row.kind, row.wanted) for row in list_packages(case)] == [("guidance", 2), ("recommendation", 2)]


def test_how_far_a_package_is_follows_its_steps(actor, case):
    first, second = start(actor, case, "guidance")
    done = {"actor": actor, "case_id": case.uid, **AT}
    settle_step(**done, follow_up_id=first.pk, verb="done")
    [row] = list_packages(case)
    assert (row.done, row.wanted, row.is_running) == (1, 2, True)
    settle_step(**done, follow_up_id=second.pk, verb="drop")
    [row] = list_packages(case)
    assert (row.done, row.wanted, row.is_running) == (1, 1, False)


def test_a_stopped_package_takes_off_what_is_left_of_it_and_of_no_other(actor, case):
    start(actor, case, "guidance", "recommendation")
    for _press in range(2):
        stop_package(actor=actor, case_id=case.uid, kind="guidance", **AT)
    left = FollowUp.objects.filter(state=FollowUpState.DUE).values_list("kind", flat=True)
    assert sorted(left) == ["seeker_call", "seeker_vacancies"]
    assert AuditEntry.objects.filter(code="employment.package_stopped").count() == 1


def test_one_that_was_stopped_can_be_started_again(actor, case):
    start(actor, case, "policy")
    stop_package(actor=actor, case_id=case.uid, kind="policy", **AT)
    assert len(start(actor, case, "policy")) == 2


@pytest.mark.parametrize("kinds", [(), ("none_of_ours",), ("guidance", "none_of_ours")])
def test_no_package_and_an_unknown_one_are_refused(actor, case, kinds):
    with pytest.raises(Refusal, match="package_unknown"):
        start(actor, case, *kinds)
    assert not FollowUp.objects.exists()


def test_an_officer_of_another_sub_district_starts_and_stops_nothing(actor, case):
    start(actor, case, "guidance")
    other = make.actor_of(officer_of(ELSEWHERE))
    with pytest.raises(NotThere):
        start(other, case, "policy")
    with pytest.raises(NotThere):
        stop_package(actor=other, case_id=case.uid, kind="guidance", **AT)


def test_a_closed_file_starts_none(actor, case):
    case.state = "closed"
    case.closed_on = TODAY
    case.save()
    with pytest.raises(Refusal, match="case_closed"):
        start(actor, case, "guidance")


def test_the_form_says_what_each_package_holds_and_the_file_how_far_it_is(client, officer, case):
    client.force_login(officer)
    address = reverse("employment:jobseeker_packages", args=[case.uid])
    assert "3 天" in client.get(address).content.decode()
    assert client.post(address, {"packages": ["first_help"]}).status_code == 302
    file = client.get(reverse("employment:jobseeker", args=[case.uid]))
    assert [row.kind for row in file.context["packages"]] == ["first_help"]
    stop = reverse("employment:jobseeker_package_stop", args=[case.uid, "first_help"])
    assert stop in file.content.decode()
    assert client.post(stop).status_code == 302
    assert client.post(reverse("employment:jobseeker_package_stop", args=[case.uid, "policy"])).status_code == 404
