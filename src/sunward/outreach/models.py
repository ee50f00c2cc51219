"""Outreach: channels and groups, the outbox, digests, and what a person wishes to hear."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.accounts.scopes import below
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import AppendOnly, Keyed, Versioned
from sunward.outreach.enums import (
    ChannelKind,
    DeliveryOutcome,
    DigestState,
    Format,
    HeldBecause,
    MessagePurpose,
    MessageState,
)
from sunward.people.models import Person


@classified(
    internal="id uid version unit unit_path kind name sender template per_minute is_active paused_until last_error"
    " made_by_id made_at",
    sealed="address secret",
)
class Channel(Keyed, Versioned):
    """A way out, configured by a unit. `address` (the webhook's key, the gateway's token, the mail account) opens the
    group to whoever holds it: sealed, never shown again, never logged. `secret` signs where the channel wants that.

    `sender` is the address that e-mail comes from, `template` the gateway's code of the text of a text message.
    `paused_until`: the channel itself has said that it is too much.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ChannelKind.choices)
    name = models.CharField(_("name"), max_length=60)
    address = SealedTextField(blank=True)
    secret = SealedTextField(blank=True)
    sender = models.CharField(_("sender"), max_length=120, blank=True)
    template = models.CharField(_("template"), max_length=60, blank=True)
    per_minute = models.PositiveSmallIntegerField(_("messages a minute"), default=20)
    is_active = models.BooleanField(default=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=60, blank=True)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


@classified(public="id uid version unit unit_path name topics is_active", internal="channel made_at")
class Group(Keyed, Versioned):
    """A community group: whom its messages reach is known only to the chat program. `topics` are sections' codes,
    none means all of them."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    name = models.CharField(_("name"), max_length=60)
    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="groups")
    topics = models.JSONField(_("topics"), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(is_active=True),
                name="robot_serves_one_group",
                violation_error_message=_("A robot writes to one group."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@classified(
    internal="id uid version group unit_path state composed_on composed_by_id composed_at sections left_out intro parts"
    " approved_by approved_at discarded_at fingerprint"
)
class Digest(Keyed, Versioned):
    """What one group will read: composed from public facts, previewed byte for byte, approved by a person.

    `sections` are the lines with the records they came from, `left_out` those that somebody took out (kind and number);
    `parts` are the texts exactly as they go out.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="digests")
    unit_path = models.CharField(max_length=80, db_index=True)
    state = models.CharField(max_length=10, choices=DigestState.choices, default=DigestState.DRAFT)
    composed_on = models.DateField()
    composed_by_id = models.BigIntegerField(default=0)
    composed_at = models.DateTimeField()
    intro = models.CharField(_("opening words"), max_length=200, blank=True)
    sections = models.JSONField(default=list)
    left_out = models.JSONField(default=list, blank=True)
    parts = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group"], condition=Q(state="draft"), name="one_draft_for_a_group"),
        ]


class MessageQuerySet(models.QuerySet["Message"]):
    def within(self, paths: tuple[str, ...]) -> "MessageQuerySet":
        return self.filter(below(paths))

    def queued(self) -> "MessageQuerySet":
        return self.filter(state=MessageState.QUEUED)

    def waiting_for_a_person(self) -> "MessageQuerySet":
        """Dead letters, and those of which nobody knows whether they went out."""
        return self.filter(state__in=[MessageState.DEAD, MessageState.UNCERTAIN])


@classified(
    internal="id uid key channel channel_kind group digest user person purpose reference unit_path urgent_because state"
    " held_because letter format part parts not_before attempts failures next_at claimed_by claimed_at sent_at"
    " arrived_at receipt last_error made_at made_by_id read_at expires_at wrong_tries about about_id path",
    sealed="body sent_to",
)
class Message(Keyed):
    """One message of the outbox: to a group (`group`), or to one person (`person`, `user`, or both where one human
    being is both).

    `key` is unique: the same act told twice is one message. To a group `body` is what everybody reads; to a person it
    is what the phone page behind the signed link shows: what goes through the channel holds a reference and the link.
    The parts of one text share a `letter` and go out in their order. `not_before` holds a message back, `next_at` is
    when it is tried again; `attempts` counts calls, `failures` those that say something against the message. `sent_to`
    is the number or address of the last call: its last digits open the page behind the link. `about` begins with the
    programme's name and a dot where the message is of its work with this person and of no other's. `path` is the page
    of ours on which more stands, for whoever may open it.
    """

    key = models.CharField(max_length=120, unique=True)
    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    channel_kind = models.CharField(max_length=10, choices=ChannelKind.choices)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    digest = models.ForeignKey(Digest, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    letter = models.UUIDField(default=uuid4, editable=False)
    format = models.CharField(max_length=10, choices=Format.choices, default=Format.TEXT)
    part = models.PositiveSmallIntegerField(default=1)
    parts = models.PositiveSmallIntegerField(default=1)
    # Named: two rows of one person are merged along the relations that have a name.
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    purpose = models.CharField(max_length=16, choices=MessagePurpose.choices, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    path = models.CharField(max_length=200, blank=True)
    body = SealedTextField()
    sent_to = SealedTextField(blank=True)
    unit_path = models.CharField(max_length=80, db_index=True)
    urgent_because = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    held_because = models.CharField(max_length=12, choices=HeldBecause.choices, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=120, blank=True)
    last_error = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False, person=None, user=None)
                | Q(group=None, person__isnull=False)
                | Q(group=None, user__isnull=False),
                name="message_has_one_addressee",
                violation_error_message=_("A message goes to one group or to one person."),
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "state", "id"], name="message_by_channel"),
            models.Index(fields=["state", "next_at"], name="message_due"),
            models.Index(fields=["group", "state", "id"], condition=Q(group__isnull=False), name="message_in_line"),
            models.Index(fields=["letter", "part"], condition=Q(group__isnull=False), name="message_by_letter"),
            models.Index(fields=["digest", "part"], condition=Q(digest__isnull=False), name="message_by_digest"),
            models.Index(fields=["user", "-made_at"], condition=Q(user__isnull=False), name="message_inbox"),
            models.Index(fields=["person", "-made_at"], condition=Q(person__isnull=False), name="message_by_person"),
        ]

    @property
    def number(self) -> str:
        """What is said on the phone."""
        return f"N{self.pk:07d}"


@classified(internal="id message channel attempt_number happened_at outcome code receipt")
class Delivery(AppendOnly):
    """One try at one message, as the channel answered. Codes only: an answer may repeat a key.

    The channel's limits are counted from these rows, so `happened_at` is when the answer was there.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    attempt_number = models.PositiveSmallIntegerField()
    happened_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=DeliveryOutcome.choices)
    code = models.CharField(max_length=60, blank=True)
    receipt = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["channel", "happened_at"], name="delivery_rate")]


@classified(
    internal="id uid version person channel_kind opted_out_of quiet_from quiet_until ceiling_per_week updated_at"
    " updated_by_id",
    sealed="email",
)
class Preference(Keyed, Versioned):
    """How one person wishes to be told; what is empty follows the district's settings.

    One row a person; of two rows that were merged into one person the newer counts, and what either wished not to hear.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preferences")
    channel_kind = models.CharField(max_length=10, choices=ChannelKind.choices, blank=True)
    opted_out_of = models.JSONField(default=list, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    ceiling_per_week = models.PositiveSmallIntegerField(null=True, blank=True)
    email = SealedTextField(blank=True)
    updated_at = models.DateTimeField()
    updated_by_id = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-updated_at", "-pk"]


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def current(self, *, on: date) -> "SuspensionQuerySet":
        return self.filter(from_on__lte=on, ended_at=None).filter(Q(until_on=None) | Q(until_on__gt=on))


@classified(internal="id person from_on until_on made_by_id made_at ended_at", sensitive="reason")
class Suspension(models.Model):
    """No automatic message to this person for a while: somebody has just spoken with them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="suspensions")
    reason = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()
