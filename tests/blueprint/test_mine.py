"""One page over all plans: what waits for whoever answers for lines, what is due first at the top."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.blueprint.actions.completing import claim_completion, return_completion
from sunward.blueprint.actions.extending import ask_extension, decide_extension
from sunward.blueprint.actions.issuing import acknowledge
from sunward.blueprint.actions.obstacles import let_go_up, raise_obstacle
from sunward.blueprint.actions.reporting import Report
from sunward.blueprint.actions.work import Part, set_parts
from sunward.blueprint.models import Milestone, WorkItem
from sunward.blueprint.queries.mine import read_mine
from sunward.core import clock
from sunward.web.home_todo import read_todo_list
from tests.blueprint.following import TOMORROW, Cast, act, cast_of
from tests.blueprint.meetings import CIVIL, EDUCATION, HR, approved_plan, unit_of
from tests.blueprint.plans import make_plan
from tests.factories import NOW, TODAY, actor_of, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(tmp_path) -> Cast:
    return cast_of(tmp_path)


def words(who, *, on=TODAY) -> list[str]:
    """What waits, in turn, without the day."""
    with override("en"):
        return [str(todo.word).rsplit(" ", 1)[0] for todo in read_mine(who, on=on).todos]


def numbers(who, *, on=TODAY) -> list[int]:
    return [line.number for line in read_mine(who, on=on).lines]


def home(who, *, on=TODAY) -> dict[str, int]:
    return {group.key: group.count for group in read_todo_list(who, on=on).groups}


def test_each_finds_the_lines_that_wait_for_the_own_unit(cast):
    assert (words(cast.lead), numbers(cast.lead)) == (["Acknowledge by"], [1])
    assert (words(cast.joint), numbers(cast.joint)) == (["Acknowledge by", "Acknowledge by"], [3])
    assert (words(cast.keeper), numbers(cast.keeper)) == ([], [])
    act(acknowledge, cast.lead, cast)
    assert words(cast.lead) == ["Report how it stood on"]


def test_what_is_due_first_stands_first_whatever_the_plan(cast, tmp_path):
    act(acknowledge, cast.lead, cast)
    WorkItem.objects.update(target_number=None)
    other = approved_plan(cast.keeper, tmp_path).items.get(number=1)
    Milestone.objects.create(item=cast.item, number=9, text="选址", due_on=TODAY + timedelta(9))
    Milestone.objects.create(item=cast.item, number=8, text="签约", due_on=TODAY - timedelta(2))
    act(raise_obstacle, cast.joint, cast, text="缺人", unit_code=HR, by=TOMORROW)
    assert words(cast.lead) == ["Milestone by", "Answer by", "Milestone by"]
    assert [str(todo.tone) for todo in read_mine(cast.lead, on=TODAY).todos] == ["urgent", "warn", "warn"]
    # What was not issued yet waits for nobody, and stands among the lines that are answered for.
    assert {line.uid for line in read_mine(cast.lead, on=TODAY).lines} == {cast.item.uid, other.uid}


def test_a_deadline_waits_from_a_fortnight_before_it_until_the_line_is_handed_in(cast):
    act(acknowledge, cast.lead, cast)
    WorkItem.objects.filter(pk=cast.item.pk).update(target_number=None)
    due = cast.item.due_on
    assert words(cast.lead, on=due - timedelta(15)) == []
    assert words(cast.lead, on=due - timedelta(14)) == ["Hand in by"]
    assert home(cast.lead, on=due - timedelta(14)) == {"work_due": 1}
    late = due + timedelta(3)
    assert str(read_mine(cast.lead, on=late).todos[0].tone) == "urgent"
    claim = act(claim_completion, cast.lead, cast, report=Report("验收单", None, due), on=late)
    assert (words(cast.lead, on=late), home(cast.lead, on=late)) == ([], {})
    assert words(cast.keeper, on=late) == ["Accept or return, handed in on"]
    act(return_completion, cast.keeper, cast, step_id=claim.uid, text="缺照片", on=late)
    assert words(cast.lead, on=late) == ["Returned: hand in again by"]
    assert home(cast.lead, on=late) == {"work_due": 1}


def test_more_time_moves_what_is_due_at_home_and_on_the_page(cast):
    act(acknowledge, cast.lead, cast)
    WorkItem.objects.filter(pk=cast.item.pk).update(target_number=None)
    due = cast.item.due_on
    asked = act(ask_extension, cast.lead, cast, text="场地未定", until=due + timedelta(60))
    assert words(cast.keeper) == ["Decide about more time, asked for on"]
    act(decide_extension, cast.keeper, cast, step_id=asked.uid, until=due + timedelta(60), text="同意")
    assert (words(cast.lead, on=due), home(cast.lead, on=due), words(cast.keeper)) == ([], {}, [])


def test_a_number_that_nobody_reported_is_asked_for_and_one_that_the_platform_counts_is_not(cast):
    act(acknowledge, cast.lead, cast)
    later = TODAY + timedelta(30)
    assert words(cast.lead, on=later) == ["Report how it stood on"]
    WorkItem.objects.filter(pk=cast.item.pk).update(target_number=None)
    assert words(cast.lead, on=later) == []


def test_a_part_of_a_unit_that_joins_is_told_before_its_day(cast):
    act(acknowledge, cast.joint, cast)
    version = WorkItem.objects.get(pk=cast.item.pk).version
    set_parts(
        actor=cast.keeper, item_id=cast.item.uid, version=version, now=NOW,
        parts=[Part(CIVIL, "送来名册", TODAY + timedelta(10))],
    )  # fmt: skip
    assert words(cast.joint) == ["Acknowledge by", "Your part by"]
    assert words(cast.joint, on=TODAY + timedelta(11)) == ["Acknowledge by"]


def test_whoever_is_named_finds_her_line_here_and_at_home_and_nobody_beside_her_does(cast):
    worker, next_to_her = (make_officer(Role.WORKER, unit_of(HR)) for _ in range(2))
    WorkItem.objects.filter(pk=cast.item.pk).update(officer=worker)
    named, other = actor_of(worker), actor_of(next_to_her)
    assert (words(named), numbers(named), home(named)) == (["Acknowledge by"], [1], {"work_to_acknowledge": 1})
    assert (words(other), numbers(other), home(other)) == ([], [], {})
    act(acknowledge, named, cast)
    assert (words(named), home(named)) == (["Report how it stood on"], {})


def test_an_obstacle_that_went_up_twice_waits_for_the_leaders_of_the_district(cast):
    act(acknowledge, cast.lead, cast)
    act(raise_obstacle, cast.lead, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    assert (words(cast.other_head), words(cast.district_head)) == (["Answer by"], [])
    once = TOMORROW + timedelta(1)
    let_go_up(item_id=cast.item.pk, on=once, now=NOW)
    assert (words(cast.other_head), words(cast.district_head)) == ([], [])
    let_go_up(item_id=cast.item.pk, on=once + timedelta(4), now=NOW + timedelta(1))
    assert words(cast.district_head, on=once) == ["Answer by"]
    assert (words(cast.other_head), words(cast.head)) == ([], [])


def test_a_hundred_lines_take_as_many_queries_as_three(django_assert_max_num_queries):
    for lines in (3, 100):
        plan = make_plan(lines=lines, units=1, title=f"{lines}项")
        who = actor_of(make_officer(Role.PLAN_OFFICER, plan.items.first().lead))
        with django_assert_max_num_queries(24):
            assert len(read_mine(who, on=TODAY).lines) >= lines


def page(who, client: Client, monkeypatch, address: str) -> str:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client.force_login(User.objects.get(pk=who.user_id))
    return client.get(reverse(address)).content.decode()


def test_the_menu_and_the_home_lead_there_and_an_empty_page_says_so(cast, client, monkeypatch):
    address = reverse("blueprint:mine")
    assert address in page(cast.lead, client, monkeypatch, "home")
    found = page(cast.lead, client, monkeypatch, "blueprint:mine")
    assert reverse("blueprint:work", args=[cast.item.uid]) in found
    worker = make_officer(Role.WORKER, unit_of(HR))
    assert address not in page(actor_of(worker), client, monkeypatch, "home")
    assert "没有等您办的事" in page(actor_of(worker), client, monkeypatch, "blueprint:mine")
    WorkItem.objects.filter(pk=cast.item.pk).update(officer=worker)
    act(acknowledge, actor_of(worker), cast)
    assert address in page(actor_of(worker), client, monkeypatch, "home")  # though nothing waits
