"""The neighbour moms' pages: who may be matched, whose vetting ends soon, names that are not the reader's to see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.search.index import index
from sunward.mentoring.enums import MatchState, VettingKind, VettingResult
from sunward.mentoring.finding import findable_mentor
from sunward.mentoring.models import Mentor, VettingFact
from sunward.mentoring.queries.mentors import list_expiring
from sunward.mentoring.vetting import read_standing
from tests import factories as make
from tests.mentoring.test_children_acts import _fields

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)


@pytest.fixture
def officer(client):
    user = make.make_officer(password="a long password")
    client.force_login(user)
    return user


def _url(name, *args):
    return reverse(f"mentoring:{name}", args=args)


def _names(client, **asked):
    return sorted(row.name for row in client.get(_url("mentors"), asked).context["page"].rows)


def _mentor(name, **more):
    mentor = make.make_mentor(name, **more)
    index([findable_mentor(mentor)])
    return mentor


def test_filters_find_exactly_what_they_say(client, officer):
    _mentor("齐备")
    _mentor("将满", vetted_on=make.TODAY - timedelta(days=350))
    _mentor("过期", vetted_on=make.TODAY - timedelta(days=400))
    _mentor("没有", vetted=False)
    full = _mentor("占满")
    make.make_match(make.make_child(), full, state=MatchState.PAUSED)
    Mentor.objects.filter(pk=full.pk).update(state="resting")
    asleep = _mentor("空着", unit=make.make_committee("310110012002", name="第二居委会"))
    make.make_match(make.make_child(), asleep, state=MatchState.CLOSED)

    assert _names(client, vetting="ready") == sorted(["齐备", "将满", "占满", "空着"])
    assert _names(client, vetting="expiring") == ["将满"]
    assert _names(client, vetting="lacking") == sorted(["过期", "没有"])
    assert _names(client, place="no") == ["占满"]
    assert _names(client, state="resting") == ["占满"]
    assert _names(client, unit="310110012002") == ["空着"]
    assert _names(client, q="将满") == ["将满"]


def test_the_databases_rule_of_vetting_is_the_one_of_the_domain(client, officer):
    """Every mixture of two facts of a kind, on both sides of the day."""
    for number, (result, days_ago, ends_in) in enumerate(
        (result, days_ago, ends_in)
        for result in VettingResult
        for days_ago in (-1, 0, 100)
        for ends_in in (None, 0, 1, 90, 91)
    ):
        mentor = make.make_mentor(f"试{number}", vetted_on=make.TODAY - timedelta(days=50))
        VettingFact.objects.create(
            mentor=mentor, kind=VettingKind.BACKGROUND_CHECK, result=result, recorded_at=make.NOW,
            happened_on=make.TODAY - timedelta(days=days_ago),
            expires_on=None if ends_in is None else make.TODAY + timedelta(days=ends_in),
        )  # fmt: skip
    standings = {
        mentor.person.name: read_standing(mentor.vetting_facts.all(), on=make.TODAY)
        for mentor in Mentor.objects.select_related("person").prefetch_related("vetting_facts")
    }
    ready = sorted(name for name, standing in standings.items() if standing.may_match)
    expiring = sorted(name for name, standing in standings.items() if standing.may_match and standing.is_expiring)
    assert 0 < len(expiring) < len(ready) < len(standings)

    assert _names(client, vetting="ready", size="100") == ready
    assert _names(client, vetting="expiring", size="100") == expiring
    assert _names(client, vetting="lacking", size="100") == sorted(set(standings) - set(ready))
    found = list_expiring(make.actor_of(officer), on=make.TODAY).values_list("person__name", flat=True)
    assert sorted(found) == expiring


def test_a_child_elsewhere_has_no_name_on_her_page_nor_in_the_list(client):
    here = make.make_committee()
    there = make.make_committee("310110013001", name="长白一居委", subdistrict=make.make_subdistrict("310110013"))
    mentor = make.make_mentor("李芳芳", unit=here, capacity=2)
    make.make_match(make.make_child("近处", unit=here), mentor)
    far = make.make_child("远处", unit=there)
    make.make_match(far, mentor)
    client.force_login(make.make_officer(Role.WORKER, here))

    for page in (client.get(_url("mentor", mentor.uid)), client.get(_url("mentors"))):
        html = page.content.decode()
        assert "近处" in html
        assert "远处" not in html
        assert str(far.uid) not in html


def test_on_a_childs_page_a_mentor_elsewhere_is_named_but_her_file_stays_shut(client):
    here = make.make_committee()
    there = make.make_committee("310110013001", name="长白一居委", subdistrict=make.make_subdistrict("310110013"))
    child, mentor = make.make_child(unit=here), make.make_mentor("李芳芳", unit=there)
    make.make_match(child, mentor)
    client.force_login(make.make_officer(Role.WORKER, here))

    html = client.get(_url("child", child.uid)).content.decode()

    assert "李芳芳" in html
    assert str(mentor.uid) not in html
    assert client.get(_url("mentor", mentor.uid)).status_code == 404


def test_her_file_flags_what_ends_soon_and_records_the_look(client, officer):
    mentor = make.make_mentor(vetted_on=make.TODAY - timedelta(days=350))

    file = client.get(_url("mentor", mentor.uid)).context["file"]

    assert file.is_expiring
    assert {step.key: (str(step.word), step.tone) for step in file.way_in}["background_check"] == ("即将到期", "warn")
    assert AuditEntry.objects.get(code="mentoring.mentor_opened").subject_id == mentor.pk


def test_a_vetting_fact_is_added_on_its_page(client, officer):
    mentor = make.make_mentor(vetted=False)

    client.post(
        _url("mentor_vetting", mentor.uid),
        {"kind": "background_check", "result": "clear", "happened_on": "2026-11-20", "receipt": "A1"},
    )

    fact = VettingFact.objects.get()
    assert (fact.recorded_by_id, fact.expires_on.isoformat(), fact.receipt) == (officer.pk, "2027-11-20", "A1")


def test_she_is_added_by_hand_and_edited(client, officer):
    unit = make.make_committee()
    typed = {
        "name": "李芳芳",
        "unit": unit.pk,
        "kind": "mother",
        "state": "applied",
        "capacity": "2",
        "skills": "绘画、急救",
    }
    client.post(_url("mentor_new"), typed)
    mentor = Mentor.objects.get()
    assert (mentor.skills, mentor.capacity) == (["绘画", "急救"], 2)

    opened = _fields(client.get(_url("mentor_edit", mentor.uid)))
    assert client.post(_url("mentor_edit", mentor.uid), opened | {"occupation": "护士"}).status_code == 302
    screen = client.post(_url("mentor_edit", mentor.uid), opened | {"occupation": "医生"})
    assert [(d.mine, d.theirs) for d in screen.context["merge"].disputes] == [("医生", "护士")]

    posted = _fields(screen) | {"choose-occupation": ["mine"]}
    assert client.post(_url("mentor_edit", mentor.uid), posted).status_code == 302
    assert Mentor.objects.get().occupation == "医生"


def test_she_gets_an_account_that_opens_her_child_and_nothing_else(client, officer):
    mentor = make.make_mentor("李芳芳")
    match = make.make_match(make.make_child(), mentor)

    page = client.post(_url("mentor_sign_in", mentor.uid), {"username": "lifangfang"})

    mentor.refresh_from_db()
    user = mentor.user
    assert user.check_password(page.context["password"])
    assert [(post.role, post.unit_id) for post in make.actor_of(user).posts] == [(Role.MENTOR, mentor.unit_id)]
    assert client.post(_url("mentor_sign_in", mentor.uid), {"username": "again"}).status_code == 409
    client.force_login(user)
    assert client.get(_url("child", match.case.uid)).status_code in (302, 403)
    user.has_one_time_password = False
    user.save()
    assert client.get(_url("child", match.case.uid)).status_code == 403


def test_her_number_opens_for_a_purpose_only(client, officer):
    mentor = make.make_mentor()
    assert mentor.person.id_number not in client.get(_url("mentor", mentor.uid)).content.decode()
    assert client.post(_url("mentor_show", mentor.uid), {"what": "id_number"}).status_code == 422

    answer = client.post(_url("mentor_show", mentor.uid), {"what": "id_number", "purpose": "vetting"})

    assert mentor.person.id_number in answer.content.decode()
    assert AuditEntry.objects.get(code="mentoring.id_number_shown").detail == {"purpose": "vetting"}


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR, Role.MENTOR])
def test_other_roles_meet_none_of_these_pages(client, role):
    mentor = make.make_mentor()
    client.force_login(make.make_officer(role))

    for name, args in [("mentors", ()), ("mentors_export", ()), ("mentor_new", ()), ("mentor", (mentor.uid,))]:
        assert client.get(_url(name, *args)).status_code == 403


def test_an_exported_list_is_a_look_at_every_file_in_it(client, officer):
    mentors = [make.make_mentor() for _ in range(3)]
    client.post(reverse("account_reauthenticate"), {"password": "a long password"})
    assert client.get(_url("mentors_export")).status_code == 200
    looked = AuditEntry.objects.filter(kind="look", code="mentoring.file_exported", subject_kind="mentor")
    assert set(looked.values_list("subject_id", flat=True)) == {mentor.pk for mentor in mentors}


def test_the_number_of_queries_does_not_grow(client, officer):
    mentor = make.make_mentor(capacity=9)
    make.make_match(make.make_child(), mentor)
    client.get(_url("mentor", mentor.uid))  # the first page of a session, and the first look of all
    few = [_count(client, _url("mentors")), _count(client, _url("mentor", mentor.uid))]
    for _ in range(8):
        make.make_match(make.make_child(), mentor)
        make.make_match(make.make_child(), make.make_mentor())

    assert [_count(client, _url("mentors")), _count(client, _url("mentor", mentor.uid))] == few
    assert few[0] <= 12
    assert few[1] <= 20


def _count(client, url):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)
