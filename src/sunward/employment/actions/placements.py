"""Where a jobseeker went to work: through a recommendation or found another way, checked, ended, taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.access.recommendations import placement_not_there
from sunward.employment.enums import PlacementBasis, PlacementEnd, PlacementKind, StepKind
from sunward.employment.models import ClientTag, Placement, Recommendation

PLACEMENT_SUBJECT = "placement"
PLACED, CHECKED = "employment.placed", "employment.placement_checked"
ENDED, WITHDRAWN = "employment.placement_ended", "employment.placement_withdrawn"


@dataclass(frozen=True, slots=True)
class NewWork:
    """`employer_name` and `title` say where, if it did not come of a recommendation."""

    kind: PlacementKind
    basis: PlacementBasis
    started_on: date
    employer_name: str = ""
    title: str = ""


@transaction.atomic
def record_placement(*, actor: Actor, case_id: UUID, work: NewWork, on: date, now: datetime) -> Placement:
    """Work that the person found in another way. Sent twice, it is written down once."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    same = Placement.objects.filter(
        case=case,
        started_on=work.started_on,
        kind=work.kind,
        employer_name=work.employer_name,
        title=work.title,
        withdrawn_at=None,
    ).first()
    if same is not None:
        return same
    return place(case, work, actor=actor, on=on, now=now)


def place(
    case: Case, work: NewWork, *, actor: Actor, on: date, now: datetime, recommendation: Recommendation | None = None
) -> Placement:
    """Within the caller's act, with the file locked."""
    if Placement.objects.filter(case=case, started_on=work.started_on, withdrawn_at=None).exists():
        raise Conflict(
            "employment.placed_that_day", _("Work that begins on this day is written down already. Look at the file.")
        )
    if recommendation is None and work.kind != PlacementKind.START_UP and not work.employer_name.strip():
        raise Refusal("employment.employer_unsaid", _("Say where the person works."))
    # A recommendation whose hiring was taken back may be hired again: the row of the first stays, struck out.
    Placement.objects.filter(recommendation=recommendation, withdrawn_at__isnull=False).update(recommendation=None)
    vacancy = recommendation.vacancy if recommendation else None
    row = Placement.objects.create(
        case=case, recommendation=recommendation, employer=vacancy.employer if vacancy else None,
        employer_name=vacancy.employer.name if vacancy else work.employer_name.strip(),
        title=vacancy.title if vacancy else work.title.strip(), kind=work.kind, basis=work.basis,
        started_on=work.started_on, unit_path=case.unit_path, recorded_by_id=actor.user_id or None, recorded_at=now,
    )  # fmt: skip
    _record(
        row, PLACED, actor=actor, on=work.started_on, now=now, kind=str(work.kind), basis=str(work.basis),
        recommended=int(recommendation is not None), counted_by=_tags_on(case, work.started_on),
    )  # fmt: skip
    return row


def _tags_on(case: Case, day: date) -> dict[str, bool]:
    """Which groups for whom there are policies the person belonged to when the work began: some tags end that day."""
    tags = ClientTag.objects.filter(case=case, from_on__lte=day).filter(Q(until_on=None) | Q(until_on__gte=day))
    return {f"tag_{kind}": True for kind in sorted(set(tags.values_list("kind", flat=True)))}


@transaction.atomic
def end_placement(
    *, actor: Actor, case_id: UUID, placement_id: UUID, version: int, ended_on: date, reason: str, on: date,
    now: datetime,
) -> Placement:  # fmt: skip
    row = _get(actor, case_id, placement_id)
    if row.ended_on == ended_on and row.end_reason == reason:
        return row
    _refuse_old(row, version)
    if reason not in PlacementEnd.values or reason == PlacementEnd.MISTAKE:
        raise Refusal("employment.placement_end_reason", _("Choose why the work ended."))
    if not row.started_on <= ended_on <= on:
        raise Refusal("employment.placement_end_day", _("The last day lies between the first and today."))
    _end(row, ended_on, reason, actor=actor, now=now)
    return row


@transaction.atomic
def check_placement(
    *, actor: Actor, case_id: UUID, placement_id: UUID, version: int, on: date, now: datetime
) -> Placement:
    """Somebody asked, and the person is still there."""
    row = _get(actor, case_id, placement_id)
    if row.checked_on == on:
        return row
    _refuse_old(row, version)
    _check(row, on, actor=actor, now=now)
    return row


@transaction.atomic
def withdraw_placement(
    *, actor: Actor, case_id: UUID, placement_id: UUID, version: int, on: date, now: datetime
) -> None:
    """Written down in error. One that came of a recommendation is taken back there, with its step."""
    row = _get(actor, case_id, placement_id)
    _refuse_old(row, version)
    if row.recommendation_id is not None:
        raise Refusal("employment.placement_of_step", _("Take back the step “hired” of its recommendation."))
    _withdraw(row, actor=actor, on=on, now=now)


# What a step of a recommendation brings with it, within its act.


def say_still_there(recommendation: Recommendation, *, actor: Actor, checked_on: date, now: datetime) -> None:
    _check(_placement_of(recommendation), checked_on, actor=actor, now=now)


def end_placement_of(
    recommendation: Recommendation, *, actor: Actor, ended_on: date, reason: str, now: datetime
) -> None:
    row = _placement_of(recommendation)
    if ended_on < row.started_on:
        raise Refusal("employment.placement_end_day", _("The last day lies between the first and today."))
    if row.ended_on is None:
        _end(row, ended_on, reason, actor=actor, now=now)


def take_back_placement(
    recommendation: Recommendation, step: StepKind, *, actor: Actor, on: date, now: datetime
) -> None:
    """With the step that was withdrawn goes what it said of the work."""
    if step == StepKind.HIRED:
        _withdraw(_placement_of(recommendation), actor=actor, on=on, now=now)
    elif step in (StepKind.STAYED, StepKind.LEFT):
        row = _placement_of(recommendation)
        row.checked_on, row.ended_on, row.end_reason = None, None, ""
        _save(row, "checked_on", "ended_on", "end_reason")
        withdraw_facts(subject=(PLACEMENT_SUBJECT, row.pk), kinds=(CHECKED, ENDED), now=now)


def _placement_of(recommendation: Recommendation) -> Placement:
    return (
        Placement.objects.select_for_update(of=("self",))
        .select_related("case")
        .get(recommendation=recommendation, withdrawn_at=None)
    )


def _get(actor: Actor, case_id: UUID, placement_id: UUID) -> Placement:
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    found = Placement.objects.select_for_update(of=("self",)).filter(case=case, uid=placement_id, withdrawn_at=None)
    row: Placement | None = found.first()
    if row is None:
        raise placement_not_there()
    row.case = case
    return row


def _check(row: Placement, checked_on: date, *, actor: Actor, now: datetime) -> None:
    row.checked_on = checked_on
    _save(row, "checked_on")
    _record(row, CHECKED, actor=actor, on=checked_on, now=now, days=(checked_on - row.started_on).days)


def _end(row: Placement, ended_on: date, reason: str, *, actor: Actor, now: datetime) -> None:
    row.ended_on, row.end_reason = ended_on, reason
    _save(row, "ended_on", "end_reason")
    _record(row, ENDED, actor=actor, on=ended_on, now=now, reason=str(reason))


def _withdraw(row: Placement, *, actor: Actor, on: date, now: datetime) -> None:
    row.withdrawn_at, row.withdrawn_by_id = now, actor.user_id
    _save(row, "withdrawn_at", "withdrawn_by_id")
    withdraw_facts(subject=(PLACEMENT_SUBJECT, row.pk), now=now)
    _record(row, WITHDRAWN, actor=actor, on=on, now=now)


def _refuse_old(row: Placement, version: int) -> None:
    if version != row.version:
        raise Conflict("employment.placement_changed", _("Somebody else has just changed this. Look at it again."))


def _save(row: Placement, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _record(
    row: Placement, code: str, *, actor: Actor, on: date, now: datetime, counted_by: dict[str, bool] | None = None,
    **attributes: str | int,
) -> None:  # fmt: skip
    record_case_act(
        row.case, actor=actor, code=code, on=on, now=now, subject=(PLACEMENT_SUBJECT, row.pk), attributes=attributes,
        counted_by=counted_by,
    )  # fmt: skip
