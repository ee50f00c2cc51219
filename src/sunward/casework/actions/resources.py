"""The directory of resources: added, corrected, vouched for anew, and ended. A row that was used is never deleted."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.casework.access import addable_units, changeable_resources
from sunward.casework.models import Resource
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.ledger.actions import NewFact, record_fact

RESOURCE_SUBJECT = "resource"
# Nobody vouches for longer: what an office offers changes within a year.
VALID_AT_MOST_DAYS = 730


@dataclass(frozen=True, slots=True)
class ResourceDetails:
    """What the directory says of one offer. Public facts only: an office's telephone, never somebody's own."""

    name: str
    kind: str
    provider: str
    unit_id: int
    valid_until_on: date
    audience: str = ""
    age_from: int | None = None
    age_until: int | None = None
    place: str = ""
    phone: str = ""
    hours: str = ""
    cost: str = ""


@transaction.atomic
def add_resource(*, actor: Actor, details: ResourceDetails, on: date, now: datetime) -> Resource:
    """Supervisors and officers for their own units; a worker for the committee or the sub-district she works in."""
    unit = addable_units(actor).filter(pk=details.unit_id).first()
    if unit is None:
        raise NotAllowed("casework.resource_unit", _("Choose a unit that you may add resources for."))
    _refuse_impossible(details, on)
    row = Resource(unit=unit, unit_path=unit.path, checked_on=on, checked_by_id=actor.user_id)
    _write(row, details)
    row.save()
    _record(row, "casework.resource_added", actor=actor, on=on, now=now)
    return row


@transaction.atomic
def edit_resource(
    *, actor: Actor, resource_id: UUID, version: int, details: ResourceDetails, on: date, now: datetime
) -> Resource:
    """Correct what the directory says; whoever does so has looked and vouches for it from today."""
    row = _get(actor=actor, resource_id=resource_id, version=version)
    unit = addable_units(actor).filter(pk=details.unit_id).first()
    if unit is None:
        raise NotAllowed("casework.resource_unit", _("Choose a unit that you may add resources for."))
    _refuse_impossible(details, on)
    row.unit, row.unit_path = unit, unit.path
    _write(row, details)
    _vouch(row, actor=actor, on=on)
    row.save()
    _record(row, "casework.resource_edited", actor=actor, on=on, now=now)
    return row


@transaction.atomic
def extend_resource(
    *, actor: Actor, resource_id: UUID, version: int, valid_until_on: date, on: date, now: datetime
) -> Resource:
    """Somebody asked, and it still stands. An ended one begins again by this."""
    row = _get(actor=actor, resource_id=resource_id, version=version)
    _refuse_day(valid_until_on, on)
    row.valid_until_on, row.ended_on = valid_until_on, None
    _vouch(row, actor=actor, on=on)
    row.save(update_fields=["valid_until_on", "ended_on", "checked_on", "checked_by_id", "version"])
    _record(row, "casework.resource_extended", actor=actor, on=on, now=now)
    return row


@transaction.atomic
def end_resource(*, actor: Actor, resource_id: UUID, version: int, on: date, now: datetime) -> Resource:
    """It is not offered any more from today. Referrals that were sent there stay as they are."""
    row = _get(actor=actor, resource_id=resource_id, version=version)
    if row.ended_on is not None:
        raise Conflict("casework.resource_ended", _("This resource has ended already."))
    row.ended_on = on
    _vouch(row, actor=actor, on=on)
    row.save(update_fields=["ended_on", "checked_on", "checked_by_id", "version"])
    _record(row, "casework.resource_ended", actor=actor, on=on, now=now)
    return row


def _get(*, actor: Actor, resource_id: UUID, version: int) -> Resource:
    row = changeable_resources(actor).select_for_update(of=("self",)).filter(uid=resource_id).first()
    if row is None:
        raise NotThere("casework.resource_not_there", _("There is no such resource, or it is not yours to change."))
    if version != row.version:
        raise Conflict(
            "casework.resource_changed", _("Somebody else has just changed this resource. Look at it again.")
        )
    return row


def _write(row: Resource, details: ResourceDetails) -> None:
    for name, value in asdict(details).items():
        if name != "unit_id":
            setattr(row, name, value.strip() if isinstance(value, str) else value)


def _vouch(row: Resource, *, actor: Actor, on: date) -> None:
    row.checked_on, row.checked_by_id = on, actor.user_id
    row.version += 1


def _refuse_impossible(details: ResourceDetails, on: date) -> None:
    _refuse_day(details.valid_until_on, on)
    if details.age_from is not None and details.age_until is not None and details.age_from > details.age_until:
        raise Refusal("casework.ages_turned", _("The youngest age is above the oldest."))


def _refuse_day(valid_until_on: date, on: date) -> None:
    if not on <= valid_until_on <= on + timedelta(days=VALID_AT_MOST_DAYS):
        raise Refusal("casework.validity_impossible", _("Vouch for it from today on, and for two years at most."))


def _record(row: Resource, code: str, *, actor: Actor, on: date, now: datetime) -> None:
    record_fact(
        NewFact(
            kind=code, subject_kind=RESOURCE_SUBJECT, subject_id=row.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=row.unit_id, unit_path=row.unit_path, attributes={"kind": row.kind},
        ),
        now=now,
    )  # fmt: skip
    record_act(actor=actor, code=code, now=now, subject=Subject(RESOURCE_SUBJECT, row.pk), unit_path=row.unit_path)
