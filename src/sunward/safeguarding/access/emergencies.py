"""Who may see an emergency: whoever answers for the child's file today. It follows the file, wherever that moves."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.accounts.scopes import below
from sunward.casework.access import case_not_there, case_subject
from sunward.casework.models import Case
from sunward.core.refusals import NotThere
from sunward.safeguarding.access.files import guarded_cases
from sunward.safeguarding.enums import EmergencyState, StepKind
from sunward.safeguarding.models import Emergency, EmergencyStep, TemporaryCare

STANDING = (EmergencyState.RINGING, EmergencyState.ANSWERED)


def visible_emergencies(actor: Actor) -> QuerySet[Emergency]:
    return Emergency.objects.filter(below(actor.casework_paths(), "case__unit_path"))


def current_emergencies(actor: Actor) -> QuerySet[Emergency]:
    return visible_emergencies(actor).filter(state__in=STANDING)


def get_emergency(*, actor: Actor, emergency_id: UUID, purpose: str, now: datetime) -> Emergency:
    """The emergency for casework people: the child's name is on its page, so it is a look at the file."""
    emergency = find_emergency(actor=actor, emergency_id=emergency_id)
    record_look(
        actor=actor, code="safeguarding.emergency_opened", now=now, subject=case_subject(emergency.case),
        unit_path=emergency.case.unit_path, purpose=purpose,
    )  # fmt: skip
    return emergency


def find_emergency(*, actor: Actor, emergency_id: UUID) -> Emergency:
    """The same for a part of the page that shows nothing of the child."""
    found = visible_emergencies(actor).select_related("case__person", "case__unit", "answered_by", "handed_to")
    emergency = found.filter(uid=emergency_id).first()
    if emergency is None:
        raise emergency_not_there()
    return emergency


def get_emergency_for_change(*, actor: Actor, emergency_id: UUID) -> Emergency:
    """The emergency, locked, inside the act's transaction.

    Who is on it is not read along: whoever waited for the lock would get the row of now with the answer of before.
    """
    found = visible_emergencies(actor).select_for_update(of=("self",)).select_related("case")
    emergency = found.filter(uid=emergency_id).first()
    if emergency is None:
        raise emergency_not_there()
    return emergency


def emergency_not_there() -> NotThere:
    return NotThere("safeguarding.emergency_not_there", _("There is no such emergency, or it is not yours to see."))


def get_case_to_call(*, actor: Actor, case_id: UUID) -> Case:
    """The file from which somebody of the office calls for help."""
    found = guarded_cases(actor).select_related("person", "unit")
    case = found.filter(uid=case_id).first()
    if case is None:
        raise case_not_there()
    return case


def asked_emergencies(actor: Actor) -> QuerySet[Emergency]:
    """Those for which the actor herself was asked to stand by, as long as they last."""
    asked = EmergencyStep.objects.filter(emergency=OuterRef("pk"), kind=StepKind.ASKED, to_id=actor.user_id)
    return Emergency.objects.filter(Exists(asked), state__in=STANDING)


def get_asked(*, actor: Actor, emergency_id: UUID) -> Emergency:
    emergency = asked_emergencies(actor).select_related("case__unit").filter(uid=emergency_id).first()
    if emergency is None:
        raise emergency_not_there()
    return emergency


def get_asked_for_change(*, actor: Actor, emergency_id: UUID) -> Emergency:
    found = asked_emergencies(actor).select_for_update(of=("self",)).select_related("case")
    emergency = found.filter(uid=emergency_id).first()
    if emergency is None:
        raise emergency_not_there()
    return emergency


def visible_care(actor: Actor) -> QuerySet[TemporaryCare]:
    return TemporaryCare.objects.filter(below(actor.casework_paths(), "case__unit_path"))


def care_not_there() -> NotThere:
    return NotThere("safeguarding.care_not_there", _("There is no such entry, or it is not yours to see."))


def get_care(*, actor: Actor, care_id: UUID, now: datetime) -> TemporaryCare:
    found = visible_care(actor).select_related("case__person", "case__unit", "carer", "emergency")
    care = found.filter(uid=care_id).first()
    if care is None:
        raise care_not_there()
    record_look(
        actor=actor, code="safeguarding.care_opened", now=now, subject=case_subject(care.case),
        unit_path=care.case.unit_path, purpose="open",
    )  # fmt: skip
    return care


def get_care_for_change(*, actor: Actor, care_id: UUID) -> TemporaryCare:
    """Locked after its file: whoever begins and whoever ends come one after the other."""
    found = visible_care(actor).filter(uid=care_id)
    Case.objects.select_for_update(of=("self",)).filter(pk__in=found.values("case_id")).first()
    care = found.select_for_update(of=("self",)).select_related("case").first()
    if care is None:
        raise care_not_there()
    return care
