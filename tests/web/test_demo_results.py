"""The demo's results of universities: each step of the way has some, two lead no further, and a grade runs out."""

import pytest

from sunward.accounts.access import read_actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.accounts.units import load_district
from sunward.blueprint.pipeline.chain import STAGES
from sunward.blueprint.queries.enterprises import read_enterprises
from sunward.blueprint.queries.results import at_dead_ends, find_dead_ends_like, read_lanes, read_results, under_way
from sunward.web.demo.moments import Moment
from sunward.web.demo.results import make_results
from sunward.web.demo.sign_ins import make_sign_in
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_result_at_each_step_and_a_dead_end_that_is_found_again():
    load_district()
    planner, _sign_in = make_sign_in(Role.PLAN_OFFICER, unit=Unit.objects.get(code="310110"), on=TODAY)
    make_results(Moment(TODAY, NOW))
    actor = read_actor(planner, on=TODAY)
    cards = read_results(actor, on=TODAY)
    assert len(cards) == 10
    assert all(lane.cards for lane in read_lanes(under_way(cards)))
    assert len(read_lanes(cards)) == len(STAGES)
    assert len(at_dead_ends(cards)) == 2
    alike = find_dead_ends_like(actor, "水产养殖的水质监测浮标", on=TODAY)
    assert [card.title for card in alike] == ["水产养殖水质浮标"]
    holding = {grade.holding for row in read_enterprises(actor, on=TODAY) for grade in row.grades}
    assert holding == {"holds", "soon", "over"}
