"""Who shares, what she writes, and what an officer does with it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.mentoring.actions.sharing import Told, publish_note, return_note, withdraw_note, write_note
from sunward.mentoring.models import ExperienceNote
from tests import factories
from tests.factories import NOW, TODAY

if TYPE_CHECKING:
    from tests.personas import World

LATER = NOW + timedelta(minutes=5)
WORDS = "先陪孩子玩十分钟，再说作业。"


def make_sharer(unit: Unit, **more: Any) -> Actor:
    user = factories.make_officer(Role.MENTOR, unit)
    factories.make_mentor(unit=unit, user=user, **more)
    return factories.actor_of(user)


def make_elsewhere() -> Unit:
    """A committee of another district."""
    street = factories.make_unit("310109001", parent=factories.make_unit("310109"))
    return factories.make_unit("310109001001", parent=street)


def write(actor: Actor, words: str = WORDS, title: str = "第一次上门", key: Any = None, **more: Any) -> ExperienceNote:
    return write_note(actor=actor, key=key or uuid4(), told=Told(title, words, **more), on=TODAY, now=NOW)


def publish(actor: Actor, note: ExperienceNote, now: Any = NOW) -> ExperienceNote:
    return publish_note(actor=actor, note_id=note.uid, version=note.version, now=now)


def give_back(actor: Actor, note: ExperienceNote, reason: str = "请写得再笼统一点。") -> ExperienceNote:
    return return_note(actor=actor, note_id=note.uid, version=note.version, reason=reason, now=NOW)


def notes_of(world: "World") -> dict[str, Any]:
    """One of the mentor's in every state, and one of another district."""
    mentor, officer = (factories.actor_of(world.users[name]) for name in ("mentor", "officer"))
    alien = write(factories.actor_of(world.users["mentor_elsewhere"]))
    return {
        "note_waiting": write(mentor).uid,
        "note_published": publish(officer, write(mentor)).uid,
        "note_returned": give_back(officer, write(mentor)).uid,
        "note_withdrawn": withdraw_note(actor=mentor, note_id=write(mentor).uid, now=NOW).uid,
        "note_elsewhere": publish(factories.actor_of(world.users["officer_elsewhere"]), alien).uid,
    }
