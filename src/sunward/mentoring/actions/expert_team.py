"""The officer keeps the expert team: who is on it, in which fields she answers, and who has left."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.core.refusals import Conflict, Refusal
from sunward.mentoring.actions.questions import release_questions
from sunward.mentoring.experts.access import (
    TEAM_ROLES,
    expert_not_there,
    expert_subject,
    lock_expert,
    team_candidates,
)
from sunward.mentoring.experts.enums import ExpertField
from sunward.mentoring.models import Expert


@transaction.atomic
def put_on_team(
    *, actor: Actor, user_id: int, fields: Collection[ExpertField], about: str, on: date, now: datetime
) -> Expert:
    """Somebody who holds a post as expert answers questions from today; who was on the team before comes back.

    Who has left another district's team joins this one as the same expert: what she has answered there stays there, and
    she reads it no longer, since she reads within her team's units.
    """
    user = User.objects.select_for_update(of=("self",)).filter(pk=user_id).first()
    if user is None or not team_candidates(actor).filter(pk=user_id).exists():
        raise expert_not_there()
    team = _team_of(user, actor, on=on)
    expert = Expert.objects.filter(user=user).first() or Expert(user=user, unit_path=team)
    if expert.unit_path != team:
        # For the district that she leaves behind: its own record says where she has gone.
        _record(expert, "expert_moved", actor=actor, now=now, to=team)
        expert.unit_path = team
    expert.fields, expert.about = _in_order(fields), about.strip()
    expert.joined_on, expert.left_on = on, None
    expert.version += 1
    expert.save()
    _record(expert, "put_on_team", actor=actor, now=now, fields=expert.fields)
    return expert


@transaction.atomic
def change_expert(
    *, actor: Actor, expert_id: UUID, version: int, fields: Collection[ExpertField], about: str, now: datetime
) -> Expert:
    """Other fields: what she has taken stays hers, what waits is offered by the new ones."""
    expert = lock_expert(actor=actor, expert_id=expert_id)
    if version != expert.version:
        raise Conflict("mentoring.expert_changed", _("Somebody has changed this in the meantime. Load the page again."))
    expert.fields, expert.about = _in_order(fields), about.strip()
    expert.version += 1
    expert.save(update_fields=["fields", "about", "version"])
    _record(expert, "expert_changed", actor=actor, now=now, fields=expert.fields)
    return expert


@transaction.atomic
def end_expert(*, actor: Actor, expert_id: UUID, on: date, now: datetime) -> int:
    """From now on she reads no question any more. Returns how many of hers wait for a colleague again."""
    expert = lock_expert(actor=actor, expert_id=expert_id)
    expert.left_on = on
    expert.version += 1
    expert.save(update_fields=["left_on", "version"])
    released = release_questions(actor=actor, user_id=expert.user_id, on=on, now=now)
    _record(expert, "expert_left", actor=actor, now=now, released=released)
    return released


def _team_of(user: User, actor: Actor, *, on: date) -> str:
    """The district, of those the officer keeps, in which she has her post as expert: any other post is no matter."""
    posts = list(user.assignments.current(on=on).filter(role=Role.EXPERT).values_list("unit__path", flat=True))
    return next(path for path in actor.paths(*TEAM_ROLES) if any(post.startswith(path) for post in posts))


def _in_order(fields: Collection[ExpertField]) -> list[str]:
    """As the enumeration has them, each once; somebody without a field would read nothing."""
    found = [str(field) for field in ExpertField if field in fields]
    if not found:
        raise Refusal("mentoring.expert_without_field", _("Choose at least one field in which she answers."))
    return found


def _record(expert: Expert, code: str, *, actor: Actor, now: datetime, **detail: object) -> None:
    record_act(
        actor=actor, code=f"mentoring.{code}", now=now, subject=expert_subject(expert), unit_path=expert.unit_path,
        **detail,
    )  # fmt: skip
