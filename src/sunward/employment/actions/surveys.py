"""The survey call: what a person says of their situation and intention, kept beside what the register delivered.

An answer is a fact of the call's record. Which one stands on the profile follows from the facts that stand, so that
taking back a call brings back what was said before it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import case_subject
from sunward.casework.actions.services import RECORD_SUBJECT, write_service
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import Case, ServiceRecord
from sunward.core.refusals import Refusal
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.actions.sent_before import find_sent_before, with_other_words
from sunward.employment.enums import Intention, Situation
from sunward.employment.models import Jobseeker
from sunward.ledger.actions import NewFact, record_fact
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts

ANSWERED = "employment.survey_answered"
SURVEY_KIND = ServiceKind.PHONE_CALL
# In the fact of an answer: what stood on the profile from a register, by which nobody's call can be recognised.
_REGISTER = "register"


class Answer(NamedTuple):
    """What the profile shows of a call. `by` is 0 where a register told it."""

    situation: str
    intention: str
    on: date | None
    by: int


_NOTHING = Answer("", "", None, 0)


@transaction.atomic
def record_survey(
    *,
    actor: Actor,
    case_id: UUID,
    key: UUID,
    outcome: ContactOutcome,
    happened_on: date,
    on: date,
    now: datetime,
    situation: str = "",
    intention: str = "",
    note: str = "",
) -> ServiceRecord:
    """Nobody answered: a contact attempted, which ends no silence and says nothing of the person."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    is_made = outcome == ContactOutcome.MADE
    if is_made and (situation not in Situation or intention not in Intention):
        raise Refusal(
            "employment.survey_unanswered",
            _("Choose what the person said of both: what they do now, and what they mean to do."),
        )
    said = {"kind": SURVEY_KIND, "outcome": outcome, "happened_on": happened_on, "note": note}
    known = find_sent_before(case, key, said)
    if known is not None:
        if is_made and not _has_said(known, situation, intention):
            raise with_other_words()
        return known
    record = write_service(
        actor=actor, case=case, kind=SURVEY_KIND, happened_on=happened_on, outcome=outcome, on=on, now=now, note=note,
        uid=key,
    )  # fmt: skip
    if is_made:
        _write_answer(case, record, Answer(situation, intention, happened_on, actor.user_id), actor=actor, now=now)
    return record


def bring_back_answer(case: Case) -> None:
    """After a call was taken back, within the caller's act: what stands on the profile is said last again."""
    facts = list(_answers_of(case))
    standing = set(standing_facts().filter(pk__in=[fact.pk for fact in facts]).values_list("pk", flat=True))
    if standing == {fact.pk for fact in facts}:
        return
    _write_latest(_profile_of(case), facts, standing)


def _write_answer(case: Case, record: ServiceRecord, answer: Answer, *, actor: Actor, now: datetime) -> None:
    profile = _profile_of(case)
    facts = list(_answers_of(case))
    attributes: dict[str, Any] = {"situation": answer.situation, "intention": answer.intention}
    held = _held(profile)
    if held is not None and held not in map(_answer, facts):
        attributes[_REGISTER] = [held.situation, held.intention, held.on.isoformat() if held.on else "", held.by]
    facts.append(
        record_fact(
            NewFact(
                kind=ANSWERED, subject_kind=RECORD_SUBJECT, subject_id=record.pk, happened_on=record.happened_on,
                actor_id=actor.user_id, person_id=case.person_id, unit_id=case.unit_id, unit_path=case.unit_path,
                attributes=attributes,
            ),
            now=now,
        )
    )  # fmt: skip
    record_act(actor=actor, code=ANSWERED, now=now, subject=case_subject(case), unit_path=case.unit_path)
    standing = set(standing_facts().filter(pk__in=[fact.pk for fact in facts]).values_list("pk", flat=True))
    _write_latest(profile, facts, standing)


def _write_latest(profile: Jobseeker, facts: Iterable[Fact], standing: set[int]) -> None:
    """Said last is what was said on the latest day: a call that is written down late changes nothing newer."""
    said = [_answer(fact) for fact in facts if fact.pk in standing]
    said = [*filter(None, map(_told_by_register, facts)), *said]
    # Of the answers of one day the one that was written down last.
    latest = max(enumerate(said), key=lambda one: (one[1].on or date.min, one[0]), default=(0, _NOTHING))[1]
    profile.surveyed_situation, profile.surveyed_intention = latest.situation, latest.intention
    profile.surveyed_on, profile.surveyed_by_id = latest.on, latest.by or None
    profile.save(update_fields=["surveyed_situation", "surveyed_intention", "surveyed_on", "surveyed_by"])


def _has_said(record: ServiceRecord, situation: str, intention: str) -> bool:
    said = Fact.objects.filter(subject_kind=RECORD_SUBJECT, subject_id=record.pk, kind=ANSWERED, is_withdrawal=False)
    return any(_answer(fact)[:2] == (situation, intention) for fact in said)


def _profile_of(case: Case) -> Jobseeker:
    return Jobseeker.objects.get_or_create(case=case)[0]


def _answers_of(case: Case) -> Iterable[Fact]:
    """All that were ever given, in the order in which they were written down; those taken back among them."""
    records = list(case.service_records.values_list("pk", flat=True))
    found = Fact.objects.filter(
        subject_kind=RECORD_SUBJECT, subject_id__in=records, kind=ANSWERED, is_withdrawal=False
    )  # fmt: skip
    return found.order_by("pk")


def _answer(fact: Fact) -> Answer:
    told: Mapping[str, Any] = fact.attributes
    return Answer(str(told["situation"]), str(told["intention"]), fact.happened_on, fact.actor_id)


def _told_by_register(fact: Fact) -> Answer | None:
    told = fact.attributes.get(_REGISTER)
    if not told:
        return None
    situation, intention, day, by = told
    return Answer(situation, intention, date.fromisoformat(day) if day else None, int(by))


def _held(profile: Jobseeker) -> Answer | None:
    if not (profile.surveyed_situation or profile.surveyed_intention or profile.surveyed_on):
        return None
    return Answer(
        profile.surveyed_situation, profile.surveyed_intention, profile.surveyed_on, profile.surveyed_by_id or 0
    )
