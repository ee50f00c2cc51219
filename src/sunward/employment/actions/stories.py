"""A story of success: written on a jobseeker's file, released by a second officer, taken back at any time.

What makes it disappear for others is no act on the story: it is shown only as long as the person agrees to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.enums import JOINED
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.furniture import Text
from sunward.core.refusals import Conflict, NotAllowed, Refusal
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.access.stories import STORY_SUBJECT, story_not_there, wrote_any
from sunward.employment.actions.consents import given_consents
from sunward.employment.enums import ClientTagKind
from sunward.employment.models.stories import Story
from sunward.employment.stories.enums import AgeBand, Helped, StoryState
from sunward.employment.stories.known import list_known
from sunward.employment.stories.rules import (
    LINE_LENGTH,
    PSEUDONYM_LENGTH,
    REASON_LENGTH,
    STORY_LENGTH,
    TITLE_LENGTH,
)
from sunward.employment.stories.text import FIELDS, join_fields, part_fields
from sunward.people.enums import Purpose
from sunward.people.screening import Known
from sunward.people.screening.clearing import StillNames, clear

MOVED_ON = "employment.story_moved_on"
RELEASED = "employment.story_released"
CHANGEABLE = (StoryState.WRITTEN, StoryState.RETURNED)
_LENGTHS = dict(zip(FIELDS, (PSEUDONYM_LENGTH, TITLE_LENGTH, LINE_LENGTH, STORY_LENGTH, LINE_LENGTH), strict=True))
_TOLD = (*FIELDS, "helped", "age_band", "client_tags")
_MISSING: dict[str, Text] = {
    "pseudonym": _("Give the person another name."),
    "title": _("Give it a short title."),
    "obstacle": _("Say in a sentence what stood in the way."),
    "words": _("Write what was done and what helped."),
    "outcome": _("Say in a sentence what came of it."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What an officer tells. Of the marked words `kept` name nobody, and neutral words stand for those `changed`."""

    pseudonym: str
    title: str
    obstacle: str
    words: str
    outcome: str
    helped: tuple[Helped, ...] = ()
    age_band: AgeBand | None = None
    client_tags: tuple[ClientTagKind, ...] = ()
    kept: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


class Incomplete(Refusal):
    """Something is missing or too long in `field`."""

    def __init__(self, field: str, code: str, sentence: Text) -> None:
        super().__init__(code, sentence)
        self.field = field


@transaction.atomic
def write_story(*, actor: Actor, case_id: UUID, key: UUID, told: Told, on: date, now: datetime) -> Story:
    """Also on a closed file. The same key twice is one story; with other words it is not taken for the first."""
    case = _lock_file(actor, case_id)
    saved = Story.objects.filter(uid=key).first()
    if saved is not None and saved.case_id != case.pk:
        raise story_not_there()
    story = Story(uid=key, case=case, written_at=now)
    _fill(story, told, on=on)
    if saved is not None:
        if any(getattr(saved, name) != getattr(story, name) for name in _TOLD):
            raise Conflict(MOVED_ON, _("This story is written down already, with other words. Load the page again."))
        return saved
    story.written_by_ids = [actor.user_id]
    story.save()
    _record(story, case, "written", actor=actor, on=on, now=now)
    return story


@transaction.atomic
def change_story(
    *, actor: Actor, case_id: UUID, story_id: UUID, version: int, told: Told, on: date, now: datetime
) -> Story:
    """Until it is released; what was given back waits for a second officer anew. What is the same changes nothing."""
    case, story = _lock(actor, case_id, story_id)
    before = [getattr(story, name) for name in _TOLD]
    stood, old = story.state, story.version
    _fill(story, told, on=on)
    if [getattr(story, name) for name in _TOLD] == before and stood == StoryState.WRITTEN:
        return story
    _refuse_moved(old, stood, version, *CHANGEABLE)
    story.state, story.reason, story.written_at = StoryState.WRITTEN, "", now
    if not wrote_any(story, actor):
        story.written_by_ids = [*story.written_by_ids, actor.user_id]
    _save(story)
    _record(story, case, "changed", actor=actor, on=on, now=now)
    return story


@transaction.atomic
def release_story(*, actor: Actor, case_id: UUID, story_id: UUID, version: int, on: date, now: datetime) -> Story:
    """By an officer who wrote none of it and has read this very version; the person agrees on the day.

    Names are looked for once more: since it was written the file may have come to know others.
    """
    case, story = _lock(actor, case_id, story_id)
    if story.state == StoryState.RELEASED:
        return story
    _refuse_moved(story.version, story.state, version, StoryState.WRITTEN)
    if wrote_any(story, actor):
        raise NotAllowed("employment.story_own", _("You wrote some of it. A second officer reads and releases it."))
    if not given_consents(case, Purpose.STORY).valid(on=on).exists():
        raise Refusal(
            "employment.story_not_agreed",
            _("The person does not agree to this story on this day. Write down the consent first."),
        )
    known = list_known(case, called=story.pseudonym, on=on)
    _clear(join_fields([getattr(story, name) for name in FIELDS]), known=known, kept=_kept(story))
    story.state, story.reason, story.released_by_id, story.released_at = (
        StoryState.RELEASED,
        "",
        actor.user_id,
        now,
    )
    _save(story)
    _record(story, case, "released", actor=actor, on=on, now=now, counted_by={"helped": story.helped})
    return story


@transaction.atomic
def return_story(
    *, actor: Actor, case_id: UUID, story_id: UUID, version: int, reason: str, on: date, now: datetime
) -> Story:
    """With a reason for whoever wrote it. Also once it is released: a name may be noticed late."""
    case, story = _lock(actor, case_id, story_id)
    reason = " ".join(reason.split())
    if story.state == StoryState.RETURNED and story.reason == reason:
        return story
    if not reason or len(reason) > REASON_LENGTH:
        raise Refusal("employment.story_reason", _("Say in a sentence what has to be changed."))
    _refuse_moved(story.version, story.state, version, StoryState.WRITTEN, StoryState.RELEASED)
    _end_release(story, now=now)
    story.state, story.reason = StoryState.RETURNED, reason
    _save(story)
    _record(story, case, "returned", actor=actor, on=on, now=now)
    return story


@transaction.atomic
def withdraw_story(*, actor: Actor, case_id: UUID, story_id: UUID, on: date, now: datetime) -> Story:
    """Nobody but whoever keeps the file reads it from then on. At any time, whatever version was seen."""
    case, story = _lock(actor, case_id, story_id)
    if story.state == StoryState.WITHDRAWN:
        return story
    _end_release(story, now=now)
    story.state = StoryState.WITHDRAWN
    _save(story)
    _record(story, case, "withdrawn", actor=actor, on=on, now=now)
    return story


@transaction.atomic
def bring_back_story(*, actor: Actor, case_id: UUID, story_id: UUID, version: int, on: date, now: datetime) -> Story:
    """It waits for a second officer again, also if it had been released."""
    case, story = _lock(actor, case_id, story_id)
    if story.state == StoryState.WRITTEN:
        return story
    _refuse_moved(story.version, story.state, version, StoryState.WITHDRAWN)
    story.state = StoryState.WRITTEN
    _save(story)
    _record(story, case, "brought_back", actor=actor, on=on, now=now)
    return story


def end_releases(cases: Iterable[int], *, now: datetime) -> None:
    """Two files turn out to be of one person: each release knew the names, and the consents, of one file alone."""
    for story in Story.objects.select_for_update(of=("self",)).filter(case__in=cases, state=StoryState.RELEASED):
        _end_release(story, now=now)
        story.state = StoryState.WRITTEN
        _save(story)


def _lock_file(actor: Actor, case_id: UUID) -> Case:
    """The lock of the file holds its stories as well: two who press at once wait for each other."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    if case.close_reason == JOINED:
        raise story_not_there()
    return case


def _lock(actor: Actor, case_id: UUID, story_id: UUID) -> tuple[Case, Story]:
    case = _lock_file(actor, case_id)
    story = Story.objects.select_for_update(of=("self",)).filter(case=case, uid=story_id).first()
    if story is None or not story.words:
        raise story_not_there()
    return case, story


def _fill(story: Story, told: Told, *, on: date) -> None:
    said = {name: _plain(getattr(told, name), is_line=name != "words") for name in FIELDS}
    for name in FIELDS:
        if not said[name]:
            raise Incomplete(name, "employment.story_incomplete", _MISSING[name])
        _refuse_long(name, said[name])
    if len(said["pseudonym"]) < 2:
        raise Incomplete("pseudonym", "employment.story_pseudonym", _("Another name has two signs at least."))
    if said["pseudonym"][0] == story.case.person.name[:1]:
        raise Incomplete(
            "pseudonym", "employment.story_family_name", _("Choose a name that does not begin as the person's does.")
        )
    if not told.helped:
        raise Incomplete("helped", "employment.story_helped", _("Choose at least one thing that helped."))
    known = list_known(story.case, called=said["pseudonym"], on=on)
    kept, changed = told.kept | {said["pseudonym"]}, told.changed - {said["pseudonym"]}
    cleared = _clear(
        join_fields(list(said.values())), known=known, kept=kept, changed=changed, settled=kept - told.kept
    )
    for name, words in zip(FIELDS, part_fields(cleared), strict=True):
        _refuse_long(name, words)
        setattr(story, name, words)
    text = join_fields([getattr(story, name) for name in FIELDS])
    story.kept = sorted(word for word in told.kept if word in text)
    story.helped = [str(one) for one in Helped if one in told.helped]
    story.client_tags = [str(one) for one in ClientTagKind if one in told.client_tags]
    story.age_band = str(told.age_band or "")


def _clear(
    words: str, *, known: tuple[Known, ...], kept: frozenset[str], changed: frozenset[str] = frozenset(),
    settled: frozenset[str] | None = None,
) -> str:  # fmt: skip
    """The words as they may stand. What is `settled`, all that is kept unless given, is not asked about again."""
    settled = kept if settled is None else settled
    try:
        return clear(words, known=known, kept=kept, changed=changed).words
    except StillNames as refused:
        open_yet = (
            found for found in refused.findings if found.is_known or found.is_own_number or found.text not in settled
        )
        raise StillNames(refused.words, tuple(open_yet)) from None


def _plain(words: str, *, is_line: bool) -> str:
    return " ".join(words.split()) if is_line else words.strip()


def _refuse_long(name: str, words: str) -> None:
    if len(words) > _LENGTHS[name]:
        raise Incomplete(name, "employment.story_long", _("This is too long. Shorten it a little."))


def _kept(story: Story) -> frozenset[str]:
    return frozenset(story.kept) | {story.pseudonym}


def _refuse_moved(version: int, state: str, seen: int, *states: StoryState) -> None:
    if version != seen or state not in states:
        raise Conflict(MOVED_ON, _("This story has changed meanwhile. Load the page again."))


def _end_release(story: Story, *, now: datetime) -> None:
    """It does not count any more; who released it, and when, stands in the record of acts."""
    story.released_by_id, story.released_at = 0, None
    withdraw_facts(subject=(STORY_SUBJECT, story.pk), kinds=(RELEASED,), now=now)


def _save(story: Story) -> None:
    story.version += 1
    story.save()


def _record(story: Story, case: Case, step: str, *, actor: Actor, on: date, now: datetime, **more: Any) -> None:
    record_case_act(
        case, actor=actor, code=f"employment.story_{step}", on=on, now=now, subject=(STORY_SUBJECT, story.pk), **more
    )
