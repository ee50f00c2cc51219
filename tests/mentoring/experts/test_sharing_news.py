"""A published note is found by the search box in its district and nowhere else; its writer hears what became of it."""

import pytest

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.core.search.entries import SearchEntry
from sunward.core.search.index import rebuild
from sunward.mentoring.actions.sharing import bring_back_note, withdraw_note
from sunward.mentoring.enums import MentorState
from sunward.mentoring.models import Mentor
from sunward.mentoring.sharing.finding import NOTE_KIND
from sunward.outreach.models import Message
from sunward.web.search.queries import everything_findable, search_files
from tests import factories
from tests.factories import TODAY
from tests.mentoring.experts.builders import Team, make_team
from tests.mentoring.experts.sharing_builders import LATER, give_back, make_elsewhere, publish, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def supervisor():
    return factories.actor_of(factories.make_officer(Role.SUPERVISOR, factories.make_subdistrict()))


def found(actor, words="第一次上门"):
    return [row.title for group in search_files(actor, words, on=TODAY) for row in group.rows]


def letters(actor):
    return list(Message.objects.filter(user_id=actor.user_id).order_by("pk"))


def test_the_search_box_finds_it_in_the_whole_district_as_long_as_it_is_published(team, supervisor):
    next_door = factories.actor_of(
        factories.make_officer(
            Role.WORKER, factories.make_committee("310110013001", subdistrict=factories.make_subdistrict("310110013"))
        )
    )
    readers = (team.worker, next_door, supervisor)
    note = write(team.mentor)
    assert [found(one) for one in readers] == [[], [], []]
    note = publish(supervisor, note, now=LATER)
    assert [found(one) for one in readers] == [["第一次上门"]] * 3
    assert found(factories.actor_of(factories.make_officer(Role.DISTRICT_OFFICER, make_elsewhere()))) == []
    note = withdraw_note(actor=team.mentor, note_id=note.uid, now=LATER)
    assert [found(one) for one in readers] == [[], [], []]
    assert not SearchEntry.objects.filter(kind=NOTE_KIND).exists()
    note = bring_back_note(actor=team.mentor, note_id=note.uid, version=note.version, now=LATER)
    assert [found(one) for one in readers] == [[], [], []]
    note = publish(supervisor, note, now=LATER)
    assert found(next_door) == ["第一次上门"]
    give_back(supervisor, note)
    assert [found(one) for one in readers] == [[], [], []]


def test_an_entry_left_behind_shows_no_note_that_is_not_published(team, supervisor):
    note = publish(supervisor, write(team.mentor))
    type(note).objects.update(state="written")
    assert found(supervisor) == []


def test_the_index_built_anew_holds_the_published_notes_and_no_other(team, supervisor):
    publish(supervisor, write(team.mentor, "很长。" * 400))
    write(team.mentor)
    held = SearchEntry.objects.filter(kind=NOTE_KIND).values("object_id", "unit_path", "text", "grams")
    before = list(held)
    assert len(before) == 1
    rebuild(everything_findable())
    assert list(held) == before


def test_the_writer_hears_what_became_of_it_once_each_and_no_word_of_it_goes_out(team, supervisor):
    note = give_back(supervisor, write(team.mentor))
    give_back(supervisor, note)
    published = publish(supervisor, write(team.mentor))
    give_back(supervisor, published, "院长会让人认出来。")
    told = letters(team.mentor)
    assert [one.about for one in told] == ["experience_returned", "experience_published", "experience_taken_down"]
    for one in told:
        assert not [word for word in (note.title, note.words, note.reason, "院长", "张爱华") if word in one.body]
    assert told[0].path.endswith(f"/notes/mine/{note.uid}/")
    assert not letters(supervisor)


def test_whoever_has_left_or_does_not_sign_in_hears_nothing_and_the_note_is_judged_all_the_same(team, supervisor):
    first, second = write(team.mentor), write(team.mentor)
    Mentor.objects.filter(user_id=team.mentor.user_id).update(state=MentorState.LEFT)
    assert publish(supervisor, first).state == "published"
    Mentor.objects.update(user=None, state=MentorState.ACTIVE)
    assert publish(supervisor, second).state == "published"
    assert not Message.objects.exists()
    assert User.objects.filter(pk=team.mentor.user_id).exists()
