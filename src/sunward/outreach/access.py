"""Who may see and change what goes out. "Not yours" and "not there" are the same answer.

Channels, groups and digests hold no person: whoever works with a programme in a unit sees those of her unit and below.
A personal message is seen, with its person, by those who may see the person; others see that there is one.
"""

from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.casework.persons import persons_of
from sunward.casework.programmes import file_paths, file_roles
from sunward.core.refusals import NotThere
from sunward.outreach.enums import ChannelKind
from sunward.outreach.models import Channel, Digest, Group, Message, MessageQuerySet, Suspension
from sunward.people.models import Person
from sunward.people.reach import known_to

T = TypeVar("T")

# Who writes to groups: nobody else can send anything there.
OUTREACH_ROLES = (Role.DISTRICT_OFFICER, Role.SUPERVISOR, Role.EMPLOYMENT_OFFICER)
# Who may set up a channel: an administrator sees neither messages nor persons, but keeps the keys.
CHANNEL_ROLES = (*OUTREACH_ROLES, Role.ADMINISTRATOR)
# Who is asked about a personal message that did not go out.
MESSAGE_ROLES = (*OUTREACH_ROLES, Role.WORKER)


def outreach_units(actor: Actor) -> UnitQuerySet:
    return Unit.objects.within(actor.paths(*OUTREACH_ROLES))


def channel_units(actor: Actor) -> UnitQuerySet:
    return Unit.objects.within(actor.paths(*CHANNEL_ROLES))


def visible_channels(actor: Actor) -> QuerySet[Channel]:
    return Channel.objects.filter(below(actor.paths(*CHANNEL_ROLES)))


def visible_groups(actor: Actor) -> QuerySet[Group]:
    return Group.objects.filter(below(actor.paths(*OUTREACH_ROLES)))


def visible_digests(actor: Actor) -> QuerySet[Digest]:
    return Digest.objects.filter(below(actor.paths(*OUTREACH_ROLES)))


def visible_messages(actor: Actor) -> MessageQuerySet:
    """Group messages of the actor's units; personal ones only of persons whom she may see, and of her own programme's
    work with them."""
    seen = Q(below(actor.paths(*OUTREACH_ROLES)), group__isnull=False)
    for programme in file_roles():
        if paths := file_paths(actor, programme):
            seen |= Q(persons_of(programme, "person__", paths=paths), written_by(programme), person__isnull=False)
    return Message.objects.filter(seen)


def written_by(programme: str) -> Q:
    """Personal messages of one programme's work, by the beginning of `about`. What names none is of the first one: it
    was alone when the outbox was built."""
    first, *others = file_roles()
    if programme != first:
        return Q(about__startswith=f"{programme}.")
    found = Q()
    for other in others:
        found &= ~Q(about__startswith=f"{other}.")
    return found


def own_messages(actor: Actor) -> MessageQuerySet:
    """What the signed-in user was told inside Sunward."""
    return Message.objects.filter(user_id=actor.user_id, channel_kind=ChannelKind.IN_APP)


def visible_persons(actor: Actor) -> QuerySet[Person]:
    """Persons whom the actor's own work makes known to her and whose wishes she may write down; a merged row has none
    of its own."""
    return Person.objects.filter(known_to(actor), merged_into=None)


def visible_suspensions(actor: Actor) -> QuerySet[Suspension]:
    return Suspension.objects.filter(known_to(actor, "person__"))


def may_work_with_persons(actor: Actor) -> bool:
    return actor.has(*CASEWORK_ROLES)


def get_channel(*, actor: Actor, channel_id: UUID) -> Channel:
    return _found(visible_channels(actor).select_related("unit").filter(uid=channel_id).first(), _channel_not_there())


def get_channel_for_change(*, actor: Actor, channel_id: UUID) -> Channel:
    locked = visible_channels(actor).select_for_update(of=("self",))
    return _found(locked.filter(uid=channel_id).first(), _channel_not_there())


def get_group(*, actor: Actor, group_id: UUID) -> Group:
    found = visible_groups(actor).select_related("unit", "channel").filter(uid=group_id).first()
    return _found(found, _group_not_there())


def get_group_for_change(*, actor: Actor, group_id: UUID) -> Group:
    # Its robot may be none, and would be that of before for whoever waited; the same below.
    locked = visible_groups(actor).select_for_update(of=("self",)).select_related("unit")
    return _found(locked.filter(uid=group_id).first(), _group_not_there())


def get_digest(*, actor: Actor, digest_id: UUID) -> Digest:
    found = visible_digests(actor).select_related("group__unit", "group__channel", "approved_by")
    return _found(found.filter(uid=digest_id).first(), digest_not_there())


def get_digest_for_change(*, actor: Actor, digest_id: UUID) -> Digest:
    locked = visible_digests(actor).select_for_update(of=("self",)).select_related("group__unit", "group__channel")
    return _found(locked.filter(uid=digest_id).first(), digest_not_there())


def get_message(*, actor: Actor, message_id: UUID) -> Message:
    found = visible_messages(actor).select_related("group", "channel", "person", "digest")
    return _found(found.filter(uid=message_id).first(), message_not_there())


def get_message_for_change(*, actor: Actor, message_id: UUID) -> Message:
    # Locked by its key alone: the gate's own query joins tables that may be empty on the other side.
    seen = visible_messages(actor).filter(uid=message_id).values("pk")
    locked = Message.objects.select_for_update(of=("self",)).filter(pk__in=seen)
    return _found(locked.first(), message_not_there())


def get_own_message(*, actor: Actor, message_id: UUID) -> Message:
    return _found(own_messages(actor).filter(uid=message_id).first(), message_not_there())


def get_person(*, actor: Actor, person_id: UUID) -> Person:
    found = visible_persons(actor).filter(uid=person_id).first()
    return _found(found, person_not_there())


def get_person_for_change(*, actor: Actor, person_id: UUID) -> Person:
    """The person, locked, so that two wishes come one after the other."""
    found = visible_persons(actor).select_for_update(of=("self",)).filter(uid=person_id).first()
    return _found(found, person_not_there())


def person_subject(person_id: int) -> Subject:
    return Subject("person", person_id)


def message_subject(message: Message) -> Subject:
    return Subject("message", message.pk)


def digest_not_there() -> NotThere:
    return NotThere("outreach.digest_not_there", _("There is no such digest, or it is not yours to see."))


def message_not_there() -> NotThere:
    return NotThere("outreach.message_not_there", _("There is no such message, or it is not yours to see."))


def person_not_there() -> NotThere:
    return NotThere("outreach.person_not_there", _("There is no such person, or they are not yours to see."))


def _channel_not_there() -> NotThere:
    return NotThere("outreach.channel_not_there", _("There is no such channel, or it is not yours to see."))


def _group_not_there() -> NotThere:
    return NotThere("outreach.group_not_there", _("There is no such group, or it is not yours to see."))


def _found(row: T | None, absent: NotThere) -> T:
    if row is None:
        raise absent
    return row
