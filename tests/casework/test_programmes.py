"""Two programmes share persons and files, and neither reads the other's: not the file, not that there is one."""

from datetime import date

import pytest

from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.casework.access import get_case_for_change, visible_cases, visible_files
from sunward.casework.actions import open_case
from sunward.casework.finding import findable_case
from sunward.casework.models import Case
from sunward.casework.persons import persons_of
from sunward.casework.programmes import family_programmes, file_paths, file_roles
from sunward.core.refusals import NotAllowed, NotThere
from sunward.core.search.index import index
from sunward.employment.queries.jobseeker_file import read_looks
from sunward.gatherings.access import persons_to_sign_up
from sunward.mentoring.access import get_child_for_change, visible_children
from sunward.mentoring.queries.child_file import read_child_file
from sunward.mentoring.queries.own_data import list_child_sheets
from sunward.outreach.access import visible_messages, visible_persons, visible_suspensions
from sunward.outreach.actions import write_personal
from sunward.outreach.enums import MessagePurpose
from sunward.outreach.guarding import look_for_persons
from sunward.outreach.queries.person_pages import read_cards
from sunward.people.access import visible_duplicates
from sunward.people.actions import declare_two_persons, merge_persons, register_persons
from sunward.people.models import Guardianship, Person, PossibleDuplicate
from sunward.people.registering import PersonDetails
from sunward.registers.access import get_duplicates
from sunward.safeguarding.access.files import guarded_files
from sunward.safeguarding.access.worries import tieable_cases
from sunward.web.search.queries import search_files
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"


def street(code=HERE):
    return make.make_subdistrict(code)


def committee():
    return make.make_committee(f"{HERE}001")


def officer(role, unit=None):
    return make.actor_of(make.make_officer(role, unit))


def employment(unit=None):
    return officer(Role.EMPLOYMENT_OFFICER, unit or street())


def everybody_of_casework():
    return [
        officer(role, unit)
        for role, unit in zip(CASEWORK_ROLES, (make.make_district(), street(), committee()), strict=True)
    ]


@pytest.fixture
def child():
    return make.make_child("陈小一", unit=committee())


@pytest.fixture
def jobseeker():
    return make.make_jobseeker("杭求职", unit=committee())


def test_every_programme_says_who_keeps_its_files():
    assert file_roles() == {"mentoring": CASEWORK_ROLES, "employment": (Role.EMPLOYMENT_OFFICER,)}
    assert family_programmes() == ("mentoring",)


def test_nobody_who_works_with_children_sees_a_jobseekers_file_in_her_own_unit(child, jobseeker):
    for actor in everybody_of_casework():
        assert list(visible_cases(actor)) == [child] == list(visible_children(actor))
        assert not visible_files(actor, "employment").exists()


def test_an_employment_officer_sees_the_jobseekers_of_her_unit_and_below_and_no_child(child, jobseeker):
    for unit in (make.make_district(), street(), committee()):
        actor = employment(unit)
        assert list(visible_cases(actor)) == [jobseeker]
        assert not visible_children(actor).exists()
    assert not visible_cases(employment(street(ELSEWHERE))).exists()


def test_nobody_else_sees_any_file_at_all(child, jobseeker):
    for role in set(Role) - {*CASEWORK_ROLES, Role.EMPLOYMENT_OFFICER}:
        assert not visible_cases(officer(role)).exists(), role


def test_two_posts_open_each_programme_in_the_units_of_its_own_post_only(child, jobseeker):
    user = make.make_officer(Role.SUPERVISOR, street(ELSEWHERE))
    make.give_post(user, Role.EMPLOYMENT_OFFICER, street())
    both = make.actor_of(user)
    assert list(visible_cases(both)) == [jobseeker]
    assert (file_paths(both, "mentoring"), file_paths(both, "employment")) == (
        (street(ELSEWHERE).path,),
        (street().path,),
    )


def test_a_programme_of_which_nobody_has_heard_is_nobodys(child):
    type(child).objects.filter(pk=child.pk).update(programme="delivery")
    assert not any(visible_cases(actor).exists() for actor in [*everybody_of_casework(), employment()])


def test_a_file_of_another_programme_is_not_there_for_a_childs_act_even_for_whoever_keeps_both(jobseeker):
    user = make.make_officer(Role.SUPERVISOR, street())
    make.give_post(user, Role.EMPLOYMENT_OFFICER, street())
    both = make.actor_of(user)
    assert get_case_for_change(actor=both, case_id=jobseeker.uid) == jobseeker
    with pytest.raises(NotThere):
        get_child_for_change(actor=both, case_id=jobseeker.uid)


def test_a_file_is_opened_by_whoever_keeps_those_of_its_programme():
    unit = committee()
    person = make.make_person("杭求职", unit=unit, birth=date(1998, 1, 2), programme="employment")
    said = {"person": person, "unit": unit, "on": TODAY, "now": NOW}
    for programme, actor in (("employment", officer(Role.SUPERVISOR, street())), ("mentoring", employment())):
        with pytest.raises(NotAllowed):
            open_case(actor=actor, programme=programme, **said)
    assert open_case(actor=employment(), programme="employment", **said).programme == "employment"


def test_nobody_opens_a_file_about_a_person_of_another_programme(child, jobseeker):
    """Not even whoever keeps files of both: what each was told would be the other's to read."""
    user = make.make_officer(Role.SUPERVISOR, street())
    make.give_post(user, Role.EMPLOYMENT_OFFICER, street())
    for programme, case in (("employment", child), ("mentoring", jobseeker)):
        with pytest.raises(NotThere):
            open_case(
                actor=make.actor_of(user), programme=programme, person=case.person, unit=case.unit, on=TODAY, now=NOW
            )


def test_a_person_is_known_by_her_file_or_as_kin_of_a_child_and_not_by_the_unit_alone(child, jobseeker):
    guardian, mate, stranger = (make.make_person(name, unit=committee()) for name in ("陈母", "陈兄", "无关人"))
    Guardianship.objects.create(child=child.person, guardian=guardian)
    mentor = make.make_mentor("梅一", unit=committee())
    known = set(visible_persons(officer(Role.SUPERVISOR, street())).values_list("name", flat=True))
    assert known == {"陈小一", "陈母", "梅一"}
    assert not {mate.name, stranger.name} & known
    assert set(visible_persons(employment())) == {jobseeker.person}
    assert mentor.person in Person.objects.filter(persons_of("mentoring"))
    assert list(Person.objects.filter(persons_of("employment"))) == [jobseeker.person]


def test_a_guardian_who_looks_for_work_is_known_to_each_side_by_its_own_reason(child):
    guardian = make.make_person("陈母", unit=committee(), birth=date(1985, 2, 3))
    Guardianship.objects.create(child=child.person, guardian=guardian)
    own = make.make_jobseeker(person=guardian)
    supervisor = officer(Role.SUPERVISOR, street())
    assert guardian in visible_persons(supervisor)
    assert own not in visible_cases(supervisor)
    assert set(visible_persons(employment())) == {guardian}


def test_of_a_person_of_two_programmes_each_side_reads_its_own_messages_only(child):
    guardian = make.make_person("陈母", unit=committee(), birth=date(1985, 2, 3))
    Guardianship.objects.create(child=child.person, guardian=guardian)
    own = make.make_jobseeker(person=guardian)
    said = {"body": "请回电", "unit_path": committee().path, "now": NOW, "person_id": guardian.pk}
    visit = write_personal(key="1", purpose=MessagePurpose.VISIT, reference=child.reference, about="visit", **said)
    work = write_personal(
        key="2", purpose=MessagePurpose.RECOMMENDATION, reference=own.reference, about="employment.shortlist", **said
    )
    assert list(visible_messages(officer(Role.WORKER, committee()))) == [visit]
    assert list(visible_messages(employment())) == [work]
    assert not visible_messages(employment(street(ELSEWHERE))).exists()


@pytest.mark.parametrize("about", ["", "gathering", "visit", "employment", "employment.recommendation"])
def test_whatever_is_written_to_a_jobseeker_only_her_own_office_reads(jobseeker, about):
    """Even if whoever writes it forgets whose person she is."""
    message = write_personal(
        key="1", purpose=MessagePurpose.GATHERING, reference="E000001", body="周六招聘会", unit_path=street().path,
        now=NOW, person_id=jobseeker.person_id, about=about,
    )  # fmt: skip
    assert message.about.startswith("employment.")
    assert list(visible_messages(employment())) == [message]
    for actor in everybody_of_casework():
        assert not visible_messages(actor).exists()


def test_what_is_written_about_a_child_keeps_its_own_word(child):
    message = write_personal(
        key="1", purpose=MessagePurpose.VISIT, reference="C000001", body="请回电", unit_path=street().path, now=NOW,
        person_id=child.person_id, about="visit",
    )  # fmt: skip
    assert message.about == "visit"
    assert not visible_messages(employment()).exists()


def twice(*, home):
    """One young woman of sixteen, of whom both programmes were told with her number: two rows, and a file for each."""
    said = PersonDetails(
        name="陈小一", birth_date=date(2010, 3, 4), id_number=make.resident_id(date(2010, 3, 4), order=914),
        unit_id=home.pk, unit_path=home.path,
    )  # fmt: skip
    for programme in ("mentoring", "employment"):
        [row] = register_persons([said], programme=programme)
        yield Case.objects.create(
            programme=programme, person_id=row.id, unit=home, unit_path=home.path, opened_on=TODAY
        )


def test_papers_wishes_and_rest_of_one_programme_are_nowhere_in_the_other():
    child, seeker = twice(home=committee())
    seeker.person.consents.create(purpose="case_file", legal_basis="statutory_duty", given_on=TODAY)
    rest = seeker.person.suspensions.create(reason="在面试", from_on=TODAY, made_at=NOW)
    seeker.person.preferences.create(ceiling_per_week=0, updated_at=NOW)
    worker = officer(Role.WORKER, committee())
    assert not visible_suspensions(worker).exists()
    assert list(visible_suspensions(employment())) == [rest]
    assert (list(visible_persons(worker)), list(visible_persons(employment()))) == ([child.person], [seeker.person])
    assert read_child_file(child, actor=worker, on=TODAY).consents == ()
    [card] = read_cards([child.person], on=TODAY)
    assert (card.wishes, card.suspended) == ("", "")


def pair_of(first, second):
    return PossibleDuplicate.objects.create(
        first=first.person, second=second.person, points=80, unit_path=committee().path
    )


def test_a_pair_that_may_be_one_is_settled_by_whoever_keeps_the_files_of_both(child, jobseeker):
    of_children = pair_of(child, make.make_child("陈小一一", unit=committee()))
    of_jobseekers = pair_of(jobseeker, make.make_jobseeker("杭求求", unit=make.make_committee(f"{HERE}002")))
    pair_of(child, jobseeker)
    for unit in (street(), make.make_district()):
        assert list(visible_duplicates(officer(Role.SUPERVISOR, unit))) == [of_children]
        assert list(visible_duplicates(employment(unit))) == [of_jobseekers]
    for stranger in (officer(Role.WORKER, committee()), employment(committee()), employment(street(ELSEWHERE))):
        assert not visible_duplicates(stranger).exists()
    # Not even if one row, by mistake, were known to both.
    Guardianship.objects.create(child=child.person, guardian=jobseeker.person)
    assert list(visible_duplicates(officer(Role.SUPERVISOR, street()))) == [of_children]
    for role in set(Role) - {Role.SUPERVISOR, Role.DISTRICT_OFFICER, Role.EMPLOYMENT_OFFICER}:
        assert not visible_duplicates(officer(role)).exists(), role


def test_whoever_looks_at_a_pair_stands_on_both_files_in_words(jobseeker):
    pair_of(jobseeker, make.make_jobseeker("杭求求", unit=committee()))
    get_duplicates(actor=employment(), now=NOW)
    [look] = read_looks(jobseeker, most=5)
    assert str(look.purpose) != "duplicates"


def test_two_posts_know_no_pair_of_which_each_knows_one_half(child, jobseeker):
    """Neither of two programmes, nor a jobseeker here and one where only her other post is."""
    user = make.make_officer(Role.SUPERVISOR, street())
    make.give_post(user, Role.EMPLOYMENT_OFFICER, street())
    both = make.actor_of(user)
    pair_of(child, jobseeker)
    elsewhere = make.make_jobseeker("杭求求", unit=make.make_committee(f"{ELSEWHERE}001"))
    pair_of(jobseeker, elsewhere)
    assert not visible_duplicates(both).exists()
    away = make.make_officer(Role.SUPERVISOR, street(ELSEWHERE))
    make.give_post(away, Role.EMPLOYMENT_OFFICER, street())
    assert not visible_duplicates(make.actor_of(away)).exists()


def test_a_jobseeker_whose_open_file_another_office_keeps_is_merged_by_neither_of_the_two_alone(jobseeker):
    """She moved away; here lies what is closed. Merging would write on the other office's file, unread by this one."""
    moved = make.make_jobseeker("杭求求", unit=committee())
    Case.objects.filter(pk=moved.pk).update(state="closed", closed_on=TODAY)
    pair = pair_of(jobseeker, moved)
    assert list(visible_duplicates(employment())) == [pair]
    make.make_jobseeker(person=moved.person, unit=make.make_committee(f"{ELSEWHERE}001"))
    assert not visible_duplicates(employment()).exists()
    assert not visible_duplicates(employment(street(ELSEWHERE))).exists()
    assert list(visible_duplicates(employment(make.make_district()))) == [pair]


def test_jobseekers_who_are_one_are_merged_and_told_apart_by_their_own_office_alone(jobseeker):
    other = make.make_jobseeker("杭求求", unit=committee())
    Case.objects.filter(pk=other.pk).update(state="closed", closed_on=TODAY)
    pair = pair_of(jobseeker, other)
    for stranger in (officer(Role.SUPERVISOR, street()), employment(street(ELSEWHERE))):
        for settle in (merge_persons, declare_two_persons):
            with pytest.raises(NotThere):
                settle(actor=stranger, duplicate_id=pair.pk, now=NOW)
    merge_persons(actor=employment(), duplicate_id=pair.pk, now=NOW)
    assert set(Case.objects.values_list("person", flat=True)) == {jobseeker.person_id}


def test_merging_two_jobseekers_does_not_meet_the_open_childrens_files_of_the_same_two():
    """It neither fails because of them, nor changes them."""
    said = [
        PersonDetails(name="陈小一", id_number=make.resident_id(date(2010, 3, order), order=912)) for order in (4, 5)
    ]
    rows = {
        programme: [
            Case.objects.create(
                programme=programme, person_id=one.id, unit=committee(), unit_path=committee().path, opened_on=TODAY
            )
            for one in register_persons(said, programme=programme)
        ]
        for programme in ("mentoring", "employment")
    }
    children, seekers = rows["mentoring"], rows["employment"]
    Case.objects.filter(pk=seekers[1].pk).update(state="closed", closed_on=TODAY)
    merge_persons(actor=employment(), duplicate_id=pair_of(*seekers).pk, now=NOW)
    before = [(case.pk, case.person_id) for case in children]
    assert list(Case.objects.filter(programme="mentoring").order_by("pk").values_list("pk", "person")) == before
    assert not Person.objects.filter(programme="mentoring").exclude(merged_into=None).exists()


def test_whoever_brings_jobseekers_does_not_bring_their_guardians(child, jobseeker):
    father = make.make_person("杭父", unit=committee(), birth=date(1970, 1, 1))
    Guardianship.objects.create(child=jobseeker.person, guardian=father)
    assert set(persons_to_sign_up(employment())) == {jobseeker.person}
    assert father not in persons_to_sign_up(officer(Role.SUPERVISOR, street()))


def test_a_group_message_names_a_jobseeker_as_little_as_a_child(child, jobseeker):
    found = look_for_persons("请陈小一和杭求职周六到场")
    assert {one.text for one in found} == {"陈小一", "杭求职"}


def test_a_worry_is_tied_to_no_jobseekers_file_and_hints_at_none(child, jobseeker):
    user = make.make_officer(Role.SUPERVISOR, street())
    make.give_post(user, Role.EMPLOYMENT_OFFICER, street())
    assert list(tieable_cases(make.actor_of(user))) == [child]
    assert list(guarded_files()) == [child]


def test_the_copy_of_ones_own_data_holds_this_programmes_messages_only(child):
    make.make_jobseeker(person=child.person)
    said = {"body": "请回电", "unit_path": committee().path, "now": NOW, "person_id": child.person_id}
    write_personal(key="1", purpose=MessagePurpose.VISIT, reference="C000001", about="visit", **said)
    write_personal(
        key="2", purpose=MessagePurpose.RECOMMENDATION, reference="C000002", about="employment.shortlist", **said
    )
    told = [row for sheet in list_child_sheets(child, on=TODAY) for row in sheet.rows if "C000002" in row]
    assert told == []


def test_the_search_box_counts_no_file_that_another_programme_keeps(child, jobseeker):
    index([findable_case(case) for case in (child, jobseeker)])
    assert not search_files(officer(Role.SUPERVISOR, street()), "杭求职", on=TODAY)
    assert search_files(officer(Role.SUPERVISOR, street()), "陈小一", on=TODAY)
    assert not search_files(employment(), "陈小一", on=TODAY)
