"""The demo's meeting and plan: as much as a newcomer needs to see how it goes on, and little to wait for."""

import pytest

from sunward.accounts.access import read_actor
from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.accounts.units import load_district
from sunward.blueprint.enums import Kept, LightColour, StepKind
from sunward.blueprint.models import Meeting, WorkItem, WorkStep
from sunward.blueprint.queries.lights import compute_lights
from sunward.blueprint.queries.mine import read_mine
from sunward.blueprint.queries.plan_lines import work_href
from sunward.blueprint.queries.stocktake import read_agenda, read_frozen
from sunward.web.demo.meetings import make_meetings
from sunward.web.demo.moments import Moment
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def test_the_demo_has_an_approved_meeting_with_its_plan_and_one_in_preparation():
    load_district()
    sign_in = make_meetings(Moment(TODAY, NOW))
    assert sign_in.role == Role.PLAN_OFFICER
    assert User.objects.get(username="planner").check_password(sign_in.password)
    approved, stocktake, draft = Meeting.objects.order_by("met_on")
    assert (approved.is_approved, stocktake.is_approved, draft.is_approved) == (True, True, False)
    assert (approved.speakers.count(), approved.questions.count(), approved.decisions.count()) == (30, 3, 12)
    assert not approved.speakers.filter(unit=None).exists()
    assert approved.proposals.unanswered().count() == 24
    items = approved.plan.items
    assert items.count() == 12
    assert items.filter(due_on__lt=TODAY).count() == 4
    assert set(items.values_list("question__number", flat=True)) == {1, 2, 3}
    assert all(line.open for line in draft.lines.all())


def test_the_demo_shows_every_light():
    load_district()
    make_meetings(Moment(TODAY, NOW))
    found = compute_lights(WorkItem.objects.all(), on=TODAY)
    assert {light.colour for light in found.values()} == set(LightColour)


def test_the_demo_has_a_stocktake_whose_promises_are_kept_in_part_or_not_and_an_obstacle_waits():
    load_district()
    make_meetings(Moment(TODAY, NOW))
    keeper = read_actor(User.objects.get(username="planner"), on=TODAY)
    held = Meeting.objects.exclude(looks_at=None).get()
    assert held.looks_at is not None
    agenda = read_agenda(keeper, held.looks_at, on=TODAY)
    assert {one.told.kept for one in agenda.promises} >= {Kept.KEPT, Kept.PART, Kept.NOT_KEPT, Kept.AHEAD}
    assert agenda.first
    assert agenda.then
    assert agenda.green
    assert agenda.closed
    kept = read_frozen(held)
    assert kept is not None
    assert (kept.on, kept.closed) == (held.met_on, ())  # what was handed in since was not known to those who met
    assert [str(todo.href) for todo in read_mine(keeper, on=TODAY).todos] == [
        work_href(row.item.uid) for row in WorkStep.objects.filter(kind=StepKind.OBSTACLE).select_related("item")
    ]
