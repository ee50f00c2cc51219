"""Two at the same moment: one call, one who has it, one climb."""

import pytest

from sunward.core.refusals import Conflict
from sunward.safeguarding.actions.climbing import climb_emergency
from sunward.safeguarding.actions.emergencies import answer_emergency
from sunward.safeguarding.models import Emergency
from tests.factories import NOW
from tests.pressing import at_once
from tests.safeguarding.calls import MINUTE, make_scene, told

# SQLite lets one writer in at a time: there is nothing to show.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def test_called_climbed_and_answered_by_several_at_once_each_happens_once() -> None:
    scene = make_scene()
    at_once(*[scene.call] * 4)
    emergency = Emergency.objects.get()
    later = NOW + 5 * MINUTE
    at_once(*[lambda: climb_emergency(emergency_pk=emergency.pk, now=later)] * 4)
    assert told(emergency) == [(0, scene.worker.pk), (5, scene.supervisor.pk)]
    names = ("worker", "supervisor", "officer")
    actors = [scene.actor(name) for name in names]
    answers = at_once(
        *[lambda actor=actor: answer_emergency(actor=actor, emergency_id=emergency.uid, now=later) for actor in actors]
    )
    assert sum(isinstance(answer, Conflict) for answer in answers) == 2
    assert emergency.steps.filter(kind="answered").count() == 1
