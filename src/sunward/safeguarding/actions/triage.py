"""What becomes of a worry: taken up, tied to a file, passed on, settled; and each of these taken back.

Each act locks the worry, looks again, and writes; pressed twice, it changes nothing the second time.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, Refusal
from sunward.safeguarding.access.worries import (
    WORRY_SUBJECT,
    get_tieable_case,
    get_worry_for_change,
    passed_worries,
    worry_not_there,
    worry_subject,
)
from sunward.safeguarding.actions.hints import find_hints
from sunward.safeguarding.actions.worries import record_worry_act, tell_who_answers
from sunward.safeguarding.actions.worry_clock import start_worry_clock, stop_worry_clock
from sunward.safeguarding.enums import WAITING_STATES, WorryState, WorryStepKind
from sunward.safeguarding.models import Worry, WorryStep
from sunward.safeguarding.queries.units import other_offices
from sunward.safeguarding.reporting import withdraw_fact

FILED = "safeguarding.worry_filed"
_TAKEN = "safeguarding.worry_taken"
_SETTLED = "safeguarding.worry_settled"
_PASSED = "safeguarding.worry_passed_on"
_FACT_OF = {WorryState.LOOKING: _TAKEN, WorryState.FILED: FILED, WorryState.NO_ACTION: _SETTLED}


@transaction.atomic
def take_up(*, actor: Actor, worry_id: UUID, on: date, now: datetime) -> Worry:
    """The reporter sees from now on that somebody looks into it. Who took it up first stays."""
    worry = get_worry_for_change(actor=actor, worry_id=worry_id)
    if worry.state not in WAITING_STATES:
        return worry
    _take(worry, actor, now)
    _save(worry)
    _log(worry, WorryStepKind.TAKEN, actor=actor, now=now)
    record_worry_act(worry, actor=actor, code=_TAKEN, on=on, now=now)
    return worry


@transaction.atomic
def tie_to_file(*, actor: Actor, worry_id: UUID, case_id: UUID, on: date, now: datetime) -> Worry:
    """The worry is about the child of this file, and stands on its line of time from now on."""
    # A file before what belongs to it: the order in which everybody locks.
    case = get_tieable_case(actor=actor, case_id=case_id)
    worry = get_worry_for_change(actor=actor, worry_id=worry_id)
    if worry.case_id == case.pk:
        return worry
    _refuse_settled(worry)
    tie(worry, case, actor=actor, on=on, now=now)
    return worry


def tie(worry: Worry, case: Case, *, actor: Actor, on: date, now: datetime) -> None:
    """Within the transaction of an act that has both, locked: opening a file from a worry is one as well."""
    if worry.state in WAITING_STATES:
        _take(worry, actor, now)
    worry.state, worry.case = WorryState.FILED, case
    worry.settled_by_id, worry.settled_at = actor.user_id, now
    _save(worry)
    _log(worry, WorryStepKind.FILED, actor=actor, now=now)
    record_case_act(case, actor=actor, code=FILED, on=on, now=now, subject=(WORRY_SUBJECT, worry.pk))


@transaction.atomic
def pass_on(*, actor: Actor, worry_id: UUID, unit_id: int, words: str, on: date, now: datetime) -> Worry:
    """Another sub-district answers for it from now on; whoever passed it on no longer sees it."""
    worry = get_worry_for_change(actor=actor, worry_id=worry_id)
    _refuse_settled(worry)
    unit = other_offices(worry.unit_path).filter(pk=unit_id).first()
    if unit is None:
        raise Refusal("safeguarding.office_unknown", _("Choose another sub-district."))
    _log(worry, WorryStepKind.PASSED_ON, actor=actor, now=now, words=words)
    record_worry_act(worry, actor=actor, code=_PASSED, on=on, now=now)
    worry.passed_from, worry.passed_by_id = worry.unit, actor.user_id
    worry.unit, worry.unit_path, worry.state = unit, unit.path, WorryState.PASSED_ON
    worry.taken_by_id, worry.taken_at = 0, None
    start_worry_clock(worry, now=now)
    _save(worry)
    tell_who_answers(worry, occasion=f"passed{worry.version}", actor=actor, on=on, now=now)
    find_hints(worry, on=on, now=now)
    return worry


@transaction.atomic
def settle(*, actor: Actor, worry_id: UUID, outcome: str, on: date, now: datetime) -> Worry:
    """Looked into, and nothing is to be done: with the reason."""
    worry = get_worry_for_change(actor=actor, worry_id=worry_id)
    if worry.state == WorryState.NO_ACTION:
        return worry
    _refuse_settled(worry)
    if not outcome.strip():
        raise Refusal("safeguarding.outcome_missing", _("Say what you found and why nothing is to be done."))
    if worry.state in WAITING_STATES:
        _take(worry, actor, now)
    worry.state, worry.outcome = WorryState.NO_ACTION, outcome.strip()
    worry.settled_by_id, worry.settled_at = actor.user_id, now
    _save(worry)
    _log(worry, WorryStepKind.NO_ACTION, actor=actor, now=now, words=worry.outcome)
    record_worry_act(worry, actor=actor, code=_SETTLED, on=on, now=now)
    return worry


@transaction.atomic
def undo(*, actor: Actor, worry_id: UUID, on: date, now: datetime) -> Worry:
    """Take the last step back: untied, opened again, or left for somebody else to take up."""
    worry = get_worry_for_change(actor=actor, worry_id=worry_id)
    state = WorryState(worry.state)
    if state not in _FACT_OF:
        raise Conflict("safeguarding.nothing_to_undo", _("There is nothing to take back. Load the page again."))
    withdraw_fact(subject=worry_subject(worry), code=_FACT_OF[state], now=now)
    if state == WorryState.LOOKING:
        worry.state = WorryState.PASSED_ON if worry.passed_from_id else WorryState.NEW
        worry.taken_by_id, worry.taken_at = 0, None
        start_worry_clock(worry, now=now)
    else:
        worry.state, worry.case, worry.outcome = WorryState.LOOKING, None, ""
        worry.settled_by_id, worry.settled_at = 0, None
    _save(worry)
    _log(worry, WorryStepKind.UNDONE, actor=actor, now=now)
    record_worry_act(worry, actor=actor, code="safeguarding.worry_step_undone", on=on, now=now)
    return worry


@transaction.atomic
def take_back(*, actor: Actor, worry_id: UUID, on: date, now: datetime) -> Worry:
    """Whoever passed it on has it back, as long as nobody there has taken it up."""
    worry = passed_worries(actor).select_for_update(of=("self",)).filter(uid=worry_id).first()
    if worry is None or worry.passed_from is None:
        raise worry_not_there()
    withdraw_fact(subject=worry_subject(worry), code=_PASSED, now=now)
    worry.unit, worry.unit_path = worry.passed_from, worry.passed_from.path
    worry.passed_from, worry.passed_by_id = None, 0
    _take(worry, actor, now)
    _save(worry)
    _log(worry, WorryStepKind.UNDONE, actor=actor, now=now)
    record_worry_act(worry, actor=actor, code="safeguarding.worry_step_undone", on=on, now=now)
    return worry


def _take(worry: Worry, actor: Actor, now: datetime) -> None:
    worry.state, worry.taken_by_id, worry.taken_at = WorryState.LOOKING, actor.user_id, now
    stop_worry_clock(worry)


def _refuse_settled(worry: Worry) -> None:
    if worry.state in (WorryState.FILED, WorryState.NO_ACTION):
        raise Conflict(
            "safeguarding.worry_settled", _("Somebody has settled this worry meanwhile. Take that back first.")
        )


def _save(worry: Worry) -> None:
    worry.version += 1
    worry.save(
        update_fields=[
            "unit", "unit_path", "case", "state", "outcome", "taken_by_id", "taken_at", "passed_from", "passed_by_id",
            "settled_by_id", "settled_at", "version", "rung", "climbs_at",
        ]
    )  # fmt: skip


def _log(worry: Worry, kind: WorryStepKind, *, actor: Actor, now: datetime, words: str = "") -> None:
    WorryStep.objects.create(
        worry=worry, kind=kind, at=now, by_id=actor.user_id or None, unit_id=worry.unit_id, words=words
    )
