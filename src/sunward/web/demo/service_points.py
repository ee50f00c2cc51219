"""Leye Spaces of the demo district: two with times, who is in charge of whom, appointments, a package. All invented."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

from django.utils.timezone import localdate, make_aware

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, Unit, User
from sunward.casework.models import Case
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.actions.appointments import book_appointment
from sunward.employment.actions.officers import put_in_charge
from sunward.employment.actions.packages import start_packages
from sunward.employment.actions.points import PointDetails, add_point
from sunward.employment.actions.slots import Times, add_times
from sunward.employment.actions.space_advisers import AdviserDetails, name_adviser
from sunward.employment.enums import AdviserTitle
from sunward.employment.models import AppointmentSlot, ServicePoint, SpaceAdviser
from sunward.employment.packages import PackageKind
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import STREET

_PLACES = (
    PointDetails("乐业空间（示例一号）", "示例路100号一楼", "021-00000101", "周一至周五 9:00–17:00"),
    PointDetails("乐业空间（示例二号）", "示例路258弄社区中心", "021-00000102", "周二、周四 13:00–16:30"),
)
_COLLEAGUE = ("employment_street", "夏知晓")


def make_service_points(moment: Moment) -> None:
    officer = read_actor(User.objects.get(username="employment"), on=moment.on)
    given: dict[str, Any] = {"actor": officer, "on": moment.on, "now": moment.now}
    places = [add_point(**given, key=uuid4(), unit_code=STREET, details=one) for one in _PLACES]
    colleague = _make_colleague(moment)
    mentor = _name_advisers(places[0], given)
    slots = _make_times(officer, places, colleague, mentor, moment)
    files = Case.objects.open().filter(programme=PROGRAMME).order_by("pk")
    here = list(islice(files.filter(unit_path__contains=f"/{STREET}/"), 6))
    for number, case in enumerate(here):
        who = colleague.username if number % 2 else "employment"
        put_in_charge(**given, case_id=case.uid, officer=who, seen=0)
    for case, slot, topic in zip(here, slots, ("guidance", "policy", "training"), strict=False):
        book_appointment(**given, case_id=case.uid, key=uuid4(), slot=slot.uid, topic=topic, note="带上身份证和简历")
    if here:
        start_packages(**given, case_id=here[0].uid, packages=[PackageKind.FIRST_HELP])


def _make_colleague(moment: Moment) -> User:
    """She has no password: nobody signs in as her."""
    username, name = _COLLEAGUE
    user = User.objects.create_user(username, name=name)
    street = Unit.objects.get(code=STREET)
    Assignment.objects.create(
        user=user, role=Role.EMPLOYMENT_OFFICER, unit=street, from_on=moment.on - timedelta(days=400)
    )
    return user


def _name_advisers(place: ServicePoint, given: Mapping[str, Any]) -> SpaceAdviser:
    """A chief adviser and a city mentor; returned is the mentor."""
    chief = AdviserDetails(AdviserTitle.CHIEF, "职业规划、求职心态", officer="employment")
    mentor = AdviserDetails(AdviserTitle.MENTOR, "智能制造", name="陆示例", promised_on=given["on"])
    for details in (chief, mentor):
        row = name_adviser(**given, point_id=place.uid, key=uuid4(), details=details)
    return row


def _make_times(
    officer: Actor, places: list[ServicePoint], colleague: User, mentor: SpaceAdviser, moment: Moment
) -> list[AppointmentSlot]:
    """Today's begin in two hours, if the day is long enough; the others come every week."""
    given: dict[str, Any] = {"actor": officer, "key": uuid4(), "on": moment.on, "now": moment.now}
    later, tomorrow = moment.now + timedelta(hours=2), moment.on + timedelta(days=1)
    found: list[AppointmentSlot] = []
    evening = make_aware(datetime.combine(moment.on, time(21)))
    if localdate(later) == moment.on and later < evening:
        begins = (later.astimezone(evening.tzinfo)).time().replace(minute=0, second=0, microsecond=0)
        ends = begins.replace(hour=begins.hour + 2)
        today = Times("employment", moment.on, begins, ends, 60)
        found += add_times(**given, point_id=places[0].uid, times=today)
    until = moment.on + timedelta(days=22)
    weekly = Times("employment", tomorrow, time(9), time(11), 60, places=2, weekly_until=until, mentor=mentor.uid)
    found += add_times(**given | {"key": uuid4()}, point_id=places[0].uid, times=weekly)
    afternoon = Times(colleague.username, tomorrow, time(13), time(15), 30)
    found += add_times(**given | {"key": uuid4()}, point_id=places[1].uid, times=afternoon)
    return found
