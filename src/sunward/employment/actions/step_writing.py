"""One step of a recommendation, whoever says it: the rows, the facts and the record of acts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import case_subject
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.enums import StepBy, StepKind
from sunward.employment.models import Recommendation, RecommendationStep
from sunward.employment.recommendations import chain

RECOMMENDATION_SUBJECT = "recommendation"
EXPECTED_AT_MOST_DAYS = 180


@dataclass(frozen=True, slots=True)
class Step:
    """What is said. `expected_on` is the day of the interview, or the first day at work."""

    kind: StepKind
    by: StepBy
    happened_on: date
    reason: str = ""
    note: str = ""
    expected_on: date | None = None


def code_of(kind: StepKind) -> str:
    """What the ledger and the record of acts call a step."""
    return f"employment.step_{kind}"


def write_step(row: Recommendation, said: Step, *, actor: Actor, on: date, now: datetime) -> RecommendationStep:
    """Within the caller's act, with the recommendation locked."""
    _refuse_step(row, said, on=on)
    step = RecommendationStep.objects.create(
        recommendation=row, kind=said.kind, happened_on=said.happened_on, expected_on=said.expected_on, at=now,
        by=said.by, by_id=actor.user_id, reason=said.reason, note=said.note.strip(),
    )  # fmt: skip
    settle(row, step)
    # Why not stays in the row, which can be emptied: it may be about somebody's health.
    attributes = {"vacancy": row.vacancy_id, "by": str(said.by)}
    record_case_act(
        row.case, actor=actor, code=code_of(said.kind), on=said.happened_on, now=now,
        subject=(RECOMMENDATION_SUBJECT, row.pk), attributes=attributes,
    )  # fmt: skip
    return step


def withdraw_last(row: Recommendation, *, actor: Actor, now: datetime) -> RecommendationStep:
    """The last step was said in error: it stays, struck out, and the one before it stands again."""
    standing = list(row.steps.filter(withdrawn_at=None).order_by("at", "pk"))
    if len(standing) < 2:
        raise Refusal("employment.first_step", _("There is nothing before this step to go back to."))
    before, last = standing[-2:]
    last.withdrawn_at, last.withdrawn_by_id = now, actor.user_id
    last.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
    if last.kind == StepKind.APPLIED:
        row.shared_with = None
    settle(row, before)
    withdraw_facts(subject=(RECOMMENDATION_SUBJECT, row.pk), kinds=(code_of(StepKind(last.kind)),), now=now)
    record_act(
        actor=actor, code="employment.step_withdrawn", now=now, subject=case_subject(row.case),
        unit_path=row.case.unit_path, step=last.kind, vacancy=row.vacancy_id,
    )  # fmt: skip
    return last


def settle(row: Recommendation, step: RecommendationStep) -> None:
    """The recommendation stands where its last standing step stands."""
    row.step, row.step_on = step.kind, step.happened_on
    row.due_on = chain.due_on(StepKind(step.kind), happened_on=step.happened_on, expected_on=step.expected_on)
    row.version += 1
    row.save(update_fields=["step", "step_on", "due_on", "shared_with", "version"])


def refuse_old(row: Recommendation, version: int) -> None:
    if version != row.version:
        raise Conflict("employment.recommendation_changed", _("Somebody else has just written here. Look at it again."))


def _refuse_step(row: Recommendation, said: Step, *, on: date) -> None:
    if not chain.may_say(said.by, said.kind):
        raise Refusal("employment.step_not_yours", _("This step is not yours to say."))
    if not chain.may_follow(StepKind(row.step), said.kind):
        raise Conflict("employment.step_order", _("This does not follow from where it stands now. Look at it again."))
    if chain.needs_reason(said.kind) and said.reason not in chain.REASONS[said.kind]:
        raise Refusal("employment.step_reason", _("Choose why."))
    if said.reason and not chain.needs_reason(said.kind):
        raise Refusal("employment.step_reason_needless", _("This step needs no reason."))
    if not row.step_on <= said.happened_on <= on:
        raise Refusal(
            "employment.step_day",
            _("The day lies between the step before it, %(day)s, and today.") % {"day": row.step_on},
        )
    if said.expected_on is not None and said.expected_on < said.happened_on:
        raise Refusal("employment.step_expected", _("The day that is expected cannot be before the step itself."))
    if said.expected_on is not None and said.expected_on > on + timedelta(days=EXPECTED_AT_MOST_DAYS):
        raise Refusal("employment.step_expected_far", _("This day is too far away. Check the year."))
