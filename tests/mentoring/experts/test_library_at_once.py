"""The thumb that presses twice: worked through is one line, whatever arrives together."""

import pytest

from sunward.mentoring.actions.learning import learn
from sunward.mentoring.models import Learning
from tests.factories import NOW, TODAY
from tests.mentoring.experts.test_library import mom, published, staff
from tests.mentoring.test_visits_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.mark.parametrize("_round", range(3))
def test_two_presses_at_once_are_one_learning(_round):
    material, actor = published(staff()), mom()

    def press() -> int:
        return learn(actor=actor, material_id=material.uid, on=TODAY, now=NOW).pk

    at_once(press, press)

    assert Learning.objects.count() == 1
