"""Opening, closing and opening again; each with its fact, its act and its entry for the search box."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.actions import add_follow_up, close_case, open_case, reopen_case
from sunward.casework.enums import CloseReason, FollowUpKind, FollowUpState, RiskLevel
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.core.search.entries import SearchEntry
from sunward.core.search.index import find
from sunward.ledger.models import Fact
from tests import factories as make

pytestmark = pytest.mark.django_db


def _actor(role=Role.DISTRICT_OFFICER, unit=None):
    return make.actor_of(make.make_officer(role, unit))


def _open(actor, person, **more):
    return open_case(
        actor=actor, programme="mentoring", person=person, unit=person.unit, on=make.TODAY, now=make.NOW, **more
    )


def test_no_file_opens_on_somebody_whose_data_were_forgotten_meanwhile():
    """The page was read before the nightly emptying; what it named is no longer there."""
    actor, person = _actor(), make.make_person("张小雨")
    type(person).objects.filter(pk=person.pk).update(name_key="")
    with pytest.raises(Conflict) as refused:
        _open(actor, person)
    assert refused.value.code == "casework.person_forgotten"
    assert not Case.objects.filter(person=person).exists()


def test_opening_writes_the_needs_the_level_a_fact_an_act_and_the_search_entry():
    actor, person = _actor(), make.make_person("张小雨")

    case = _open(
        actor, person, risk_level=RiskLevel.HIGH, risk_reason="父母失联", needs=["tutoring", "health", "health"]
    )

    assert sorted(case.needs.values_list("kind", flat=True)) == ["health", "tutoring"]
    assert case.assessments.get().level == RiskLevel.HIGH
    fact = Fact.objects.get(kind="casework.case_opened")
    assert (fact.subject_id, fact.person_id, fact.unit_path) == (case.pk, person.pk, person.unit.path)
    assert AuditEntry.objects.get(code="casework.case_opened").actor_id == actor.user_id
    assert [entry.object_id for entry in find("小雨")] == [case.pk]
    assert [entry.object_id for entry in find(case.reference)] == [case.pk]
    assert [entry.object_id for entry in find("zxy")] == [case.pk]


def test_a_person_has_one_open_file_in_a_programme():
    actor, person = _actor(), make.make_person()
    _open(actor, person)

    with pytest.raises(Conflict, match="already_open"):
        _open(actor, person)

    assert Case.objects.count() == 1


def test_a_high_level_is_not_opened_without_a_reason():
    with pytest.raises(Refusal, match="reason_missing"):
        _open(_actor(), make.make_person(), risk_level=RiskLevel.HIGH)

    assert not Case.objects.exists()


def test_a_worker_opens_no_file_in_the_committee_next_door():
    own, next_door = make.make_committee(), make.make_committee("310110012002", name="第二居委会")
    person = make.make_person(unit=next_door)

    with pytest.raises(NotAllowed, match="unit_not_yours"):
        _open(_actor(Role.WORKER, own), person)

    assert not Fact.objects.exists()
    assert not SearchEntry.objects.exists()


def test_closing_drops_what_was_due_and_says_why():
    actor, case = _actor(), make.make_child()
    follow_up = add_follow_up(
        actor=actor, case_id=case.uid, kind=FollowUpKind.CALL, due_on=make.TODAY, on=make.TODAY, now=make.NOW
    )

    closed = close_case(actor=actor, case_id=case.uid, version=1, reason=CloseReason.MOVED, on=make.TODAY, now=make.NOW)

    follow_up.refresh_from_db()
    assert (closed.closed_on, closed.close_reason, closed.version) == (make.TODAY, "moved", 2)
    assert follow_up.state == FollowUpState.DROPPED
    assert Fact.objects.get(kind="casework.case_closed").attributes == {"programme": "mentoring", "reason": "moved"}


def test_a_file_somebody_else_has_changed_is_not_closed():
    actor, case = _actor(), make.make_child()
    Case.objects.update(version=5)

    with pytest.raises(Conflict, match="case_changed"):
        close_case(actor=actor, case_id=case.uid, version=1, reason=CloseReason.MOVED, on=make.TODAY, now=make.NOW)


def test_a_closed_file_opens_again_with_its_reason_and_only_once():
    actor, case = _actor(), make.make_child()
    close_case(actor=actor, case_id=case.uid, version=1, reason=CloseReason.MOVED, on=make.TODAY, now=make.NOW)

    again = reopen_case(actor=actor, case_id=case.uid, version=2, reason="搬回来了", on=make.TODAY, now=make.NOW)

    assert (again.state, again.closed_on, again.close_reason) == ("open", None, "")
    assert again.assessments.get().reason == "搬回来了"
    with pytest.raises(Refusal, match="case_open"):
        reopen_case(actor=actor, case_id=case.uid, version=3, reason="再来", on=make.TODAY, now=make.NOW)


def test_a_file_does_not_open_again_beside_a_newer_one():
    actor, case = _actor(), make.make_child()
    close_case(actor=actor, case_id=case.uid, version=1, reason=CloseReason.MOVED, on=make.TODAY, now=make.NOW)
    _open(actor, case.person)

    with pytest.raises(Conflict, match="already_open"):
        reopen_case(actor=actor, case_id=case.uid, version=2, reason="搬回来了", on=make.TODAY, now=make.NOW)


NEAR_MISSES = [
    "worker next door",
    "supervisor elsewhere",
    "former worker",
    "leader",
    "auditor",
    "administrator",
    "nobody",
]


@pytest.mark.parametrize("who", NEAR_MISSES)
def test_for_whoever_is_not_in_charge_the_file_is_not_there(who):
    case = make.make_child(unit=make.make_committee())

    with pytest.raises(NotThere):
        close_case(
            actor=near_miss(who), case_id=case.uid, version=1, reason=CloseReason.MOVED, on=make.TODAY, now=make.NOW
        )


@pytest.mark.parametrize("role", [Role.WORKER, Role.SUPERVISOR, Role.DISTRICT_OFFICER])
def test_whoever_is_in_charge_at_any_height_may_close_it(role):
    committee = make.make_committee()
    unit = {Role.WORKER: committee, Role.SUPERVISOR: committee.parent, Role.DISTRICT_OFFICER: committee.parent.parent}
    case = make.make_child(unit=committee)

    close_case(
        actor=_actor(role, unit[role]), case_id=case.uid, version=1, reason=CloseReason.HELPED, on=make.TODAY,
        now=make.NOW,
    )  # fmt: skip


def near_miss(who):
    """Somebody who almost may: each differs from the file's own worker in one thing."""
    committee = make.make_committee()
    if who == "worker next door":
        return _actor(Role.WORKER, make.make_committee("310110012002", name="第二居委会"))
    if who == "supervisor elsewhere":
        return _actor(Role.SUPERVISOR, make.make_subdistrict("310110013", name="长白新村街道"))
    if who == "former worker":
        user = make.make_user()
        make.give_post(user, Role.WORKER, committee, until_on=make.TODAY)
        return make.actor_of(user)
    if who == "nobody":
        return make.actor_of(make.make_user())
    return _actor(Role(who), make.make_district())


def test_the_last_day_of_a_post_is_the_day_before_its_end():
    """The near miss above ended today: yesterday it still held."""
    committee, user = make.make_committee(), make.make_user()
    make.give_post(user, Role.WORKER, committee, until_on=make.TODAY)
    case = make.make_child(unit=committee)

    yesterday = make.TODAY - timedelta(days=1)
    close_case(
        actor=make.actor_of(user, on=yesterday), case_id=case.uid, version=1, reason=CloseReason.HELPED,
        on=make.TODAY, now=make.NOW,
    )  # fmt: skip
