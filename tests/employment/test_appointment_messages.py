"""Who hears that an appointment was moved or cancelled: the other side, once, of time and place and of nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core.refusals import Refusal
from sunward.employment.actions.appointments import (
    book_appointment,
    cancel_appointment,
    move_appointment,
    restore_appointment,
)
from sunward.employment.actions.files import close_jobseeker, reopen_jobseeker
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.actions.own_appointments import cancel_own, move_own, restore_own
from sunward.employment.enums import AppointmentState
from sunward.employment.own_pass import make_pass, token_of
from sunward.outreach.enums import MessagePurpose, MessageState
from sunward.outreach.models import Message
from tests import factories as make
from tests.employment.point_builders import make_appointment, make_point, make_slot
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE = "310110012"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
AT = {"on": TODAY, "now": NOW}


def officer_named(name):
    return make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE), username=name, name=name)


@pytest.fixture
def gu():
    """The adviser."""
    return officer_named("gu")


@pytest.fixture
def ni():
    """A colleague who keeps the same files."""
    return make.actor_of(officer_named("ni"))


@pytest.fixture
def case():
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    return make.make_jobseeker("纪求职", unit=unit)


@pytest.fixture
def point():
    return make_point(HERE)


@pytest.fixture
def slot(point, gu):
    return make_slot(point, gu)


@pytest.fixture
def later(point, gu):
    return make_slot(point, gu, starts_at=NOW + 3 * DAY)


@pytest.fixture
def row(ni, case, slot):
    return book_appointment(
        actor=ni, case_id=case.uid, key=uuid4(), slot=slot.uid, topic="guidance", note="带身份证", **AT
    )


@pytest.fixture
def passed(case, ni):
    link = make_jobseeker_link(actor=ni, case_id=case.uid, **AT)
    return {"token": token_of(link), "shown": make_pass(link, now=NOW)} | AT


def by(actor, do, row, **more):
    row.refresh_from_db()
    return do(actor=actor, case_id=row.case.uid, appointment_id=row.uid, version=row.version, **AT | more)


def own(do, passed, row, **more):
    row.refresh_from_db()
    return do(appointment_id=row.uid, version=row.version, **passed | more)


def to_person(case):
    return Message.objects.filter(person_id=case.person_id)


def to_user(user):
    return Message.objects.filter(user_id=user.pk)


def test_a_colleague_who_moves_it_tells_the_person_and_the_adviser_once_each(ni, gu, case, row, later):
    for _press in range(2):
        by(ni, move_appointment, row, slot=later.uid)
    said, heard = to_person(case).get(), to_user(gu).get()
    assert (said.purpose, heard.purpose) == (MessagePurpose.VISIT, MessagePurpose.DUTY)
    assert Message.objects.count() == 2
    for body in (said.body, heard.body):
        assert (NOW + 3 * DAY).strftime("%Y-%m-%d") in body
        assert (NOW + DAY).strftime("%Y-%m-%d") in body
        assert "控江乐业空间" in body


def test_whoever_moves_an_appointment_with_themselves_tells_the_person_alone(gu, case, row, later):
    by(make.actor_of(gu), move_appointment, row, slot=later.uid)
    assert to_person(case).count() == 1
    assert not to_user(gu).exists()


def test_a_person_who_cancels_tells_the_adviser_and_nobody_else(gu, case, row, passed):
    for _press in range(2):
        own(cancel_own, passed, row)
    heard = to_user(gu).get()
    assert "求职者取消" in heard.body or "has cancelled" in heard.body
    assert not to_person(case).exists()


def test_a_person_who_moves_to_another_adviser_tells_both(gu, case, point, row, passed):
    other = officer_named("qian")
    own(move_own, passed, row, slot=make_slot(point, other, starts_at=NOW + 2 * DAY).uid)
    assert (to_user(gu).count(), to_user(other).count(), to_person(case).count()) == (1, 1, 0)


@pytest.mark.parametrize("do", [move_appointment, cancel_appointment])
def test_no_message_says_who_comes_or_what_it_is_about(ni, gu, case, row, later, do):
    by(ni, do, row, **({"slot": later.uid} if do is move_appointment else {}))
    for message in Message.objects.all():
        for word in ("纪求职", "带身份证", "职业指导", case.person.phone, case.person.pseudonym):
            assert word not in f"{message.body} {message.path} {message.reference}"
    assert to_user(gu).get().path == f"{reverse('employment:appointments')}?day={told_day(row)}"


def told_day(row):
    row.refresh_from_db()
    return row.slot.starts_at.strftime("%Y-%m-%d")


def test_what_has_been_already_is_told_to_nobody(ni, gu, case, point):
    gone = make_appointment(case, make_slot(point, gu, starts_at=NOW - HOUR))
    by(ni, cancel_appointment, gone)
    assert not Message.objects.exists()


def test_what_is_cancelled_and_had_back_before_a_word_went_out_is_never_told(ni, gu, case, row):
    by(ni, cancel_appointment, row)
    told = to_person(case).get()
    Message.objects.filter(pk=told.pk).update(state=MessageState.QUEUED, attempts=0)
    by(ni, restore_appointment, row)
    told.refresh_from_db()
    assert told.state == MessageState.DROPPED
    assert to_person(case).count() == 1


def test_whoever_has_heard_that_it_is_cancelled_hears_that_it_stands_after_all(ni, gu, case, row):
    by(ni, cancel_appointment, row)
    Message.objects.update(state=MessageState.SENT, attempts=1)
    by(ni, restore_appointment, row)
    assert (to_person(case).count(), to_user(gu).count()) == (2, 2)
    assert to_person(case).latest("pk").body != to_person(case).earliest("pk").body


def test_a_person_who_comes_after_all_tells_the_adviser(gu, row, passed):
    own(cancel_own, passed, row)
    Message.objects.update(state=MessageState.SENT, attempts=1)
    own(restore_own, passed, row)
    assert to_user(gu).count() == 2


def test_a_move_that_is_refused_tells_nobody(ni, row, point, gu):
    full = make_slot(point, gu, starts_at=NOW + 4 * DAY)
    make_appointment(make.make_jobseeker("别人", unit=row.case.unit), full)
    with pytest.raises(Refusal, match="slot_taken"):
        by(ni, move_appointment, row, slot=full.uid)
    assert not Message.objects.exists()


def test_the_persons_message_leads_to_the_own_page(ni, case, row):
    by(ni, cancel_appointment, row)
    assert to_person(case).get().path == reverse("own_page", args=[token_of(case.jobseeker_links.get())])


def close(actor, case, reason):
    case.refresh_from_db()
    close_jobseeker(actor=actor, case_id=case.uid, version=case.version, reason=reason, **AT)
    case.refresh_from_db()


def test_a_file_that_is_closed_gives_its_places_back_and_both_hear_of_it(ni, gu, case, row):
    close(ni, case, "at_work")
    row.refresh_from_db()
    assert row.state == AppointmentState.CANCELLED
    said = to_person(case).get()
    assert "021-00001234" in said.body
    assert said.path == ""
    assert to_user(gu).get().body.count("控江乐业空间") == 1
    book_appointment(
        actor=ni, case_id=make.make_jobseeker("倪求职", unit=case.unit).uid, key=uuid4(), slot=row.slot.uid,
        topic="policy", **AT,
    )  # fmt: skip


@pytest.mark.parametrize("reason", ["died", "mistake"])
def test_nothing_is_written_to_somebody_who_died_or_whose_file_was_a_mistake(ni, gu, case, row, reason):
    close(ni, case, reason)
    assert not to_person(case).exists()
    assert to_user(gu).exists()


def test_what_has_passed_when_a_file_is_closed_stays_as_it_was_noted(ni, gu, case, point):
    passed = make_appointment(case, make_slot(point, gu, starts_at=NOW - DAY))
    close(ni, case, "at_work")
    passed.refresh_from_db()
    assert passed.state == AppointmentState.BOOKED


def test_a_file_opened_again_gets_its_time_back_where_it_is_still_free(ni, case, row):
    close(ni, case, "no_wish")
    reopen_jobseeker(actor=ni, case_id=case.uid, version=case.version, reason="又想找工作了", **AT)
    by(ni, restore_appointment, row)
    row.refresh_from_db()
    assert row.state == AppointmentState.BOOKED
