"""Asking, in time, what becomes of a file when its person grows up. Only a person closes it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.actions.follow_ups import promise_follow_up, settle_follow_up
from sunward.casework.enums import CaseState, FollowUpState
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.refusals import NotThere, Refusal
from sunward.mentoring.access import visible_children
from sunward.mentoring.enums import AgeFollowUp, SchoolStage
from sunward.mentoring.growing_up import SCHOOL_YEARS_AT_MOST, GrowingUp, prepare_on
from sunward.mentoring.models import ChildProfile, SchoolKeeping
from sunward.mentoring.queries.growing_up import standing_of

# Ticked off without a decision, the question comes again after so long.
ASK_AGAIN_DAYS = 30


@transaction.atomic
def ask_about_age(*, case_pk: int, on: date, now: datetime) -> bool:
    """Put on the worker's list what the day asks for; run again, it finds it there. True if something was added."""
    case = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case_pk)
    standing = standing_of(case, on=on) if case.state == CaseState.OPEN else None
    if standing is None or case.person.birth_date is None:
        return False
    if standing.state == "prepare":
        return _ask(case, AgeFollowUp.GROWS_UP, standing, due_on=prepare_on(case.person.birth_date), on=on, now=now)
    if standing.state == "decide":
        return _ask(case, AgeFollowUp.GROWN_UP, standing, due_on=standing.asks_on, on=on, now=now)
    return False


@transaction.atomic
def keep_for_school(
    *, actor: Actor, case_id: UUID, stage: SchoolStage, until_on: date, on: date, now: datetime
) -> SchoolKeeping:
    """Keep the file open because its person is still at school; asked again in September."""
    found = visible_children(actor).select_for_update(of=("self",)).select_related("person").filter(uid=case_id)
    case = found.first()
    if case is None:
        raise NotThere(
            "mentoring.child_not_there", gettext_lazy("There is no such child, or the file is not yours to see.")
        )
    refuse_closed(case)
    standing = standing_of(case, on=on)
    if standing is None or standing.state == "child":
        raise Refusal("mentoring.too_young", gettext_lazy("This is asked when the child is nearly 18."))
    if until_on <= on or until_on > on + timedelta(days=366 * SCHOOL_YEARS_AT_MOST):
        raise Refusal(
            "mentoring.school_days_impossible",
            gettext_lazy("The last day of school lies ahead, by eight years at most."),
        )
    kept = SchoolKeeping.objects.create(
        case=case, stage=stage, until_on=until_on, recorded_on=on, recorded_by_id=actor.user_id
    )
    ChildProfile.objects.filter(case=case).update(is_studying=True)
    for follow_up in case.follow_ups.filter(kind__in=AgeFollowUp.values, state=FollowUpState.DUE):
        settle_follow_up(follow_up, FollowUpState.DONE, case=case, actor=actor, on=on, now=now)
    record_case_act(
        case, actor=actor, code="mentoring.kept_for_school", on=on, now=now, attributes={"until": until_on.isoformat()}
    )
    return kept


def _ask(case: Case, kind: AgeFollowUp, standing: GrowingUp, *, due_on: date, on: date, now: datetime) -> bool:
    asked = case.follow_ups.filter(kind=kind, due_on__gte=due_on).order_by("-due_on", "-pk").first()
    if asked is not None:
        is_long_ago = asked.done_on is not None and asked.done_on <= on - timedelta(days=ASK_AGAIN_DAYS)
        if kind == AgeFollowUp.GROWS_UP or not is_long_ago:
            return False
        due_on = on
    promise_follow_up(
        actor=SYSTEM, case=case, kind=kind, due_on=due_on, on=on, now=now, note=_note(kind, standing.adult_on)
    )
    return True


def _note(kind: AgeFollowUp, adult_on: date) -> str:
    """Read by everybody, so written in the district's language."""
    with override(settings.LANGUAGE_CODE):
        if kind == AgeFollowUp.GROWS_UP:
            return _("Turns 18 on %(day)s: prepare it together") % {"day": adult_on.isoformat()}
        return str(kind.label)
