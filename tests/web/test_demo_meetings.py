"""The demo's meeting and plan: as much as a newcomer needs to see how it goes on, and little to wait for."""

import pytest

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.accounts.units import load_district
from sunward.blueprint.enums import LightColour
from sunward.blueprint.models import DeliveryPlan, Meeting, WorkItem
from sunward.blueprint.queries.lights import compute_lights
from sunward.web.demo.meetings import make_meetings
from sunward.web.demo.moments import Moment
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def test_the_demo_has_an_approved_meeting_with_its_plan_and_one_in_preparation():
    load_district()
    sign_in = make_meetings(Moment(TODAY, NOW))
    assert sign_in.role == Role.PLAN_OFFICER
    assert User.objects.get(username="planner").check_password(sign_in.password)
    approved, draft = Meeting.objects.order_by("met_on")
    assert (approved.is_approved, draft.is_approved) == (True, False)
    assert (approved.speakers.count(), approved.questions.count(), approved.decisions.count()) == (30, 3, 12)
    assert not approved.speakers.filter(unit=None).exists()
    assert approved.proposals.unanswered().count() == 24
    items = DeliveryPlan.objects.get().items
    assert items.count() == 12
    assert items.filter(due_on__lt=TODAY).count() == 4
    assert set(items.values_list("question__number", flat=True)) == {1, 2, 3}
    assert all(line.open for line in draft.lines.all())


def test_the_demo_shows_every_light():
    load_district()
    make_meetings(Moment(TODAY, NOW))
    found = compute_lights(WorkItem.objects.all(), on=TODAY)
    assert {light.colour for light in found.values()} == set(LightColour)
