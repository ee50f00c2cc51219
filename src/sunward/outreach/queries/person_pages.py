"""How one person wishes to be told, and whether reminders rest: for a card on a file, and for its own page."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.core.furniture import Fact, ToDo
from sunward.core.wording import join_words
from sunward.outreach.access import visible_messages
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
    """For a file: `href` leads to the page; `suspension` is what holds today."""

    href: str
    facts: tuple[Fact, ...]
    suspension: SuspensionRow | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    uid: UUID
    name: str
    card: PersonCard
    recent: tuple[ToDo, ...]


def read_card(person: Person, *, on: date) -> PersonCard:
    """Two queries, a third for the name of whoever suspended reminders."""
    preference = Preference.objects.filter(person=person).first()
    return PersonCard(
        href=reverse("outreach:person", args=[person.uid]),
        facts=_facts(preference),
        suspension=_suspension(person, on),
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
    return PersonPage(person.uid, person.name, read_card(person, on=on), lines)


def read_wishes(person: Person) -> dict[str, Any]:
    """What stands in the form; the e-mail address is sealed and stays out of it."""
    preference = Preference.objects.filter(person=person).first()
    if preference is None:
        return {}
    names = ("channel_kind", "opted_out_of", "quiet_from", "quiet_until", "ceiling_per_week")
    return {name: getattr(preference, name) for name in names}


def stored_email(person: Person) -> str:
    preference = Preference.objects.filter(person=person).first()
    return preference.email if preference else ""


def _facts(preference: Preference | None) -> tuple[Fact, ...]:
    usual = _("as usual")
    if preference is None:
        return (Fact(_("How to tell them"), usual),)
    kind, purposes = preference.channel_kind, MessagePurpose
    facts = [Fact(_("How to tell them"), ChannelKind(kind).label if kind else usual)]
    if preference.opted_out_of:
        unwanted = join_words(purposes(code).label for code in preference.opted_out_of if code in purposes.values)
        facts.append(Fact(_("Wishes no messages about"), unwanted))
    if preference.quiet_from and preference.quiet_until:
        hours = f"{time_format(preference.quiet_from, 'H:i')} – {time_format(preference.quiet_until, 'H:i')}"
        facts.append(Fact(_("Quiet hours"), hours))
    if preference.ceiling_per_week is not None:
        facts.append(Fact(_("At most in seven days"), preference.ceiling_per_week))
    return tuple(facts)


def _suspension(person: Person, on: date) -> SuspensionRow | None:
    found = Suspension.objects.current(on=on).filter(person=person).order_by("-pk").first()
    if found is None:
        return None
    who = User.objects.filter(pk=found.made_by_id).first() if found.made_by_id else None
    if found.until_on:
        sentence = gettext("Reminders are suspended until %(day)s.") % {"day": found.until_on.isoformat()}
    else:
        sentence = gettext("Reminders are suspended until somebody ends it.")
    return SuspensionRow(found.pk, sentence, found.reason, str(who or ""))
