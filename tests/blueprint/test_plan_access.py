"""Who reads what of meetings and plans."""

import pytest

from sunward.accounts.enums import Role
from sunward.blueprint.access import (
    get_meeting,
    get_plan,
    get_work,
    visible_meetings,
    visible_plans,
    visible_proposals,
    visible_work,
)
from sunward.blueprint.access_results import visible_results
from sunward.blueprint.models import WorkItem
from sunward.core.refusals import NotThere
from tests.blueprint.meetings import (
    CIVIL,
    EDUCATION,
    HR,
    WOMEN,
    approved_plan,
    begin,
    make_keeper,
    make_units,
    minutes_of,
    unit_of,
)
from tests.factories import TODAY, actor_of, give_post, make_committee, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(tmp_path):
    make_units()
    keeper = make_keeper()
    begin(keeper, minutes_of(tmp_path))  # one that is not approved
    return approved_plan(keeper, tmp_path)


def actor(role: Role, code: str):
    return actor_of(make_officer(role, unit_of(code)))


def seen(who) -> tuple[int, int, int, set[int]]:
    numbers = set(visible_work(who).values_list("number", flat=True))
    return (visible_meetings(who).count(), visible_proposals(who).count(), visible_plans(who).count(), numbers)


@pytest.mark.parametrize(
    ("role", "code", "expected"),
    [
        (Role.PLAN_OFFICER, "310110", (2, 10, 1, {1, 2, 3})),
        (Role.LEADER, "310110", (1, 5, 1, {1, 2, 3})),
        (Role.LEADER, "310110012", (1, 5, 1, {1, 2, 3})),
        (Role.LEADER, HR, (1, 5, 1, {1, 2, 3})),
        (Role.PLAN_OFFICER, HR, (0, 2, 1, {1})),
        (Role.PLAN_OFFICER, CIVIL, (0, 0, 1, {1, 3})),
        (Role.PLAN_OFFICER, EDUCATION, (0, 0, 1, {2})),
        (Role.PLAN_OFFICER, WOMEN, (0, 0, 1, {2, 3})),
        (Role.PLAN_OFFICER, "310110012", (0, 2, 1, {1})),
        (Role.PLAN_OFFICER, "310110FI", (0, 0, 0, set())),
        (Role.PLAN_OFFICER, "310109", (0, 0, 0, set())),
        (Role.LEADER, "310109", (0, 0, 0, set())),
        (Role.DISTRICT_OFFICER, "310110", (0, 0, 0, set())),
        (Role.EMPLOYMENT_OFFICER, "310110", (0, 0, 0, set())),
        (Role.SUPERVISOR, "310110012", (0, 0, 0, set())),
        (Role.AUDITOR, "310110", (0, 0, 0, set())),
        (Role.ADMINISTRATOR, "310110", (0, 0, 0, set())),
    ],
)
def test_each_post_sees_what_is_its_own_and_no_more(role, code, expected, plan):
    if code == "310110FI":
        make_unit(code, parent=plan.unit, kind="department", name="区财政局")
    assert seen(actor(role, code)) == expected


def test_a_committee_below_a_sub_district_that_joins_reads_nothing_of_it(plan):
    assert seen(actor_of(make_officer(Role.WORKER, make_committee())))[3] == set()


def named(role: Role, code: str, item: WorkItem):
    officer = make_officer(role, unit_of(code))
    WorkItem.objects.filter(pk=item.pk).update(officer=officer)
    return officer


@pytest.mark.parametrize("role", [Role.WORKER, Role.SUPERVISOR, Role.EMPLOYMENT_OFFICER, Role.DISTRICT_OFFICER])
def test_whoever_is_named_for_a_line_reads_that_line_and_nothing_beside_it(role, plan):
    who = actor_of(named(role, HR, plan.items.get(number=1)))
    assert seen(who) == (0, 0, 1, {1})
    assert not visible_results(who)


def test_being_named_opens_nothing_to_who_is_of_another_unit_or_holds_no_post_of_an_office(plan):
    first = plan.items.get(number=1)
    for role, code in ((Role.WORKER, CIVIL), (Role.WORKER, "310110"), (Role.MENTOR, HR), (Role.AUDITOR, HR)):
        assert seen(actor_of(named(role, code, first)))[3] == set()
    before = named(Role.WORKER, HR, first)
    assert seen(actor_of(before))[3] == {1}
    named(Role.WORKER, HR, first)
    assert seen(actor_of(before))[3] == set()


def test_a_post_that_is_over_or_has_not_begun_opens_nothing(plan):
    gone, coming = make_user(), make_user()
    give_post(gone, Role.PLAN_OFFICER, plan.unit, until_on=TODAY)
    give_post(coming, Role.LEADER, plan.unit, from_on=TODAY.replace(day=26))
    for user in (gone, coming):
        assert seen(actor_of(user)) == (0, 0, 0, set())


def test_what_is_not_yours_and_what_is_not_there_get_one_answer(plan):
    stranger, item = actor(Role.PLAN_OFFICER, "310109"), plan.items.first()
    for ask in (
        lambda who: get_meeting(actor=who, meeting_id=plan.meeting.uid),
        lambda who: get_plan(actor=who, plan_id=plan.uid),
        lambda who: get_work(actor=who, item_id=item.uid),
    ):
        with pytest.raises(NotThere):
            ask(stranger)
        assert ask(actor(Role.LEADER, "310110")) is not None


def test_one_who_follows_a_unit_does_not_open_the_meeting_and_opens_her_own_lines(plan):
    follower = actor(Role.PLAN_OFFICER, EDUCATION)
    with pytest.raises(NotThere):
        get_meeting(actor=follower, meeting_id=plan.meeting.uid)
    assert get_work(actor=follower, item_id=plan.items.get(number=2).uid)
    with pytest.raises(NotThere):
        get_work(actor=follower, item_id=plan.items.get(number=1).uid)
