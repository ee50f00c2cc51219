"""Appointments: the last place goes to one, only advisers who keep the file, and what came of it is a service."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, Assignment
from sunward.audit.models import AuditEntry
from sunward.casework.enums import ServiceKind
from sunward.casework.models import ServiceRecord
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions.appointment_reminders import list_to_remind, remind_of_appointment
from sunward.employment.actions.appointments import (
    book_appointment,
    cancel_appointment,
    move_appointment,
    note_came,
    note_missed,
    restore_appointment,
)
from sunward.employment.actions.files import GuidanceDetails
from sunward.employment.actions.slots import Times, add_times, withdraw_time
from sunward.employment.enums import AppointmentState
from sunward.employment.models import Appointment, AppointmentSlot, Guidance
from sunward.employment.queries.appointments import slot_choices
from sunward.outreach.models import Message
from sunward.web.home_todo import read_todo_list
from tests import factories as make
from tests.employment.point_builders import make_appointment, make_point, make_slot
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
AT = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer_named(name, code=HERE):
    unit = make.make_subdistrict(code) if len(code) == 9 else make.make_district()
    return make.make_officer(Role.EMPLOYMENT_OFFICER, unit, username=name, name=name)


@pytest.fixture
def gu():
    return officer_named("gu")


@pytest.fixture
def actor(gu):
    return make.actor_of(gu)


@pytest.fixture
def page(client, gu):
    client.force_login(gu)
    return client


@pytest.fixture
def point():
    return make_point(HERE)


@pytest.fixture
def slot(point, gu):
    return make_slot(point, gu)


def seeker(name="", code=HERE):
    return make.make_jobseeker(name, unit=make.make_committee(f"{code}001", subdistrict=make.make_subdistrict(code)))


def book(actor, case, slot, topic="policy", **more):
    return book_appointment(actor=actor, case_id=case.uid, key=uuid4(), slot=slot.uid, topic=topic, **AT | more)


def act(do, actor, row, version=1, **more):
    return do(actor=actor, case_id=row.case.uid, appointment_id=row.uid, version=version, **AT | more)


def url(name, *args):
    return reverse(f"employment:{name}", args=args)


# Times.


def times(**more):
    given = {"adviser": "gu", "day": TODAY + DAY, "begins": time(9), "ends": time(11), "minutes": 60}
    return Times(**given | more)


def add(actor, point, key=None, **more):
    return add_times(actor=actor, point_id=point.uid, key=key or uuid4(), times=times(**more), **AT)


def test_times_are_cut_into_pieces_and_repeated_every_week(actor, point):
    made = add(actor, point, minutes=45, weekly_until=TODAY + 15 * DAY)
    assert len(made) == 6
    days = sorted({slot.starts_at.date() for slot in made})
    assert days == [TODAY + (1 + 7 * week) * DAY for week in range(3)]
    assert {slot.ends_at - slot.starts_at for slot in made} == {timedelta(minutes=45)}


def test_times_that_are_sent_twice_are_there_once(actor, point):
    key = uuid4()
    for _press in range(2):
        add(actor, point, key)
    assert AppointmentSlot.objects.count() == 2
    assert AuditEntry.objects.filter(code="employment.times_added").count() == 1


def test_nobody_is_at_two_places_at_once_and_the_refusal_says_who_and_when(actor, point):
    add(actor, point)
    other = make_point(HERE, name="凤城乐业空间")
    with pytest.raises(Refusal, match="times_clash") as refused:
        add(actor, other, begins=time(10, 30), ends=time(11, 30))
    assert "gu" in str(refused.value)
    assert f"{TODAY + DAY} 10:00–11:00" in str(refused.value)
    assert len(add(actor, other, begins=time(11), ends=time(12))) == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"ends": time(8)}, "time_ends_before"),
        ({"minutes": 5}, "time_impossible"),
        ({"day": TODAY - DAY}, "time_passed"),
        ({"weekly_until": TODAY + 400 * DAY}, "weekly_too_long"),
        ({"ends": time(9, 30)}, "times_too_many"),
        ({"adviser": "elsewhere"}, "adviser_cannot_be"),
    ],
)
def test_times_that_cannot_be_are_refused(actor, point, wrong, code):
    officer_named("elsewhere", ELSEWHERE)
    with pytest.raises(Refusal, match=code):
        add(actor, point, **wrong)
    assert not AppointmentSlot.objects.exists()


def test_another_office_adds_and_withdraws_no_time_here(point, slot):
    other = make.actor_of(officer_named("elsewhere", ELSEWHERE))
    with pytest.raises(NotThere):
        add(other, point, adviser="elsewhere")
    with pytest.raises(NotThere):
        withdraw_time(actor=other, point_id=point.uid, slot_id=slot.uid, now=NOW)


def test_a_time_into_which_somebody_is_booked_is_not_withdrawn(actor, point, slot):
    row = book(actor, seeker(), slot)
    with pytest.raises(Conflict, match="time_is_booked"):
        withdraw_time(actor=actor, point_id=point.uid, slot_id=slot.uid, now=NOW)
    act(cancel_appointment, actor, row)
    withdraw_time(actor=actor, point_id=point.uid, slot_id=slot.uid, now=NOW)
    slot.refresh_from_db()
    assert slot.withdrawn_at == NOW


# Booking.


def test_of_two_who_take_the_last_place_one_gets_it_and_the_other_reads_why_not(actor, slot):
    book(actor, seeker("先到"), slot)
    with pytest.raises(Refusal, match="slot_taken"):
        book(actor, seeker("后到"), slot)
    assert Appointment.objects.get().case.person.name == "先到"


def test_a_booking_that_is_sent_twice_is_one(actor, slot):
    case, key = seeker(), uuid4()
    given = {"actor": actor, "case_id": case.uid, "key": key, "slot": slot.uid, "topic": "policy"}
    for _press in range(2):
        book_appointment(**given, **AT)
    assert Appointment.objects.count() == 1


def test_somebody_is_booked_in_only_with_whoever_keeps_the_file_and_is_there(actor, point, gu):
    case = seeker()
    make_slot(point, officer_named("elsewhere", ELSEWHERE))
    make_slot(make_point("310109"), gu, starts_at=NOW + 2 * DAY)
    make_slot(make_point(HERE, name="停用", is_open=False), gu, starts_at=NOW + 3 * DAY)
    make_slot(point, gu, starts_at=NOW + 4 * DAY, withdrawn_at=NOW)
    make_slot(point, gu, starts_at=NOW - HOUR)
    make_slot(point, gu, starts_at=NOW + 5 * DAY)
    Absence.objects.create(user=gu, from_on=TODAY + 5 * DAY, until_on=TODAY + 6 * DAY, recorded_at=NOW)
    ok = make_slot(point, gu, starts_at=NOW + 6 * DAY)
    [(name, slots)] = slot_choices(case, now=NOW)
    assert (name, [code for code, _word in slots]) == (point.name, [str(ok.uid)])
    Assignment.objects.filter(user=gu).update(until_on=TODAY)
    assert slot_choices(case, now=NOW) == []


def test_an_officer_of_another_sub_district_books_nobody_here(slot):
    other = make.actor_of(officer_named("elsewhere", ELSEWHERE))
    with pytest.raises(NotThere):
        book(other, seeker(), slot)


def test_nobody_is_booked_in_twice_at_the_same_time(actor, point, slot):
    case = seeker()
    book(actor, case, slot)
    other = make_slot(point, officer_named("ni"), starts_at=slot.starts_at + timedelta(minutes=30))
    with pytest.raises(Refusal, match="appointment_at_once"):
        book(actor, case, other)


def test_a_moved_appointment_frees_its_place_and_takes_another(actor, point, gu, slot):
    row = book(actor, seeker(), slot)
    later = make_slot(point, gu, starts_at=NOW + 2 * DAY)
    row = act(move_appointment, actor, row, slot=later.uid)
    assert (row.slot, row.version) == (later, 2)
    assert act(move_appointment, actor, row, slot=later.uid).version == 2
    book(actor, seeker(), slot)
    with pytest.raises(Refusal, match="slot_taken"):
        act(move_appointment, actor, row, version=2, slot=slot.uid)


def test_a_cancelled_appointment_comes_back_as_long_as_nobody_has_the_place(actor, slot):
    row = book(actor, seeker(), slot)
    for _press in range(2):
        row = act(cancel_appointment, actor, row)
    row = act(restore_appointment, actor, row, version=2)
    assert row.state == AppointmentState.BOOKED
    row = act(cancel_appointment, actor, row, version=3)
    book(actor, seeker(), slot)
    with pytest.raises(Refusal, match="slot_taken"):
        act(restore_appointment, actor, row, version=4)


def test_two_who_settle_one_appointment_differently_do_not_overrule_each_other_unseen(actor, slot):
    row = book(actor, seeker(), slot)
    act(cancel_appointment, actor, row)
    with pytest.raises(Conflict):
        act(note_missed, actor, row)


# What came of it.


@pytest.fixture
def today_slot(point, gu):
    return make_slot(point, gu, starts_at=NOW - HOUR)


def test_whoever_came_has_a_service_of_the_day_and_undoing_withdraws_it(actor, today_slot):
    row = make_appointment(seeker(), today_slot, topic="policy")
    key = uuid4()
    for _press in range(2):
        row = act(note_came, actor, row, key=key, minutes=40, note="讲了政策")
    record = ServiceRecord.objects.get()
    assert (record.kind, record.happened_on, record.minutes) == (ServiceKind.POLICY_BRIEFING, TODAY, 40)
    row = act(restore_appointment, actor, row, version=2)
    record.refresh_from_db()
    assert record.withdrawn_at is not None
    assert row.state == AppointmentState.BOOKED
    act(note_came, actor, row, version=3, key=uuid4())
    assert ServiceRecord.objects.standing().count() == 1


def test_a_guidance_talk_is_written_down_with_what_it_found(actor, today_slot):
    row = make_appointment(seeker(), today_slot, topic="guidance")
    with pytest.raises(Refusal, match="guidance_unsaid"):
        act(note_came, actor, row, key=uuid4(), note="谈过")
    found = GuidanceDetails(traits=("active",), measures=("vacancies",))
    act(note_came, actor, row, key=uuid4(), note="谈过", guidance=found)
    assert Guidance.objects.get().record.kind == ServiceKind.CAREER_GUIDANCE


def test_nobody_has_come_or_missed_before_the_day(actor, slot):
    row = book(actor, seeker(), slot)
    with pytest.raises(Refusal, match="not_yet"):
        act(note_missed, actor, row)
    with pytest.raises(Refusal, match="not_yet"):
        act(note_came, actor, row, key=uuid4())
    assert not ServiceRecord.objects.exists()


# Reminders and the home page.


def reminders():
    """Without the word of a moved or cancelled one."""
    return Message.objects.exclude(key__regex="moved|cancelled")


def test_everybody_is_reminded_the_day_before_once_and_once_more_where_it_was_moved(actor, point, gu, slot):
    case = seeker("纪求职")
    row = book(actor, case, slot)
    gone = book(actor, seeker(), make_slot(point, gu, starts_at=NOW + DAY + 2 * HOUR))
    act(cancel_appointment, actor, gone)
    assert list_to_remind(on=TODAY) == [row.pk]
    assert list_to_remind(on=TODAY + DAY) == []
    for _run in range(2):
        remind_of_appointment(appointment_pk=row.pk, now=NOW)
        remind_of_appointment(appointment_pk=gone.pk, now=NOW)
    message = reminders().get()
    assert (message.about, message.person_id, message.unit_path) == (
        "employment.appointment", case.person_id, case.unit_path,
    )  # fmt: skip
    assert point.address in message.body
    assert "纪求职" not in message.body
    act(move_appointment, actor, row, slot=make_slot(point, gu, starts_at=NOW + DAY + 4 * HOUR).uid)
    remind_of_appointment(appointment_pk=row.pk, now=NOW)
    assert reminders().count() == 2


def test_an_adviser_sees_on_her_home_page_whom_she_expects_today_and_who_is_left_over(actor, point, gu, slot):
    make_appointment(seeker("今天"), make_slot(point, gu, starts_at=NOW + HOUR))
    make_appointment(seeker("昨天"), make_slot(point, gu, starts_at=NOW - DAY))
    make_appointment(seeker("明天"), slot)
    make_appointment(seeker("已来"), make_slot(point, gu, starts_at=NOW - HOUR), state="came")
    make_appointment(seeker("别人"), make_slot(point, officer_named("ni"), starts_at=NOW))
    [group] = [group for group in read_todo_list(actor, on=TODAY).groups if group.key == "appointments"]
    assert [(line.title, line.tone) for line in group.lines] == [("昨天", "warn"), ("今天", "info")]


def test_an_adviser_whose_post_has_ended_sees_no_appointment_any_more(point, gu):
    make_appointment(seeker("今天"), make_slot(point, gu, starts_at=NOW + HOUR))
    Assignment.objects.filter(user=gu).update(until_on=TODAY)
    groups = read_todo_list(make.actor_of(gu), on=TODAY).groups
    assert not [group for group in groups if group.key == "appointments"]


# Pages.


def test_the_day_names_only_whose_files_the_reader_keeps(page, point, gu):
    make_appointment(seeker("本街"), make_slot(point, gu, starts_at=NOW + HOUR))
    make_appointment(seeker("外街", ELSEWHERE), make_slot(point, gu, starts_at=NOW + 2 * HOUR))
    shown = page.get(url("appointments"), {"whose": "all"})
    assert [row.name for row in shown.context["rows"]] == ["本街"]
    assert "外街" not in shown.content.decode()
    assert page.get(url("appointments"), {"day": "2026-02-31"}).context["day"] == TODAY
    assert page.get(url("appointments"), {"day": str(date(2026, 1, 1))}).context["rows"] == ()


def test_whoever_is_booked_with_an_adviser_who_has_left_stands_on_the_day_of_all_who_keep_the_file(page, point):
    gone, there = officer_named("gone"), officer_named("there")
    make_appointment(seeker("没人等"), make_slot(point, gone, starts_at=NOW + HOUR))
    make_appointment(seeker("有人等"), make_slot(point, there, starts_at=NOW + 2 * HOUR))
    make_appointment(seeker("外街", ELSEWHERE), make_slot(point, gone, starts_at=NOW + 3 * HOUR))
    Assignment.objects.filter(user=gone).update(until_on=TODAY)
    assert [row.name for row in page.get(url("appointments")).context["rows"]] == ["没人等"]


def test_the_page_of_a_place_names_no_jobseeker(page, point, slot, actor):
    book(actor, seeker("纪求职"), slot)
    assert "纪求职" not in page.get(url("point", point.uid)).content.decode()


def test_what_was_typed_stays_when_the_time_was_taken_in_this_moment(page, actor, slot):
    case = seeker()
    form = page.get(url("jobseeker_book", case.uid)).context["form"]
    book(actor, seeker(), slot)
    typed = {"key": form["key"].value(), "slot": slot.uid, "topic": "policy", "note": "带上身份证"}
    answer = page.post(url("jobseeker_book", case.uid), typed)
    assert answer.status_code == 422
    assert "带上身份证" in answer.content.decode()


def test_the_pages_lead_from_booking_to_what_came_of_it(page, point, gu, today_slot):
    case = seeker()
    row = make_appointment(case, today_slot, topic="guidance")
    file = page.get(url("jobseeker", case.uid)).content.decode()
    came = url("jobseeker_appointment_came", case.uid, row.uid)
    assert came in file
    form = page.get(came).context["form"]
    assert "happened_on" not in form.fields
    said = {"key": form["key"].value(), "version": 1, "traits": "active", "measures": "vacancies", "note": "谈过"}
    assert page.post(came, said).status_code == 302
    row.refresh_from_db()
    assert row.state == AppointmentState.CAME
    assert Guidance.objects.get().record.happened_on == TODAY
    page.post(url("jobseeker_appointment_restore", case.uid, row.uid), {"version": 2})
    page.post(url("jobseeker_appointment_missed", case.uid, row.uid), {"version": 3})
    row.refresh_from_db()
    assert (row.state, ServiceRecord.objects.standing().count()) == (AppointmentState.MISSED, 0)


def test_times_are_added_on_the_page_of_their_place(page, point):
    typed = {
        "key": uuid4(), "adviser": "gu", "day": TODAY + DAY, "begins": "13:00", "ends": "15:00", "minutes": 60,
        "places": 2, "weekly_until": "",
    }  # fmt: skip
    assert page.post(url("point_times_new", point.uid), typed).status_code == 302
    assert page.get(url("point", point.uid)).context["page"].slots[0].free == 2
    clash = page.post(url("point_times_new", point.uid), typed | {"key": uuid4(), "begins": "14:30"})
    assert clash.status_code == 422
    assert 'value="14:30"' in clash.content.decode()
