"""One officer is put in charge of a jobseeker, or of many at once; the last word of the day can be taken back.

What was is kept with its days. A row of the same day that was overtaken has no day of its own and counts for nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.jobseekers import get_jobseeker_for_change, visible_jobseekers
from sunward.employment.access.officers import may_be_in_charge, posts_over
from sunward.employment.models import OfficerInCharge
from sunward.employment.queries.in_charge import AT_ONCE, Move

PUT_IN_CHARGE, RELEASED = "employment.officer_put_in_charge", "employment.officer_released"
TAKEN_BACK = "employment.officer_taken_back"


@transaction.atomic
def put_in_charge(
    *, actor: Actor, case_id: UUID, officer: str, seen: int, on: date, now: datetime
) -> OfficerInCharge | None:
    """`officer`: a user name; empty, so that nobody is in charge. Said twice, it is said once."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    held = _held(case)
    if not officer:
        if held is None:
            return None
        _refuse_changed(held, seen)
        _end(held, on=on)
        record_case_act(case, actor=actor, code=RELEASED, on=on, now=now, attributes={"officer": held.officer_id})
        return None
    chosen = User.objects.filter(username=officer, is_active=True).first()
    if chosen is None or not may_be_in_charge(case, chosen.pk, on=on):
        raise _cannot_be()
    if held is not None and held.officer_id == chosen.pk:
        return held
    _refuse_changed(held, seen)
    return _put(case, chosen.pk, held, actor=actor, on=on, now=now)


@transaction.atomic
def take_back_officer(*, actor: Actor, case_id: UUID, row_id: int, on: date, now: datetime) -> None:
    """As it was before the last word, as long as that is of today. Taken back twice is taken back once."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    rows = list(OfficerInCharge.objects.filter(case=case).order_by("-pk")[:2])
    last, before = (*rows, None, None)[:2]
    if last is None or last.pk != row_id:
        if OfficerInCharge.objects.filter(case=case, pk=row_id).exists():
            raise _overtaken()
        return
    if last.until_on == on:
        last.until_on = None
        last.save(update_fields=["until_on"])
    elif last.until_on is None and last.from_on == on:
        last.delete()
        if before is not None and before.until_on == on:
            before.until_on = None
            before.save(update_fields=["until_on"])
    else:
        raise _overtaken()
    record_case_act(case, actor=actor, code=TAKEN_BACK, on=on, now=now)


@transaction.atomic
def move_files(*, actor: Actor, moves: Sequence[Move], on: date, now: datetime) -> int:
    """All of them as they were shown, or none: whoever has been put in charge meanwhile stays so. Returns how many."""
    if len(moves) > AT_ONCE:
        raise Refusal("employment.too_many_files", _("Hand over fewer files at once."))
    wanted = {move.case_id: move for move in moves}
    found = visible_jobseekers(actor).open().filter(pk__in=wanted).select_for_update(of=("self",)).order_by("pk")
    cases = list(found)
    held = {row.case_id: row for row in OfficerInCharge.objects.filter(case__in=cases, until_on=None)}
    if len(cases) != len(wanted) or any(_pk(held.get(case.pk)) != wanted[case.pk].seen for case in cases):
        raise changed_meanwhile()
    may = {path: _who_may(path, on=on) for path in {case.unit_path for case in cases}}
    for case in cases:
        officer_id = wanted[case.pk].officer_id
        if officer_id not in may[case.unit_path]:
            raise _cannot_be()
        _put(case, officer_id, held.get(case.pk), actor=actor, on=on, now=now)
    return len(cases)


def changed_meanwhile() -> Conflict:
    return Conflict(
        "employment.officers_changed",
        _("Somebody has changed something meanwhile. Nothing was handed over: look at the list again."),
    )


def _put(
    case: Case, officer_id: int, held: OfficerInCharge | None, *, actor: Actor, on: date, now: datetime
) -> OfficerInCharge:
    if held is not None:
        _end(held, on=on)
    row = OfficerInCharge.objects.create(case=case, officer_id=officer_id, from_on=on, set_by_id=actor.user_id)
    record_case_act(case, actor=actor, code=PUT_IN_CHARGE, on=on, now=now, attributes={"officer": officer_id})
    return row


def _end(row: OfficerInCharge, *, on: date) -> None:
    row.until_on = on
    row.save(update_fields=["until_on"])


def _held(case: Case) -> OfficerInCharge | None:
    return OfficerInCharge.objects.filter(case=case, until_on=None).first()


def _who_may(unit_path: str, *, on: date) -> set[int]:
    return set(posts_over(unit_path, on=on).values_list("user_id", flat=True))


def _pk(row: OfficerInCharge | None) -> int:
    return row.pk if row is not None else 0


def _refuse_changed(held: OfficerInCharge | None, seen: int) -> None:
    if _pk(held) != seen:
        raise Conflict(
            "employment.officer_changed", _("Somebody else has just changed who is in charge. Look at the file again.")
        )


def _cannot_be() -> Refusal:
    return Refusal(
        "employment.officer_cannot_be",
        _("Choose an employment officer who keeps this file: of its office, or above it."),
    )


def _overtaken() -> Conflict:
    return Conflict(
        "employment.officer_not_of_today",
        _("This is not the last word of today any more. Choose who shall be in charge."),
    )
