"""What a person wishes to hear, and when they are left in peace for a while."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.outreach.access import get_person_for_change, person_subject, visible_suspensions
from sunward.outreach.channels.mail import is_mail_address
from sunward.outreach.enums import PERSONAL_KINDS, ChannelKind, MessagePurpose
from sunward.outreach.models import Preference, Suspension
from sunward.people.models import Person

_MOST_PER_WEEK = 50


@transaction.atomic
def set_preference(
    *,
    actor: Actor,
    person_id: UUID,
    now: datetime,
    version: int | None = None,
    channel_kind: str = "",
    opted_out_of: Sequence[str] = (),
    quiet_from: time | None = None,
    quiet_until: time | None = None,
    ceiling_per_week: int | None = None,
    email: str = "",
) -> Preference:
    """Write down how a person wishes to be told. What is empty follows the district.

    `version` is the one that was seen, 0 where no wish was known yet.
    """
    person = get_person_for_change(actor=actor, person_id=person_id)
    rows = list(Preference.objects.filter(person=person))
    seen = sum(row.version for row in rows)
    if version is not None and version != seen:
        raise Conflict("outreach.wishes_changed", _("Somebody else has just changed these wishes. Look at them again."))
    _refuse_impossible(channel_kind, quiet_from, quiet_until, ceiling_per_week, email)
    opted = [purpose for purpose in MessagePurpose.values if purpose in opted_out_of]
    if MessagePurpose.URGENT in opted:
        raise Refusal("outreach.urgent_is_always_told", _("What is urgent is told in any case."))
    preference, *merged = [*rows, Preference(person=person)]
    for row in merged:
        if row.pk:
            row.delete()
    preference.channel_kind, preference.opted_out_of, preference.email = channel_kind, opted, email.strip()
    preference.quiet_from, preference.quiet_until = quiet_from, quiet_until
    preference.ceiling_per_week = ceiling_per_week
    preference.version = seen + 1
    preference.updated_at, preference.updated_by_id = now, actor.user_id
    preference.save()
    _record(person, "outreach.preference_set", actor=actor, now=now, opted_out_of=opted)
    return preference


@transaction.atomic
def hear_of(*, person_id: int, purpose: MessagePurpose, is_wished: bool, actor: Actor, now: datetime) -> None:
    """The person's own word about one kind of messages, through a gate of its own; all other wishes stay as they are.

    Said twice, it is said once.
    """
    if purpose == MessagePurpose.URGENT:
        raise Refusal("outreach.urgent_is_always_told", _("What is urgent is told in any case."))
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    rows = list(Preference.objects.filter(person=person))
    opted = {known for row in rows for known in row.opted_out_of}
    if (purpose not in opted) == is_wished:
        return
    kept, *merged = [*rows, Preference(person=person, version=0)][: max(len(rows), 1)]
    kept.version = sum(row.version for row in rows) + 1
    for row in merged:
        row.delete()
    wished = opted - {str(purpose)} if is_wished else opted | {str(purpose)}
    kept.opted_out_of = [known for known in MessagePurpose.values if known in wished]
    kept.updated_at, kept.updated_by_id = now, actor.user_id
    kept.save()
    _record(person, "outreach.preference_set", actor=actor, now=now, opted_out_of=kept.opted_out_of)


@transaction.atomic
def suspend_messages(
    *, actor: Actor, person_id: UUID, reason: str, from_on: date, on: date, now: datetime, until_on: date | None = None
) -> Suspension:
    """Send this person nothing by itself for a while; what is urgent still goes out. `until_on` is the first day on
    which messages come again; without it they stay away until somebody ends it."""
    person = get_person_for_change(actor=actor, person_id=person_id)
    if not reason.strip():
        raise Refusal("outreach.reason_missing", _("Write down why."))
    if until_on is not None and (until_on <= from_on or until_on <= on):
        raise Refusal("outreach.ends_before_it_begins", _("The last day must come after the first."))
    suspension = Suspension.objects.create(
        person=person, reason=reason.strip()[:200], from_on=from_on, until_on=until_on, made_by_id=actor.user_id,
        made_at=now,
    )  # fmt: skip
    _record(person, "outreach.messages_suspended", actor=actor, now=now, suspension=suspension.pk)
    return suspension


@transaction.atomic
def end_suspension(*, actor: Actor, suspension_id: int, now: datetime) -> Suspension:
    """Let messages come again. Ended twice is ended once."""
    locked = visible_suspensions(actor).select_for_update(of=("self",)).select_related("person")
    suspension = locked.filter(pk=suspension_id).first()
    if suspension is None:
        raise NotThere("outreach.suspension_not_there", _("There is no such suspension, or it is not yours to see."))
    if suspension.ended_at is None:
        suspension.ended_at = now
        suspension.save(update_fields=["ended_at"])
        _record(suspension.person, "outreach.suspension_ended", actor=actor, now=now, suspension=suspension.pk)
    return suspension


def _refuse_impossible(
    channel_kind: str, quiet_from: time | None, quiet_until: time | None, ceiling_per_week: int | None, email: str
) -> None:
    if channel_kind and channel_kind not in PERSONAL_KINDS:
        raise Refusal("outreach.kind_not_personal", _("A person cannot be told in this way."))
    if (quiet_from is None) != (quiet_until is None):
        raise Refusal("outreach.quiet_half_open", _("Quiet hours need both their beginning and their end."))
    if ceiling_per_week is not None and not 0 <= ceiling_per_week <= _MOST_PER_WEEK:
        raise Refusal("outreach.ceiling_impossible", _("Between 0 and 50 messages a week are possible."))
    if email.strip() and not is_mail_address(email.strip()):
        raise Refusal("outreach.email_not_understood", _("This is not an e-mail address."))
    if channel_kind == ChannelKind.EMAIL and not email.strip():
        raise Refusal("outreach.email_missing", _("Write down the e-mail address too."))


def _record(person: Person, code: str, *, actor: Actor, now: datetime, **detail: object) -> None:
    record_act(actor=actor, code=code, now=now, subject=person_subject(person.pk), unit_path=person.unit_path, **detail)
