"""Stories of success as they are listed and shown: released ones to the district, all of a file to who keeps it.

What a released story may not say is absent here: whose it is, which file, who wrote it, and on which day.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case as When
from django.db.models import Exists, IntegerField, OuterRef, Q, TextField, Value
from django.db.models import When as If
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit, User
from sunward.accounts.scopes import above
from sunward.casework.enums import JOINED
from sunward.casework.models import Case
from sunward.core.furniture import Tab, Text, Tone
from sunward.core.tables import Column
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.access.stories import kept_stories, shown_stories, wrote_any
from sunward.employment.enums import ClientTagKind, TagEnd
from sunward.employment.models import ClientTag, Story, StoryQuerySet
from sunward.employment.queries.agreements import Agreement, read_agreements
from sunward.employment.stories.enums import AgeBand, Helped, StoryState
from sunward.employment.stories.rules import PLACE_FROM, SEARCH_LENGTH
from sunward.people.enums import Purpose

TONES: dict[str, Tone] = {
    StoryState.WRITTEN: "info", StoryState.RELEASED: "good", StoryState.RETURNED: "warn", StoryState.WITHDRAWN: "off",
}  # fmt: skip
COLUMNS = (Column("released", pgettext_lazy("story", "Released"), ("released_at", "pk")),)
WAITING_COLUMNS = (Column("waiting", pgettext_lazy("story", "Waits since"), ("rank", "written_at", "pk")),)
_GAPS = re.compile(r"[\s\x00,，、;；。]+")


@dataclass(frozen=True, slots=True)
class StoryQuestion:
    """What somebody looks for; empty where it does not matter."""

    words: str = ""
    helped: str = ""
    tag: str = ""
    age: str = ""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A released story in the list. `month` is its first day: no more of it is told."""

    uid: UUID
    title: str
    pseudonym: str
    obstacle: str
    outcome: str
    helped: tuple[Text, ...]
    about: tuple[Text, ...]
    month: date


@dataclass(frozen=True, slots=True)
class ShownStory:
    """A released story. `place` is empty where too few people of the sub-district are like this one."""

    title: str
    pseudonym: str
    obstacle: str
    words: str
    outcome: str
    helped: tuple[Text, ...]
    about: tuple[Text, ...]
    month: date
    place: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A story of a file, for whoever keeps the file. `note`: what it waits for, or why nobody reads it."""

    uid: UUID
    case_uid: UUID
    name: str
    title: str
    state: Text
    tone: Tone
    note: Text
    is_mine: bool
    written_at: datetime


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story of a file with everything. `hidden`: why others do not read it although it is released."""

    uid: UUID
    version: int
    title: str
    pseudonym: str
    obstacle: str
    words: str
    outcome: str
    helped: tuple[Text, ...]
    about: tuple[Text, ...]
    kept: tuple[str, ...]
    state: Text
    tone: Tone
    reason: str
    hidden: Text
    agreement: Agreement
    written_by: tuple[str, ...]
    written_at: datetime
    released_by: str
    released_at: datetime | None
    is_mine: bool
    is_waiting: bool
    may_release: bool
    may_change: bool
    may_return: bool
    may_take_back: bool
    may_bring_back: bool


def list_shown(actor: Actor, asked: StoryQuestion, *, on: date) -> StoryQuerySet:
    """Those that hold every word that is looked for, in any of their fields."""
    found = shown_stories(actor, on=on)
    for word in _split(asked.words):
        anywhere = Q()
        for column in ("title", "obstacle", "words", "outcome"):
            anywhere |= Q(**{f"{column}__icontains": word})
        found = found.filter(anywhere)
    if asked.helped:
        found = _holding(found, "helped", asked.helped)
    if asked.tag:
        found = _holding(found, "client_tags", asked.tag)
    if asked.age:
        found = found.filter(age_band=asked.age)
    return found


def to_row(story: Story) -> StoryRow:
    return StoryRow(
        uid=story.uid,
        title=story.title,
        pseudonym=story.pseudonym,
        obstacle=story.obstacle,
        outcome=story.outcome,
        helped=_helped(story),
        about=_about(story),
        month=_month(story),
    )


def read_shown(story: Story, *, on: date) -> ShownStory:
    """Two queries beside the row."""
    return ShownStory(
        title=story.title,
        pseudonym=story.pseudonym,
        obstacle=story.obstacle,
        words=story.words,
        outcome=story.outcome,
        helped=_helped(story),
        about=_about(story),
        month=_month(story),
        place=_place(story, on=on),
    )


def unshown_stories(actor: Actor, *, on: date) -> StoryQuerySet:
    """Of the files that the actor keeps: waiting for a second officer, given back, or released and not agreed to."""
    kept = kept_stories(actor).exclude(state=StoryState.WITHDRAWN)
    return kept.exclude(pk__in=kept.shown(on=on).values("pk"))


def stories_to_release(actor: Actor, *, on: date) -> StoryQuerySet:
    """Those that wait for this officer: agreed to, and written by others alone."""
    waiting = kept_stories(actor).filter(state=StoryState.WRITTEN).exclude(words="")
    return waiting.agreed(on=on).not_by(actor.user_id)


def waiting_stories(actor: Actor, *, on: date) -> StoryQuerySet:
    """What waits comes first, then what was given back, then what nobody reads; the longest first."""
    ranks = When(
        If(state=StoryState.WRITTEN, then=Value(0)), If(state=StoryState.RETURNED, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    found: StoryQuerySet = unshown_stories(actor, on=on).annotate(rank=ranks)
    return found.select_related("case__person")


def list_of_file(case: Case, actor: Actor, *, on: date) -> tuple[KeptRow, ...]:
    """Two queries."""
    stories = list(Story.objects.filter(case=case).exclude(words="").order_by("-written_at", "-pk"))
    return to_kept_rows(stories, actor, on=on, cases={case.pk: case})


def to_kept_rows(
    stories: Iterable[Story], actor: Actor, *, on: date, cases: dict[int, Case] | None = None
) -> tuple[KeptRow, ...]:
    """One query, for what each person has agreed to."""
    held = [(story, (cases or {}).get(story.case_id) or story.case) for story in stories]
    given = read_agreements([case.person_id for _story, case in held], Purpose.STORY, on=on)
    return tuple(_kept_row(story, case, actor, given[case.person_id]) for story, case in held)


def read_kept(story: Story, case: Case, actor: Actor, *, on: date) -> KeptStory:
    """Two queries beside the row."""
    agreement = read_agreements([case.person_id], Purpose.STORY, on=on)[case.person_id]
    names = dict(User.objects.filter(pk__in=[*story.written_by_ids, story.released_by_id]).values_list("pk", "name"))
    is_mine, state = wrote_any(story, actor), story.state
    return KeptStory(
        uid=story.uid,
        version=story.version,
        title=story.title,
        pseudonym=story.pseudonym,
        obstacle=story.obstacle,
        words=story.words,
        outcome=story.outcome,
        helped=_helped(story),
        about=_about(story),
        kept=tuple(map(str, story.kept)),
        state=StoryState(state).label,
        tone=TONES[state],
        reason=story.reason if state == StoryState.RETURNED else "",
        hidden=agreement.sentence if state == StoryState.RELEASED and not agreement.is_given else "",
        agreement=agreement,
        written_by=tuple(names[pk] for pk in story.written_by_ids if pk in names),
        written_at=story.written_at,
        released_by=names.get(story.released_by_id, ""),
        released_at=story.released_at,
        is_mine=is_mine,
        is_waiting=state == StoryState.WRITTEN,
        may_release=state == StoryState.WRITTEN and not is_mine and agreement.is_given,
        may_change=state in (StoryState.WRITTEN, StoryState.RETURNED),
        may_return=state == StoryState.RELEASED or (state == StoryState.WRITTEN and not is_mine),
        may_take_back=state != StoryState.WITHDRAWN,
        may_bring_back=state == StoryState.WITHDRAWN,
    )


def values_of(story: Story) -> dict[str, Any]:
    return {
        "pseudonym": story.pseudonym, "title": story.title, "obstacle": story.obstacle, "words": story.words,
        "outcome": story.outcome, "helped": story.helped, "age_band": story.age_band,
        "client_tags": story.client_tags,
    }  # fmt: skip


def suggest_for(case: Case, *, on: date) -> dict[str, Any]:
    """What the file says already: nobody is asked for it once more."""
    return {"age_band": AgeBand.of(case.person.age_on(on)) or ""}


def tags_of(case: Case, *, told: Collection[str] = ()) -> list[tuple[str, Text]]:
    """Groups to which the person belongs or belonged, and those `told` already. One query."""
    belonged = ClientTag.objects.filter(case=case).exclude(end_reason=TagEnd.MISTAKE)
    held = {*told, *belonged.values_list("kind", flat=True)}
    return [(str(kind), kind.label) for kind in ClientTagKind if kind in held]


def list_tabs(actor: Actor, current: str, *, on: date) -> tuple[Tab, ...]:
    """One query."""
    waiting = unshown_stories(actor, on=on).filter(state=StoryState.WRITTEN).count()
    return (
        Tab(pgettext_lazy("stories", "Released"), reverse("employment:stories"), current == "shown"),
        Tab(_("Not to be read yet"), reverse("employment:stories_waiting"), current == "waiting", waiting),
    )


def _kept_row(story: Story, case: Case, actor: Actor, agreement: Agreement) -> KeptRow:
    is_hidden = story.state == StoryState.RELEASED and not agreement.is_given
    is_mine = wrote_any(story, actor)
    note: Text = ""
    if is_hidden:
        note = agreement.sentence
    elif story.state == StoryState.RETURNED:
        note = story.reason
    elif story.state == StoryState.WRITTEN and not agreement.is_given:
        note = agreement.sentence
    elif story.state == StoryState.WRITTEN and is_mine:
        note = _("You wrote some of it: a second officer releases it.")
    return KeptRow(
        uid=story.uid,
        case_uid=case.uid,
        name=case.person.name,
        title=story.title,
        state=pgettext_lazy("story", "Hidden") if is_hidden else StoryState(story.state).label,
        tone="warn" if is_hidden else TONES[story.state],
        note=note,
        is_mine=is_mine,
        written_at=story.written_at,
    )


def _split(words: str) -> list[str]:
    return [word for word in _GAPS.split(words[:SEARCH_LENGTH]) if word]


def _holding(found: StoryQuerySet, column: str, code: str) -> StoryQuerySet:
    """Lists of codes are searched as text: SQLite knows no other way."""
    told: StoryQuerySet = found.annotate(**{f"{column}_text": Cast(column, TextField())})
    return told.filter(**{f"{column}_text__contains": f'"{code}"'})


def _helped(story: Story) -> tuple[Text, ...]:
    return tuple(Helped(code).label for code in story.helped if code in Helped.values)


def _about(story: Story) -> tuple[Text, ...]:
    age = (AgeBand(story.age_band).label,) if story.age_band in AgeBand.values else ()
    return (*age, *(ClientTagKind(code).label for code in story.client_tags if code in ClientTagKind.values))


def _month(story: Story) -> date:
    assert story.released_at is not None
    return localtime(story.released_at).date().replace(day=1)


def _place(story: Story, *, on: date) -> str:
    """The sub-district, where at least so many people share the age band and all of the groups; else nothing."""
    unit = Unit.objects.filter(path__in=above((story.case.unit_path,)), kind=UnitKind.SUBDISTRICT).first()
    if unit is None or story.age_band not in AgeBand.values:
        return ""
    first, last = AgeBand(story.age_band).births(on=on)
    alike = Case.objects.within((unit.path,)).filter(programme=PROGRAMME, person__birth_date__range=(first, last))
    alike = alike.exclude(close_reason=JOINED).exclude(retention__anonymised_on__isnull=False)
    people = _in_groups(alike, story.client_tags).order_by().values_list("person", flat=True).distinct()
    return unit.name if len(people[:PLACE_FROM]) >= PLACE_FROM else ""


def _in_groups(cases: Any, kinds: Collection[str]) -> Any:
    for kind in kinds:
        held = ClientTag.objects.filter(case=OuterRef("pk"), kind=kind).exclude(end_reason=TagEnd.MISTAKE)
        cases = cases.filter(Exists(held))
    return cases
