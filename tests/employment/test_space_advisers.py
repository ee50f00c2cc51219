"""Chief career advisers and city mentors of a Leye Space: who may be one, whose times they sit in, and how it ends."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions.slots import Times, add_times
from sunward.employment.actions.space_advisers import AdviserDetails, end_adviser, name_adviser, restore_adviser
from sunward.employment.enums import AdviserTitle
from sunward.employment.models import AppointmentSlot, SpaceAdviser
from sunward.employment.queries.appointments import slot_choices
from sunward.employment.queries.points import read_point
from tests import factories as make
from tests.employment.point_builders import make_appointment, make_point
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
DAY = timedelta(days=1)
AT = {"on": TODAY, "now": NOW}
CHIEF = AdviserDetails(AdviserTitle.CHIEF, "职业规划", officer="gu")
MENTOR = AdviserDetails(AdviserTitle.MENTOR, "智能制造", name="陆鸣", promised_on=TODAY - DAY)


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer_named(name, code=HERE):
    return make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code), username=name, name=name)


@pytest.fixture
def gu():
    return officer_named("gu")


@pytest.fixture
def actor(gu):
    return make.actor_of(gu)


@pytest.fixture
def point():
    return make_point(HERE)


def name(actor, point, details, **more):
    return name_adviser(actor=actor, point_id=point.uid, key=more.pop("key", uuid4()), details=details, **AT | more)


def end(actor, row, **more):
    row.refresh_from_db()
    given = {"version": row.version} | AT | more
    return end_adviser(actor=actor, point_id=row.point.uid, adviser_id=row.uid, **given)


def restore(actor, row):
    row.refresh_from_db()
    return restore_adviser(actor=actor, point_id=row.point.uid, adviser_id=row.uid, version=row.version, **AT)


def times(mentor=None, *, adviser="gu", begins=9, day=TODAY + DAY):
    return Times(adviser, day, time(begins), time(begins + 1), 60, mentor=mentor)


def add(actor, point, wanted):
    return add_times(actor=actor, point_id=point.uid, key=uuid4(), times=wanted, **AT)


def names(point, actor, *, now=NOW):
    return [(row.name, row.is_over) for row in read_point(point, actor, now=now).advisers]


def test_the_place_names_its_chief_adviser_first_and_its_city_mentors(actor, point):
    name(actor, point, MENTOR)
    name(actor, point, CHIEF)
    assert names(point, actor) == [("gu", False), ("陆鸣", False)]


def test_a_form_that_is_sent_twice_names_one_adviser(actor, point):
    key = uuid4()
    assert name(actor, point, MENTOR, key=key) == name(actor, point, MENTOR, key=key)
    assert AuditEntry.objects.filter(code="employment.space_adviser_named").count() == 1


def test_a_new_chief_adviser_follows_the_one_before(actor, point):
    first = name(actor, point, CHIEF)
    officer_named("ni")
    name(actor, point, AdviserDetails(AdviserTitle.CHIEF, "创业", officer="ni"))
    first.refresh_from_db()
    assert first.until_on == TODAY
    assert [row for row in names(point, actor) if not row[1]] == [("ni", False)]


@pytest.mark.parametrize("officer", ["somebody_else", "there", "gone", ""])
def test_chief_adviser_is_only_who_keeps_the_files_of_the_place(actor, point, officer):
    officer_named("there", ELSEWHERE)
    Assignment.objects.filter(user=officer_named("gone")).update(until_on=TODAY)
    with pytest.raises(Refusal, match="adviser_cannot_be"):
        name(actor, point, AdviserDetails(AdviserTitle.CHIEF, "创业", officer=officer))
    assert not SpaceAdviser.objects.exists()


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (AdviserDetails(AdviserTitle.MENTOR, "制造", name=" ", promised_on=TODAY), "mentor_name"),
        (AdviserDetails(AdviserTitle.MENTOR, "制造", name="陆鸣"), "mentor_promise"),
        (AdviserDetails(AdviserTitle.MENTOR, "制造", name="陆鸣", promised_on=TODAY + DAY), "mentor_promise"),
        (AdviserDetails(AdviserTitle.MENTOR, "  ", name="陆鸣", promised_on=TODAY), "adviser_knows"),
    ],
)
def test_nobody_sits_in_without_a_name_a_promise_and_what_it_is_about(actor, point, details, code):
    with pytest.raises(Refusal, match=code):
        name(actor, point, details)


def test_the_office_of_another_sub_district_names_and_ends_nobody_here(actor, point):
    row = name(actor, point, MENTOR)
    other = make.actor_of(officer_named("there", ELSEWHERE))
    with pytest.raises(NotThere):
        name(other, point, MENTOR)
    with pytest.raises(NotThere):
        end(other, row)
    assert names(point, other) == [("陆鸣", False)]


def test_whoever_books_reads_which_mentor_sits_in(actor, point):
    mentor = name(actor, point, MENTOR)
    add(actor, point, times(mentor.uid))
    case = make.make_jobseeker(
        "纪求职", unit=make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    )
    ((_place, [(_uid, said)]),) = slot_choices(case, now=NOW)
    assert "陆鸣" in said
    assert "智能制造" in said


def test_a_mentor_of_another_place_or_of_the_past_sits_in_nowhere(actor, point):
    there = make_point(HERE, name="殷行乐业空间")
    elsewhere, over = name(actor, there, MENTOR), end(actor, name(actor, point, MENTOR))
    chief = name(actor, point, CHIEF)
    for mentor in (elsewhere.uid, over.uid, chief.uid, uuid4()):
        with pytest.raises(Refusal, match="mentor_cannot_be"):
            add(actor, point, times(mentor))
    assert not AppointmentSlot.objects.exists()


def test_a_mentor_is_with_one_officer_at_a_time(actor, point):
    mentor = name(actor, point, MENTOR)
    officer_named("ni")
    add(actor, point, times(mentor.uid))
    with pytest.raises(Refusal, match="陆鸣"):
        add(actor, point, times(mentor.uid, adviser="ni"))
    add(actor, point, times(mentor.uid, adviser="ni", begins=10))


def test_a_mentor_who_ends_leaves_the_free_times_and_nobody_who_is_booked_is_left_alone(actor, point):
    mentor = name(actor, point, MENTOR)
    [slot] = add(actor, point, times(mentor.uid))
    row = make_appointment(make.make_jobseeker("纪求职", unit=point.unit), slot)
    with pytest.raises(Conflict, match="mentor_is_expected"):
        end(actor, mentor)
    row.delete()
    for _press in range(2):
        end(actor, mentor)
    slot.refresh_from_db()
    assert slot.mentor is None
    assert AuditEntry.objects.filter(code="employment.space_adviser_ended").count() == 1


def test_what_was_ended_by_mistake_is_taken_back_unless_another_chief_is_there(actor, point):
    first, mentor = name(actor, point, CHIEF), name(actor, point, MENTOR)
    restore(actor, end(actor, mentor))
    assert ("陆鸣", False) in names(point, actor)
    officer_named("ni")
    name(actor, point, AdviserDetails(AdviserTitle.CHIEF, "创业", officer="ni"))
    with pytest.raises(Conflict, match="chief_is_another"):
        restore(actor, first)


def test_of_two_who_end_and_take_back_at_once_the_second_looks_again(actor, point):
    row = name(actor, point, MENTOR)
    end(actor, row)
    with pytest.raises(Conflict, match="adviser_changed"):
        restore_adviser(actor=actor, point_id=point.uid, adviser_id=row.uid, version=1, **AT)


def test_whoever_ended_is_seen_by_the_own_office_for_a_month_and_by_nobody_else(actor, point):
    end(actor, name(actor, point, MENTOR))
    other = make.actor_of(officer_named("there", ELSEWHERE))
    assert names(point, actor) == [("陆鸣", True)]
    assert names(point, other) == []
    assert names(point, actor, now=NOW + 31 * DAY) == []


def test_the_database_keeps_one_chief_adviser_of_a_place(actor, point):
    row = name(actor, point, CHIEF)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpaceAdviser.objects.create(point=point, title="chief", officer=row.officer, knows="创业", from_on=TODAY)


def test_the_pages_lead_from_the_place_to_a_time_with_a_mentor_and_back(client, gu, point):
    client.force_login(gu)
    address = reverse("employment:point", args=[point.uid])
    given = {"title": "mentor", "knows": "智能制造", "name": "陆鸣", "promised_on": TODAY.isoformat(), "key": uuid4()}
    assert client.post(reverse("employment:point_adviser_new", args=[point.uid]), given).status_code == 302
    row = SpaceAdviser.objects.get()
    assert "陆鸣" in client.get(address).text
    assert "陆鸣" in client.get(reverse("employment:point_times_new", args=[point.uid])).text
    for verb, version in (("end", 1), ("restore", 2)):
        client.post(reverse(f"employment:point_adviser_{verb}", args=[point.uid, row.uid]), {"version": version})
    row.refresh_from_db()
    assert row.until_on is None


def test_what_is_missing_is_said_above_the_form_and_nothing_typed_is_lost(client, gu, point):
    client.force_login(gu)
    given = {"title": "mentor", "knows": "智能制造", "name": "陆鸣", "key": uuid4()}
    answer = client.post(reverse("employment:point_adviser_new", args=[point.uid]), given)
    assert answer.status_code == 422
    assert "保密" in answer.text
    assert "陆鸣" in answer.text
