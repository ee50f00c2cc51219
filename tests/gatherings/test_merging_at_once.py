"""A merge while others sign up, withdraw and edit: gatherings are locked before persons, the audit record last."""

from datetime import date

import pytest

from sunward.audit.chain import verify
from sunward.gatherings.actions import withdraw_party
from sunward.gatherings.admission import Head
from sunward.gatherings.models import SignUp
from sunward.people.actions import merge_persons
from sunward.people.models import Person, PossibleDuplicate
from tests.factories import NOW, TODAY, make_child, make_mentor, make_person
from tests.gatherings.builders import TRAINING, bring, guests, planner, published
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_merge_and_whoever_comes_and_goes_wait_for_nobody_in_a_ring():
    mentor = make_mentor("梅一").person
    carer = make_person("梅一", birth=date(1982, 3, 4), with_id=False)
    make_child().person.guardianships.create(guardian=carer, from_on=TODAY)
    trainings, host = [published(TRAINING, places=3) for _ in range(4)], planner()
    going = []
    for training in trainings:
        going.append(bring(training, *guests())[0])
        for person in (mentor, carer):
            bring(training, Head(person.pk))
        for _waiting in range(2):
            bring(training, *guests())
    pair = PossibleDuplicate.objects.create(first=mentor, second=carer, points=200, unit_path=mentor.unit_path)

    def leave(row):
        return lambda: withdraw_party(
            actor=host, gathering_id=row.gathering.uid, party=row.party, on=TODAY, now=NOW
        )  # fmt: skip

    acts = [leave(row) for row in reversed(going)]
    acts.insert(2, lambda: merge_persons(actor=host, duplicate_id=pair.pk, now=NOW))
    acts += [lambda at=training: bring(at, *guests(), actor=host) for training in trainings]
    answers = at_once(*acts)
    assert not refusals(answers)
    assert Person.objects.get(pk=carer.pk).merged_into == mentor
    for training in trainings:
        placed = SignUp.objects.filter(gathering=training).placed()
        assert (placed.count(), placed.filter(person=mentor).count()) == (3, 1)
    assert verify().is_intact
