"""One message at a time out of the outbox: claimed in one transaction, called outside any, recorded in another.

`sending` is committed before the call. Whoever finds it there after a crash cannot know whether the message went out:
see docs/adr/0008. Several workers may do this at once: a channel's row is locked while one of them claims, and the
limits are counted from the table of deliveries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.core.jobs.models import WorkerLease
from sunward.outreach.actions.recording import note_push
from sunward.outreach.actions.writing import hand_on
from sunward.outreach.channels.outlet import Answer, Letter, Outlet, Verdict, Way
from sunward.outreach.channels.outlets import OUTLETS, limits_of, way_of
from sunward.outreach.choosing import choose, read_addressee
from sunward.outreach.composing import GROUP_LANGUAGE
from sunward.outreach.enums import GROUP_KINDS, DeliveryOutcome, MessageState
from sunward.outreach.links import link_of
from sunward.outreach.models import Channel, Delivery, Message, MessageQuerySet
from sunward.outreach.rules import BACK_OFF, LONGEST_CALL

# A channel is asked to wait at least so long when it says that it is too much.
_SHORTEST_PAUSE = timedelta(seconds=5)
# What a call was; receipts come later and call nobody.
_CALLS = (
    DeliveryOutcome.SENT, DeliveryOutcome.LIMITED, DeliveryOutcome.FAILED, DeliveryOutcome.REFUSED,
    DeliveryOutcome.UNKNOWN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message in this worker's hand, with all that the call needs: no row, no transaction."""

    message_id: int
    attempt: int
    outlet: Outlet
    letter: Letter
    way: Way

    def send(self, *, now: datetime) -> Answer:
        return self.outlet.send(self.letter, self.way, now=now)


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing to claim here: not before `until`, or before another worker has let go of the channel (`is_taken`)."""

    until: datetime | None = None
    is_taken: bool = False


def channels_with_work(*, now: datetime) -> list[int]:
    """Channels for which something is due. A message waits in line, so each is asked for its turn, not for its age."""
    due = Message.objects.queued().filter(channel=OuterRef("pk"), next_at__lte=now)
    return list(Channel.objects.filter(Exists(due), is_active=True).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def claim_next(*, channel_id: int, worker: str, now: datetime) -> Claimed | Wait:
    """Take the channel's next message, unless the channel is at its limit, paused, or in another worker's hand."""
    # Whoever writes a message holds its channel by a foreign key until the act is done: that does not stop us.
    free = Channel.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    channel = free.filter(pk=channel_id).first()
    if channel is None:
        return Wait(is_taken=True)
    if not channel.is_active:
        return Wait()
    if channel.paused_until is not None and channel.paused_until > now:
        return Wait(channel.paused_until)
    free_at = _free_at(channel, now)
    if free_at > now:
        return Wait(free_at)
    for message in _due_in_order(channel, now):
        if message.group_id is None and not _may_still_go(message, now):
            continue
        return _take(message, channel, worker, now)
    return Wait()


def _free_at(channel: Channel, now: datetime) -> datetime:
    """When the channel may be called again. A call counts from its answer, which is later than its arrival there, so
    that no clock but the channel's own can see more calls in a stretch than it allows; one under way counts in full."""
    calls = Delivery.objects.filter(channel=channel, outcome__in=_CALLS).order_by("-happened_at")
    under_way = Message.objects.filter(channel=channel, state=MessageState.SENDING).count()
    free_at = now
    for limit in limits_of(channel):
        stretch = timedelta(seconds=limit.seconds)
        last_allowed = limit.calls - under_way - 1
        if last_allowed < 0:
            return now + stretch
        recent = calls.filter(happened_at__gte=now - stretch).values_list("happened_at", flat=True)
        for happened_at in recent[last_allowed : last_allowed + 1]:
            free_at = max(free_at, happened_at + stretch + timedelta(microseconds=1))
    return free_at


def _due_in_order(channel: Channel, now: datetime) -> Iterator[Message]:
    """What may go out now, each locked: the urgent first, and to each group the head of its line alone.

    Small look-ups along the indexes rather than one statement: a database that has not counted its rows yet, after a
    large batch, plans a clever one badly.
    """
    due = Message.objects.queued().filter(channel=channel, next_at__lte=now)
    if channel.kind not in GROUP_KINDS:
        urgent_first = due.order_by(Case(When(urgent_because="", then=Value(1)), default=Value(0)), "pk")
        while (message := _first_locked(urgent_first)) is not None:
            yield message
        return
    seen: list[int] = []
    to_groups = due.order_by("pk").values_list("group_id", flat=True)
    while (group_id := to_groups.exclude(group__in=seen).first()) is not None:
        seen.append(group_id)
        head = _head_of_line(group_id)
        message = _first_locked(due.filter(pk=head)) if head is not None else None
        if message is not None:
            yield message


def _head_of_line(group_id: int) -> int | None:
    """The first message that is still on its way to a group: it holds whatever comes later, due or not. A part that is
    dead, or perhaps sent, holds the other parts of the same text until a person has decided, but no other text."""
    to_group = Message.objects.filter(group=group_id).order_by("pk")
    undecided = to_group.filter(state__in=[MessageState.DEAD, MessageState.UNCERTAIN])
    letters = set(undecided.values_list("letter", flat=True))
    on_the_way = to_group.filter(state__in=[MessageState.QUEUED, MessageState.SENDING]).exclude(letter__in=letters)
    return on_the_way.values_list("pk", flat=True).first()


def _first_locked(due: MessageQuerySet) -> Message | None:
    return due.select_for_update(skip_locked=True, of=("self",)).first()


def _may_still_go(message: Message, now: datetime) -> bool:
    """Ask once more what the person wishes; a message that may not go is held, or put off, and says why."""
    found = choose(
        read_addressee(message.person_id, message.user_id), purpose=message.purpose, unit_path=message.unit_path,
        is_urgent=bool(message.urgent_because), now=now, message_id=message.pk,
    )  # fmt: skip
    if found.held_because is None and found.channel is not None and found.channel.pk == message.channel_id:
        message.held_because, message.not_before = "", None
        return True
    message.channel, message.channel_kind = found.channel, found.kind
    message.held_because, message.not_before = found.held_because or "", found.not_before
    message.next_at = found.not_before or now
    if found.is_held:
        message.state = MessageState.HELD
    message.save()
    hand_on(message, now=now)
    return False


def _take(message: Message, channel: Channel, worker: str, now: datetime) -> Claimed:
    message.state, message.attempts = MessageState.SENDING, message.attempts + 1
    message.claimed_by, message.claimed_at = worker, now
    letter = _write_letter(message)
    message.sent_to = letter.to
    # Not the body: read for the letter it lies open here, and would be sealed anew.
    message.save(
        update_fields=[
            "state", "attempts", "claimed_by", "claimed_at", "sent_to", "held_because", "not_before",
        ]
    )  # fmt: skip
    return Claimed(message.pk, message.attempts, OUTLETS[channel.kind], letter, way_of(channel))


def _write_letter(message: Message) -> Letter:
    """To a group the words themselves; to a person the reference and the link, in the language of the district."""
    if message.group_id is not None:
        return Letter(message.uid, message.body, message.format)
    link = link_of(message)
    reference = message.reference or message.number
    with override(GROUP_LANGUAGE):
        text = _("There is a message for you, reference %(reference)s. Read it here: %(link)s") % {
            "reference": reference, "link": link,
        }  # fmt: skip
    to = read_addressee(message.person_id, message.user_id).address(message.channel_kind)
    return Letter(message.uid, text, message.format, to, reference, link)


@transaction.atomic
def record_answer(claimed: Claimed, answer: Answer, *, now: datetime) -> Message:
    """Write down what the channel answered. An answer that comes late, after the message was given up for lost, still
    counts if it says that the message is there."""
    message = (
        Message.objects.select_for_update(of=("self",)).select_related("channel", "digest", "group").get(
            pk=claimed.message_id
        )
    )  # fmt: skip
    outcome = _OUTCOMES[answer.verdict]
    _note(message, outcome, answer.code, attempt=claimed.attempt, receipt=answer.receipt, now=now)
    _rest(message.channel, answer, now)
    if message.attempts != claimed.attempt:
        return message
    if answer.verdict == Verdict.SENT and message.state != MessageState.SENT:
        message.state, message.sent_at, message.receipt, message.last_error = MessageState.SENT, now, answer.receipt, ""
        message.save(update_fields=["state", "sent_at", "receipt", "last_error"])
        note_push(message, now=now)
    elif message.state == MessageState.SENDING:
        _put_back(message, answer, drops_repeats=claimed.outlet.drops_repeats, now=now)
    return message


_OUTCOMES = {
    Verdict.SENT: DeliveryOutcome.SENT,
    Verdict.LIMITED: DeliveryOutcome.LIMITED,
    Verdict.LATER: DeliveryOutcome.FAILED,
    Verdict.REFUSED: DeliveryOutcome.REFUSED,
    Verdict.UNKNOWN: DeliveryOutcome.UNKNOWN,
}


def _put_back(message: Message, answer: Answer, *, drops_repeats: bool, now: datetime) -> None:
    message.last_error = answer.code[:60]
    if answer.verdict == Verdict.LIMITED:
        message.state, message.next_at = MessageState.QUEUED, now + max(answer.pause, _SHORTEST_PAUSE)
    elif answer.verdict == Verdict.REFUSED:
        message.state = MessageState.DEAD
    elif answer.verdict == Verdict.UNKNOWN and not drops_repeats:
        message.state = MessageState.UNCERTAIN
    else:
        message.failures += 1
        if message.failures > len(BACK_OFF):
            message.state = MessageState.DEAD
        else:
            message.state, message.next_at = MessageState.QUEUED, now + BACK_OFF[message.failures - 1]
    message.save(update_fields=["state", "next_at", "failures", "last_error"])


def _note(message: Message, outcome: str, code: str, *, attempt: int, now: datetime, receipt: str = "") -> None:
    Delivery.objects.create(
        message=message, channel=message.channel, attempt_number=attempt, happened_at=now, outcome=outcome,
        code=code[:60], receipt=receipt[:120],
    )  # fmt: skip


def _rest(channel: Channel | None, answer: Answer, now: datetime) -> None:
    """Leave a channel alone that asked for it, or whose line broke; and say on its page what it answered last."""
    if channel is None:
        return
    news: dict[str, object] = {}
    if answer.verdict == Verdict.LIMITED or answer.pause:
        news["paused_until"] = now + max(answer.pause, _SHORTEST_PAUSE)
    error = "" if answer.verdict == Verdict.SENT else answer.code[:60]
    if error != channel.last_error:
        news["last_error"] = error
    if news:
        Channel.objects.filter(pk=channel.pk).update(**news)


def reap_lost(*, now: datetime, worker: str = "") -> int:
    """Messages in the hands of workers that are gone, or that have lost hold of them: `worker` begins anew and so has
    none in its own, and no call takes as long as `LONGEST_CALL`. A channel that drops repeats gets them again; of the
    others nobody knows, so a person looks. Returns how many were found."""
    alive = WorkerLease.objects.exclude(beat_at__lt=now - timedelta(seconds=settings.SUNWARD_JOB_LEASE_SECONDS))
    in_hand = Q(claimed_by__in=alive.exclude(worker=worker).values("worker"), claimed_at__gt=now - LONGEST_CALL)
    lost = Message.objects.filter(state=MessageState.SENDING).exclude(in_hand)
    return sum(_reap(pk, now) for pk in list(lost.values_list("pk", flat=True)))


@transaction.atomic
def _reap(message_id: int, now: datetime) -> bool:
    message = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=message_id, state=MessageState.SENDING)
        .first()
    )
    if message is None:
        return False
    answer = Answer(Verdict.UNKNOWN, "worker_lost")
    _note(message, DeliveryOutcome.UNKNOWN, answer.code, attempt=message.attempts, now=now)
    _put_back(message, answer, drops_repeats=OUTLETS[message.channel_kind].drops_repeats, now=now)
    return True
