"""Opening, closing and opening again."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.casework.access import get_case_for_change
from sunward.casework.enums import AssessmentState, CaseState, FollowUpState, RiskLevel
from sunward.casework.finding import findable_case
from sunward.casework.models import Case, Need, Retention, RiskAssessment
from sunward.casework.programmes import file_paths
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.core.search.index import index
from sunward.people.models import Person


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    programme: str,
    person: Person,
    unit: Unit,
    on: date,
    now: datetime,
    risk_level: RiskLevel = RiskLevel.LOW,
    risk_reason: str = "",
    needs: Iterable[str] = (),
    remark: str = "",
) -> Case:
    """Open a person's file in one programme, with its first needs and its first level of risk."""
    if not any(unit.path.startswith(path) for path in file_paths(actor, programme)):
        raise NotAllowed("casework.unit_not_yours", _("You can open files only in your own unit and below it."))
    if person.programme != programme:
        # Two programmes know one human being in two rows: what is told to one is not the other's to read.
        raise NotThere("casework.person_not_there", _("There is no such person, or they are not yours to see."))
    # Two who open a file for one person at the same moment come one after the other.
    held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not held.name_key:
        raise Conflict(
            "casework.person_forgotten",
            _("What was known of this person has just been deleted, as the rules of keeping ask. Enter them anew."),
        )
    if Case.objects.open().filter(programme=programme, person=person).exists():
        raise Conflict("casework.already_open", _("This person already has an open file."))
    if risk_level > RiskLevel.LOW and not risk_reason.strip():
        raise _reason_missing()
    case = Case.objects.create(
        programme=programme, person=person, unit=unit, unit_path=unit.path, risk_level=risk_level, opened_on=on,
        remark=remark,
    )  # fmt: skip
    Need.objects.bulk_create([Need(case=case, kind=kind, from_on=on) for kind in dict.fromkeys(needs)])
    if risk_reason.strip():
        RiskAssessment.objects.create(
            case=case, level=risk_level, state=AssessmentState.IN_FORCE, reason=risk_reason.strip()[:300],
            assessed_on=on, assessed_by_id=actor.user_id, decided_on=on,
        )  # fmt: skip
    index([findable_case(case)])
    record_case_act(
        case, actor=actor, code="casework.case_opened", on=on, now=now, attributes={"risk_level": int(risk_level)}
    )
    return case


@transaction.atomic
def close_case(*, actor: Actor, case_id: UUID, version: int, reason: str, on: date, now: datetime) -> Case:
    """Close a file with its reason, a code of ours or of its programme; what was still to be done is dropped."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_changed(case, version)
    if case.state == CaseState.CLOSED:
        raise Refusal("casework.case_closed", _("This file is closed already."))
    case.state, case.closed_on, case.close_reason = CaseState.CLOSED, on, reason
    case.version += 1
    case.save(update_fields=["state", "closed_on", "close_reason", "version"])
    case.follow_ups.filter(state=FollowUpState.DUE).update(state=FollowUpState.DROPPED, done_on=on)
    record_case_act(case, actor=actor, code="casework.case_closed", on=on, now=now, attributes={"reason": str(reason)})
    return case


@transaction.atomic
def reopen_case(*, actor: Actor, case_id: UUID, version: int, reason: str, on: date, now: datetime) -> Case:
    """Open a closed file again: its history stays one history."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_changed(case, version)
    if case.state == CaseState.OPEN:
        raise Refusal("casework.case_open", _("This file is open."))
    if Retention.objects.filter(case=case, anonymised_on__isnull=False).exists():
        raise Refusal("casework.case_anonymised", _("This file was emptied for good. Open a new one for the person."))
    if not reason.strip():
        raise _reason_missing()
    Person.objects.select_for_update(of=("self",)).get(pk=case.person_id)
    if Case.objects.open().filter(programme=case.programme, person_id=case.person_id).exists():
        raise Conflict("casework.already_open", _("This person already has an open file."))
    case.state, case.closed_on, case.close_reason = CaseState.OPEN, None, ""
    case.version += 1
    case.save(update_fields=["state", "closed_on", "close_reason", "version"])
    RiskAssessment.objects.create(
        case=case, level=case.risk_level, state=AssessmentState.IN_FORCE, reason=reason.strip()[:300],
        assessed_on=on, assessed_by_id=actor.user_id, decided_on=on,
    )  # fmt: skip
    record_case_act(case, actor=actor, code="casework.case_reopened", on=on, now=now)
    return case


def refuse_changed(case: Case, version: int) -> None:
    """Nobody overwrites what they have not seen."""
    if version != case.version:
        raise Conflict("casework.case_changed", _("Somebody else has just changed this file. Look at it again."))


def refuse_closed(case: Case) -> None:
    if case.state == CaseState.CLOSED:
        raise Refusal("casework.case_closed_now", _("This file is closed. Open it again first."))


def _reason_missing() -> Refusal:
    return Refusal("casework.reason_missing", _("Write down why."))
