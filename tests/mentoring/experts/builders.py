"""One child with its mentor, and two experts: one of family education, one of law."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.casework.models import Case
from sunward.mentoring.actions.questions import (
    Asked,
    ask_about_file,
    ask_about_own_child,
    give_back_question,
    take_question,
)
from sunward.mentoring.experts.enums import ExpertField
from sunward.mentoring.models import Expert, Match, Question
from tests import factories
from tests.factories import NOW, TODAY

if TYPE_CHECKING:
    from tests.personas import World


@dataclass
class Team:
    case: Case
    match: Match
    mentor: Actor
    worker: Actor
    expert: Actor
    colleague: Actor
    lawyer: Actor


def make_expert(*fields: ExpertField, name: str = "") -> Actor:
    user = factories.make_officer(Role.EXPERT, name=name)
    Expert.objects.create(
        user=user, unit_path=factories.make_district().path, fields=[str(field) for field in fields],
        joined_on=TODAY - timedelta(days=90),
    )  # fmt: skip
    return factories.actor_of(user)


def make_team() -> Team:
    committee = factories.make_committee()
    case = factories.make_child("陈小雨", unit=committee)
    mentor_user = factories.make_officer(Role.MENTOR, committee)
    mentor = factories.make_mentor("张爱华", unit=committee, user=mentor_user)
    guardian = factories.make_person("徐桂珍", unit=committee)
    case.person.guardianships.create(guardian=guardian, from_on=TODAY - timedelta(days=9))
    family = ExpertField.FAMILY_EDUCATION
    return Team(
        case=case,
        match=factories.make_match(case, mentor),
        mentor=factories.actor_of(mentor_user),
        worker=factories.actor_of(factories.make_officer(Role.WORKER, committee)),
        expert=make_expert(family),
        colleague=make_expert(family, ExpertField.DEVELOPMENT),
        lawyer=make_expert(ExpertField.LAW),
    )


def ask(team: Team, words: str = "孩子不愿意上学，怎么办？", **more: object) -> Question:
    asked = Asked(key=uuid4(), field=ExpertField.FAMILY_EDUCATION, words=words, **more)  # type: ignore[arg-type]
    return ask_about_own_child(actor=team.mentor, match_id=team.match.uid, asked=asked, on=TODAY, now=NOW)


def questions_of(world: "World") -> dict[str, Any]:
    """One that the mentor asked and one of the staff, about the child; one about another child."""
    mentor, worker = (factories.actor_of(world.users[name]) for name in ("mentor", "worker"))
    when: dict[str, Any] = {"on": TODAY, "now": NOW}

    def asked() -> Asked:
        return Asked(key=uuid4(), field=ExpertField.FAMILY_EDUCATION, words="孩子不愿意上学，怎么办？")

    own = ask_about_own_child(actor=mentor, match_id=world.match.uid, asked=asked(), **when)
    of_staff = ask_about_file(actor=worker, case_id=world.case.uid, asked=asked(), **when)
    other = ask_about_file(actor=worker, case_id=world.other_case.uid, asked=asked(), **when)
    for name in ("expert", "expert_of_another_field", "expert_who_gave_back", "expert_who_left", "expert_elsewhere"):
        post = world.users[name].assignments.select_related("unit").get()
        Expert.objects.create(
            user=world.users[name], unit_path=post.unit.path, joined_on=TODAY - timedelta(days=90),
            fields=[ExpertField.LAW if name == "expert_of_another_field" else ExpertField.FAMILY_EDUCATION],
            left_on=TODAY if name == "expert_who_left" else None,
        )  # fmt: skip
    expert, before = (factories.actor_of(world.users[name]) for name in ("expert", "expert_who_gave_back"))
    take_question(actor=before, question_id=of_staff.uid, **when)
    give_back_question(actor=before, question_id=of_staff.uid, **when)
    take_question(actor=expert, question_id=of_staff.uid, **when)
    return {"question": own.uid, "staff_question": of_staff.uid, "other_question": other.uid}
