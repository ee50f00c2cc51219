"""Who sees what of a gathering: the host everybody, others their own, and some not that there is one."""

from datetime import date
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry
from sunward.core.refusals import NotThere
from sunward.gatherings.access import (
    get_planned_gathering,
    hosts,
    open_gatherings,
    open_list,
    own_sign_ups,
    planned_gatherings,
    visible_sign_ups,
)
from sunward.gatherings.actions import withdraw_party
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import GatheringState, Part
from sunward.gatherings.models import Gathering
from sunward.gatherings.queries.consents import gatherings_with_lapsed
from sunward.gatherings.queries.page import read_page
from sunward.mentoring.actions.gatherings import sign_up_myself, sign_up_pair
from sunward.mentoring.enums import MatchState
from sunward.people.models import Person
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_committee,
    make_district,
    make_jobseeker,
    make_known,
    make_match,
    make_mentor,
    make_officer,
    make_person,
    make_subdistrict,
    make_unit,
    make_user,
)
from tests.gatherings.builders import (
    FAIR,
    OUTING,
    SALON,
    TRAINING,
    bring,
    draft,
    guests,
    planner,
    published,
    refused,
    willing_child,
)

pytestmark = pytest.mark.django_db
HERE, NEXT_DOOR, ELSEWHERE = "310110012001", "310110012002", "310110019001"


def actor(role, unit):
    return actor_of(make_officer(role, unit))


def seen(gatherings):
    return {one.title for one in gatherings}


def mentor_with_child(state=MatchState.ACTIVE):
    """A mentor who can sign in, her match, and the child's file with consent."""
    user = make_user()
    give_post(user, Role.MENTOR, make_committee(HERE))
    mentor = make_mentor(unit=make_committee(HERE), user=user)
    case = willing_child(unit=make_committee(HERE))
    return actor_of(user), make_match(case, mentor, state=state), case


@pytest.mark.parametrize(
    ("role", "code", "is_planned"),
    [
        (Role.DISTRICT_OFFICER, "310110", True),
        (Role.SUPERVISOR, "310110012", True),
        (Role.WORKER, HERE, False),
        (Role.SUPERVISOR, "310110019", False),
        (Role.DISTRICT_OFFICER, "310109", False),
        (Role.EMPLOYMENT_OFFICER, "310110", False),
        (Role.LEADER, "310110", False),
        (Role.AUDITOR, "310110", False),
        (Role.ADMINISTRATOR, "310110", False),
        (Role.MENTOR, HERE, False),
    ],
)
def test_an_outing_is_planned_by_casework_people_at_or_above_its_host(role, code, is_planned):
    gathering = draft(OUTING, host=make_subdistrict("310110012"))
    units = {"310110": make_district, "310109": lambda: make_unit("310109")}
    unit = units[code]() if code in units else make_subdistrict(code) if len(code) == 9 else make_committee(code)
    who = actor(role, unit)
    assert planned_gatherings(who).filter(pk=gathering.pk).exists() is is_planned
    assert hosts(who, gathering) is is_planned
    if is_planned:
        assert get_planned_gathering(actor=who, gathering_id=gathering.uid) == gathering
    else:
        with pytest.raises(NotThere):
            get_planned_gathering(actor=who, gathering_id=gathering.uid)


def test_who_plans_fairs_does_not_plan_outings_and_the_other_way_round():
    draft(OUTING, title="秋游"), draft(FAIR, title="招聘会")
    assert seen(planned_gatherings(planner(OUTING))) == {"秋游"}
    assert seen(planned_gatherings(planner(FAIR))) == {"招聘会"}


def test_only_what_is_published_is_open():
    draft(TRAINING, title="草稿")
    published(TRAINING, title="培训")
    made = published(TRAINING, title="模板")
    Gathering.objects.filter(pk=made.pk).update(state=GatheringState.TEMPLATE)
    assert seen(open_gatherings(planner())) == {"培训"}


def test_what_is_open_is_hosted_at_above_or_below_ones_own_unit():
    for unit in (
        make_district(),
        make_subdistrict(),
        make_committee(HERE),
        make_committee(NEXT_DOOR),
        make_committee(ELSEWHERE),
    ):
        published(TRAINING, title=unit.code, host=unit)
    worker, supervisor = actor(Role.WORKER, make_committee(HERE)), actor(Role.SUPERVISOR, make_subdistrict())
    assert seen(open_gatherings(worker)) == {"310110", "310110012", HERE}
    assert seen(open_gatherings(supervisor)) == {"310110", "310110012", HERE, NEXT_DOOR}


@pytest.mark.parametrize(
    ("role", "found"),
    [
        (Role.WORKER, {"秋游", "招聘会"}),
        (Role.MENTOR, {"秋游", "招聘会"}),
        (Role.EMPLOYMENT_OFFICER, {"招聘会"}),
        (Role.LEADER, set()),
        (Role.AUDITOR, set()),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_where_children_come_only_who_may_bring_one_sees_that_there_is_something(role, found):
    published(OUTING, title="秋游")
    published(FAIR, title="招聘会")
    unit = make_committee(HERE) if role in (Role.WORKER, Role.MENTOR) else make_district()
    assert seen(open_gatherings(actor(role, unit))) == found


def test_the_host_sees_everybody_and_a_worker_those_of_her_committee():
    gathering = published(OUTING)
    here, there = (
        bring(gathering, Head(willing_child(unit=make_committee(code)).person_id)) for code in (HERE, NEXT_DOOR)
    )
    worker = actor(Role.WORKER, make_committee(HERE))
    assert set(visible_sign_ups(planner(), gathering)) == {*here, *there}
    assert set(visible_sign_ups(worker, gathering)) == set(here)


def test_a_childrens_worker_sees_nobody_at_a_job_fair_but_whom_she_brought():
    gathering = published(FAIR)
    bring(gathering, *guests())
    worker, other = (actor(Role.WORKER, make_committee(HERE)) for _ in range(2))
    assert not visible_sign_ups(worker, gathering).exists()
    own = bring(gathering, *guests(), actor=worker)
    assert set(visible_sign_ups(worker, gathering)) == set(own)
    assert not visible_sign_ups(other, gathering).exists()


def test_an_employment_officer_elsewhere_sees_of_the_districts_fair_her_own_people():
    gathering = published(FAIR, host=make_district())
    street = actor(Role.EMPLOYMENT_OFFICER, make_subdistrict("310110012"))
    other = actor(Role.EMPLOYMENT_OFFICER, make_subdistrict("310110019"))
    own = bring(gathering, *guests(), actor=street)
    bring(gathering, *guests(), actor=other)
    assert set(visible_sign_ups(street, gathering)) == set(own)


def test_whoever_does_not_host_reads_of_her_own_units_none_of_another_programmes_persons():
    home = make_committee("310110012001")
    fair, lecture = (
        published(FAIR, host=make_district()),
        published(TRAINING, host=make_district(), audience="everybody"),
    )
    seeker, guardian = (
        make_jobseeker("江一", unit=home),
        make_known(make_person("周姨", unit=home, birth=date(1985, 2, 3))),
    )
    street = actor(Role.EMPLOYMENT_OFFICER, make_subdistrict("310110012"))
    supervisor, worker = actor(Role.SUPERVISOR, make_subdistrict("310110012")), actor(Role.WORKER, home)
    for gathering in (fair, lecture):
        bring(gathering, Head(seeker.person_id), actor=actor(Role.EMPLOYMENT_OFFICER, home))
        bring(gathering, Head(guardian.pk), actor=worker)
    assert [row.person for row in visible_sign_ups(street, fair)] == [seeker.person]
    assert [row.person for row in visible_sign_ups(supervisor, lecture)] == [guardian]
    for reader, gathering in ((supervisor, fair), (street, lecture)):
        assert not visible_sign_ups(reader, gathering).exists()


def test_opening_a_list_is_a_look_at_the_file_of_each_who_is_on_it():
    gathering, case = published(OUTING), willing_child()
    bring(gathering, Head(case.person_id))
    bring(gathering, Head(willing_child().person_id))
    host = planner()
    _gathering, rows = open_list(actor=host, gathering_id=gathering.uid, purpose="check_in", now=NOW)
    looks = AuditEntry.objects.filter(kind=AuditKind.LOOK, code="gatherings.list_opened", actor_id=host.user_id)
    assert (len(rows), looks.count()) == (2, 2)
    assert looks.filter(subject_kind="case", subject_id=case.pk, unit_path=case.unit_path).count() == 1


def test_a_look_at_somebody_without_a_file_is_the_offices_where_she_lives_today():
    gathering, mentor, moved = published(TRAINING), make_mentor(), make_committee("310110019001", name="别处")
    bring(gathering, Head(mentor.person_id))
    Person.objects.filter(pk=mentor.person_id).update(unit=moved, unit_path=moved.path)
    open_list(actor=planner(), gathering_id=gathering.uid, purpose="check_in", now=NOW)
    look = AuditEntry.objects.get(kind=AuditKind.LOOK, code="gatherings.list_opened")
    assert (look.subject_kind, look.subject_id, look.unit_path) == ("person", mentor.person_id, moved.path)


def test_a_childs_file_hears_of_a_look_also_at_another_programmes_list():
    """A boy of seventeen at a job fair."""
    gathering, case = published(FAIR), willing_child(birth=date(2009, 6, 1))
    worker = actor(Role.WORKER, case.unit)
    bring(gathering, Head(case.person_id), actor=worker)
    open_list(actor=planner(FAIR), gathering_id=gathering.uid, purpose="check_in", now=NOW)
    look = AuditEntry.objects.get(kind=AuditKind.LOOK, code="gatherings.list_opened")
    assert (look.subject_kind, look.subject_id) == ("case", case.pk)


def test_a_mentor_signs_up_her_own_pair_with_her_own_child():
    gathering, (mentor, match, case) = published(OUTING), mentor_with_child()
    own_child = Head(guest_name="小宝", guest_age=7, part=Part.ADULT)
    rows = sign_up_pair(
        actor=mentor,
        match_id=match.uid,
        gathering_id=gathering.uid,
        party=uuid4(),
        companions=[own_child],
        on=TODAY,
        now=NOW,
    )
    # Whatever part a companion asks for, it comes as a companion.
    assert [(row.person_id, row.part, row.signed_up_by) for row in rows] == [
        (case.person_id, "participant", "pair"), (match.mentor.person_id, "adult", "pair"), (None, "companion", "pair"),
    ]  # fmt: skip
    assert set(visible_sign_ups(mentor, gathering)) == set(own_sign_ups(mentor)) == set(rows)


@pytest.mark.parametrize("state", [MatchState.PAUSED, MatchState.CLOSED, MatchState.PROPOSED])
def test_without_a_match_that_lets_her_read_a_mentor_signs_nobody_up(state):
    gathering, (mentor, match, _case) = published(OUTING), mentor_with_child(state)
    with pytest.raises(NotThere):
        sign_up_pair(actor=mentor, match_id=match.uid, gathering_id=gathering.uid, party=uuid4(), on=TODAY, now=NOW)


def test_a_mentor_does_not_sign_up_anothers_child():
    gathering, (mentor, _match, _case) = published(OUTING), mentor_with_child()
    _other, foreign, _child = mentor_with_child()
    with pytest.raises(NotThere):
        sign_up_pair(actor=mentor, match_id=foreign.uid, gathering_id=gathering.uid, party=uuid4(), on=TODAY, now=NOW)


def test_when_the_match_ends_the_mentor_no_longer_sees_the_child_on_the_list():
    gathering, (mentor, match, _case) = published(OUTING), mentor_with_child()
    rows = sign_up_pair(actor=mentor, match_id=match.uid, gathering_id=gathering.uid, party=uuid4(), on=TODAY, now=NOW)
    match.state, match.ended_on = MatchState.CLOSED, TODAY
    match.save()
    assert set(visible_sign_ups(mentor, gathering)) == {row for row in rows if row.part == Part.ADULT}


def test_when_the_match_ends_the_mentor_no_longer_takes_the_child_off():
    gathering, (mentor, match, case) = published(OUTING), mentor_with_child()
    rows = sign_up_pair(actor=mentor, match_id=match.uid, gathering_id=gathering.uid, party=uuid4(), on=TODAY, now=NOW)
    match.state, match.ended_on = MatchState.CLOSED, TODAY
    match.save()
    withdraw_party(actor=mentor, gathering_id=gathering.uid, party=rows[0].party, on=TODAY, now=NOW)
    assert list(gathering.sign_ups.standing().values_list("person", flat=True)) == [case.person_id]


def test_a_mentor_comes_to_a_training_for_herself_and_sees_no_other():
    gathering, (mentor, match, _case) = published(TRAINING), mentor_with_child()
    bring(gathering, *guests())
    rows = sign_up_myself(actor=mentor, gathering_id=gathering.uid, party=uuid4(), on=TODAY, now=NOW)
    assert [row.person_id for row in rows] == [match.mentor.person_id]
    assert set(visible_sign_ups(mentor, gathering)) == set(rows)


def test_whoever_was_a_mentor_until_yesterday_signs_nobody_up():
    gathering, (_mentor, match, _case) = published(TRAINING), mentor_with_child()
    former = actor_of(match.mentor.user, on=TODAY.replace(year=2020))
    with pytest.raises(NotThere):
        sign_up_myself(actor=former, gathering_id=gathering.uid, party=uuid4(), on=TODAY, now=NOW)


def move(case, code):
    """The family moves: the file and whom it is about go to another committee, as `edit_child` writes it."""
    unit = make_committee(code)
    Person.objects.filter(pk=case.person_id).update(unit=unit, unit_path=unit.path)
    type(case).objects.filter(pk=case.pk).update(unit=unit, unit_path=unit.path)


def test_when_a_child_moves_the_old_committee_no_longer_sees_it_on_the_list_and_the_new_one_does():
    gathering, case = published(OUTING), willing_child(unit=make_committee(HERE))
    worker = actor(Role.WORKER, make_committee(HERE))
    rows = bring(gathering, Head(case.person_id), actor=worker)
    assert set(visible_sign_ups(worker, gathering)) == set(rows)
    move(case, NEXT_DOOR)
    assert not visible_sign_ups(worker, gathering).exists()
    assert set(visible_sign_ups(actor(Role.WORKER, make_committee(NEXT_DOOR)), gathering)) == set(rows)


def test_of_everybody_of_seventeen_on_an_employment_officers_list_the_same_is_said():
    """A jobseeker answers for herself, a child of ours comes with consent. Nothing tells which of the two it is."""
    gathering, home = published(FAIR), make_committee(HERE)
    born = TODAY.replace(year=TODAY.year - 17)
    seeker, child = make_jobseeker("江一", unit=home, birth=born), willing_child(unit=home, birth=born)
    host = planner(FAIR)
    bring(gathering, Head(seeker.person_id), actor=host)
    bring(gathering, Head(child.person_id), actor=actor(Role.WORKER, home))
    child.person.consents.update(withdrawn_on=TODAY)
    rows = list(visible_sign_ups(host, gathering).select_related("person").order_by("pk"))
    lines = read_page(gathering, rows, host, now=NOW).sign_ups
    told = {(line.note, line.part, line.state, line.by, line.has_lapsed, line.may_be_photographed) for line in lines}
    assert (len(lines), len(told)) == (2, 1)
    assert not any(line.has_lapsed for line in lines)
    assert not gatherings_with_lapsed(host).exists()


@pytest.mark.parametrize("kind", [FAIR, SALON])
def test_a_child_of_ours_whose_age_nobody_knows_does_not_come_onto_an_employment_officers_list(kind):
    gathering, case = published(kind), willing_child(unit=make_committee(HERE))
    Person.objects.filter(pk=case.person_id).update(birth_date=None)
    worker = actor(Role.WORKER, make_committee(HERE))
    refused(lambda: bring(gathering, Head(case.person_id), actor=worker), "gatherings.not_for_children")
    guardian = case.person.guardianships.get().guardian
    Person.objects.filter(pk=guardian.pk).update(birth_date=None)
    assert bring(gathering, Head(guardian.pk), actor=worker)
