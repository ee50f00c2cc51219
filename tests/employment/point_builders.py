"""Leye Spaces for tests; everything is invented."""

from datetime import date, datetime, timedelta
from typing import Any

from sunward.accounts.models import Unit, User
from sunward.casework.models import Case
from sunward.employment.models import Appointment, AppointmentSlot, OfficerInCharge, ServicePoint, SpaceAdviser
from tests.factories import NOW, TODAY, make_subdistrict, make_unit


def make_point(code: str = "310110012", *, name: str = "控江乐业空间", **more: Any) -> ServicePoint:
    unit: Unit = make_subdistrict(code) if code.startswith("310110") else make_unit(code)
    given = {"unit": unit, "unit_path": unit.path, "address": "控江路100号", "phone": "021-00001234"} | more
    return ServicePoint.objects.create(name=name, **given)


def make_slot(
    point: ServicePoint, adviser: User, *, starts_at: datetime = NOW + timedelta(days=1), minutes: int = 60, **more: Any
) -> AppointmentSlot:
    ends_at = starts_at + timedelta(minutes=minutes)
    return AppointmentSlot.objects.create(point=point, adviser=adviser, starts_at=starts_at, ends_at=ends_at, **more)


def make_mentor(point: ServicePoint, **more: Any) -> SpaceAdviser:
    given = {"title": "mentor", "name": "陆鸣", "knows": "智能制造", "promised_on": TODAY, "from_on": TODAY} | more
    return SpaceAdviser.objects.create(point=point, **given)


def put(case: Case, officer: User, *, from_on: date = TODAY - timedelta(days=30), **more: Any) -> OfficerInCharge:
    return OfficerInCharge.objects.create(case=case, officer=officer, from_on=from_on, **more)


def make_appointment(case: Case, slot: AppointmentSlot, *, topic: str = "policy", **more: Any) -> Appointment:
    return Appointment.objects.create(case=case, slot=slot, topic=topic, booked_at=NOW, **more)
