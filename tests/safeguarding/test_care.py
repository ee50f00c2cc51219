"""Temporary care: begun, prolonged, handed back, followed up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import localdate

from sunward.accounts.enums import Role
from sunward.casework.enums import FollowUpKind, FollowUpState
from sunward.casework.models import FollowUp
from sunward.core.months import add_months
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.mentoring.access import own_matches, visible_children
from sunward.outreach.models import Message
from sunward.people.models import Guardianship
from sunward.safeguarding.actions.care import (
    CareEntry,
    Carer,
    begin_care,
    end_care,
    extend_care,
    shorten_after_care,
    tell_of_overdue,
)
from sunward.safeguarding.actions.emergencies import answer_emergency
from sunward.safeguarding.enums import CareEnd, StepKind
from sunward.safeguarding.models import TemporaryCare
from sunward.safeguarding.queries.care import read_care
from tests import factories
from tests.factories import NOW
from tests.safeguarding.calls import make_scene, neighbour

pytestmark = pytest.mark.django_db
HOURS, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def scene():
    return make_scene()


def entry(carer=None, **more):
    said = {"place": "外婆家", "begun_at": NOW, "expected_until_at": NOW + 12 * HOURS} | more
    return CareEntry(carer=carer or Carer(name="外婆", phone="+8613800001111"), **said)


def begin(scene, carer=None, *, emergency=None, **more):
    return begin_care(
        actor=scene.actor("worker"), case_id=scene.case.uid, entry=entry(carer, **more), now=NOW,
        emergency_id=emergency.uid if emergency else None,
    )  # fmt: skip


def end(scene, care, *, at=NOW + 10 * HOURS, ended_with=CareEnd.GUARDIAN, handed_to="母亲"):
    return end_care(
        actor=scene.actor("worker"), care_id=care.uid, ended_with=ended_with, handed_to=handed_to, ended_at=at, now=at
    )


def after_care(scene):
    found = FollowUp.objects.filter(case=scene.case, kind=FollowUpKind.AFTER_CARE).order_by("due_on")
    return [(row.due_on, row.state) for row in found]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 25), 1, date(2026, 12, 25)), (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)), (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)), (date(2026, 12, 31), 3, date(2027, 3, 31)),
    ],
)  # fmt: skip
def test_months_are_those_of_the_calendar(day, months, then):
    assert add_months(day, months) == then


def test_a_child_is_in_one_care_at_a_time_with_a_relative_written_down_by_name_and_number(scene):
    care = begin(scene)
    assert (care.carer.name, care.reference) == ("外婆", f"T{care.pk:06d}")
    with pytest.raises(Conflict):
        begin(scene)
    assert Fact.objects.filter(kind="safeguarding.care_begun").count() == 1


def test_a_guardian_of_the_file_takes_the_child_in_and_nobody_elses(scene):
    guardian, stranger = factories.make_person("陈奶奶"), factories.make_person("路人")
    Guardianship.objects.create(child=scene.case.person, guardian=guardian)
    with pytest.raises(NotThere):
        begin(scene, Carer(person_id=stranger.pk))
    assert begin(scene, Carer(person_id=guardian.pk)).carer == guardian


def test_a_neighbour_mom_who_takes_a_child_in_is_vetted_and_sees_no_more_of_the_file(scene):
    unvetted, vetted = neighbour("梅二", vetted=False), neighbour("梅三")
    with pytest.raises(NotThere):
        begin(scene, Carer(volunteer_id=unvetted.uid))
    begin(scene, Carer(volunteer_id=vetted.uid))
    carer = factories.actor_of(vetted.user)
    assert not own_matches(carer).exists()
    assert not visible_children(carer).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"carer": Carer(name="外婆")}, {"carer": Carer(phone="+8613800001111")},
        {"begun_at": NOW + HOURS}, {"expected_until_at": NOW},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(scene, wrong):
    with pytest.raises(Refusal):
        begin(scene, **wrong)
    assert not TemporaryCare.objects.exists()


def test_it_stands_in_the_diary_of_the_emergency_it_came_out_of(scene):
    emergency = scene.call()
    answer_emergency(actor=scene.actor("worker"), emergency_id=emergency.uid, now=NOW)
    care = begin(scene, emergency=emergency)
    end(scene, care)
    kinds = emergency.steps.order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-2:] == [StepKind.CARE_BEGUN, StepKind.CARE_ENDED]


def test_back_home_the_child_is_followed_up_after_one_three_six_and_twelve_months(scene):
    care = end(scene, begin(scene))
    assert care.after_care_months == 12
    assert [day for day, _state in after_care(scene)] == [
        date(2026, 12, 25), date(2027, 2, 25), date(2027, 5, 25), date(2027, 11, 25),
    ]  # fmt: skip
    assert Fact.objects.get(kind="safeguarding.care_ended").attributes == {
        "programme": "mentoring", "ended_with": "guardian", "hours": 10,
    }  # fmt: skip


def test_the_day_is_that_of_the_district_not_of_greenwich(scene):
    care = begin(scene)
    end(scene, care, at=datetime(2026, 11, 25, 16, 30, tzinfo=UTC))  # past midnight in Shanghai
    assert after_care(scene)[0][0] == date(2026, 12, 26)


@pytest.mark.parametrize("ended_with", [CareEnd.AUTHORITY, CareEnd.NEXT_CARER])
def test_only_a_child_that_is_back_in_its_family_is_followed_up(scene, ended_with):
    end(scene, begin(scene), ended_with=ended_with)
    assert not after_care(scene)


def test_handing_back_twice_is_once_and_needs_somebody(scene):
    care = begin(scene)
    with pytest.raises(Refusal):
        end(scene, care, handed_to=" ")
    with pytest.raises(Refusal):
        end(scene, care, at=NOW - HOURS)
    end(scene, care)
    end(scene, care)
    assert len(after_care(scene)) == 4
    with pytest.raises(Conflict):
        end(scene, care, ended_with=CareEnd.AUTHORITY)


def test_only_the_supervisor_shortens_the_after_care_with_a_reason_and_not_below_three_months(scene):
    care = end(scene, begin(scene))

    def shorten(name, months, reason="父亲已回家"):
        return shorten_after_care(actor=scene.actor(name), care_id=care.uid, months=months, reason=reason, now=NOW)

    with pytest.raises(NotAllowed):
        shorten("worker", 6)
    for months, reason in ((1, "好"), (12, "好"), (3, " ")):
        with pytest.raises(Refusal):
            shorten("supervisor", months, reason)
    shorten("supervisor", 3)
    assert [state for _day, state in after_care(scene)] == [
        FollowUpState.DUE, FollowUpState.DUE, FollowUpState.DROPPED, FollowUpState.DROPPED,
    ]  # fmt: skip


def test_a_visit_whose_day_has_passed_says_so_and_one_of_today_does_not(scene):
    care = end(scene, begin(scene))
    first = after_care(scene)[0][0]

    def overdue(days):
        page = read_care(care, actor=scene.actor("supervisor"), now=NOW + ((first - localdate(NOW)).days + days) * DAY)
        return [row.is_overdue for row in page.after_care]

    assert overdue(0) == [False] * 4
    assert overdue(1) == [True, False, False, False]


def test_overdue_care_is_told_once_for_each_end_that_passed(scene):
    care = begin(scene)
    late = NOW + 13 * HOURS
    assert not tell_of_overdue(care_pk=care.pk, now=NOW + 11 * HOURS)
    for _again in range(2):
        assert tell_of_overdue(care_pk=care.pk, now=late)
    assert {message.user_id for message in Message.objects.all()} == {scene.worker.pk, scene.supervisor.pk}
    assert Message.objects.count() == 2
    extend_care(actor=scene.actor("worker"), care_id=care.uid, expected_until_at=late + 5 * HOURS, now=late)
    assert not tell_of_overdue(care_pk=care.pk, now=late + HOURS)
    assert tell_of_overdue(care_pk=care.pk, now=late + 6 * HOURS)
    assert Message.objects.count() == 4


def test_care_follows_the_file_and_is_nobody_elses(scene):
    care = begin(scene)
    elsewhere = factories.actor_of(factories.make_officer(Role.WORKER, factories.make_committee("310110012002")))
    with pytest.raises(NotThere):
        extend_care(actor=elsewhere, care_id=care.uid, expected_until_at=NOW + 20 * HOURS, now=NOW)
