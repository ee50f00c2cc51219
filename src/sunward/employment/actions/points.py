"""A Leye Space is written down, changed, closed and opened again. None is ever removed: people were there."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.points import POINT_SUBJECT, get_own_point, point_subject, point_units
from sunward.employment.models import ServicePoint
from sunward.ledger.actions import NewFact, record_fact

ADDED, CHANGED = "employment.point_added", "employment.point_edited"
CLOSED, REOPENED = "employment.point_closed", "employment.point_reopened"
CHANGED_MEANWHILE = "employment.point_changed"


@dataclass(frozen=True, slots=True)
class PointDetails:
    """Public facts: what stands on the door."""

    name: str
    address: str
    phone: str = ""
    hours: str = ""


@transaction.atomic
def add_point(
    *, actor: Actor, key: UUID, unit_code: str, details: PointDetails, on: date, now: datetime
) -> ServicePoint:
    """`key` is the form's own: sent twice, it is one place."""
    unit = point_units(actor).filter(code=unit_code).first()
    if unit is None:
        raise Refusal("employment.point_unit", _("Choose a sub-district of your own."))
    known = ServicePoint.objects.filter(uid=key, unit=unit).first()
    if known is not None:
        return known
    row = ServicePoint(uid=key, unit=unit, unit_path=unit.path, **asdict(details))
    _refuse_same_name(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        # Somebody else wrote it down in this very moment.
        raise _same_name() from clash
    _record(row, ADDED, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def change_point(
    *, actor: Actor, point_id: UUID, version: int, details: PointDetails, on: date, now: datetime
) -> ServicePoint:
    """What stands already as it is said changes nothing, whatever the version."""
    row = get_own_point(actor=actor, point_id=point_id, is_changing=True)
    said = asdict(details)
    changed = [name for name, value in said.items() if getattr(row, name) != value]
    if not changed:
        return row
    _refuse_old(row, version)
    for name in changed:
        setattr(row, name, said[name])
    _refuse_same_name(row)
    _save(row, *changed)
    _record(row, CHANGED, actor=actor, on=on, now=now, columns=sorted(changed))
    return row


@transaction.atomic
def close_point(*, actor: Actor, point_id: UUID, version: int, on: date, now: datetime) -> ServicePoint:
    """Nobody new is booked in there; what is booked stays until somebody moves it."""
    return _open_or_close(actor, point_id, version, is_open=False, code=CLOSED, on=on, now=now)


@transaction.atomic
def reopen_point(*, actor: Actor, point_id: UUID, version: int, on: date, now: datetime) -> ServicePoint:
    return _open_or_close(actor, point_id, version, is_open=True, code=REOPENED, on=on, now=now)


def _open_or_close(
    actor: Actor, point_id: UUID, version: int, *, is_open: bool, code: str, on: date, now: datetime
) -> ServicePoint:
    row = get_own_point(actor=actor, point_id=point_id, is_changing=True)
    if row.is_open == is_open:
        return row
    _refuse_old(row, version)
    row.is_open = is_open
    _save(row, "is_open")
    _record(row, code, actor=actor, on=on, now=now)
    return row


def _refuse_old(row: ServicePoint, version: int) -> None:
    if version != row.version:
        raise Conflict(CHANGED_MEANWHILE, _("Somebody else has just changed this place. Look at it again."))


def _refuse_same_name(row: ServicePoint) -> None:
    if ServicePoint.objects.filter(unit_id=row.unit_id, name=row.name).exclude(pk=row.pk).exists():
        raise _same_name()


def _same_name() -> Refusal:
    return Refusal(
        "employment.point_same_name",
        _("This sub-district has a place of this name already. Open that one, or give this one another name."),
    )


def _save(row: ServicePoint, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _record(row: ServicePoint, code: str, *, actor: Actor, on: date, now: datetime, **detail: list[str]) -> None:
    record_fact(
        NewFact(
            kind=code, subject_kind=POINT_SUBJECT, subject_id=row.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=row.unit_id, unit_path=row.unit_path, attributes=dict(detail),
        ),
        now=now,
    )  # fmt: skip
    record_act(actor=actor, code=code, now=now, subject=point_subject(row), unit_path=row.unit_path, **detail)
