"""How content somebody was with one service: said on the own page, or to the officer who asked."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.enums import ContactOutcome
from sunward.casework.models import Case, ServiceRecord
from sunward.casework.recording import record_case_act, withdraw_facts
from sunward.core.refusals import NotThere, Refusal
from sunward.employment.access.own_page import get_passed_own_link, own_actor
from sunward.employment.models import ServiceFeedback
from sunward.employment.rules import FEEDBACK_DAYS, FEEDBACK_KINDS

SAID = "employment.service_feedback"
RECORD_SUBJECT = "service_record"
MOST_POINTS = 5


@transaction.atomic
def say_own_feedback(
    *, token: str, shown: str, record_id: UUID, points: int, words: str, on: date, now: datetime
) -> ServiceFeedback:
    """Said again, the later word stands: one service has one answer, and figures count it once."""
    link = get_passed_own_link(token=token, shown=shown, on=on, now=now)
    case = Case.objects.select_for_update(of=("self",)).get(pk=link.case_id)
    record = _record(case, record_id, on=on)
    if not 1 <= points <= MOST_POINTS:
        raise Refusal("employment.feedback_points", _("Please choose from one to five."))
    return _write(case, record, points, words.strip()[:500], actor=own_actor(on=on), on=on, now=now)


def _write(
    case: Case, record: ServiceRecord, points: int, words: str, *, actor: Actor, on: date, now: datetime
) -> ServiceFeedback:
    held = ServiceFeedback.objects.filter(record=record).first()
    if held is not None and (held.points, held.words) == (points, words):
        return held
    row = held or ServiceFeedback(record=record)
    row.points, row.words, row.said_at, row.by_id = points, words, now, actor.user_id
    row.save()
    if held is not None:
        withdraw_facts(subject=(RECORD_SUBJECT, record.pk), kinds=(SAID,), now=now)
    record_case_act(
        case, actor=actor, code=SAID, on=on, now=now, subject=(RECORD_SUBJECT, record.pk),
        attributes={"satisfaction": points, "kind": record.kind},
    )  # fmt: skip
    return row


def _record(case: Case, record_id: UUID, *, on: date) -> ServiceRecord:
    """Of the own file, one that was given lately and stands."""
    found = ServiceRecord.objects.filter(
        case=case, uid=record_id, withdrawn_at=None, outcome=ContactOutcome.MADE, kind__in=FEEDBACK_KINDS,
        happened_on__gte=on - timedelta(days=FEEDBACK_DAYS),
    )  # fmt: skip
    record = found.first()
    if record is None:
        raise NotThere("employment.service_not_there", _("There is no such service any more."))
    return record
