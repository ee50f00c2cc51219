"""Into the outbox, in the transaction of the act that has something to tell. The same key twice is one message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM
from sunward.casework.programmes import file_roles
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Refusal
from sunward.outreach.channels.outlets import OUTLETS
from sunward.outreach.choosing import Choice, choose, read_addressee
from sunward.outreach.enums import ChannelKind, DeliveryOutcome, Format, MessagePurpose, MessageState
from sunward.outreach.guarding import refuse_persons
from sunward.outreach.models import Delivery, Digest, Group, Message
from sunward.outreach.rules import LINK_DAYS
from sunward.outreach.splitting import split_text
from sunward.people.models import Person

_LONGEST_KEY = 110


@dataclass(frozen=True, slots=True)
class _Personal:
    """What the caller of `write_personal` said."""

    key: str
    purpose: str
    reference: str
    body: str
    unit_path: str
    about: str
    about_id: int | None
    urgent_because: str
    expires_at: datetime
    path: str


@transaction.atomic
def write_personal(
    *,
    key: str,
    purpose: MessagePurpose,
    reference: str,
    body: str,
    unit_path: str,
    now: datetime,
    person_id: int | None = None,
    user_id: int | None = None,
    about: str = "",
    about_id: int | None = None,
    urgent_because: str = "",
    actor: Actor = SYSTEM,
    expires_at: datetime | None = None,
    path: str = "",
) -> Message:
    """Tell one person something: `person_id`, `user_id`, or both where one human being is both.

    The way is chosen here and asked about again before the message goes out. Through a channel go the `reference` and
    a link that ends at `expires_at`; the `body` is read behind it. A message that is held says why. Whoever writes
    something urgent, which passes the person's wishes, says why in `urgent_because`. `path` is the page of ours on
    which more stands. `about` gets the name of the programme whose person it is, where it does not begin with it.
    """
    known = Message.objects.filter(key=key).first()
    if known is not None:
        return known
    if (purpose == MessagePurpose.URGENT) and not urgent_because.strip():
        raise Refusal("outreach.urgency_unexplained", _("Say why this is so urgent that it may not wait."))
    if person_id is None and user_id is None:
        raise Refusal("outreach.nobody_to_tell", _("Say whom this is for."))
    addressee = read_addressee(person_id, user_id)
    said = _Personal(
        key, purpose, reference[:40], body, unit_path, _whose(about, addressee.person), about_id,
        urgent_because.strip()[:200], expires_at or now + timedelta(days=LINK_DAYS), path,
    )  # fmt: skip
    found = choose(addressee, purpose=purpose, unit_path=unit_path, is_urgent=bool(said.urgent_because), now=now)
    person = addressee.person.pk if addressee.person else None
    message = _insert(_build_personal(said, found, person, user_id, actor=actor, now=now))
    hand_on(message, now=now)
    return message


def _whose(about: str, person: Person | None) -> str:
    """By its beginning a message is shown to those who keep the files of one programme (`written_by`): nobody who
    writes to a jobseeker has to think of it."""
    _first, *others = file_roles()
    if person is None or person.programme not in others or about.startswith(f"{person.programme}."):
        return about
    return f"{person.programme}.{about or 'message'}"


def _build_personal(
    said: _Personal, found: Choice, person_id: int | None, user_id: int | None, *, actor: Actor, now: datetime
) -> Message:
    return Message(
        key=said.key, channel=found.channel, channel_kind=found.kind, person_id=person_id, user_id=user_id,
        purpose=said.purpose, reference=said.reference, about=said.about, about_id=said.about_id, path=said.path,
        body=said.body, unit_path=said.unit_path, urgent_because=said.urgent_because,
        state=MessageState.HELD if found.is_held else MessageState.QUEUED, held_because=found.held_because or "",
        not_before=found.not_before, next_at=found.not_before or now, made_at=now, made_by_id=actor.user_id,
        expires_at=said.expires_at,
    )  # fmt: skip


@transaction.atomic
def write_group(
    *,
    key: str,
    group: Group,
    body: str,
    now: datetime,
    format: Format = Format.TEXT,  # noqa: A002 - the word of the model
    digest: Digest | None = None,
    actor: Actor = SYSTEM,
    ours: Sequence[str] = (),
    waits: timedelta = timedelta(),
) -> list[Message]:
    """Tell a group something, in as many numbered parts as its channel needs. Refused if it names a person; `ours` are
    sentences of the house itself, in which nobody's name is looked for. Nothing goes out before it has waited."""
    known = _letter_of(key)
    if known:
        return known
    robot = group.channel
    if robot is None or not group.is_active:
        raise Refusal("outreach.group_has_no_robot", _("This group has no robot yet, or it is switched off."))
    if not body.strip():
        raise Refusal("outreach.nothing_to_tell", _("There is nothing to tell."))
    refuse_persons(body, ours=ours)
    parts = split_text(body, most_bytes=OUTLETS[robot.kind].most_bytes(format))
    due = now + waits
    rows = list(_build_parts(key[:_LONGEST_KEY], group, parts, format, digest, actor=actor, now=now, due=due))
    first = _insert(rows[0])
    if first.letter != rows[0].letter:
        return _letter_of(key)
    Message.objects.bulk_create(rows[1:])
    ask_to_send(after=due if waits else None)
    return [first, *rows[1:]]


def _build_parts(
    key: str,
    group: Group,
    parts: Sequence[str],
    format: Format,  # noqa: A002 - the word of the model
    digest: Digest | None,
    *,
    actor: Actor,
    now: datetime,
    due: datetime,
) -> Iterator[Message]:
    letter, robot = uuid4(), group.channel
    assert robot is not None
    for number, text in enumerate(parts, start=1):
        yield Message(
            key=key if number == 1 else f"{key}#{number}", channel=robot, channel_kind=robot.kind, group=group,
            digest=digest, letter=letter, format=format, part=number, parts=len(parts), body=text,
            unit_path=group.unit_path, state=MessageState.QUEUED, next_at=due, made_at=now, made_by_id=actor.user_id,
        )  # fmt: skip


def _letter_of(key: str) -> list[Message]:
    first = Message.objects.filter(key=key[:_LONGEST_KEY]).first()
    return list(Message.objects.filter(letter=first.letter).order_by("part")) if first else []


def _insert(message: Message) -> Message:
    """The message, or the one that somebody else has written under the same key just now."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        known = Message.objects.filter(key=message.key).first()
        if known is None:
            raise
        return known
    return message


def hand_on(message: Message, *, now: datetime) -> None:
    """What is read inside Sunward has arrived; the rest is the worker's."""
    if message.state != MessageState.QUEUED or message.not_before is not None:
        return
    if message.channel_kind != ChannelKind.IN_APP:
        ask_to_send()
        return
    message.state, message.sent_at, message.attempts = MessageState.SENT, now, 1
    message.save(update_fields=["state", "sent_at", "attempts"])
    Delivery.objects.create(message=message, attempt_number=1, happened_at=now, outcome=DeliveryOutcome.SENT)


def ask_to_send(*, after: datetime | None = None) -> None:
    """One job that is due is enough for all; one that was put off is not. What is missed here, the schedule finds."""
    from sunward.outreach.jobs import send_due

    if after is not None:
        enqueue(send_due.using(run_after=after))
        return
    if not DBTaskResult.objects.ready().filter(task_path=send_due.module_path).exists():
        enqueue(send_due)
