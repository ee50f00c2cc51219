"""The emergency contact sheet and the calendar link: each opens for whom it was made, and ends."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry
from sunward.casework.access import case_subject
from sunward.core.refusals import NotAllowed, NotThere
from sunward.gatherings.access import get_contact_sheet, get_feed
from sunward.gatherings.actions import make_contact_sheet, make_feed, revoke_feed
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Part
from sunward.gatherings.models import CalendarFeed
from sunward.gatherings.queries.contact_sheet import read_contact_sheet
from sunward.people.models import Person
from tests.factories import NOW, TODAY, actor_of, make_committee, make_district, make_officer, make_subdistrict
from tests.gatherings.builders import ENDS, TRAINING, adult, bring, draft, planner, published, refused, willing_child

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def outing_with_family():
    gathering, case, mother = published(), willing_child(), adult()
    bring(gathering, Head(case.person_id), Head(mother.person_id, Part.ADULT), Head(
        part=Part.COMPANION, guest_name="小宝", guest_age=8))  # fmt: skip
    return gathering, case, mother


def test_the_sheet_says_for_each_child_whom_to_call_first():
    gathering, case, mother = outing_with_family()
    sheet = read_contact_sheet(make_contact_sheet(actor=planner(), gathering_id=gathering.uid, now=NOW))
    assert [(line.name, line.is_child) for line in sheet.lines] == [
        (case.person.name, True), ("小宝", True), (mother.person.name, False),
    ]  # fmt: skip
    child, guest, _adult = sheet.lines
    guardian = case.person.guardianships.get().guardian
    assert [(one.name, one.phone, one.is_here) for one in child.contacts] == [
        (mother.person.name, mother.person.phone, True), (guardian.name, guardian.phone, False),
    ]  # fmt: skip
    assert [one.name for one in guest.contacts] == [mother.person.name]
    assert (sheet.children, [one.name for one in sheet.stewards]) == (2, ["陆一"])


def test_a_guardian_of_the_same_name_as_who_comes_along_is_another_person():
    gathering, case, mother = published(), willing_child(), adult(name="王芳")
    guardian = case.person.guardianships.get().guardian
    Person.objects.filter(pk=guardian.pk).update(name="王芳")
    case.person.guardianships.create(guardian=mother.person, from_on=TODAY)
    bring(gathering, Head(case.person_id), Head(mother.person_id, Part.ADULT))
    sheet = read_contact_sheet(make_contact_sheet(actor=planner(), gathering_id=gathering.uid, now=NOW))
    assert [(one.phone, one.is_here) for one in sheet.lines[0].contacts] == [
        (mother.person.phone, True), (guardian.phone, False),
    ]  # fmt: skip


def test_each_opening_is_a_look_at_each_who_is_on_it():
    gathering, case, mother = outing_with_family()
    host = planner()
    made = make_contact_sheet(actor=host, gathering_id=gathering.uid, now=NOW)
    for _ in range(2):
        get_contact_sheet(actor=host, sheet_id=made.uid, now=NOW)
    looks = AuditEntry.objects.filter(kind=AuditKind.LOOK, code="gatherings.sheet_opened")
    subjects = {(entry.subject_kind, entry.subject_id) for entry in looks}
    assert looks.count() == 4
    assert subjects == {("case", case.pk), ("case", mother.pk)}
    assert case_subject(case).kind == "case"


def test_an_employment_officers_sheet_names_no_guardian_who_does_not_come_along():
    """Whoever is no child's guardian to her stays so, whatever ratio she sets."""
    born, home = TODAY.replace(year=TODAY.year - 17), make_committee()
    gathering, case = published("employment.job_fair", children_per_adult=3), willing_child(unit=home, birth=born)
    host = planner("employment")
    worker = actor_of(make_officer(Role.WORKER, home))
    companion = Head(part=Part.ADULT, guest_name="周姨", guest_age=50, guest_phone="+8613900000001")
    bring(gathering, Head(case.person_id), companion, actor=worker)
    made = make_contact_sheet(actor=host, gathering_id=gathering.uid, now=NOW)
    [line, _adult] = read_contact_sheet(made).lines
    assert [one.name for one in line.contacts] == ["周姨"]


def test_a_day_after_the_end_the_sheet_is_gone():
    gathering, *_family = outing_with_family()
    made = make_contact_sheet(actor=planner(), gathering_id=gathering.uid, now=NOW)
    assert get_contact_sheet(actor=planner(), sheet_id=made.uid, now=ENDS + DAY - timedelta(seconds=1)) == made
    with pytest.raises(NotThere):
        get_contact_sheet(actor=planner(), sheet_id=made.uid, now=ENDS + DAY)


def test_a_sheet_is_not_there_for_whoever_does_not_host():
    gathering, *_family = outing_with_family()
    made = make_contact_sheet(actor=planner(), gathering_id=gathering.uid, now=NOW)
    for other in (planner("employment"), actor_of(make_officer("worker", make_committee()))):
        with pytest.raises(NotThere):
            get_contact_sheet(actor=other, sheet_id=made.uid, now=NOW)
        with pytest.raises(NotThere):
            make_contact_sheet(actor=other, gathering_id=gathering.uid, now=NOW)


def test_only_children_to_come_need_a_sheet():
    host = planner()
    plan, grown_ups, outing = draft(), published(TRAINING), published()
    refused(lambda: make_contact_sheet(actor=host, gathering_id=plan.uid, now=NOW), "gatherings.no_sheet")
    refused(lambda: make_contact_sheet(actor=host, gathering_id=outing.uid, now=ENDS + DAY), "gatherings.no_sheet")
    refused(lambda: make_contact_sheet(actor=host, gathering_id=grown_ups.uid, now=NOW), "gatherings.no_sheet_needed")


def test_a_calendar_link_is_shown_once_and_revoked_for_good():
    actor = planner()
    made = make_feed(actor=actor, now=NOW)
    assert made.token not in str(CalendarFeed.objects.values().get())
    assert get_feed(token=made.token) == made.feed
    for _ in range(2):
        revoke_feed(actor=actor, feed_id=made.feed.pk, now=NOW)
    for token in (made.token, "wrong"):
        with pytest.raises(NotThere):
            get_feed(token=token)
    assert AuditEntry.objects.filter(code="gatherings.feed_revoked").count() == 1


def test_nobody_revokes_anothers_link():
    made = make_feed(actor=planner(), now=NOW)
    with pytest.raises(NotThere):
        revoke_feed(actor=planner(), feed_id=made.feed.pk, now=NOW)
    assert get_feed(token=made.token) == made.feed


def test_a_locked_accounts_link_leads_nowhere():
    made = make_feed(actor=planner(), now=NOW)
    user = made.feed.user
    user.is_active = False
    user.save()
    with pytest.raises(NotThere):
        get_feed(token=made.token)


def test_a_calendar_is_of_a_unit_around_ones_own():
    worker = actor_of(make_officer(Role.WORKER, make_committee("310110012001")))
    for unit in (make_committee("310110012001"), make_subdistrict("310110012"), make_district()):
        make_feed(actor=worker, now=NOW, unit_path=unit.path)
    for unit in (make_committee("310110012002"), make_subdistrict("310110019")):
        with pytest.raises(NotAllowed):
            make_feed(actor=worker, now=NOW, unit_path=unit.path)
