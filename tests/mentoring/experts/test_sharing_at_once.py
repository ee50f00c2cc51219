"""Two who act on one note at the same moment: pressed twice it is one, and what is taken back nobody publishes."""

from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.core.refusals import Refusal
from sunward.core.search.entries import SearchEntry
from sunward.mentoring.actions.sharing import withdraw_note
from sunward.mentoring.experts.enums import NoteState
from sunward.mentoring.models import ExperienceNote
from sunward.mentoring.sharing.finding import NOTE_KIND
from tests import factories
from tests.factories import NOW
from tests.mentoring.experts.builders import make_team
from tests.mentoring.experts.sharing_builders import give_back, publish, write
from tests.pressing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.mark.parametrize("_round", range(3))
def test_two_presses_at_once_are_one_note(_round):
    mentor, key = make_team().mentor, uuid4()

    def press() -> int:
        return write(mentor, key=key).pk

    at_once(press, press)

    assert ExperienceNote.objects.count() == 1


@pytest.mark.parametrize("_round", range(3))
def test_taken_back_and_published_at_once_it_is_taken_back(_round):
    mentor = make_team().mentor
    officer = factories.actor_of(factories.make_officer(Role.SUPERVISOR, factories.make_subdistrict()))
    note = write(mentor)

    def judge() -> int:
        try:
            return publish(officer, note).pk
        except Refusal:
            return 0

    at_once(judge, lambda: withdraw_note(actor=mentor, note_id=note.uid, now=NOW).pk)

    note.refresh_from_db()
    assert note.state == NoteState.WITHDRAWN
    assert not SearchEntry.objects.filter(kind=NOTE_KIND).exists()


@pytest.mark.parametrize("_round", range(3))
def test_published_by_one_and_given_back_by_another_at_once_the_second_is_told(_round):
    note = write(make_team().mentor)
    street = factories.make_subdistrict()
    one, another = (factories.actor_of(factories.make_officer(Role.SUPERVISOR, street)) for _ in range(2))
    told: list[str] = []

    def judge(act) -> int:
        try:
            return act().pk
        except Refusal as refusal:
            told.append(refusal.code)
            return 0

    at_once(lambda: judge(lambda: publish(one, note)), lambda: judge(lambda: give_back(another, note)))

    note.refresh_from_db()
    assert told == ["mentoring.experience_moved_on"]
    assert note.state in (NoteState.PUBLISHED, NoteState.RETURNED)
    assert SearchEntry.objects.filter(kind=NOTE_KIND).exists() == (note.state == NoteState.PUBLISHED)
