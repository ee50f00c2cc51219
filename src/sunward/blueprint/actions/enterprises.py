"""Enterprises of the district, and what authorities certify of them: read from official lists, never self-declared."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import Unit
from sunward.blueprint.access import kept_units
from sunward.blueprint.access_results import enterprise_subject, get_kept_enterprise, kept_enterprises
from sunward.blueprint.actions.meetings import refuse_numbers
from sunward.blueprint.enums import Grade
from sunward.blueprint.models import CertifiedGrade, DistrictEnterprise
from sunward.core.refusals import Conflict, Refusal
from sunward.people.credit_codes import read_credit_code

ADDED, CHANGED = "blueprint.enterprise_added", "blueprint.enterprise_changed"
GRADED, REGRADED, UNGRADED = (
    "blueprint.grade_recorded", "blueprint.grade_corrected", "blueprint.grade_taken_back",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnterpriseDetails:
    name: str
    kind: str
    credit_code: str = ""


@dataclass(frozen=True, slots=True)
class GradeDetails:
    """What the list says: which authority published it on which day, where it can be read, and until when it holds."""

    grade: Grade
    issuer: str
    list_name: str
    list_on: date
    source: str
    valid_from: date
    valid_until: date


@transaction.atomic
def add_enterprise(
    *, actor: Actor, key: UUID, unit_code: str, details: EnterpriseDetails, now: datetime
) -> DistrictEnterprise:  # fmt: skip
    """`key` is the form's own: sent twice, it is one enterprise."""
    unit = kept_units(actor).filter(code=unit_code).first()
    if unit is None:
        raise Refusal("blueprint.enterprise_unit", _("Choose a district that you keep."))
    lock_enterprises(unit.pk)
    known = kept_enterprises(actor).filter(uid=key).first()
    if known is not None:
        return known
    row = DistrictEnterprise(uid=key, unit=unit, unit_path=unit.path, made_at=now, made_by_id=actor.user_id)
    _set(row, details)
    try:
        _save(row)
    except Refusal:
        # The same form came twice in this very moment.
        known = kept_enterprises(actor).filter(uid=key).first()
        if known is None:
            raise
        return known
    _record(row, ADDED, actor, now)
    return row


@transaction.atomic
def change_enterprise(
    *, actor: Actor, enterprise_id: UUID, version: int, details: EnterpriseDetails, now: datetime
) -> DistrictEnterprise:  # fmt: skip
    for unit_id in kept_enterprises(actor).filter(uid=enterprise_id).values_list("unit_id", flat=True):
        lock_enterprises(unit_id)
    row = get_kept_enterprise(actor=actor, enterprise_id=enterprise_id)
    if row.version != version:
        raise Conflict("blueprint.enterprise_edited", _("Somebody else has just changed this. Look at it again."))
    _set(row, details)
    row.version += 1
    _save(row)
    _record(row, CHANGED, actor, now)
    return row


@transaction.atomic
def record_grade(
    *, actor: Actor, enterprise_id: UUID, key: UUID, details: GradeDetails, on: date, now: datetime
) -> CertifiedGrade:  # fmt: skip
    """`key` is the form's own: sent twice, it is one grade."""
    row = get_kept_enterprise(actor=actor, enterprise_id=enterprise_id)
    known = row.grades.filter(uid=key).first()
    if known is not None:
        return known
    grade = _grade(row, details, on=on)
    grade.uid = key
    return _write(grade, GRADED, actor, now)


@transaction.atomic
def correct_grade(
    *, actor: Actor, enterprise_id: UUID, grade_id: UUID, details: GradeDetails, why: str, on: date, now: datetime
) -> CertifiedGrade:  # fmt: skip
    """Another row in its place; the first stays readable."""
    row = get_kept_enterprise(actor=actor, enterprise_id=enterprise_id)
    old = _standing(row, grade_id)
    grade = _grade(row, details, on=on)
    grade.corrects, grade.correction = old, _why(why)
    return _write(grade, REGRADED, actor, now)


@transaction.atomic
def take_back_grade(
    *, actor: Actor, enterprise_id: UUID, grade_id: UUID, why: str, now: datetime
) -> CertifiedGrade:  # fmt: skip
    """It was struck off the list, or never stood in it."""
    row = get_kept_enterprise(actor=actor, enterprise_id=enterprise_id)
    old = _standing(row, grade_id)
    grade = CertifiedGrade(
        enterprise=row, grade=old.grade, issuer=old.issuer, list_name=old.list_name, list_on=old.list_on,
        source=old.source, valid_from=old.valid_from, valid_until=old.valid_until, corrects=old, is_withdrawal=True,
        correction=_why(why),
    )  # fmt: skip
    return _write(grade, UNGRADED, actor, now)


def lock_enterprises(unit_id: int) -> None:
    """Whoever writes names and codes of a district's enterprises does so one at a time: a workbook that is taken over
    looks first for what is there."""
    list(Unit.objects.select_for_update(no_key=True).filter(pk=unit_id).values_list("pk", flat=True))


def _set(row: DistrictEnterprise, details: EnterpriseDetails) -> None:
    refuse_numbers(details.name)
    if not details.name.strip():
        raise Refusal("blueprint.enterprise_name", _("Write the name of the enterprise as it is registered."))
    row.name, row.kind, row.credit_code = details.name.strip(), details.kind, ""
    if details.credit_code.strip():
        code, _wrong = read_credit_code(details.credit_code)
        if code is None:
            raise Refusal(
                "blueprint.enterprise_code", _("This is no unified social credit code: its last sign does not fit.")
            )
        row.credit_code = code


def _save(row: DistrictEnterprise) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Refusal(
            "blueprint.enterprise_twice", _("An enterprise of this name or code is written down already.")
        ) from clash


def _grade(row: DistrictEnterprise, details: GradeDetails, *, on: date) -> CertifiedGrade:
    said = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(details).items()}
    if not (said["issuer"] and said["list_name"] and said["source"]):
        raise Refusal(
            "blueprint.grade_source", _("Say which authority published it, in which list, and where it can be read.")
        )
    if details.list_on > on:
        raise Refusal("blueprint.grade_list_on", _("The list was published on a day that has come."))
    if details.valid_until < details.valid_from:
        raise Refusal("blueprint.grade_days", _("A grade does not end before it begins."))
    refuse_numbers(details.issuer, details.list_name, details.source)
    return CertifiedGrade(enterprise=row, **said)


def _standing(row: DistrictEnterprise, grade_id: UUID) -> CertifiedGrade:
    """The enterprise is locked: two who correct one grade wait for each other."""
    old = row.grades.filter(uid=grade_id, is_withdrawal=False, corrections=None).first()
    if old is None:
        raise Conflict("blueprint.grade_gone", _("Somebody else has just corrected this grade. Look at it again."))
    return old


def _why(why: str) -> str:
    if not why.strip():
        raise Refusal("blueprint.grade_why", _("Say why it is corrected."))
    refuse_numbers(why)
    return why.strip()


def _write(grade: CertifiedGrade, code: str, actor: Actor, now: datetime) -> CertifiedGrade:
    grade.recorded_at, grade.recorded_by_id = now, actor.user_id
    grade.save(force_insert=True)
    _record(grade.enterprise, code, actor, now, grade=str(grade.grade))
    return grade


def _record(row: DistrictEnterprise, code: str, actor: Actor, now: datetime, **detail: Any) -> None:
    record_act(actor=actor, code=code, now=now, subject=enterprise_subject(row), unit_path=row.unit_path, **detail)
