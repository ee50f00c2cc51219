"""The level of risk. Raising takes effect at once; lowering waits for a second person (domain facts A5)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import get_case_for_change
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.enums import AssessmentState, RiskLevel
from sunward.casework.models import Case, RiskAssessment
from sunward.casework.recording import record_case_act
from sunward.casework.risk_tables import Ticks
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal


@transaction.atomic
def assess_risk(
    *,
    actor: Actor,
    case_id: UUID,
    level: RiskLevel,
    reason: str,
    on: date,
    now: datetime,
    is_emergency: bool = False,
) -> RiskAssessment:
    """Assess a file without a table. An emergency is high by itself, whatever level was ticked."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    if not reason.strip():
        raise _reason_missing()
    level = RiskLevel.HIGH if is_emergency else level
    said = _Said(reason.strip()[:300], is_emergency=is_emergency)
    return _assess(case, level, said, actor=actor, on=on, now=now)


@transaction.atomic
def assess_by_table(
    *,
    actor: Actor,
    case_id: UUID,
    ticks: Ticks,
    on: date,
    now: datetime,
    level: RiskLevel | None = None,
    reason: str = "",
) -> RiskAssessment:
    """Assess a file by what was ticked. Without a `level` the table's own holds.

    A trigger is high and an emergency at once. Going above the table's level needs a reason. Going below it needs a
    reason and a second person: until then what the table says stands, so that nobody talks a score down alone.
    """
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    judged = ticks.judgement
    chosen = judged.level if level is None or judged.is_emergency else level
    reason = reason.strip()[:300]
    if not reason and (chosen != judged.level or chosen < case.risk_level):
        raise _reason_missing()
    said = _Said(reason, is_emergency=judged.is_emergency, ticks=ticks)
    if chosen < judged.level and judged.level >= case.risk_level:
        _assess(case, judged.level, said, actor=actor, on=on, now=now)
    return _assess(case, chosen, said, actor=actor, on=on, now=now)


@dataclass(frozen=True, slots=True)
class _Said:
    """Why a level: in words, and by what was ticked if a table was used."""

    reason: str
    is_emergency: bool = False
    ticks: Ticks | None = None

    def columns(self) -> dict[str, Any]:
        words = {"reason": self.reason, "is_emergency": self.is_emergency}
        if self.ticks is None:
            return words
        return words | {
            "table": self.ticks.table.version, "score": self.ticks.judgement.score,
            "indicators": sorted(set(self.ticks.indicators)), "triggers": sorted(set(self.ticks.triggers)),
        }  # fmt: skip


def _assess(case: Case, level: RiskLevel, said: _Said, *, actor: Actor, on: date, now: datetime) -> RiskAssessment:
    is_lower = level < case.risk_level
    if is_lower and case.assessments.filter(state=AssessmentState.PROPOSED).exists():
        raise Conflict("casework.lowering_waits", _("A lower level is waiting for a second person already."))
    assessment = RiskAssessment.objects.create(
        case=case, level=level, assessed_on=on, assessed_by_id=actor.user_id,
        state=AssessmentState.PROPOSED if is_lower else AssessmentState.IN_FORCE, decided_on=None if is_lower else on,
        **said.columns(),
    )  # fmt: skip
    if is_lower:
        _record(case, "casework.lowering_proposed", level, actor=actor, on=on, now=now)
    else:
        _overtake_proposals(case, on=on)
        _put_in_force(case, level, actor=actor, on=on, now=now)
    return assessment


def _reason_missing() -> Refusal:
    return Refusal("casework.reason_missing", _("Write down why."))


@transaction.atomic
def confirm_lowering(*, actor: Actor, case_id: UUID, assessment_id: int, on: date, now: datetime) -> Case:
    """A second person agrees: the lower level takes effect."""
    case, assessment = _get_waiting(actor=actor, case_id=case_id, assessment_id=assessment_id)
    _decide(assessment, AssessmentState.IN_FORCE, actor=actor, on=on)
    _put_in_force(case, RiskLevel(assessment.level), actor=actor, on=on, now=now)
    return case


@transaction.atomic
def decline_lowering(*, actor: Actor, case_id: UUID, assessment_id: int, on: date, now: datetime) -> Case:
    """A second person does not agree, or the one who proposed takes it back: the level stays."""
    case, assessment = _get_waiting(actor=actor, case_id=case_id, assessment_id=assessment_id, may_be_same=True)
    _decide(assessment, AssessmentState.DECLINED, actor=actor, on=on)
    _record(case, "casework.lowering_declined", RiskLevel(assessment.level), actor=actor, on=on, now=now)
    return case


def _get_waiting(
    *, actor: Actor, case_id: UUID, assessment_id: int, may_be_same: bool = False
) -> tuple[Case, RiskAssessment]:
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    assessment = case.assessments.filter(pk=assessment_id, state=AssessmentState.PROPOSED).first()
    if assessment is None:
        raise NotThere("casework.assessment_not_there", _("This has been decided already. Look at the file again."))
    if assessment.assessed_by_id == actor.user_id and not may_be_same:
        raise NotAllowed("casework.second_person", _("A second person has to confirm, not the one who assessed."))
    return case, assessment


def _decide(assessment: RiskAssessment, state: AssessmentState, *, actor: Actor, on: date) -> None:
    assessment.state, assessment.decided_on = state, on
    if assessment.assessed_by_id != actor.user_id:
        assessment.second_by_id = actor.user_id
    assessment.save(update_fields=["state", "decided_on", "second_by"])


def _put_in_force(case: Case, level: RiskLevel, *, actor: Actor, on: date, now: datetime) -> None:
    if level == case.risk_level:
        code = "casework.risk_confirmed"
    else:
        code = "casework.risk_raised" if level > case.risk_level else "casework.risk_lowered"
    case.risk_level = level
    case.version += 1
    case.save(update_fields=["risk_level", "version"])
    _record(case, code, level, actor=actor, on=on, now=now)


def _overtake_proposals(case: Case, *, on: date) -> None:
    """A raise, or the same level seen again, says that the lower one does not hold."""
    case.assessments.filter(state=AssessmentState.PROPOSED).update(state=AssessmentState.DECLINED, decided_on=on)


def _record(case: Case, code: str, level: RiskLevel, *, actor: Actor, on: date, now: datetime) -> None:
    record_case_act(case, actor=actor, code=code, on=on, now=now, attributes={"level": int(level)})
