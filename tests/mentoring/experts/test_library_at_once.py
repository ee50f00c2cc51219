"""What arrives together: two presses are one line, and nothing is read to which somebody says no at that moment."""

from uuid import uuid4

import pytest

from sunward.core.refusals import Conflict
from sunward.mentoring.actions.learning import learn
from sunward.mentoring.actions.library import publish_material
from sunward.mentoring.library.access import readable_materials
from sunward.mentoring.models import Learning, Material
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import make_team
from tests.mentoring.experts.test_library import mom, published, staff, write
from tests.mentoring.experts.test_material_consents import answer, answered, asked, make_of
from tests.pressing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.mark.parametrize("_round", range(3))
def test_two_presses_at_once_are_one_learning(_round):
    material, actor = published(staff()), mom()

    def press() -> int:
        return learn(actor=actor, material_id=material.uid, on=TODAY, now=NOW).pk

    at_once(press, press)

    assert Learning.objects.count() == 1


@pytest.mark.parametrize("_round", range(5))
def test_a_no_at_the_moment_of_publishing_leaves_nothing_to_read(_round):
    team, officer = make_team(), staff()
    material = asked(officer, answered(team))
    for writer in (team.mentor, team.expert):
        answer(writer, material, is_given=True)
    material.refresh_from_db()

    def publish() -> object:
        return publish_material(actor=officer, material_id=material.uid, version=material.version, now=NOW)

    at_once(publish, lambda: answer(team.mentor, material, is_given=False))

    material.refresh_from_db()
    assert material.consents.filter(is_given=False).count() == 1
    assert material.published_at is None or material.withdrawn_at is not None
    assert not readable_materials(team.mentor).exists()


def test_two_keepers_who_make_one_question_general_at_once_make_one_material():
    question, officers = answered(make_team()), [staff(), staff()]

    answers = at_once(*(lambda one=one: make_of(one, question) for one in officers))

    made = [one for one in answers if isinstance(one, Material)]
    assert [*Material.objects.filter(question=question)] == made
    assert [type(one) for one in answers if one not in made] == [Conflict]


@pytest.mark.parametrize("_round", range(3))
def test_two_presses_at_once_are_one_material(_round):
    officer, key = staff(), uuid4()

    answers = at_once(*[lambda: write(officer, key=key)] * 2)

    assert answers == [Material.objects.get()] * 2


def test_of_two_presses_at_once_with_other_words_the_second_is_told():
    officer, key = staff(), uuid4()

    answers = at_once(*(lambda title=title: write(officer, key=key, title=title) for title in ("一则", "另一则")))

    assert sorted(type(one).__name__ for one in answers) == ["Conflict", "Material"]
    assert Material.objects.count() == 1
