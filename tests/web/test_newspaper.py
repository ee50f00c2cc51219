"""The newspaper test: a district's records add up to what it reported for January to October 2022.

The scenario is built once, in a transaction that is rolled back after the last test of this module.
"""

import json
import re
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Min
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sunward.accounts.models import User
from sunward.figures.counting.figure import Figure
from sunward.figures.declared import indicators
from sunward.figures.pins import NOW, Pin, Span
from sunward.gatherings.models import SignUp
from sunward.ledger.actions import correct_fact
from sunward.ledger.models import Fact
from sunward.people.models import Person
from sunward.web.bulletin_files import Wanted, as_json, read_bulletin
from sunward.web.demo.yangpu_2022.build import build_yangpu_2022
from sunward.web.demo.yangpu_2022.moms import REGISTERS
from sunward.web.demo.yangpu_2022.stage import at
from tests.figures.kinds import written_kinds

LAST, LATER = date(2022, 10, 31), datetime(2022, 11, 6, tzinfo=UTC)
YEAR = Span(date(2022, 1, 1), LAST)
# What was reported, and by which figure it is counted.
REPORTED = {
    "employment.helped_into_work": 2_066,
    "employment.youths_into_work": 679,
    "employment.roadshow_sessions": 30,
    "employment.roadshow_units": 7,
    "employment.roadshow_attendances": 3_435,
    "employment.fairs_held": 30,
    "employment.interview_sessions_held": 20,
    "employment.posts_brought": 6_080,
    "employment.groups_reached": 12,
    "employment.online_visit_it_vacancies": 10,
    "blueprint.meetings": 1,
    "blueprint.speakers": 30,
    "blueprint.questions": 3,
}
MOMS = sum(matches for _day, _children, _mentors, matches in REGISTERS)


class Built(NamedTuple):
    """The copy for the house and the one that leaves it, as known that evening; what was told while it was built."""

    text: str
    house: dict
    paper: dict
    told: list[str]


def printed(known: str = "", *, in_house: bool = True) -> str:
    wanted = Wanted(on=LAST, known=known, in_house=in_house)
    return as_json(read_bulletin(wanted, today=date(2022, 11, 6), now=LATER), in_house=in_house)


def figure(said, code, unit="310110"):
    """Over the longest of its spans."""
    found = [one for one in said["figures"] if (one["code"], one["unit"]["code"]) == (code, unit)]
    return min(found, key=lambda one: one["from"] if one["until"] == f"{LAST}" else "9")


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "HOME", str(tmp_path_factory.mktemp("home")))
        told: list[str] = []
        build_yangpu_2022(told.append)
        text = printed()
        yield Built(text, json.loads(text), json.loads(printed(in_house=False)), told)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _leave_it_as_it_was(built):
    """Whatever a test writes goes with it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(("code", "reported"), REPORTED.items(), ids=REPORTED)
def test_each_reported_number_is_printed_and_opens_records_that_add_up_to_it(built, code, reported):
    told = figure(built.paper, code)
    assert (told["printed"].replace(",", ""), told["value"], told["records_add_up_to"]) == (
        f"{reported}", reported, reported,
    )  # fmt: skip
    assert not told["is_withheld"]


def test_more_than_fifty_neighbour_moms_have_a_child_and_the_paper_rounds_them(built):
    for code in ("mentoring.moms_with_child", "mentoring.matches_running"):
        told, paper = figure(built.house, code), figure(built.paper, code)
        assert (told["value"], told["records"]) == (MOMS, MOMS)
        assert (paper["printed"], paper["rounded_to"], paper["value"], paper["records"]) == ("55", 5, None, None)
    assert MOMS > 50


def test_the_groups_were_told_and_the_online_visit_was_in_yinhang_alone(built):
    assert figure(built.paper, "employment.pushes")["value"] > 200
    by_unit = {
        one["unit"]["name"]: one["value"]
        for one in built.paper["figures"] if one["code"] == "employment.online_visit_it_vacancies"
    }  # fmt: skip
    assert {name for name, value in by_unit.items() if value} == {"杨浦区", "殷行街道"}


def test_seven_sub_districts_had_a_session_and_their_sessions_add_up(built):
    rows = [one for one in built.paper["figures"] if one["code"] == "employment.roadshow_sessions"]
    streets = [one["value"] for one in rows if one["unit"]["code"] != "310110"]
    assert (sum(streets), sum(value > 0 for value in streets), len(streets)) == (30, 7, 12)


def test_the_meeting_has_its_plan_and_every_proposal_its_answer(built):
    assert figure(built.paper, "blueprint.work_begun")["value"] == figure(built.paper, "blueprint.decisions")["value"]
    assert figure(built.paper, "blueprint.proposals_answered")["value"] == 30


def test_every_number_of_the_bulletin_equals_what_its_records_add_up_to(built):
    assert len(built.house["figures"]) > 50
    assert all(one["value"] == one["records_add_up_to"] for one in built.house["figures"])


def test_a_correction_of_the_fifth_of_november_changes_what_is_known_now_and_no_sign_of_the_bulletin(built):
    now = json.loads(printed("now"))
    assert figure(now, "employment.helped_into_work")["value"] == 2_068
    assert printed() == built.text
    withdrawn = Fact.objects.filter(is_withdrawal=True, kind="employment.placed")
    assert [fact.recorded_at for fact in withdrawn] == [at(date(2022, 11, 5), 10)]


def test_the_bulletin_that_two_officers_published_that_evening_says_the_same_and_stays(built):
    (one,) = built.paper["published_with_the_same_last_day"]
    wanted = Wanted(published=UUID(one["number"]))
    said = json.loads(as_json(read_bulletin(wanted, today=date(2022, 11, 6), now=LATER), in_house=False))
    assert (said["state"], said["published_on"], said["made_again_is_the_same"]) == ("published", f"{LAST}", True)
    for code, reported in REPORTED.items():
        if code.startswith("employment."):
            assert figure(said, code)["value"] == reported


def test_nothing_is_a_stored_total_so_that_one_record_less_is_one_less(built):
    one = Figure(_measure("employment.helped_into_work"), YEAR, "/310110/").records().order_by("pk")[0]
    correct_fact(old=one, new=None, now=LATER)
    assert figure(json.loads(printed("now")), "employment.helped_into_work")["value"] == 2_067


def test_what_happened_was_written_down_in_its_time_and_nothing_knows_the_future(built):
    facts = Fact.objects.exclude(recorded_at__date=date(2022, 11, 5))
    span = facts.aggregate(first=Min("happened_on"), last=Max("happened_on"), known=Max("recorded_at"))
    assert (span["first"].year, span["last"] <= LAST, span["known"] < at(date(2022, 11, 1), 0)) == (2022, True, True)
    assert not [fact for fact in facts.filter(kind="employment.placed") if fact.recorded_at.date() < fact.happened_on]


def test_work_was_found_in_every_month_and_never_on_a_sunday(built):
    days = list(Fact.objects.filter(kind="employment.placed").values_list("happened_on", flat=True))
    assert {day.month for day in days} == set(range(1, 11))
    assert not [day for day in days if day.weekday() >= 5]


def test_facts_are_of_kinds_that_acts_write(built):
    assert set(Fact.objects.values_list("kind", flat=True)) <= written_kinds()


def test_everybody_is_made_up_by_the_marks_of_the_house(built):
    """Order codes from 900, and 00 as the fourth and fifth digit of a telephone."""
    numbers = [person.id_number for person in Person.objects.all()[:800] if person.id_number]
    assert len(numbers) > 500
    assert all(re.fullmatch(r"310110\d{8}9\d\d[\dX]", number) for number in numbers)
    guests = list(SignUp.objects.exclude(guest_phone="")[:100])
    assert all(re.fullmatch(r"\+861\d\d00\d{6}", guest.guest_phone) for guest in guests)


def test_no_person_stands_in_the_files(built):
    names = set(Person.objects.values_list("name", flat=True)[:400])
    text = json.dumps(built.house, ensure_ascii=False)
    assert not [name for name in names if name in text]


def test_a_figure_opens_down_to_the_file_of_each_person_it_counts(built):
    client = Client()
    client.force_login(User.objects.get(username="employment"))
    address = reverse("figures:records", args=["employment.helped_into_work"])
    with translation.override("zh-hans"):
        page = client.get(address, {"unit": "310110", "month": "2022-10"}).content.decode()
    # As known now: a withdrawn one less, three late ones more.
    assert "268" in page
    hrefs = re.findall(r'href="(/employment/jobseekers/[0-9a-f-]{36}/)"', page)
    assert len(hrefs) == 50
    assert client.get(hrefs[0]).status_code == 200


@pytest.mark.parametrize("code", [*REPORTED, "mentoring.moms_with_child", "mentoring.matches_running"])
def test_the_query_object_lists_as_much_as_it_counts_as_known_then_and_now(built, code):
    for pin in (Pin(known_until=at(LAST, 23, 59)), NOW):
        asked = Figure(_measure(code), YEAR, "/310110/", pin)
        listed = asked.records()
        total = sum(fact.quantity for fact in listed) if code == "employment.posts_brought" else listed.count()
        assert asked.number().value == total


def test_it_is_shown_how_far_it_is(built):
    assert len(built.told) > 12


def _measure(code):
    return indicators()[code].newest.measure
