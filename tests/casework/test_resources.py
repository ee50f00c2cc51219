"""The directory: who sees, keeps and may be sent to an offer; referrals carried to their end."""

from datetime import date

import pytest

from sunward.accounts.enums import Role
from sunward.casework.access import addable_units, changeable_resources, referable_resources, visible_resources
from sunward.casework.actions import (
    answer_referral,
    edit_resource,
    end_resource,
    extend_resource,
    settle_referral,
    undo_referral_step,
    withdraw_referral,
)
from sunward.casework.enums import REFERRAL_STEPS, ReferralState
from sunward.casework.models import FollowUp, Referral, Resource
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.casework.arrangements import DAY, make_goal, make_referral, make_resource, resource_details

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"


@pytest.fixture
def officer():
    return make.actor_of(make.make_officer())


def _actor(role, code):
    unit = make.make_committee(code) if len(code) == 12 else make.make_subdistrict(code)
    return make.actor_of(make.make_officer(role, unit))


def _names(found):
    return set(found.values_list("name", flat=True))


@pytest.fixture
def offers(officer):
    """One for the district, one for each of two sub-districts, one for a single committee."""
    units = {
        "区": make.make_district(), "本街道": make.make_subdistrict(HERE), "外街道": make.make_subdistrict(ELSEWHERE),
        "本居委": make.make_committee(f"{HERE}001"),
    }  # fmt: skip
    return {name: make_resource(officer, name=name, unit_id=unit.pk) for name, unit in units.items()}


@pytest.mark.parametrize(
    ("role", "code", "sees", "keeps"),
    [
        (Role.WORKER, f"{HERE}001", {"区", "本街道", "本居委"}, set()),
        (Role.WORKER, f"{HERE}002", {"区", "本街道"}, set()),
        (Role.MENTOR, f"{HERE}001", {"区", "本街道", "本居委"}, set()),
        (Role.SUPERVISOR, HERE, {"区", "本街道", "本居委"}, {"本街道", "本居委"}),
        (Role.SUPERVISOR, ELSEWHERE, {"区", "外街道"}, {"外街道"}),
        (Role.EMPLOYMENT_OFFICER, HERE, set(), set()),
    ],
)
def test_an_offer_is_seen_where_it_is_for_and_kept_by_whoever_answers_there(offers, role, code, sees, keeps):
    actor = _actor(role, code)

    assert _names(visible_resources(actor)) == sees
    assert _names(changeable_resources(actor)) == keeps


def test_a_worker_adds_for_her_sub_district_and_nowhere_else(offers):
    worker = _actor(Role.WORKER, f"{HERE}001")

    make_resource(worker, name="新的")

    assert set(addable_units(worker).values_list("code", flat=True)) == {HERE, f"{HERE}001"}
    for unit in (make.make_subdistrict(ELSEWHERE), make.make_district(), make.make_committee(f"{HERE}002")):
        with pytest.raises(NotAllowed, match="resource_unit"):
            make_resource(worker, unit_id=unit.pk)
    with pytest.raises(NotThere):
        end_resource(
            actor=worker, resource_id=Resource.objects.get(name="新的").uid, version=1, on=make.TODAY, now=make.NOW
        )


@pytest.mark.parametrize(
    ("change", "is_referable"),
    [
        ({}, True),
        ({"valid_until_on": make.TODAY}, True),
        ({"valid_until_on": make.TODAY - DAY}, False),
        ({"ended_on": make.TODAY}, False),
        ({"age_from": 12}, True),
        ({"age_from": 13}, False),
        ({"age_until": 12}, True),
        ({"age_until": 11}, False),
    ],
)
def test_a_person_is_sent_where_it_is_valid_and_for_their_age(officer, change, is_referable):
    case = make.make_child(birth=date(2014, 1, 1))
    resource = make_resource(officer)
    Resource.objects.update(**change)

    assert referable_resources(case, on=make.TODAY).exists() is is_referable
    if not is_referable:
        with pytest.raises(NotThere, match="resource_not_valid"):
            make_referral(officer, case, resource)


def test_nobody_is_sent_to_an_offer_for_another_sub_district(officer, offers):
    case = make.make_child(unit=make.make_committee(f"{HERE}001"))

    assert _names(referable_resources(case, on=make.TODAY)) == {"区", "本街道", "本居委"}
    with pytest.raises(NotThere):
        make_referral(officer, case, offers["外街道"])


def test_an_offer_is_corrected_vouched_for_and_ended_by_those_who_saw_it_last(officer):
    row = make_resource(officer)
    at = {"actor": officer, "resource_id": row.uid, "on": make.TODAY, "now": make.NOW}
    edit_resource(**at, version=1, details=resource_details(name="新名"))
    with pytest.raises(Conflict, match="resource_changed"):
        edit_resource(**at, version=1, details=resource_details(name="旧名"))
    end_resource(**at, version=2)
    with pytest.raises(Conflict, match="resource_ended"):
        end_resource(**at, version=3)

    extend_resource(**at, version=3, valid_until_on=make.TODAY + 200 * DAY)

    row.refresh_from_db()
    assert (row.name, row.ended_on, row.valid_until_on) == ("新名", None, make.TODAY + 200 * DAY)
    assert set(standing_facts().filter(subject_kind="resource").values_list("kind", flat=True)) == {
        "casework.resource_added", "casework.resource_edited", "casework.resource_ended", "casework.resource_extended",
    }  # fmt: skip


@pytest.mark.parametrize("days", [-1, 731])
def test_nobody_vouches_for_the_past_or_for_ever(officer, days):
    with pytest.raises(Refusal, match="validity_impossible"):
        make_resource(officer, valid_until_on=make.TODAY + days * DAY)


def test_the_youngest_is_not_above_the_oldest(officer):
    with pytest.raises(Refusal, match="ages_turned"):
        make_resource(officer, age_from=12, age_until=6)


# Referrals.


@pytest.fixture
def referral(officer):
    return make_referral(officer, make.make_child(), make_resource(officer))


def _at(officer, row):
    row.refresh_from_db()
    return {"actor": officer, "case_id": row.case.uid, "referral_id": row.uid, "version": row.version,
            "on": make.TODAY, "now": make.NOW}  # fmt: skip


STEPS = {
    ReferralState.ACCEPTED: lambda at: answer_referral(**at, is_accepted=True),
    ReferralState.DECLINED: lambda at: answer_referral(**at, is_accepted=False, result="名额已满"),
    ReferralState.HELPED: lambda at: settle_referral(**at, has_helped=True, result="每周一次"),
    ReferralState.NOT_HELPED: lambda at: settle_referral(**at, has_helped=False, result="没有去"),
    ReferralState.WITHDRAWN: lambda at: withdraw_referral(**at, reason="家里不愿意"),
}


def test_a_referral_asks_for_its_answer_and_stops_asking_once_there_is_one(officer, referral):
    asked = FollowUp.objects.get(kind="referral_answer")
    assert (asked.due_on, asked.note, asked.state) == (referral.answer_due_on, "晴空心理小屋", "due")

    STEPS[ReferralState.ACCEPTED](_at(officer, referral))

    asked.refresh_from_db()
    assert asked.state == "done"


@pytest.mark.parametrize("state", ReferralState)
@pytest.mark.parametrize("to", STEPS)
def test_every_step_is_allowed_exactly_where_the_table_says(officer, referral, state, to):
    Referral.objects.update(state=state)

    if to in REFERRAL_STEPS[state]:
        assert STEPS[to](_at(officer, referral)).state == to
        assert standing_facts().filter(kind=f"casework.referral_{to}").count() == 1
    else:
        with pytest.raises(Conflict, match="referral_changed"):
            STEPS[to](_at(officer, referral))


@pytest.mark.parametrize(
    "way",
    [
        [ReferralState.ACCEPTED],
        [ReferralState.DECLINED],
        [ReferralState.WITHDRAWN],
        [ReferralState.ACCEPTED, ReferralState.HELPED],
        [ReferralState.ACCEPTED, ReferralState.WITHDRAWN],
    ],
)
def test_the_last_step_is_taken_back_with_its_fact(officer, referral, way):
    for to in way:
        STEPS[to](_at(officer, referral))

    undo_referral_step(**_at(officer, referral))

    referral.refresh_from_db()
    assert referral.state == (way[-2] if len(way) > 1 else ReferralState.SENT)
    assert not standing_facts().filter(kind=f"casework.referral_{way[-1]}").exists()
    awaits = FollowUp.objects.filter(kind="referral_answer", state="due").count()
    assert awaits == (1 if referral.state == ReferralState.SENT else 0)


def test_one_person_is_referred_to_one_offer_once_at_a_time(officer, referral):
    with pytest.raises(Conflict, match="referred_already"):
        make_referral(officer, referral.case, referral.resource)
    STEPS[ReferralState.DECLINED](_at(officer, referral))
    make_referral(officer, referral.case, referral.resource)

    with pytest.raises(Conflict, match="referred_already"):
        undo_referral_step(**_at(officer, referral))


def test_a_referral_names_an_open_goal_of_the_same_file_only(officer):
    case, resource = make.make_child(), make_resource(officer)
    goal = make_goal(officer, case)
    other = make_goal(officer, make.make_child())

    assert make_referral(officer, case, resource, goal_id=other.uid).goal is None
    STEPS[ReferralState.WITHDRAWN](_at(officer, case.referrals.get()))
    assert make_referral(officer, case, resource, goal_id=goal.uid).goal == goal


@pytest.mark.parametrize("days", [-1, 91])
def test_an_answer_is_asked_for_within_ninety_days(officer, days):
    with pytest.raises(Refusal, match="answer_day_impossible"):
        make_referral(officer, make.make_child(), make_resource(officer), answer_due_on=make.TODAY + days * DAY)


def test_a_referral_of_another_unit_is_not_there(officer, referral):
    stranger = _actor(Role.WORKER, f"{HERE}009")

    with pytest.raises(NotThere):
        STEPS[ReferralState.ACCEPTED](_at(officer, referral) | {"actor": stranger})
