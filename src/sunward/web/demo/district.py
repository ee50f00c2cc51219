"""Building the demo district through the same acts that people use: import, approve, begin, visit.

It is built once, on an empty database, in one go; a second start finds it and changes nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Assignment, Unit, User
from sunward.accounts.units import load_district
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.mentoring.access import visible_children
from sunward.mentoring.actions.agreements import sign_agreement
from sunward.mentoring.actions.consents import record_consent
from sunward.mentoring.actions.matches import approve_match, confirm_match, start_trial
from sunward.mentoring.actions.visits import record_visit
from sunward.mentoring.enums import VisitTopic
from sunward.mentoring.models import Match, Mentor
from sunward.mentoring.vetting import read_standing
from sunward.mentoring.visiting import VisitEntry
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import Guardianship
from sunward.registers.actions import Upload, carry_through, start_batch
from sunward.registers.conducting import TerminalConductor
from sunward.web.demo.bulletins import make_bulletins
from sunward.web.demo.courses import make_roadshow
from sunward.web.demo.emergencies import make_emergency
from sunward.web.demo.experts import make_experts
from sunward.web.demo.gatherings import make_gatherings
from sunward.web.demo.interests import make_interests
from sunward.web.demo.jobseeker_files import make_jobseeker_files
from sunward.web.demo.jobseekers import make_jobseekers
from sunward.web.demo.library import make_consents, make_library
from sunward.web.demo.meetings import make_meetings
from sunward.web.demo.moments import Moment
from sunward.web.demo.outreach import make_groups
from sunward.web.demo.people import Committee, PersonMaker
from sunward.web.demo.plans import make_plans
from sunward.web.demo.results import make_results
from sunward.web.demo.rosters import write_children, write_mentors
from sunward.web.demo.service_points import make_service_points
from sunward.web.demo.sharing import make_notes
from sunward.web.demo.sign_ins import SignIn, make_sign_in, unit_of, write_sign_ins
from sunward.web.demo.stories import make_stories
from sunward.web.demo.students import write_students
from sunward.web.demo.tutoring import make_tutorings
from sunward.web.demo.vacancies import make_vacancies
from sunward.web.demo.volunteers import make_volunteers
from sunward.web.demo.worries import make_worries

CHILDREN, MENTORS, VISITING, MATCHED = 180, 150, 8, 70
SEED = 20190308
_OFFICES = (
    Role.DISTRICT_OFFICER, Role.SUPERVISOR, Role.WORKER, Role.EMPLOYMENT_OFFICER, Role.LEADER, Role.AUDITOR,
    Role.ADMINISTRATOR,
)  # fmt: skip
NOTES = (
    "一起读完了一本书，孩子话比上次多。",
    "辅导了数学作业，分数的应用题还要再练。",
    "陪孩子去了社区图书馆，奶奶说最近睡得好。",
    "聊了在学校的事，约好下周一起做手工。",
)


def demo_exists() -> bool:
    return User.objects.exists()


def build_demo(*, on: date, now: datetime) -> tuple[SignIn, ...]:
    """Everything, from the units to the visits. Returns one sign-in per role."""
    random, moment = Random(SEED), Moment(on, now)  # noqa: S311 - the same demo every time
    load_district()
    _write_telephones()
    sign_ins = _make_officers(on)
    officer = read_actor(User.objects.get(username="officer"), on=on)
    people = PersonMaker(random, _committees(random))
    _import(_write_workbooks(people, random, on), officer, moment)
    with transaction.atomic():
        matches = _approve_matches(officer, moment)
        _begin_matches(matches[:-6], officer, moment)
        visiting = matches[:VISITING]
        sign_ins += (_make_mentor(visiting[0].mentor, on),)
        _give_accounts(visiting[1:], on)
        _make_visits(visiting, random, moment)
        make_gatherings(matches, people, random, moment)
        make_groups(officer, moment)
        make_roadshow(moment)
        make_vacancies(moment)
        make_volunteers(visiting[0].mentor, officer, moment)
        make_plans(visiting, moment)
        make_worries(visiting[0], moment)
        make_emergency(visiting[0], moment)
        make_library(moment)
        make_notes(visiting, moment)
        sign_ins += (make_tutorings(visiting[0].case, moment), make_experts(visiting[0], moment))
        make_consents(moment)
        make_jobseekers(people, moment)
        make_jobseeker_files(moment)
        make_service_points(moment)
        make_stories(moment)
        make_interests(random, moment)
        make_bulletins(moment)
        sign_ins += (make_meetings(moment),)
        make_results(moment)
    write_sign_ins(sign_ins)
    return sign_ins


def _import(workbooks: Iterable[Path], officer: Actor, moment: Moment) -> None:
    """The way the workbench's pages do it."""
    uploads = [Upload.of_file(path) for path in workbooks]
    batch = start_batch(actor=officer, uploads=uploads, judged_on=moment.on, now=moment.now, is_background=False)
    carry_through(actor=officer, batch=batch, conductor=TerminalConductor(), on=moment.on, now=moment.now)


def _make_officers(on: date) -> tuple[SignIn, ...]:
    committee = Unit.objects.filter(kind=UnitKind.COMMITTEE, path__contains="/310110012/").order_by("code")[0]
    made = []
    for role in _OFFICES:
        unit = Unit.objects.get(code=unit_of(role)) if unit_of(role) else committee
        made.append(make_sign_in(role, unit=unit, on=on)[1])
    return tuple(made)


def _write_telephones() -> None:
    """Made up: no telephone in the country has a number that begins with a zero after the area code."""
    for number, street in enumerate(Unit.objects.filter(kind=UnitKind.SUBDISTRICT).order_by("code"), 1):
        street.phone = f"021-0000{number:04}"
        street.save(update_fields=["phone"])


def _write_workbooks(people: PersonMaker, random: Random, on: date) -> tuple[Path, ...]:
    """The files stay beside the data, for whoever wants to change them and drop them once more."""
    folder = Path(settings.HOME) / "demo-workbooks"
    folder.mkdir(parents=True, exist_ok=True)
    children, mentors = folder / "困境儿童台账.xlsx", folder / "邻家妈妈花名册.xlsx"
    students = folder / "云上牵手大学生志愿者.csv"
    write_children(children, people=people, random=random, on=on, count=CHILDREN)
    write_mentors(mentors, people=people, random=random, on=on, count=MENTORS)
    write_students(students, people=people, random=Random(SEED + 1), on=on)  # noqa: S311 - as above
    return children, mentors, students


def _committees(random: Random) -> tuple[Committee, ...]:
    """A few committees of each sub-district, so that people have neighbours; the demo's worker has hers among them."""
    found: list[Committee] = []
    for street in Unit.objects.filter(kind=UnitKind.SUBDISTRICT).order_by("code"):
        below = list(street.children.order_by("code"))
        chosen = [below[0], *random.sample(below[1:], min(4, len(below) - 1))]
        found += [Committee(street.name, committee.name) for committee in chosen]
    return tuple(found)


def _approve_matches(officer: Actor, moment: Moment) -> list[Match]:
    """Matches of ten weeks ago, each within one sub-district; most children and mentors are left for the officer."""
    past = moment.earlier(70)
    free = _free_mentors(past.on, moment.on)
    matches: list[Match] = []
    for case in visible_children(officer).open().filter(child__willing_to_pair=True).order_by("-risk_level", "pk"):
        street = case.unit_path.split("/")[2]
        if free.get(street) and len(matches) < MATCHED // 2:
            mentor = free[street].pop()
            approved = approve_match(actor=officer, case_id=case.pk, mentor_id=mentor.pk, on=past.on, now=past.now)
            matches.append(Match.objects.select_related("mentor__person", "mentor__unit", "case").get(pk=approved.pk))
    return matches


def _free_mentors(past: date, on: date) -> dict[str, list[Mentor]]:
    """Those whose vetting held when they were matched, and holds today."""
    found: dict[str, list[Mentor]] = {}
    for mentor in Mentor.objects.prefetch_related("vetting_facts").exclude(unit=None).order_by("pk"):
        facts = mentor.vetting_facts.all()
        standing = read_standing(facts, on=on)
        if standing.may_match and not standing.is_expiring and read_standing(facts, on=past).may_match:
            found.setdefault(mentor.unit_path.split("/")[2], []).append(mentor)
    return found


def _begin_matches(matches: list[Match], officer: Actor, moment: Moment) -> None:
    """All but the last few have met; of those, most have been confirmed."""
    arranged, decided = moment.earlier(65), moment.earlier(30)
    for number, match in enumerate(matches):
        start_trial(
            actor=officer, match_id=match.uid, first_meeting_on=moment.on - timedelta(days=63),
            until_on=moment.on - timedelta(days=33), on=arranged.on, now=arranged.now, agreed_times="周六下午",
        )  # fmt: skip
        _share(match, officer, moment)
        if number % 5 != 4:
            sign_agreement(actor=officer, match_id=match.uid, signed_on=decided.on, on=decided.on, now=decided.now)
            confirm_match(actor=officer, match_id=match.uid, on=decided.on, now=decided.now)


def _share(match: Match, officer: Actor, moment: Moment) -> None:
    """The guardian agrees that the mentor may have number and address; where none is known, nobody can."""
    cared_for = Guardianship.objects.current(on=moment.on).filter(child_id=match.case.person_id)
    guardian_id = cared_for.order_by("-is_primary", "pk").values_list("guardian_id", flat=True).first()
    if guardian_id is not None:
        record_consent(
            actor=officer, case_id=match.case.uid, purpose=Purpose.SHARING, legal_basis=LegalBasis.CONSENT,
            given_on=moment.on, on=moment.on, now=moment.now, given_by_id=guardian_id,
        )  # fmt: skip


def _make_mentor(mentor: Mentor, on: date) -> SignIn:
    assert mentor.unit is not None  # chosen by unit
    user, sign_in = make_sign_in(Role.MENTOR, unit=mentor.unit, on=on, name=mentor.person.name)
    Mentor.objects.filter(pk=mentor.pk).update(user=user)
    return sign_in


def _give_accounts(matches: list[Match], on: date) -> None:
    """Mentors who have visited; nobody can sign in as them."""
    for number, match in enumerate(matches, start=2):
        user = User.objects.create_user(f"mentor{number}", name=match.mentor.person.name)
        Assignment.objects.create(
            user=user, role=Role.MENTOR, unit_id=match.mentor.unit_id or 0, from_on=on - timedelta(days=400)
        )
        Mentor.objects.filter(pk=match.mentor_id).update(user=user)


def _make_visits(matches: list[Match], random: Random, moment: Moment) -> None:
    for match in matches:
        user = User.objects.get(mentor=match.mentor_id)
        for days in sorted(random.sample(range(2, 62), random.randint(3, 6)), reverse=True):
            past = moment.earlier(days)
            is_made = random.random() < 0.85
            record_visit(
                actor=read_actor(user, on=past.on), match_id=match.uid, key=uuid4(),
                entry=VisitEntry(
                    outcome=ContactOutcome.MADE if is_made else ContactOutcome.ATTEMPTED,
                    kind=ServiceKind.HOME_VISIT, happened_on=past.on,
                    minutes=random.choice((30, 45, 60, 90)) if is_made else 0,
                    topics=(random.choice(list(VisitTopic)).value,) if is_made else (),
                    note=random.choice(NOTES) if is_made else "家里没有人，给奶奶打了电话。",
                ),
                on=past.on, now=past.now,
            )  # fmt: skip
