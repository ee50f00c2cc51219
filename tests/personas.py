"""Who knocks at every door: each persona differs from one who may enter by a single thing.

One child with an active match, and around it the people who almost belong: the next committee, another sub-district,
the worker whose post ended yesterday, the mentor whose match is closed.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import User
from sunward.casework.actions import add_wish
from sunward.casework.enums import (
    AssessmentState,
    CaseState,
    ContactOutcome,
    FollowUpKind,
    FollowUpState,
    RiskLevel,
    ServiceKind,
)
from sunward.casework.finding import findable_case
from sunward.casework.models import Case, Retention, ServiceRecord
from sunward.core.jobs.worker import drain
from sunward.core.search.index import index
from sunward.matching.actions.runs import start_preview, start_run
from sunward.matching.models import Policy
from sunward.mentoring.enums import MatchState, MentorState
from sunward.mentoring.models import Match, Mentor, Visit
from sunward.outreach.actions import compose_digest, suspend_messages, write_group, write_personal
from sunward.outreach.enums import MessagePurpose
from sunward.outreach.links import token_of
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.households import share_household
from sunward.people.models import PossibleDuplicate
from sunward.registers.actions.staging import stage_batch
from sunward.registers.actions.uploading import Upload, start_batch
from sunward.registers.conducting import TerminalConductor
from tests import factories
from tests.casework.arrangements import make_goal, make_referral, make_resource
from tests.factories import NOW, TODAY
from tests.gatherings.arrangements import gatherings_of
from tests.gatherings.roadshow_builders import roadshow_of
from tests.mentoring.experts.builders import questions_of
from tests.mentoring.experts.library_builders import library_of
from tests.mentoring.experts.sharing_builders import notes_of
from tests.mentoring.families import families_of
from tests.mentoring.tutoring_arrangements import tutorings_of
from tests.mentoring.visit_arrangements import visits_of
from tests.mentoring.volunteers import volunteers_of
from tests.outreach.arrangements import make_channel, make_group
from tests.safeguarding.arrangements import worries_of
from tests.safeguarding.calls import emergencies_of

ANONYMOUS = "anonymous"


@dataclass
class World:
    """The rows the addresses are about, and everyone who asks for them. `more` is for what a page needs beside."""

    users: dict[str, User]
    case: Case
    match: Match
    mentor: Mentor
    other_case: Case
    more: dict[str, Any] = field(default_factory=dict)


# Every persona in one line: the post (role, unit, from, until), or none. Units are codes of the world below.
_HERE, _NEXT_DOOR, _ELSEWHERE = "310110012001", "310110012002", "310110019001"
_SUBDISTRICT_NAME = "控江路街道"
_DISTRICT, _SUBDISTRICT, _OTHER_SUBDISTRICT, _OTHER_DISTRICT = "310110", "310110012", "310110019", "310109"
_NOBODYS_DISTRICT, _POINT = "310104", "310110012900"
# Whom nobody who works with children reads anywhere, though she lives among them.
JOBSEEKER = "杭求岗"

POSTS: dict[str, tuple[Role, str] | None] = {
    "worker": (Role.WORKER, _HERE),
    "worker_next_door": (Role.WORKER, _NEXT_DOOR),
    "worker_elsewhere": (Role.WORKER, _ELSEWHERE),
    "worker_until_yesterday": (Role.WORKER, _HERE),
    "worker_from_tomorrow": (Role.WORKER, _HERE),
    "deputy": (Role.WORKER, _HERE),
    "deputy_until_yesterday": (Role.WORKER, _HERE),
    "worker_supervising_elsewhere": (Role.WORKER, _HERE),
    "supervisor": (Role.SUPERVISOR, _SUBDISTRICT),
    "supervisor_elsewhere": (Role.SUPERVISOR, _OTHER_SUBDISTRICT),
    "supervisor_until_yesterday": (Role.SUPERVISOR, _SUBDISTRICT),
    "officer": (Role.DISTRICT_OFFICER, _DISTRICT),
    "officer_elsewhere": (Role.DISTRICT_OFFICER, _OTHER_DISTRICT),
    "employment_officer": (Role.EMPLOYMENT_OFFICER, _SUBDISTRICT),
    "employment_officer_elsewhere": (Role.EMPLOYMENT_OFFICER, _OTHER_SUBDISTRICT),
    "employment_officer_of_district": (Role.EMPLOYMENT_OFFICER, _DISTRICT),
    "employment_officer_at_point": (Role.EMPLOYMENT_OFFICER, _POINT),
    "employment_officer_until_yesterday": (Role.EMPLOYMENT_OFFICER, _SUBDISTRICT),
    "mentor": (Role.MENTOR, _HERE),
    "mentor_paused": (Role.MENTOR, _HERE),
    "mentor_closed": (Role.MENTOR, _HERE),
    "mentor_of_another": (Role.MENTOR, _HERE),
    "mentor_proposed": (Role.MENTOR, _HERE),
    "mentor_handing_over": (Role.MENTOR, _HERE),
    "mentor_handed_over": (Role.MENTOR, _HERE),
    "mentor_who_left": (Role.MENTOR, _HERE),
    "mentor_elsewhere": (Role.MENTOR, _OTHER_DISTRICT),
    "student": (Role.MENTOR, _DISTRICT),
    "student_of_another": (Role.MENTOR, _DISTRICT),
    "expert": (Role.EXPERT, _DISTRICT),
    "expert_of_another_field": (Role.EXPERT, _DISTRICT),
    "expert_who_gave_back": (Role.EXPERT, _DISTRICT),
    "expert_who_left": (Role.EXPERT, _DISTRICT),
    "expert_elsewhere": (Role.EXPERT, _OTHER_DISTRICT),
    "plan_officer": (Role.PLAN_OFFICER, _DISTRICT),
    "plan_officer_of_subdistrict": (Role.PLAN_OFFICER, _SUBDISTRICT),
    "plan_officer_elsewhere": (Role.PLAN_OFFICER, _OTHER_DISTRICT),
    "leader": (Role.LEADER, _DISTRICT),
    "leader_of_subdistrict": (Role.LEADER, _SUBDISTRICT),
    "leader_elsewhere": (Role.LEADER, _OTHER_DISTRICT),
    "auditor": (Role.AUDITOR, _DISTRICT),
    "auditor_elsewhere": (Role.AUDITOR, _OTHER_DISTRICT),
    "administrator": (Role.ADMINISTRATOR, _DISTRICT),
    "administrator_elsewhere": (Role.ADMINISTRATOR, _OTHER_DISTRICT),
    "stranger": None,
}
# Two posts at once: what she may as a worker here, she may not as a supervisor here.
SECOND_POSTS = {"worker_supervising_elsewhere": (Role.SUPERVISOR, _OTHER_SUBDISTRICT)}
PERSONAS = (*POSTS, ANONYMOUS)


def build_world() -> World:
    district = factories.make_district()
    other_district = factories.make_unit(_OTHER_DISTRICT, name="虹口区")
    units = {_DISTRICT: district, _OTHER_DISTRICT: other_district}
    units[_SUBDISTRICT] = factories.make_subdistrict(_SUBDISTRICT, name=_SUBDISTRICT_NAME)
    units[_OTHER_SUBDISTRICT] = factories.make_subdistrict(_OTHER_SUBDISTRICT, name="五角场街道")
    for code in (_HERE, _NEXT_DOOR, _ELSEWHERE):
        units[code] = factories.make_committee(code, name=f"居委{code[-6:]}", subdistrict=units[code[:9]])
    units[_POINT] = factories.make_unit(
        _POINT, parent=units[_SUBDISTRICT], kind=UnitKind.SERVICE_POINT, name="控江乐业空间"
    )
    users = {name: _make_user(name, post, units) for name, post in POSTS.items()}
    here = units[_HERE]
    case, other_case = factories.make_child("陈一", unit=here), factories.make_child("陈二", unit=here)
    day = timedelta(days=1)
    mentors = {
        name: factories.make_mentor(unit=units[post[1]], user=users[name])
        for name, post in POSTS.items()
        if post and name.startswith("mentor")
    }
    # She has left, and her post has not been ended.
    Mentor.objects.filter(pk=mentors["mentor_who_left"].pk).update(state=MentorState.LEFT, left_on=TODAY - day)
    match = factories.make_match(case, mentors["mentor"])
    factories.make_match(case, mentors["mentor_closed"], state=MatchState.CLOSED)
    factories.make_match(other_case, mentors["mentor_paused"], state=MatchState.PAUSED)
    third_case = factories.make_child("陈三", unit=here)
    factories.make_match(third_case, mentors["mentor_of_another"])
    for name, state, last in (
        ("mentor_proposed", MatchState.PROPOSED, None),
        ("mentor_handing_over", MatchState.HANDOVER, TODAY),
        ("mentor_handed_over", MatchState.HANDOVER, TODAY - day),
    ):
        own = factories.make_match(factories.make_child(f"陈{name}", unit=here), mentors[name], state=state)
        Match.objects.filter(pk=own.pk).update(handover_until_on=last)
    world = World(users, case, match, mentors["mentor"], other_case)
    world.more |= _plans_of(world)
    world.more |= _jobseekers_of(world)
    world.more |= _file_of(world) | _import_of(world) | _events_of(world) | roadshow_of(world)
    world.more |= _matching_of(world) | _outreach_of(world)
    world.more |= gatherings_of(world) | volunteers_of(world)
    world.more |= worries_of(world)
    world.more |= emergencies_of(world)
    world.more |= visits_of(world)
    world.more |= questions_of(world)
    world.more |= library_of(world)
    world.more |= families_of(world) | tutorings_of(world)
    world.more |= notes_of(world)
    # What nobody here may name in a form: a unit in which none of them holds a post, and somebody of it.
    nowhere = factories.make_unit(_NOBODYS_DISTRICT, name="徐汇区")
    street = factories.make_unit("310104003", name="天平路街道", parent=nowhere)
    stranger = factories.make_mentor("梅远", unit=street)
    world.more |= {
        "own_unit": units[_SUBDISTRICT].pk,
        "foreign_unit": nowhere.pk,
        "foreign_path": nowhere.path,
        "foreign_mentor": stranger.pk,
        "foreign_person": stranger.person_id,
        "guardian": world.case.person.guardianships.get(pk=world.more["guardianship"]).guardian_id,
    }
    # A closed file whose time is over.
    over = factories.make_child("陈满", unit=here)
    Case.objects.filter(pk=over.pk).update(state=CaseState.CLOSED, closed_on=TODAY.replace(year=TODAY.year - 3))
    Retention.objects.create(case=over, due_on=TODAY, listed_on=TODAY)
    world.more["over"] = over.uid
    # From tomorrow on, so that today everybody is reached where she belongs.
    world.more["absence"] = (
        users["worker"].absences.create(from_on=TODAY + day, until_on=TODAY + 3 * day, recorded_at=NOW).pk
    )
    world.more["assignment"] = users["leader"].assignments.get().pk
    return world


def _file_of(world: World) -> dict[str, Any]:
    """One of each thing that a child's file holds."""
    case, worker = world.case, world.users["worker"]
    guardian = factories.make_person("陈母", unit=case.unit, birth=date(1985, 2, 3))
    record = ServiceRecord.objects.create(
        case=case, kind=ServiceKind.HOME_VISIT, happened_on=TODAY, minutes=30, outcome=ContactOutcome.MADE,
        by=world.users["mentor"], recorded_at=NOW, unit_path=case.unit_path,
    )  # fmt: skip
    Visit.objects.create(match=world.match, record=record)
    assessment = case.assessments.create(
        level=RiskLevel.LOW, state=AssessmentState.PROPOSED, reason="好转", assessed_on=TODAY, assessed_by=worker
    )
    consent = case.person.consents.create(
        purpose=Purpose.MATCHING, legal_basis=LegalBasis.CONSENT, given_by=guardian, given_on=TODAY
    )
    twin = factories.make_known(factories.make_person("陈一一", unit=case.unit))
    # Brothers and sisters, each with somebody of another home.
    homes = [
        share_household(
            person=one.person,
            other=factories.make_person(name, unit=case.unit),
            role="兄",
            on=TODAY - timedelta(days=9),
        )
        for one, name in ((case, "陈兄"), (world.other_case, "陈二兄"))
    ]
    return {
        "record": record.uid,
        "housemate": homes[0].pk,
        "other_housemate": homes[1].pk,
        "assessment": assessment.pk,
        "follow_up": case.follow_ups.create(kind=FollowUpKind.CALL, due_on=TODAY, role=Role.WORKER).pk,
        "done_follow_up": case.follow_ups.create(
            kind=FollowUpKind.CALL, due_on=TODAY, role=Role.WORKER, state=FollowUpState.DONE, done_on=TODAY
        ).pk,
        "guardianship": case.person.guardianships.create(guardian=guardian, from_on=TODAY - timedelta(days=9)).pk,
        "consent": consent.pk,
        "duplicate": PossibleDuplicate.objects.create(
            first=case.person, second=twin, points=80, unit_path=case.unit_path
        ).pk,
    }


def _jobseekers_of(world: World) -> dict[str, Any]:
    """A jobseeker of the children's committee with one of everything that a file may hold, and a guardian who looks for
    work as well, in one row: what no act makes any more keeps apart all the same."""
    seeker = factories.make_jobseeker(JOBSEEKER, unit=world.case.unit)
    _fill(seeker, world)
    mother = factories.make_person("陈姨", unit=world.case.unit, birth=date(1986, 4, 5))
    world.other_case.person.guardianships.create(guardian=mother, from_on=TODAY - timedelta(days=9))
    both = factories.make_jobseeker(person=mother)
    _fill(both, world)
    return {"jobseeker": seeker.uid, "jobseeking_guardian": both.uid}


def _fill(case: Case, world: World) -> None:
    officer, twin = world.users["employment_officer"], world.case.person
    ServiceRecord.objects.create(
        case=case, kind=ServiceKind.PHONE_CALL, happened_on=TODAY - timedelta(days=60), outcome=ContactOutcome.MADE,
        by=officer, recorded_at=NOW, unit_path=case.unit_path,
    )  # fmt: skip
    case.assessments.create(
        level=RiskLevel.HIGH, state=AssessmentState.PROPOSED, is_emergency=True, reason="试", assessed_on=TODAY,
        assessed_by=officer,
    )  # fmt: skip
    case.follow_ups.create(kind=FollowUpKind.CALL, due_on=TODAY, role=Role.EMPLOYMENT_OFFICER)
    Case.objects.filter(pk=case.pk).update(
        risk_level=RiskLevel.HIGH, last_contact_on=TODAY - timedelta(days=60), opened_on=TODAY - timedelta(days=90)
    )
    index([findable_case(case)])
    case.person.consents.create(
        purpose=Purpose.CASE_FILE, legal_basis=LegalBasis.CONSENT, given_by=case.person, given_on=TODAY
    )
    PossibleDuplicate.objects.create(first=twin, second=case.person, points=90, unit_path=case.unit_path)
    write_personal(
        key=f"matrix:{case.reference}", purpose=MessagePurpose.RECOMMENDATION, reference=case.reference, body="岗位",
        unit_path=case.unit_path, now=NOW, person_id=case.person_id, about="employment.recommendation",
    )  # fmt: skip


def _plans_of(world: World) -> dict[str, Any]:
    """A plan with a goal, a resource of the sub-district with a referral there, and a wish; a goal of another child."""
    officer, case = factories.actor_of(world.users["officer"]), world.case
    goal = make_goal(officer, case)
    resource = make_resource(officer, unit_id=factories.make_subdistrict(_SUBDISTRICT).pk)
    return {
        "goal": goal.uid,
        "other_goal": make_goal(officer, world.other_case).uid,
        "resource": resource.uid,
        "referral": make_referral(officer, case, resource).uid,
        "wish": add_wish(actor=officer, case_id=case.uid, words="彩色铅笔", on=TODAY, now=NOW).uid,
    }


def _import_of(world: World) -> dict[str, Any]:
    """A batch of the sub-district, read and not yet taken over."""
    supervisor = factories.actor_of(world.users["supervisor"])
    number = factories.resident_id(date(2013, 4, 5), order=904)
    text = f"姓名,性别,身份证号,所属街道,监护情况,风险等级\n陈四,女,{number},{_SUBDISTRICT_NAME},监护缺失,高\n"
    upload = Upload("困境儿童.csv", [text.encode()])
    batch = start_batch(actor=supervisor, uploads=[upload], judged_on=TODAY, now=NOW, is_background=False)
    stage_batch(batch_id=batch.pk, conductor=TerminalConductor(), now=NOW)
    row = batch.rows.get()
    return {"batch": batch.uid, "sheet": row.sheet_id, "row": row.uid}


def _events_of(world: World) -> dict[str, Any]:
    """A plan of job fairs of the sub-district, read and not yet taken over."""
    officer = factories.actor_of(world.users["employment_officer"])
    text = "活动名称,日期,地点,主办单位,参会企业数,提供岗位数\n"
    text += f"秋季专场,2026年12月5日,社区文化活动中心,{_SUBDISTRICT_NAME},20,若干\n"
    upload = Upload("招聘会.csv", [text.encode()])
    batch = start_batch(actor=officer, uploads=[upload], judged_on=TODAY, now=NOW, is_background=False)
    stage_batch(batch_id=batch.pk, conductor=TerminalConductor(), now=NOW)
    row = batch.rows.get()
    return {"events_batch": batch.uid, "events_sheet": row.sheet_id, "events_row": row.uid}


def _matching_of(world: World) -> dict[str, Any]:
    """A run for the sub-district with an open proposal, and the officer's own preview."""
    waiting = factories.make_child("陈五", unit=world.case.unit)
    # One for each who is without a mentor to come: she and the two who are being handed over.
    for name in ("梅五", "梅六", "梅七"):
        factories.make_mentor(name, unit=world.case.unit)
    officer = factories.actor_of(world.users["officer"])
    policy = Policy.objects.get(programme="mentoring")
    version = policy.versions.get()
    path = factories.make_subdistrict(_SUBDISTRICT).path
    run = start_run(actor=officer, policy_id=policy.uid, unit_path=path, on=TODAY, now=NOW)
    preview = start_preview(actor=officer, version=version, draft=version.content, unit_path=path, on=TODAY, now=NOW)
    drain()
    return {
        "run": run.uid,
        "preview": preview.uid,
        "policy": policy.uid,
        "proposal": run.proposals.get(left_id=waiting.pk).uid,
    }


def _outreach_of(world: World) -> dict[str, Any]:
    """A robot with its group and a draft, a message to the child, and one in the worker's own inbox."""
    case = world.case
    channel = make_channel()
    group = make_group("控江就业一群", channel=channel)
    officer = factories.actor_of(world.users["officer"])
    draft = compose_digest(actor=officer, group_id=group.uid, on=TODAY, now=NOW)
    said: dict[str, Any] = {
        "purpose": MessagePurpose.VISIT, "reference": case.reference, "body": "请回电", "unit_path": case.unit_path,
        "now": NOW,
    }  # fmt: skip
    personal = write_personal(key="matrix:person", person_id=case.person_id, **said)
    letter = write_personal(key="matrix:user", user_id=world.users["worker"].pk, **said)
    suspension = suspend_messages(
        actor=officer, person_id=case.person.uid, reason="已电话联系", from_on=TODAY, on=TODAY, now=NOW
    )
    return {
        "channel": channel.uid,
        "group": group.uid,
        "digest": draft.uid,
        "group_message": write_group(key="matrix:group", group=group, body="周六有招聘会", now=NOW)[0].uid,
        "personal_message": personal.uid,
        "letter": letter.uid,
        "link": token_of(personal),
        "told_person": case.person.uid,
        "suspension": suspension.pk,
    }


def _make_user(name: str, post: tuple[Role, str] | None, units: dict[str, Any]) -> User:
    user = factories.make_user(name, name=name)
    if name in SECOND_POSTS:
        factories.give_post(user, SECOND_POSTS[name][0], units[SECOND_POSTS[name][1]])
    if post is not None:
        role, code = post
        day = timedelta(days=1)
        starts = {"worker_from_tomorrow": TODAY + day}.get(name, TODAY - 365 * day)
        # `until_on` is the first day without the post.
        ends = TODAY if name.endswith("until_yesterday") else TODAY + day if name == "deputy" else None
        factories.give_post(user, role, units[code], from_on=starts, until_on=ends)
    return user
