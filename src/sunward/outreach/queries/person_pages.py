"""How one person wishes to be told, and whether reminders rest: for a card on a file, and for its own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.core.furniture import Text, ToDo
from sunward.core.wording import join_parts, join_words
from sunward.outreach.access import visible_messages
from sunward.outreach.choosing import read_preference
from sunward.outreach.enums import ChannelKind, MessagePurpose
from sunward.outreach.models import Preference, Suspension
from sunward.outreach.queries.message_pages import to_row
from sunward.people.models import Person

RECENT_SHOWN = 8


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    id: int
    sentence: str
    reason: str
    who: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person in a few words, for a file: `href` leads to the page, `wishes` is empty where all is as usual."""

    name: str
    href: str
    wishes: str
    suspended: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    uid: UUID
    name: str
    suspension: SuspensionRow | None
    recent: tuple[ToDo, ...]


def read_cards(persons: Sequence[Person], *, on: date) -> tuple[PersonCard, ...]:
    """Two queries for all of them; whoever asks has passed the gate of the file."""
    preferences = {
        row.person_id: row for row in Preference.objects.filter(person__in=persons).order_by("updated_at", "pk")
    }
    suspended = {row.person_id: row for row in Suspension.objects.current(on=on).filter(person__in=persons)}
    return tuple(
        PersonCard(
            name=person.name,
            href=reverse("outreach:person", args=[person.uid]),
            wishes=_say_wishes(preferences.get(person.pk)),
            suspended=_say_suspended(suspended[person.pk]) if person.pk in suspended else "",
        )
        for person in persons
    )


def read_person(actor: Actor, person: Person, *, on: date) -> PersonPage:
    found = visible_messages(actor).filter(person=person).select_related("group", "channel").defer("body", "sent_to")
    recent = [to_row(message) for message in found.order_by("-pk")[:RECENT_SHOWN]]
    lines = tuple(
        ToDo(
            title=f"{row.number} · {row.purpose or row.channel}",
            href=reverse("outreach:message", args=[row.uid]),
            note=f"{row.channel} · {row.why}" if row.why else str(row.channel),
            word=row.state,
            tone=row.tone,
        )
        for row in recent
    )
    return PersonPage(person.uid, person.name, _suspension(person, on), lines)


def read_wishes(person: Person) -> dict[str, Any]:
    """What stands in the form; the e-mail address is sealed and stays out of it."""
    preference = read_preference(person)
    if preference is None:
        return {}
    names = ("channel_kind", "opted_out_of", "quiet_from", "quiet_until", "ceiling_per_week")
    return {name: getattr(preference, name) for name in names}


def read_version(person: Person) -> int:
    """Of the wishes as they stand; 0 where none is known."""
    preference = read_preference(person)
    return preference.version if preference else 0


def say_wishes(person: Person) -> str:
    """In a few words; empty where all is as usual."""
    return _say_wishes(read_preference(person))


def stored_email(person: Person) -> str:
    preference = read_preference(person)
    return preference.email if preference else ""


def _say_wishes(preference: Preference | None) -> str:
    if preference is None:
        return ""
    said: list[Text] = [ChannelKind(preference.channel_kind).label] if preference.channel_kind else []
    codes = [code for code in preference.opted_out_of if code in MessagePurpose.values]
    if codes:
        unwanted = join_words(MessagePurpose(code).label for code in codes)
        said.append(gettext("nothing about: %(purposes)s") % {"purposes": unwanted})
    if preference.quiet_from and preference.quiet_until:
        hours = f"{time_format(preference.quiet_from, 'H:i')}–{time_format(preference.quiet_until, 'H:i')}"
        said.append(gettext("quiet %(hours)s") % {"hours": hours})
    if preference.ceiling_per_week is not None:
        said.append(gettext("at most %(number)d in seven days") % {"number": preference.ceiling_per_week})
    return join_parts(said)


def _say_suspended(suspension: Suspension) -> str:
    if suspension.until_on:
        return gettext("Reminders are suspended until %(day)s.") % {"day": suspension.until_on.isoformat()}
    return gettext("Reminders are suspended until somebody ends it.")


def _suspension(person: Person, on: date) -> SuspensionRow | None:
    found = Suspension.objects.current(on=on).filter(person=person).order_by("-pk").first()
    if found is None:
        return None
    who = User.objects.filter(pk=found.made_by_id).first() if found.made_by_id else None
    return SuspensionRow(found.pk, _say_suspended(found), found.reason, str(who or ""))
