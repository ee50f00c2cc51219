"""What the wall of the leadership shows of plans: counts of lights, to whoever reads all of the district's plans."""

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.blueprint.wall import read_wall_part
from sunward.core import clock
from tests.blueprint.plans import make_plan
from tests.factories import NOW, TODAY, actor_of, make_district, make_officer, make_subdistrict, make_unit
from tests.figures.published.builders import told

pytestmark = pytest.mark.django_db


def part(role, unit=None, *, of=None):
    return read_wall_part(actor_of(make_officer(role, unit)), of or make_district(), on=TODAY)


def test_every_line_of_the_district_has_its_light_counted():
    make_plan(lines=5)
    for role in (Role.LEADER, Role.PLAN_OFFICER):
        assert sum(count.number for count in part(role).counts) == 5


def test_whoever_reads_no_plan_of_the_whole_district_is_told_nothing_of_it():
    make_plan()
    elsewhere = make_unit("310109", name="虹口区")
    assert part(Role.EMPLOYMENT_OFFICER) is None
    assert part(Role.PLAN_OFFICER, make_subdistrict()) is None
    assert part(Role.LEADER, elsewhere) is None
    assert part(Role.LEADER, of=make_subdistrict()) is None, "a sub-district's wall shows its own"


def test_without_a_plan_there_is_nothing_to_say():
    assert part(Role.LEADER) is None


def test_the_wall_says_the_lights_in_words_and_names_nobody(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    make_plan()
    told("mentoring.visits_made", make_district(), 45)
    client = Client()
    client.force_login(make_officer(Role.LEADER), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("figures:leadership")).content.decode()
    assert 'class="wall-part"' in page
    assert reverse("blueprint:plans") in page
    assert "黄平" not in page
