"""Who may read what the library holds, and who keeps it.

A material belongs to the unit of whoever wrote it. Everybody of the programme at or below that unit reads it once it is
published; supervisors and officers at or above that unit keep it, and nobody else sees what is not published.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.scopes import above, below
from sunward.audit.chain import Subject
from sunward.core.refusals import NotThere
from sunward.mentoring.experts.access import find_expert
from sunward.mentoring.experts.enums import QuestionState
from sunward.mentoring.models import Material, MaterialConsent, Question
from sunward.mentoring.sharing.access import find_sharing_mentor, home_path

MATERIAL_SUBJECT = "material"
KEEPING_ROLES = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)


def material_subject(material: Material) -> Subject:
    return Subject(MATERIAL_SUBJECT, material.pk)


def material_not_there() -> NotThere:
    return NotThere("mentoring.material_not_there", _("There is no such material, or it is not yours to see."))


def within_reading_units(actor: Actor) -> Q:
    """What has a `unit_path` from which something may reach the actor: above her, and below where she keeps it."""
    return Q(unit_path__in=above(_reading_paths(actor))) | below(actor.paths(*KEEPING_ROLES))


def readable_materials(actor: Actor) -> QuerySet[Material]:
    """What is published for the actor's units, and what she keeps herself."""
    open_to_her = within_reading_units(actor) & _published()
    return Material.objects.filter(open_to_her | Q(pk__in=kept_materials(actor).values("pk")))


def learnable_materials(actor: Actor) -> QuerySet[Material]:
    """What a neighbour mom or a student may learn from today; nothing for anybody else."""
    mentor = find_sharing_mentor(actor)
    if mentor is None:
        return Material.objects.none()
    return Material.objects.filter(_published(), unit_path__in=above((home_path(mentor, actor),)))


def kept_materials(actor: Actor) -> QuerySet[Material]:
    """Those at or below the units that the actor answers for, in every state."""
    return Material.objects.filter(below(actor.paths(*KEEPING_ROLES)))


def get_material(*, actor: Actor, material_id: UUID) -> Material:
    """One to read. No look is written: it is nobody's file."""
    return _get(readable_materials(actor), material_id)


def get_kept_material(*, actor: Actor, material_id: UUID) -> Material:
    return _get(kept_materials(actor), material_id)


def keeping_path(actor: Actor, *, asked: str = "") -> str:
    """Where what she writes belongs: the widest unit for which she answers, or whichever of several she `asked` for.

    Empty if she answers for none, or not for that one.
    """
    paths = actor.paths(*KEEPING_ROLES)
    if asked:
        return asked if asked in paths else ""
    return min(paths, key=len, default="")


def own_consents(actor: Actor) -> QuerySet[MaterialConsent]:
    """Those asked of the actor. Whoever wrote a word may say no wherever she works today.

    What was withdrawn asks nobody any more; but an answer once given stays hers to change.
    """
    asked = MaterialConsent.objects.filter(user_id=actor.user_id)
    return asked.filter(Q(material__withdrawn_at=None) | Q(answered_at__isnull=False))


def get_own_consent(*, actor: Actor, consent_id: UUID) -> MaterialConsent:
    consent = own_consents(actor).select_related("material").filter(uid=consent_id).first()
    if consent is None:
        raise material_not_there()
    return consent


def general_questions(actor: Actor) -> QuerySet[Question]:
    """Answered ones of the files for which the actor keeps the library: she may write a material of them."""
    answered = Question.objects.filter(answered_at__isnull=False).exclude(state=QuestionState.WITHDRAWN)
    return answered.filter(below(actor.paths(*KEEPING_ROLES)))


def lock_material(*, among: QuerySet[Material], material_id: UUID) -> Material:
    """The row is held until the act is done, and is judged again under the lock."""
    Material.objects.select_for_update(of=("self",)).filter(uid=material_id).first()
    material = among.filter(uid=material_id).first()
    if material is None:
        raise material_not_there()
    return material


def _get(among: QuerySet[Material], material_id: UUID) -> Material:
    material = among.filter(uid=material_id).first()
    if material is None:
        raise material_not_there()
    return material


def _reading_paths(actor: Actor) -> tuple[str, ...]:
    paths = actor.casework_paths()
    mentor, expert = find_sharing_mentor(actor), find_expert(actor)
    if mentor is not None:
        paths += (home_path(mentor, actor),)
    # A post in another district leads to the team of none: as with questions.
    if expert is not None and any(path.startswith(expert.unit_path) for path in actor.paths(Role.EXPERT)):
        paths += (expert.unit_path,)
    return tuple(path for path in paths if path.strip("/"))


def _published() -> Q:
    return Q(published_at__isnull=False, withdrawn_at=None)
