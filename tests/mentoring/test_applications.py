"""From the first word of somebody who would like to be a neighbour mom to her file, or to being forgotten."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.mentoring.access import visible_applications
from sunward.mentoring.actions import applications as acts
from sunward.mentoring.actions.applications import ApplicationDetails
from sunward.mentoring.enums import DeclineReason
from sunward.mentoring.models import Mentor, MentorApplication
from sunward.mentoring.pairing.abilities import ages_of, times_mask
from sunward.people.models import Person
from tests import factories as make

pytestmark = pytest.mark.django_db
PHONE = "+8613800006789"
WHEN = {"on": make.TODAY, "now": make.NOW}


def _actor(role=Role.DISTRICT_OFFICER, unit=None):
    return make.actor_of(make.make_officer(role, unit))


def _details(**more):
    unit = more.pop("unit", None) or make.make_committee()
    return ApplicationDetails(**{"name": "李芳芳", "phone": PHONE, "unit_id": unit.pk, "motive": "想陪陪孩子"} | more)


def _applied(**more):
    acts.apply_in_public(details=_details(**more), **WHEN)
    return MentorApplication.objects.order_by("-pk")[0]


def test_what_she_says_is_kept_and_telephone_and_motive_lie_sealed():
    row = _applied(skills=("绘画",), slots=("周六上午",), own_children=("8岁",))

    assert (row.name, row.phone, row.motive, row.state, row.recorded_by_id) == ("李芳芳", PHONE, "想陪陪孩子", "new", 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, motive FROM mentoring_mentorapplication")
        lying = cursor.fetchone()
    assert "13800006789" not in lying[0]
    assert "孩子" not in lying[1]
    assert Fact.objects.filter(kind="mentoring.application_received", subject_id=row.pk).count() == 1


def test_whoever_applies_twice_is_thanked_twice_and_waits_once():
    _applied()
    _applied(motive="又来了")

    assert MentorApplication.objects.get().motive == "想陪陪孩子"


def test_two_of_one_household_share_a_telephone():
    _applied()
    _applied(name="王芳")

    assert MentorApplication.objects.count() == 2


def test_sixty_in_ten_minutes_are_no_neighbours():
    unit = make.make_committee()
    rows = [
        MentorApplication(name=f"甲{n}", phone_index=f"{n}", unit=unit, unit_path=unit.path, applied_at=make.NOW)
        for n in range(acts.MOST_AT_ONCE)
    ]
    MentorApplication.objects.bulk_create(rows)

    with pytest.raises(Conflict, match="too_many_at_once"):
        _applied()
    acts.apply_in_public(details=_details(), on=make.TODAY, now=make.NOW + timedelta(minutes=11))


@pytest.mark.parametrize("kind", ["district", "nowhere"])
def test_she_lives_in_a_sub_district_or_a_committee(kind):
    unit_id = make.make_district().pk if kind == "district" else 0

    with pytest.raises(Refusal, match="unit_unknown"):
        acts.apply_in_public(details=ApplicationDetails("李芳芳", PHONE, unit_id), **WHEN)


def test_a_worker_writes_it_down_for_her_own_committee_only():
    here, next_door = make.make_committee(), make.make_committee("310110012002", name="第二居委会")
    worker = _actor(Role.WORKER, here)

    row = acts.write_application(actor=worker, details=_details(unit=here), **WHEN)

    assert row.recorded_by_id == worker.user_id
    with pytest.raises(Conflict, match="applied_already"):
        acts.write_application(actor=worker, details=_details(unit=here), **WHEN)
    with pytest.raises(NotAllowed):
        acts.write_application(actor=worker, details=_details(unit=next_door, name="王芳"), **WHEN)


def test_each_office_sees_those_who_live_in_its_units():
    here, next_door = make.make_committee(), make.make_committee("310110012002", name="第二居委会")
    elsewhere = make.make_committee("310110019001", name="五角场居委")
    rows = [_applied(name=name, unit=unit) for name, unit in (("甲", here), ("乙", next_door), ("丙", elsewhere))]

    assert set(visible_applications(_actor(Role.WORKER, here))) == {rows[0]}
    assert set(visible_applications(_actor(Role.SUPERVISOR, make.make_subdistrict()))) == set(rows[:2])
    assert set(visible_applications(_actor())) == set(rows)
    for role in (Role.LEADER, Role.ADMINISTRATOR, Role.AUDITOR, Role.EMPLOYMENT_OFFICER, Role.MENTOR):
        unit = make.make_committee() if role == Role.MENTOR else None
        assert not visible_applications(_actor(role, unit)), role
    with pytest.raises(NotThere):
        acts.invite_applicant(actor=_actor(Role.WORKER, next_door), application_id=rows[0].uid, **WHEN)


def test_she_is_invited_once_however_often_it_is_pressed():
    row, officer = _applied(), _actor()
    for _press in range(2):
        acts.invite_applicant(actor=officer, application_id=row.uid, **WHEN)

    row.refresh_from_db()
    assert (row.state, row.decided_on) == ("invited", None)
    assert AuditEntry.objects.filter(code="mentoring.application_invited").count() == 1


def test_declined_with_a_code_it_can_be_taken_back_and_not_decided_twice():
    row, officer = _applied(), _actor()
    acts.decline_application(actor=officer, application_id=row.uid, reason=DeclineReason.NO_NEED, **WHEN)

    with pytest.raises(Conflict, match="application_decided"):
        acts.withdraw_application(actor=officer, application_id=row.uid, **WHEN)
    again = acts.reopen_application(actor=officer, application_id=row.uid, **WHEN)
    assert (again.state, again.decline_reason, again.decided_on) == ("new", "", None)


def test_it_is_not_taken_back_where_she_has_applied_again():
    row, officer = _applied(), _actor()
    acts.withdraw_application(actor=officer, application_id=row.uid, **WHEN)
    _applied()

    with pytest.raises(Conflict, match="applied_again"):
        acts.reopen_application(actor=officer, application_id=row.uid, **WHEN)


def test_accepted_she_has_a_file_as_an_applicant_with_what_she_said():
    row, officer = _applied(skills=("绘画",), own_children=("8岁",), occupation="护士"), _actor()

    mentor = acts.accept_application(actor=officer, application_id=row.uid, **WHEN)

    assert (mentor.state, mentor.occupation, mentor.skills, mentor.own_children) == (
        "applied", "护士", ["绘画"], ["8岁"],
    )  # fmt: skip
    assert (mentor.person.name, mentor.person.phone, mentor.unit_path) == ("李芳芳", PHONE, row.unit_path)
    row.refresh_from_db()
    assert (row.state, row.mentor_id) == ("accepted", mentor.pk)
    with pytest.raises(Conflict, match="application_decided"):
        acts.accept_application(actor=officer, application_id=row.uid, **WHEN)


def test_somebody_known_here_stays_one_person():
    known = make.make_known(make.make_person("李芳芳", phone=PHONE))
    row = _applied()

    mentor = acts.accept_application(actor=_actor(), application_id=row.uid, person_id=known.uid, **WHEN)

    assert mentor.person_id == known.pk
    assert Person.objects.filter(name="李芳芳").count() == 1


def test_nobody_unlike_her_and_nobody_of_another_office_is_taken_for_her():
    away = make.make_committee("310110019001")
    elsewhere = make.make_known(make.make_person("李芳芳", phone=PHONE, unit=away))
    unlike = make.make_known(make.make_person("赵大"))
    row, supervisor = _applied(), _actor(Role.SUPERVISOR, make.make_subdistrict())

    for person_id in (elsewhere.uid, unlike.uid, uuid4()):
        with pytest.raises(Conflict, match="not_likely"):
            acts.accept_application(actor=supervisor, application_id=row.uid, person_id=person_id, **WHEN)
    assert not Mentor.objects.exists()


def test_whoever_has_a_file_already_gets_no_second_one():
    held = make.make_mentor("李芳芳")
    Person.objects.filter(pk=held.person_id).update(phone_index=_applied().phone_index)
    row = MentorApplication.objects.get()

    with pytest.raises(Conflict, match="not_likely"):
        acts.accept_application(actor=_actor(), application_id=row.uid, person_id=held.person.uid, **WHEN)


def test_what_came_to_nothing_is_forgotten_after_ninety_days_and_nothing_else():
    officer = _actor()
    closed, kept, waiting = (_applied(name=name) for name in ("甲", "乙", "丙"))
    for row in (closed, kept):
        acts.decline_application(actor=officer, application_id=row.uid, reason=DeclineReason.OTHER, **WHEN)
    long_ago = make.TODAY - timedelta(days=91)
    MentorApplication.objects.filter(pk=closed.pk).update(decided_on=long_ago)
    MentorApplication.objects.filter(pk=kept.pk).update(decided_on=long_ago + timedelta(days=1))
    MentorApplication.objects.filter(pk=waiting.pk).update(applied_at=make.NOW - timedelta(days=400))

    assert acts.forget_applications(**WHEN) == 1
    assert acts.forget_applications(**WHEN) == 0
    assert set(MentorApplication.objects.all()) == {kept, waiting}


# The pages.


def _typed(street, **more):
    return {"name": "李芳芳", "phone": "138 0000 6789", "street": street.pk, "slots": ["周六上午"]} | more


def test_the_public_page_says_the_same_to_whoever_has_applied_before(client):
    street = make.make_subdistrict()
    answers = [client.post(reverse("apply"), _typed(street)) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content.split(b"<main")[1] == answers[1].content.split(b"<main")[1]
    assert "no-store" in answers[0]["Cache-Control"]
    assert MentorApplication.objects.get().unit == street


@pytest.mark.parametrize(
    "wrong", [{"phone": "6501 2345"}, {"name": ""}, {"street": ""}, {"slots": ["随便"]}, {"committee": "elsewhere"}]
)
def test_what_cannot_be_read_comes_back(client, wrong):
    street, elsewhere = make.make_subdistrict(), make.make_committee("310110019001")
    if wrong.get("committee"):
        wrong = {"committee": elsewhere.pk}

    assert client.post(reverse("apply"), _typed(street) | wrong).status_code == 422
    assert not MentorApplication.objects.exists()


def test_the_page_asks_for_no_document_number_and_tells_what_can_be_hard(client):
    page = client.get(reverse("apply")).content.decode()

    assert "id_number" not in page
    assert "birth" not in page
    assert "不计报酬" in page
    assert "意外" in page


def test_the_free_times_offered_are_words_that_matching_reads():
    from sunward.mentoring.forms.applications import FREE_TIMES

    read = [word for word, _label in FREE_TIMES if times_mask([word])]
    assert read == [word for word, _label in FREE_TIMES if word != "工作日白天"]
    assert ages_of(["8", "12岁"]) == (8, 12)


def test_an_office_takes_her_on_from_its_list(client, django_assert_max_num_queries):
    row = _applied()
    client.force_login(make.make_officer())

    with django_assert_max_num_queries(16):
        assert "李芳芳" in client.get(reverse("mentoring:applications")).content.decode()
    with django_assert_max_num_queries(16):
        page = client.get(reverse("mentoring:application", args=[row.uid])).content.decode()
    assert "138****6789" in page
    assert "13800006789" not in page
    assert "想陪陪孩子" in page
    client.post(reverse("mentoring:application_invite", args=[row.uid]))
    answer = client.post(reverse("mentoring:application_accept", args=[row.uid]), {"who": "new"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert answer["Location"] == reverse("mentoring:mentor", args=[row.mentor.uid])


def test_of_somebody_known_elsewhere_the_page_says_the_sub_district_and_no_name(client):
    make.make_person("李芳方", phone=PHONE, unit=make.make_committee("310110019001", name="国和居委"))
    row = _applied()
    client.force_login(make.make_officer(Role.SUPERVISOR, make.make_subdistrict()))

    page = client.get(reverse("mentoring:application_accept", args=[row.uid])).content.decode()

    assert "李芳方" not in page
    assert "国和居委" not in page


def test_the_number_is_shown_for_a_purpose_and_leaves_a_trace(client):
    row = _applied()
    client.force_login(make.make_officer())
    url = reverse("mentoring:application_show", args=[row.uid])

    assert client.post(url, {"what": "phone"}).status_code == 422
    shown = client.post(url, {"what": "phone", "purpose": "contact_mentor"})

    assert "13800006789" in shown.content.decode()
    entry = AuditEntry.objects.get(code="mentoring.phone_shown")
    assert (entry.subject_kind, entry.subject_id) == ("application", row.pk)


def test_home_says_who_waits_for_an_answer(client):
    row = _applied()
    client.force_login(make.make_officer())

    assert reverse("mentoring:application", args=[row.uid]) in client.get("/").content.decode()


def test_the_list_of_those_who_wait_begins_with_the_longest_wait(client):
    first, second = _applied(name="先来"), _applied(name="后到")
    MentorApplication.objects.filter(pk=first.pk).update(applied_at=make.NOW - timedelta(days=3))
    client.force_login(make.make_officer())

    page = client.get(reverse("mentoring:applications")).content.decode()

    assert page.index("先来") < page.index("后到")
    assert localdate(second.applied_at) == make.TODAY
