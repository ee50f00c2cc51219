"""What a fair brought is counted once it has been held, post by post."""

from datetime import timedelta

import pytest

from sunward.employment.enums import BoothState
from sunward.employment.indicators import INDICATORS
from sunward.figures.counting.figure import Figure
from sunward.figures.pins import month_of
from sunward.gatherings.actions.publishing import cancel_gathering, finish_gathering
from sunward.ledger.models import Fact
from tests.employment.builders import make_employer, make_vacancy
from tests.employment.fair_builders import make_booth, make_fair
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
BROUGHT = next(one for one in INDICATORS if one.code == "employment.posts_brought").newest.measure


@pytest.fixture
def fair():
    return make_fair(begins_at=NOW - timedelta(hours=5))


def wanted(fair, *places, state=BoothState.CONFIRMED, name="上海示例云帆信息技术有限公司"):
    employer = make_employer(fair.host, name=name)
    vacancies = [make_vacancy(employer, places_min=number, places_max=number) for number in places]
    return make_booth(fair, employer, *vacancies, state=state)


def finish(actor, fair):
    return finish_gathering(
        actor=actor, gathering_id=fair.uid, version=fair.version, summary="来了很多人。", on=TODAY, now=NOW
    )


def figure(fair):
    return Figure(BROUGHT, month_of(fair.begins_on), fair.unit_path)


def test_each_vacancy_of_an_employer_who_came_brings_as_many_posts_as_it_has(actor, fair):
    wanted(fair, 3, 4)
    finish(actor, fair)
    assert figure(fair).number().value == 7
    assert sorted(fact.quantity for fact in figure(fair).records()) == [3, 4]


def test_where_nobody_said_how_many_are_wanted_it_is_one(actor, fair):
    wanted(fair, None)
    finish(actor, fair)
    assert figure(fair).number().value == 1


@pytest.mark.parametrize("state", [BoothState.INVITED, BoothState.DECLINED, BoothState.WITHDRAWN])
def test_who_did_not_say_that_it_comes_brings_nothing(actor, fair, state):
    wanted(fair, 3, state=state)
    finish(actor, fair)
    assert figure(fair).number().value == 0


def test_a_fair_that_was_called_off_brings_nothing(actor, fair):
    wanted(fair, 3)
    cancel_gathering(actor=actor, gathering_id=fair.uid, version=fair.version, reason="台风", on=TODAY, now=NOW)
    assert not Fact.objects.filter(kind="employment.vacancy_brought").exists()


def test_the_same_vacancy_at_two_fairs_is_brought_twice(actor, fair):
    booth = wanted(fair, 5)
    other = make_fair(fair.host, begins_at=NOW - timedelta(hours=9))
    make_booth(other, booth.employer, *booth.vacancies.all())
    for one in (fair, other):
        finish(actor, one)
    assert figure(fair).number().value == 10
