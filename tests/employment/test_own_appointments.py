"""Appointments on a jobseeker's own page: booked, moved, cancelled, had back, within limits that leave others room."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.access.own_page import PassMissing
from sunward.employment.actions.appointments import book_appointment, cancel_appointment
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.actions.own_appointments import book_own, cancel_own, move_own, restore_own
from sunward.employment.enums import AppointmentState
from sunward.employment.models import Appointment
from sunward.employment.own_pass import make_pass, token_of
from sunward.employment.queries.own_appointments import list_own_appointments
from sunward.employment.rules import OWN_APPOINTMENTS_AHEAD, OWN_CHANGES_A_WEEK
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.employment.point_builders import make_appointment, make_point, make_slot
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE = "310110012"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
AT = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def gu():
    return make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE), username="gu", name="顾老师")


@pytest.fixture
def point():
    return make_point(HERE)


def seeker(name="纪求职"):
    return make.make_jobseeker(name, unit=make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE)))


@pytest.fixture
def case():
    return seeker()


@pytest.fixture
def link(gu, case):
    return make_jobseeker_link(actor=make.actor_of(gu), case_id=case.uid, **AT)


@pytest.fixture
def passed(link):
    return {"token": token_of(link), "shown": make_pass(link, now=NOW)} | AT


@pytest.fixture
def own(link):
    client = Client()
    assert client.post(page_of(link), {"typed": link.case.person.phone[-4:]}).status_code == 302
    return client


def page_of(link):
    return reverse("own_page", args=[token_of(link)])


def url(name, link, row=None):
    return reverse(name, args=[token_of(link), *([row.uid] if row else [])])


def days_ahead(point, gu, count):
    return [make_slot(point, gu, starts_at=NOW + number * DAY) for number in range(1, count + 1)]


def book(passed, slot, key=None, **more):
    return book_own(key=key or uuid4(), slot=slot.uid, topic="policy", **passed | more)


def act(do, passed, row, **more):
    return do(appointment_id=row.uid, **{"version": row.version} | passed | more)


def test_a_booking_sent_twice_is_one_and_it_says_that_the_person_did_it(gu, point, passed, case):
    [slot], key = days_ahead(point, gu, 1), uuid4()
    assert book(passed, slot, key) == book(passed, slot, key)
    row = Appointment.objects.get()
    assert (row.case, row.slot, row.booked_by_id) == (case, slot, 0)
    assert standing_facts().filter(kind="employment.appointment_booked", actor_id=0).count() == 1
    assert AuditEntry.objects.filter(code="employment.appointment_booked", actor_id=0).count() == 1


def test_nobody_holds_more_than_two_ahead_whoever_booked_them(gu, point, passed, case):
    *free, last = days_ahead(point, gu, OWN_APPOINTMENTS_AHEAD + 1)
    make_appointment(case, free.pop())
    for slot in free:
        book(passed, slot)
    with pytest.raises(Refusal, match="own_appointments_enough"):
        book(passed, last)
    make_appointment(case, make_slot(point, gu, starts_at=NOW - DAY))
    act(cancel_own, passed, Appointment.objects.filter(slot=free[0]).get())
    assert book(passed, last).slot == last


def test_to_have_one_back_is_to_hold_one_more(gu, point, passed):
    first, *others = days_ahead(point, gu, OWN_APPOINTMENTS_AHEAD + 1)
    row = act(cancel_own, passed, book(passed, first))
    for slot in others:
        book(passed, slot)
    with pytest.raises(Refusal, match="own_appointments_enough"):
        act(restore_own, passed, row)


def test_whoever_books_and_cancels_in_turn_is_asked_to_call_after_some_times_and_may_still_cancel(gu, point, passed):
    slots = days_ahead(point, gu, OWN_CHANGES_A_WEEK)
    for slot in slots[: OWN_CHANGES_A_WEEK // 2 - 1]:
        act(cancel_own, passed, book(passed, slot))
    row = book(passed, slots[-1])
    row = act(move_own, passed, row, slot=slots[-2].uid)
    with pytest.raises(Refusal, match="own_changes_enough"):
        act(move_own, passed, row, slot=slots[-3].uid)
    with pytest.raises(Refusal, match="own_changes_enough"):
        book(passed, slots[0])
    assert act(cancel_own, passed, row).state == AppointmentState.CANCELLED
    later = {"now": NOW + 7 * DAY + HOUR, "on": TODAY + 7 * DAY}
    fresh = make_slot(point, gu, starts_at=NOW + 9 * DAY)
    later["shown"] = make_pass(row.case.jobseeker_links.get(), now=later["now"])
    assert book(passed, fresh, **later).slot == fresh


def test_what_the_office_changed_is_not_counted_against_the_person(gu, point, passed, case):
    officer = make.actor_of(gu)
    for slot in days_ahead(point, gu, OWN_CHANGES_A_WEEK):
        row = book_appointment(actor=officer, case_id=case.uid, key=uuid4(), slot=slot.uid, topic="policy", **AT)
        cancel_appointment(actor=officer, case_id=case.uid, appointment_id=row.uid, version=row.version, **AT)
    assert book(passed, make_slot(point, gu, starts_at=NOW + 20 * DAY))


def test_a_move_without_a_place_leaves_the_old_time(gu, point, passed):
    first, second = days_ahead(point, gu, 2)
    make_appointment(seeker("别人"), second)
    row = book(passed, first)
    with pytest.raises(Refusal, match="slot_taken"):
        act(move_own, passed, row, slot=second.uid)
    row.refresh_from_db()
    assert (row.slot, row.state) == (first, AppointmentState.BOOKED)


def test_what_has_begun_is_the_offices_to_settle(gu, point, passed, case):
    row = make_appointment(case, make_slot(point, gu, starts_at=NOW - HOUR))
    free = make_slot(point, gu)
    for do, more in ((cancel_own, {}), (move_own, {"slot": free.uid})):
        with pytest.raises(Refusal, match="own_appointment_begun"):
            act(do, passed, row, **more)
    came = make_appointment(case, make_slot(point, gu, starts_at=NOW - DAY), state="missed")
    assert act(restore_own, passed, came).state == AppointmentState.MISSED


def test_an_old_page_changes_nothing(gu, point, passed):
    first, second, third = days_ahead(point, gu, 3)
    row = book(passed, first)
    act(move_own, passed, row, slot=second.uid)
    for do, more in ((move_own, {"slot": third.uid}), (cancel_own, {})):
        with pytest.raises(Conflict):
            act(do, passed, row, version=1, **more)


def test_anothers_appointment_is_not_there_and_without_the_answer_nothing_is_done(gu, point, passed):
    other = make_appointment(seeker("别人"), make_slot(point, gu))
    free = make_slot(point, gu, starts_at=NOW + 2 * DAY)
    for do, more in ((cancel_own, {}), (restore_own, {}), (move_own, {"slot": free.uid})):
        with pytest.raises(NotThere):
            act(do, passed, other, **more)
        with pytest.raises(PassMissing):
            act(do, passed | {"shown": ""}, other, **more)
    with pytest.raises(PassMissing):
        book(passed | {"shown": ""}, free)
    other.refresh_from_db()
    assert (other.state, other.version) == (AppointmentState.BOOKED, 1)


def test_a_time_with_an_adviser_who_does_not_keep_the_file_is_not_offered(point, passed):
    far = make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110019"), username="far")
    with pytest.raises(Refusal, match="slot_not_offered"):
        book(passed, make_slot(point, far))


# The pages.


def test_the_page_books_moves_cancels_and_undoes(gu, point, link, own, case):
    first, second = days_ahead(point, gu, 2)
    text = own.get(url("own_book", link)).content.decode()
    assert "控江乐业空间" in text
    sent = {"key": str(uuid4()), "slot": str(first.uid), "topic": "policy"}
    assert own.post(url("own_book", link), sent).url == page_of(link)
    row = Appointment.objects.get()
    assert own.get(page_of(link)).context["page"].appointments[0].uid == row.uid
    own.post(url("own_move", link, row), {"slot": str(second.uid), "version": row.version})
    row.refresh_from_db()
    assert row.slot == second
    own.post(url("own_cancel", link, row), {"version": row.version})
    row.refresh_from_db()
    [shown] = own.get(page_of(link)).context["page"].appointments
    assert (row.state, shown.is_booked) == (AppointmentState.CANCELLED, False)
    own.post(url("own_restore", link, row), {"version": row.version})
    row.refresh_from_db()
    assert row.state == AppointmentState.BOOKED


def test_a_time_that_somebody_else_took_meanwhile_is_a_sentence_and_the_rest_stays(gu, point, link, own):
    first, _second = days_ahead(point, gu, 2)
    make_appointment(seeker("别人"), first)
    answer = own.post(url("own_book", link), {"key": str(uuid4()), "slot": str(first.uid), "topic": "training"})
    assert answer.status_code == 422
    assert answer.context["form"]["topic"].value() == "training"
    assert answer.context["form"].errors["slot"]


def test_nothing_is_shown_of_the_offices_note_or_of_the_topic_in_an_address(gu, point, link, own, case):
    make_appointment(case, make_slot(point, gu), note="只给办公室看")
    assert "只给办公室看" not in own.get(page_of(link)).content.decode()


def test_without_a_pass_every_address_leads_to_the_question(gu, point, link, case):
    row = make_appointment(case, make_slot(point, gu))
    asked = Client()
    for name in ("own_book", "own_move"):
        assert asked.get(url(name, link, row if name == "own_move" else None)).url == page_of(link)
    for name in ("own_cancel", "own_restore"):
        assert asked.post(url(name, link, row), {"version": 1}).url == page_of(link)
    row.refresh_from_db()
    assert row.state == AppointmentState.BOOKED


def test_where_no_time_is_free_the_page_says_whom_to_ask(link, own):
    answer = own.get(url("own_book", link))
    assert answer.status_code == 200
    assert not answer.context["form"].has_times


def test_whoever_holds_two_is_offered_no_third(gu, point, link, own, case):
    *held, _free = days_ahead(point, gu, OWN_APPOINTMENTS_AHEAD + 1)
    for slot in held:
        assert own.get(page_of(link)).context["page"].is_bookable
        make_appointment(case, slot)
    assert not own.get(page_of(link)).context["page"].is_bookable


def test_a_list_of_appointments_is_one_query(gu, point, case, django_assert_num_queries):
    for slot in days_ahead(point, gu, 3):
        make_appointment(case, slot)
    with django_assert_num_queries(1):
        assert len(list_own_appointments(case, now=NOW)) == 3
