"""Community groups as their pages show them: what was sent last, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.scopes import above
from sunward.core.furniture import Text, ToDo, Tone
from sunward.core.wording import join_words
from sunward.outreach.access import visible_channels, visible_digests, visible_groups
from sunward.outreach.digests import digest_sections
from sunward.outreach.enums import GROUP_KINDS, DigestState, MessageState
from sunward.outreach.models import Digest, Group, Message
from sunward.outreach.queries.words import DIGEST_TONES, say_moment

PUSHES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group; `next_word` says what waits for it, `next_href` opens that."""

    uid: UUID
    version: int
    name: str
    unit_name: str
    channel: str
    topics: str
    is_active: bool
    state: Text
    tone: Tone
    is_lacking: bool
    last_at: datetime | None
    next_word: Text
    next_href: str


def list_groups(actor: Actor) -> tuple[GroupRow, ...]:
    """By sub-district, in the order of their codes. One query."""
    found = _with_pushes(visible_groups(actor)).order_by("unit_path", "-is_active", "name", "pk")
    return tuple(to_group_row(group) for group in found)


def read_group(actor: Actor, group: Group) -> GroupRow:
    return to_group_row(_with_pushes(visible_groups(actor)).get(pk=group.pk))


def to_group_row(group: Group) -> GroupRow:
    state, tone, is_lacking = _judge(group)
    next_word, next_href = _next(group)
    sections = digest_sections()
    return GroupRow(
        uid=group.uid,
        version=group.version,
        name=group.name,
        unit_name=group.unit.name,
        channel=group.channel.name if group.channel else "",
        topics=join_words(sections[code].title for code in group.topics if code in sections) or gettext("everything"),
        is_active=group.is_active,
        state=state,
        tone=tone,
        is_lacking=is_lacking,
        last_at=group.last_at,  # type: ignore[attr-defined]
        next_word=next_word,
        next_href=next_href,
    )


def _judge(group: Group) -> tuple[Text, Tone, bool]:
    if not group.is_active:
        return _("Closed"), "off", False
    if group.channel is None:
        return _("No channel yet"), "info", True
    if not (group.channel.is_active and group.channel.address):
        return _("Channel switched off"), "warn", True
    return _("Can be reached"), "good", False


def _next(group: Group) -> tuple[Text, str]:
    draft, queued = group.draft, group.queued  # type: ignore[attr-defined]
    if queued:
        return _("Being sent now"), reverse("outreach:digest", args=[queued])
    if draft:
        return _("A digest waits for approval"), reverse("outreach:digest", args=[draft])
    return "", ""


def _with_pushes(groups: QuerySet[Group]) -> QuerySet[Group]:
    messages = Message.objects.filter(group=OuterRef("pk"))
    last = messages.filter(state=MessageState.SENT).order_by("-sent_at").values("sent_at")[:1]
    waiting = messages.filter(state__in=(MessageState.QUEUED, MessageState.SENDING), digest__isnull=False)
    drafts = Digest.objects.filter(group=OuterRef("pk"), state=DigestState.DRAFT).order_by("-composed_at", "-pk")
    return groups.select_related("unit", "channel").annotate(
        last_at=Subquery(last),
        draft=Subquery(drafts.values("uid")[:1]),
        queued=Subquery(waiting.order_by("pk").values("digest__uid")[:1]),
    )


def list_pushes(actor: Actor, group: Group) -> tuple[ToDo, ...]:
    """The latest digests of one group, the newest first."""
    found = visible_digests(actor).filter(group=group).order_by("-composed_at", "-pk")[:PUSHES_SHOWN]
    return tuple(
        ToDo(
            title=say_moment(digest.approved_at or digest.composed_at),
            href=reverse("outreach:digest", args=[digest.uid]),
            word=DigestState(digest.state).label,
            tone=DIGEST_TONES[digest.state],
        )
        for digest in found
    )


def channel_choices(actor: Actor, *, group: Group | None = None) -> list[tuple[str, str]]:
    """Group robots that serve no group yet; for a group also its own, of its unit and of the units above. One query."""
    taken = Group.objects.filter(is_active=True, channel__isnull=False)
    found = visible_channels(actor).filter(kind__in=GROUP_KINDS)
    if group is not None:
        taken = taken.exclude(pk=group.pk)
        found = found.filter(unit_path__in=above((group.unit_path,)))
    found = found.exclude(pk__in=taken.values("channel"))
    rows = found.select_related("unit").order_by("unit_path", "name")
    return [(str(channel.uid), f"{channel.name} · {channel.unit.short_name}") for channel in rows]


def topic_choices() -> list[tuple[str, Text]]:
    return [(code, section.title) for code, section in digest_sections().items()]


def compose_choices(actor: Actor) -> list[tuple[str, str]]:
    """Active groups in the order of their sub-districts. One query."""
    found = visible_groups(actor).filter(is_active=True).select_related("unit").order_by("unit_path", "name")
    return [(str(group.uid), _full_name(group)) for group in found]


def _full_name(group: Group) -> str:
    """Most groups are called after their sub-district; the others are told apart by it."""
    short = group.unit.short_name
    return group.name if short in group.name else f"{group.name} · {short}"
