"""Several press at the same moment: one story is written, one release is counted, and no later one follows a no."""

from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.employment.actions.stories import release_story, withdraw_story, write_story
from sunward.employment.models import Story
from sunward.employment.stories.enums import StoryState
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.employment.story_builders import AT, agree, make_story, told
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "310110012"


@pytest.fixture
def officers():
    unit = make.make_subdistrict(HERE)
    return [make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, unit)) for _one in range(4)]


@pytest.fixture
def case():
    return make.make_jobseeker(unit=make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE)))


def test_a_form_sent_four_times_at_once_is_one_story(officers, case):
    key = uuid4()
    acts = [lambda: write_story(actor=officers[0], case_id=case.uid, key=key, told=told(), **AT)] * 4
    assert not refusals(at_once(*acts))
    assert Story.objects.count() == 1
    assert standing_facts().filter(kind="employment.story_written").count() == 1


def test_three_officers_who_release_at_once_release_it_once(officers, case):
    writer, *others = officers
    agree(writer, case)
    story = make_story(writer, case)
    given = {"case_id": case.uid, "story_id": story.uid, "version": story.version} | AT
    assert not refusals(at_once(*[lambda actor=actor: release_story(actor=actor, **given) for actor in others]))
    assert standing_facts().filter(kind="employment.story_released").count() == 1
    assert Story.objects.get().version == story.version + 1


def test_taken_back_and_released_at_once_it_ends_taken_back_or_the_release_is_refused(officers, case):
    writer, second, *_others = officers
    agree(writer, case)
    story = make_story(writer, case)
    given = {"case_id": case.uid, "story_id": story.uid} | AT
    done = at_once(
        lambda: release_story(actor=second, version=story.version, **given),
        lambda: withdraw_story(actor=writer, **given),
    )
    assert refusals(done) in ([], ["employment.story_moved_on"])
    assert Story.objects.get().state == StoryState.WITHDRAWN
    assert not standing_facts().filter(kind="employment.story_released")
