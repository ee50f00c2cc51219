"""Digests as their pages show them: the chat as its readers will see it, what is in it, and how far the sending is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.core.furniture import Fact, Progress, Text, ToDo, Tone
from sunward.core.tables import Column
from sunward.core.wording import join_words
from sunward.outreach.access import visible_digests
from sunward.outreach.composing import most_bytes, own_words
from sunward.outreach.digests import digest_sections
from sunward.outreach.enums import DigestState, MessageState
from sunward.outreach.guarding import look_for_persons
from sunward.outreach.models import Digest, Message
from sunward.outreach.queries.bubbles import Bubble, to_bubble
from sunward.outreach.queries.words import DIGEST_TONES, STATE_TONES, say_error, say_moment

COLUMNS = (
    Column("group", _("Group"), ("group__name",)),
    Column("day", _("Day"), ("composed_on", "composed_at")),
    Column("state", _("State"), ("state",)),
    Column("content", _("What it contained")),
    Column("parts", _("Parts"), kind="number"),
    Column("approved", _("Approved by"), ("approved_at",)),
)
DEFAULT_ORDER = "-day"
_ON_THE_WAY = (MessageState.QUEUED, MessageState.SENDING)
_STUCK = (MessageState.DEAD, MessageState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class DigestRow:
    """One digest of one group. `content` counts what is in it; `unsendable` says why it cannot go out."""

    uid: UUID
    version: int
    fingerprint: str
    group: str
    unit_name: str
    on: date
    state: Text
    tone: Tone
    content: str
    bubbles: tuple[Bubble, ...]
    robot: str
    parts: int
    sent: int
    approved_by: str
    approved_at: datetime | None
    unsendable: Text

    @property
    def may_send(self) -> bool:
        return not self.unsendable


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One entry of a digest; `key` names the record it came from, for leaving it out."""

    key: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class SourceSection:
    title: str
    lines: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What names a person, as it stands in the text, and where."""

    what: Text
    words: str
    where: Text


@dataclass(frozen=True, slots=True)
class DigestPage:
    row: DigestRow
    group_uid: UUID
    sections: tuple[SourceSection, ...]
    left_out: int
    facts: tuple[Fact, ...]
    messages: tuple[ToDo, ...]
    progress: Progress | None
    found: tuple[Found, ...]
    is_draft: bool
    is_outdated: bool
    may_take_back: bool
    goes_out_at: datetime | None


def list_drafts(actor: Actor) -> tuple[DigestRow, ...]:
    """What waits for approval, by sub-district. One query."""
    found = with_counts(visible_digests(actor).filter(state=DigestState.DRAFT))
    return tuple(to_row(digest) for digest in found.order_by("group__unit_path", "group__name", "pk"))


def list_settled(actor: Actor) -> QuerySet[Digest]:
    return with_counts(visible_digests(actor).exclude(state=DigestState.DRAFT))


def with_counts(digests: QuerySet[Digest]) -> QuerySet[Digest]:
    mine = Message.objects.filter(digest=OuterRef("pk"))
    return digests.select_related("group__unit", "group__channel", "approved_by").annotate(
        sent=_count(mine.filter(state=MessageState.SENT)),
        on_the_way=_count(mine.filter(state__in=_ON_THE_WAY)),
        stuck=_count(mine.filter(state__in=_STUCK)),
    )


def _count(rows: "QuerySet[Message]") -> Coalesce:
    counted = rows.order_by().values("digest").annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def to_row(digest: Digest) -> DigestRow:
    state, tone = _judge(digest)
    limit = most_bytes(digest.group)
    count = len(digest.parts)
    return DigestRow(
        uid=digest.uid,
        version=digest.version,
        fingerprint=digest.fingerprint,
        group=digest.group.name,
        unit_name=digest.group.unit.short_name,
        on=digest.composed_on,
        state=state,
        tone=tone,
        content=_content(digest.sections),
        bubbles=tuple(to_bubble(text, at, count, limit) for at, text in enumerate(digest.parts, start=1)),
        robot=digest.group.channel.name if digest.group.channel else digest.group.name,
        parts=count,
        sent=digest.sent,  # type: ignore[attr-defined]
        approved_by=str(digest.approved_by or ""),
        approved_at=digest.approved_at,
        unsendable=_unsendable(digest),
    )


def _judge(digest: Digest) -> tuple[Text, Tone]:
    """An approved digest is told by how far its messages are."""
    if digest.state != DigestState.APPROVED:
        return DigestState(digest.state).label, DIGEST_TONES[digest.state]
    if digest.stuck:  # type: ignore[attr-defined]
        return _("Needs you"), "urgent"
    if digest.on_the_way:  # type: ignore[attr-defined]
        return _("Being sent now"), "info"
    return MessageState.SENT.label, "good"


def _content(sections: Sequence[Mapping[str, Any]]) -> str:
    words = [f"{section['title']} {len(section['lines'])}" for section in sections]
    return join_words(words) if words else gettext("nothing new")


def _unsendable(digest: Digest) -> Text:
    group = digest.group
    if group.channel is None:
        return _("This group has no channel yet: it can be read here, but not be sent.")
    if not (group.is_active and group.channel.is_active):
        return _("The group or its channel is switched off: it can be read here, but not be sent.")
    if not digest.sections and not digest.intro:
        return _("There is nothing new for this group. Write opening words, or discard it.")
    return ""


def read_digest(actor: Actor, digest: Digest, *, on: date, now: datetime) -> DigestPage:
    """The whole page of one digest; a draft is looked through for persons as it will be on approval."""
    counted = with_counts(visible_digests(actor)).get(pk=digest.pk)
    messages = list(Message.objects.filter(digest=digest).order_by("part", "pk").select_related("group"))
    is_draft = digest.state == DigestState.DRAFT
    untouched = [one for one in messages if one.state == MessageState.QUEUED and not one.attempts]
    return DigestPage(
        row=to_row(counted),
        group_uid=digest.group.uid,
        sections=_sections(digest.sections),
        left_out=len(digest.left_out),
        facts=_facts(counted),
        messages=tuple(_line(message) for message in messages),
        progress=read_progress(digest, messages) if _is_on_the_way(messages) else None,
        found=look_through(digest) if is_draft else (),
        is_draft=is_draft,
        is_outdated=is_draft and digest.composed_on != on,
        may_take_back=bool(messages) and len(untouched) == len(messages),
        goes_out_at=min((one.next_at for one in untouched if one.next_at > now), default=None),
    )


def _is_on_the_way(messages: Sequence[Message]) -> bool:
    return any(message.state in _ON_THE_WAY for message in messages)


def read_progress(digest: Digest, messages: Sequence[Message] | None = None) -> Progress:
    """How many parts have gone out; what waits for a person ends the waiting too."""
    if messages is None:
        messages = list(Message.objects.filter(digest=digest).defer("body", "sent_to"))
    done = sum(message.state not in _ON_THE_WAY for message in messages)
    stuck = sum(message.state in _STUCK for message in messages)
    words = ngettext(
        "%(stuck)d part did not arrive for certain: see below.",
        "%(stuck)d parts did not arrive for certain: see below.",
        stuck,
    )
    return Progress(
        url=reverse("outreach:digest_progress", args=[digest.uid]),
        label=gettext("Sending to %(group)s") % {"group": digest.group.name},
        done=done,
        total=len(messages),
        note=words % {"stuck": stuck} if stuck else "",
        is_over=done == len(messages),
        next_href=reverse("outreach:digest", args=[digest.uid]),
        next_label=_("See what was sent"),
    )


def _sections(sections: Sequence[Mapping[str, Any]]) -> tuple[SourceSection, ...]:
    """A query for each section: where its records can be looked at."""
    return tuple(SourceSection(section["title"], tuple(_source_lines(section))) for section in sections)


def _source_lines(section: Mapping[str, Any]) -> Iterator[SourceLine]:
    declared = digest_sections().get(section["code"])
    hrefs = declared.addresses([line["id"] for line in section["lines"]]) if declared else {}
    for line in section["lines"]:
        yield SourceLine(f"{line['kind']}:{line['id']}", line["text"], hrefs.get(line["id"], ""))


def look_through(digest: Digest) -> tuple[Found, ...]:
    """What the guard will refuse, with the place where it stands."""
    findings = look_for_persons("\n".join(digest.parts), ours=own_words(digest))
    return tuple(Found(one.kind.label, one.text, _where(digest, one.text)) for one in findings)


def look_through_intro(intro: str) -> tuple[Found, ...]:
    return tuple(Found(one.kind.label, one.text, _("in the opening words")) for one in look_for_persons(intro))


def _where(digest: Digest, words: str) -> Text:
    if words in digest.intro:
        return _("in the opening words")
    for section in digest.sections:
        for number, line in enumerate(section["lines"], start=1):
            if words in line["text"]:
                return gettext("under “%(title)s”, entry %(number)d") % {"title": section["title"], "number": number}
    return _("in the heading: the group’s own name") if words in digest.group.name else _("in the text")


def _facts(digest: Digest) -> tuple[Fact, ...]:
    composer = User.objects.filter(pk=digest.composed_by_id).first() if digest.composed_by_id else None
    channel = digest.group.channel
    facts = [
        Fact(_("Composed"), say_moment(digest.composed_at), note=str(composer or "")),
        Fact(_("Channel"), channel.name if channel else "", note=str(channel.get_kind_display()) if channel else ""),
    ]
    if digest.approved_at:
        who = str(digest.approved_by or "")
        if digest.approved_by_id == digest.composed_by_id:
            who = gettext("%(name)s, who composed it too") % {"name": who}
        facts.append(Fact(_("Approved at"), say_moment(digest.approved_at), note=who))
    if digest.discarded_at:
        facts.append(Fact(_("Discarded"), say_moment(digest.discarded_at)))
    return tuple(facts)


def _line(message: Message) -> ToDo:
    note = say_moment(message.sent_at) if message.sent_at else say_error(message.channel_kind, message.last_error)
    return ToDo(
        title=gettext("Part %(part)d of %(parts)d · %(number)s")
        % {"part": message.part, "parts": message.parts, "number": message.number},
        href=reverse("outreach:message", args=[message.uid]),
        note=note,
        word=MessageState(message.state).label,
        tone=STATE_TONES[message.state],
    )
