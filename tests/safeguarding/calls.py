"""An emergency with everybody around it, as tests need it: each step by the act that people use."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, User
from sunward.casework.models import Case
from sunward.mentoring.actions.calling import call_for_child
from sunward.mentoring.models import Match, Mentor
from sunward.safeguarding.actions.care import CareEntry, Carer, begin_care
from sunward.safeguarding.actions.emergencies import Caller, answer_emergency, raise_emergency
from sunward.safeguarding.actions.emergency_steps import ask_stand_by
from sunward.safeguarding.enums import EmergencyKind, StepKind
from sunward.safeguarding.models import Emergency, EmergencyStep
from tests import factories
from tests.factories import NOW, TODAY

MINUTE = timedelta(minutes=1)


@dataclass
class Scene:
    """A child with its mentor, and who answers for it."""

    case: Case
    match: Match
    mentor: Mentor
    worker: User
    supervisor: User
    officer: User

    def actor(self, name: str) -> Actor:
        return factories.actor_of(self.mentor.user if name == "mentor" else getattr(self, name))

    def call(self, *, now: datetime = NOW, kind: EmergencyKind = EmergencyKind.CARER_GONE) -> Emergency:
        return call_for_child(actor=self.actor("mentor"), match_id=self.match.uid, kind=kind, now=now)


def make_scene() -> Scene:
    committee = factories.make_committee()
    case = factories.make_child("陈一", unit=committee)
    mentor = factories.make_mentor("梅一", unit=committee, user=factories.make_user(name="梅一"))
    factories.give_post(mentor.user, Role.MENTOR, committee)
    return Scene(
        case, factories.make_match(case, mentor), mentor,
        factories.make_officer(Role.WORKER, committee, name="主任"),
        factories.make_officer(Role.SUPERVISOR, factories.make_subdistrict(), name="督导"),
        factories.make_officer(Role.DISTRICT_OFFICER, name="区级"),
    )  # fmt: skip


def send_away(user: User) -> None:
    Absence.objects.create(user=user, from_on=TODAY, until_on=TODAY + timedelta(days=1), recorded_at=NOW)


def told(emergency: Emergency) -> list[tuple[int, int | None]]:
    """Minutes after the call at which each was told, by when it was due."""
    steps = EmergencyStep.objects.filter(emergency=emergency, kind=StepKind.TOLD).order_by("pk")
    return [(int((step.due_at - emergency.raised_at) / MINUTE), step.to_id) for step in steps if step.due_at]


def neighbour(name: str = "", *, unit: Any = None, vetted: bool = True, **more: Any) -> Mentor:
    """Another neighbour mom with a sign-in."""
    user = factories.make_user(name=name)
    unit = unit or factories.make_committee()
    factories.give_post(user, Role.MENTOR, unit)
    mentor = factories.make_mentor(name, unit=unit, vetted=vetted, user=user)
    Mentor.objects.filter(pk=mentor.pk).update(**more)
    mentor.refresh_from_db()
    return mentor


def emergencies_of(world: Any) -> dict[str, Any]:
    """One that the mentor called and the worker answers, with somebody asked and care begun; and one that rings."""
    users = world.users
    emergency = call_for_child(
        actor=factories.actor_of(users["mentor"]), match_id=world.match.uid, kind=EmergencyKind.CARER_GONE, now=NOW
    )
    worker = factories.actor_of(users["worker"])
    answer_emergency(actor=worker, emergency_id=emergency.uid, now=NOW)
    volunteer = Mentor.objects.get(user=users["mentor_of_another"])
    ask_stand_by(actor=worker, emergency_id=emergency.uid, volunteer_id=volunteer.uid, now=NOW)
    care = begin_care(
        actor=worker, case_id=world.case.uid, emergency_id=emergency.uid, now=NOW,
        entry=CareEntry(Carer(name="外婆", phone="+8613800001111"), "外婆家", NOW, NOW + timedelta(hours=12)),
    )  # fmt: skip
    quiet = raise_emergency(
        caller=Caller(worker), case=world.other_case, kind=EmergencyKind.ILLNESS, now=NOW
    )  # fmt: skip
    return {
        "emergency": emergency.uid, "ringing": quiet.uid, "volunteer": volunteer.uid, "care": care.uid,
        "colleague": users["supervisor"].pk,
    }  # fmt: skip
