"""A mentor or student says that she has worked through something: it counts once, with the minutes it takes."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.refusals import Refusal
from sunward.mentoring.library.access import learnable_materials, lock_material, material_not_there, material_subject
from sunward.mentoring.models import Learning, Material, Mentor
from sunward.mentoring.sharing.access import find_sharing_mentor


@transaction.atomic
def learn(*, actor: Actor, material_id: UUID, on: date, now: datetime) -> Learning:
    """The second press finds what the first has written, on whatever day."""
    material = lock_material(among=learnable_materials(actor), material_id=material_id)
    mentor = _mentor(actor)
    saved = Learning.objects.filter(mentor=mentor, material=material).first()
    if saved is not None:
        return saved
    learning = Learning.objects.create(mentor=mentor, material=material, minutes=material.minutes, learnt_on=on)
    _record(material, "learnt", actor=actor, now=now)
    return learning


@transaction.atomic
def unlearn(*, actor: Actor, material_id: UUID, on: date, now: datetime) -> None:
    """On the same day, also where the material was withdrawn since: the line is hers."""
    mentor = _mentor(actor)
    found = Learning.objects.select_for_update(of=("self",)).filter(mentor=mentor, material__uid=material_id)
    learning = found.select_related("material").first()
    if learning is None:
        if learnable_materials(actor).filter(uid=material_id).exists():
            return
        raise material_not_there()
    if learning.learnt_on != on:
        raise Refusal("mentoring.learnt_before", _("This can be taken back on the day itself only. It stays as it is."))
    material = learning.material
    learning.delete()
    _record(material, "unlearnt", actor=actor, now=now)


def _mentor(actor: Actor) -> Mentor:
    mentor = find_sharing_mentor(actor)
    if mentor is None:
        raise material_not_there()
    return mentor


def _record(material: Material, step: str, *, actor: Actor, now: datetime) -> None:
    record_act(actor=actor, code=f"mentoring.material_{step}", now=now, subject=material_subject(material))
