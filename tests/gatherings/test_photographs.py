"""Nobody is photographed but a child whose guardian, who is one on the day, has agreed to that very thing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.gatherings.actions import make_contact_sheet
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Part
from sunward.gatherings.models import SignUp
from sunward.gatherings.queries.company import name_company
from sunward.gatherings.queries.contact_sheet import read_contact_sheet
from sunward.gatherings.queries.photographs import mark_children, sum_up
from sunward.mentoring.actions.family_words import withdraw_by_guardian
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord
from tests.factories import NOW, TODAY, make_committee, make_match, make_mentor, make_officer
from tests.gatherings.builders import (
    BEGINS,
    DURING,
    FAIR,
    adult,
    bring,
    consent,
    planner,
    published,
    willing_child,
)
from tests.mentoring.families import make_family

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MAY, NOT = "可拍照</span>", "不拍照</span>"


@pytest.fixture(autouse=True)
def at(monkeypatch):
    def move(moment):
        monkeypatch.setattr(clock, "today", moment.date)
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOW)
    return move


def rows_of(gathering):
    return list(SignUp.objects.filter(gathering=gathering).select_related("person").order_by("pk"))


def agree(case, **said):
    """The guardian of the child agrees that it is photographed."""
    guardian = case.person.guardianships.first().guardian
    given = {"purpose": Purpose.PHOTOGRAPHS, "legal_basis": LegalBasis.CONSENT, "given_by": guardian, "given_on": TODAY}
    return ConsentRecord.objects.create(person=case.person, **given | said)


def marks_of(gathering, *cases):
    marks = mark_children(gathering, rows_of(gathering))
    keys = {row.person_id: row.pk for row in rows_of(gathering)}
    return [marks[keys[case.person_id]] for case in cases]


def outing_with(*cases):
    outing = published()
    for case in cases:
        bring(outing, Head(case.person_id))
    return outing


def test_with_the_guardians_word_a_child_may_be_photographed():
    case, other = willing_child(), willing_child()
    agree(case)
    assert marks_of(outing_with(case, other), case, other) == [True, False]


def near_misses(case):
    """What is on file, one at a time, and lets nobody photograph the child."""
    other = willing_child()
    return {
        "for gatherings only": None,
        "withdrawn": {"withdrawn_on": TODAY},
        "over before the day": {"expires_on": BEGINS.date()},
        "given for a day after it": {"given_on": BEGINS.date() + DAY},
        "the child's own word": {"given_by": case.person},
        "somebody who is no guardian": {"given_by": adult().person},
        "another child's guardian": {"given_by": other.person.guardianships.get().guardian},
        "a duty instead of a consent": {"legal_basis": LegalBasis.STATUTORY_DUTY, "given_by": None},
        "for being shared": {"purpose": Purpose.SHARING},
        "another child's consent": {"person": other.person},
    }


MISSES = (
    "for gatherings only", "withdrawn", "over before the day", "given for a day after it", "the child's own word",
    "somebody who is no guardian", "another child's guardian", "a duty instead of a consent", "for being shared",
    "another child's consent",
)  # fmt: skip


@pytest.mark.parametrize("name", MISSES)
def test_what_is_nearly_a_consent_is_none(name):
    case = willing_child()
    said = near_misses(case)[name]
    if said is not None:
        person = said.pop("person", None)
        record = agree(case, **said)
        if person is not None:
            ConsentRecord.objects.filter(pk=record.pk).update(person=person)
    assert marks_of(outing_with(case), case) == [False]


def test_the_word_of_a_former_guardian_holds_no_longer():
    case = willing_child()
    agree(case)
    outing = outing_with(case)
    case.person.guardianships.update(until_on=BEGINS.date())
    assert marks_of(outing, case) == [False]


def test_a_guest_child_is_never_photographed_and_of_a_grown_up_nothing_is_said():
    case, mother = willing_child(), adult()
    agree(case)
    outing = published()
    guest = Head(part=Part.COMPANION, guest_name="小宝", guest_age=8)
    child, grown, own = bring(outing, Head(case.person_id), Head(mother.person_id, Part.ADULT), guest)
    assert mark_children(outing, rows_of(outing)) == {child.pk: True, own.pk: False}
    assert grown.pk not in mark_children(outing, rows_of(outing))


def test_where_hosts_may_not_know_children_a_consent_tells_them_nothing():
    case = willing_child(birth=TODAY.replace(year=TODAY.year - 17))
    agree(case)
    fair = published(FAIR)
    (row,) = bring(outing := published(), Head(case.person_id))
    SignUp.objects.filter(pk=row.pk).update(gathering=fair)
    assert mark_children(fair, rows_of(fair)) == {row.pk: False}
    SignUp.objects.filter(pk=row.pk).update(gathering=outing)
    assert mark_children(outing, rows_of(outing)) == {row.pk: True}


def test_without_a_day_nobody_may_be():
    case = willing_child()
    agree(case)
    outing = outing_with(case)
    outing.ends_on = None
    assert marks_of(outing, case) == [False]


@pytest.mark.parametrize(
    ("marks", "told", "is_free"),
    [
        ({}, None, None),
        ({1: False, 2: False}, "一个都不拍照", False),
        ({1: True, 2: False}, "能拍的只有：甲。", False),
        ({1: True, 2: True}, "都可以拍照", True),
    ],
)
def test_one_line_says_whom_the_camera_leaves_out(marks, told, is_free):
    found = sum_up(marks, {1: "甲", 2: "乙"})
    assert (found is None) == (told is None)
    if found is not None:
        assert told in str(found.sentence)
        assert found.is_free == is_free


# On the pages.


@pytest.fixture
def desk(client):
    client.force_login(make_officer())
    return client


def read(client, name, gathering, **more):
    return client.get(reverse(f"gatherings:{name}", kwargs={"gathering_id": gathering.uid}), more).content.decode()


def test_the_hosts_list_and_the_door_mark_each_child_and_say_it_in_one_line(desk, at):
    case, other = willing_child(name="陈小禾"), willing_child(name="王小麦")
    agree(case)
    outing = outing_with(case, other)
    for name in ("gathering", "check_in"):
        page = read(desk, name, outing)
        assert (page.count(MAY), page.count(NOT)) == (1, 1)
        assert "能拍的只有：陈小禾。" in page
    assert "监护人已经同意；其他孩子一律不拍" in read(desk, "gathering", outing)
    # Whoever searches the list still reads of all.
    assert "能拍的只有：陈小禾。" in read(desk, "check_in", outing, q="王小麦")


def test_who_waits_is_marked_and_not_counted(desk):
    case, waiting = willing_child(name="陈小禾"), willing_child(name="王小麦")
    agree(case)
    outing = published(places=1)
    for one in (case, waiting):
        bring(outing, Head(one.person_id))
    page = read(desk, "gathering", outing)
    assert page.count(NOT) == 1
    assert "都可以拍照" in page


def test_a_tap_keeps_the_mark_and_the_company(desk, at):
    case, mother = willing_child(), adult(name="梅一")
    outing = published()
    child, _mother = bring(outing, Head(case.person_id), Head(mother.person_id, Part.ADULT))
    at(DURING)
    tapped = desk.post(
        reverse("gatherings:check_in_mark", args=[outing.uid, child.uid]),
        {"mark": "came", "session": outing.sessions.get().pk}, headers={"HX-Request": "true"},
    ).content.decode()  # fmt: skip
    assert tapped.count(NOT) == 1
    assert "同来：梅一" in tapped


def test_the_contact_sheet_marks_each_child(desk):
    case = willing_child(name="陈小禾")
    agree(case)
    outing = published()
    bring(outing, Head(case.person_id), Head(adult().person_id, Part.ADULT), Head(
        part=Part.COMPANION, guest_name="小宝", guest_age=8))  # fmt: skip
    sheet = make_contact_sheet(actor=planner(), gathering_id=outing.uid, now=NOW)
    assert [line.may_be_photographed for line in read_contact_sheet(sheet).lines] == [True, False, None]
    page = desk.get(reverse("gatherings:contact_sheet", args=[sheet.uid])).content.decode()
    assert (page.count(MAY), page.count(NOT)) == (1, 1)


def test_a_neighbour_mom_reads_it_of_the_child_she_brings(client):
    mother = make_mentor("梅一", user=make_officer(Role.MENTOR, make_committee()))
    match = make_match(willing_child(name="陈小禾"), mother)
    outing = published()
    bring(outing, Head(match.case.person_id), Head(mother.person_id, Part.ADULT))
    client.force_login(mother.user)
    address = reverse("mentoring:own_gathering", args=[outing.uid])
    page = client.get(address).content.decode()
    assert (page.count(MAY), page.count(NOT)) == (0, 1)
    assert "其他孩子一律不拍" in page
    agree(match.case)
    assert client.get(address).content.decode().count(MAY) == 1


def test_what_a_guardian_withdraws_on_her_page_is_seen_by_the_host_at_once(desk):
    family = make_family()
    consent(family.case.person)
    given = agree(family.case, given_by=family.guardian)
    outing = outing_with(family.case)
    assert MAY in read(desk, "check_in", outing)
    withdraw_by_guardian(token=family.token, shown=family.shown, consent_id=given.pk, on=TODAY, now=NOW)
    page = read(desk, "check_in", outing)
    assert MAY not in page
    assert "一个都不拍照" in page


def test_a_worker_reads_it_of_the_children_of_her_own_units_and_no_sum_of_all(client):
    here, there = (
        willing_child(unit=make_committee()),
        willing_child(name="王小麦", unit=make_committee("310110013009")),
    )
    outing = outing_with(here, there)
    client.force_login(make_officer(Role.WORKER, make_committee()))
    page = read(client, "gathering", outing)
    assert page.count(NOT) == 1
    assert "王小麦" not in page
    assert "一个都不拍照" not in page


def test_who_comes_with_whom_is_said_to_each_and_only_of_whom_the_reader_sees():
    outing, case, mother = published(), willing_child(name="陈小禾"), adult(name="梅一")
    guest = Head(part=Part.COMPANION, guest_name="小宝", guest_age=8)
    child, grown, own = bring(outing, Head(case.person_id), Head(mother.person_id, Part.ADULT), guest)
    (alone,) = bring(outing, Head(willing_child().person_id))
    rows = rows_of(outing)
    assert name_company(rows) == {
        child.pk: "梅一、小宝",
        grown.pk: "陈小禾、小宝",
        own.pk: "陈小禾、梅一",
        alone.pk: "",
    }
    assert name_company([row for row in rows if row.pk != grown.pk])[child.pk] == "小宝"


def asked_for(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_ten_children_cost_as_many_questions_as_one(desk):
    outing = published(places=None)
    sheet = make_contact_sheet(actor=planner(), gathering_id=outing.uid, now=NOW)
    pages = [reverse(f"gatherings:{name}", args=[outing.uid]) for name in ("gathering", "check_in")]
    pages.append(reverse("gatherings:contact_sheet", args=[sheet.uid]))

    def bring_pair(number):
        case = willing_child(name=f"孩子{number}")
        agree(case)
        bring(outing, Head(case.person_id), Head(adult(name=f"妈妈{number}").person_id, Part.ADULT))

    bring_pair(0)
    few = [asked_for(desk, address) for address in pages]
    for number in range(1, 10):
        bring_pair(number)
    assert [asked_for(desk, address) for address in pages] == few
