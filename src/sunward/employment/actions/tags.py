"""Groups that a person sets and ends, beside those that come and go by rule."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import CASE_SUBJECT, case_subject
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.casework.recording import withdraw_facts
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.actions.tagging import judge_files
from sunward.employment.enums import ClientTagKind, TagEnd
from sunward.employment.models import ClientTag
from sunward.employment.queries.jobseeker_groups import ENDED
from sunward.ledger.actions import NewFact, record_fact
from sunward.ledger.queries import standing_facts

SET, BROUGHT_BACK = "employment.tag_set", "employment.tag_brought_back"


@transaction.atomic
def set_tag(*, actor: Actor, case_id: UUID, kind: str, on: date, now: datetime) -> ClientTag:
    """Put somebody into a group from today on. Whoever is in it already, by whomever, stays in it as they are."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    if kind not in ClientTagKind.values:
        raise Refusal("employment.tag_kind", _("Choose a group."))
    held = ClientTag.objects.filter(case=case, kind=kind, until_on=None).first()
    if held is not None:
        return held
    tag = ClientTag.objects.create(case=case, kind=kind, from_on=on, set_by_id=actor.user_id)
    _record(case, SET, tag, actor=actor, on=on, now=now)
    # A ground that was stated may be what a rule has waited for.
    judge_files([case.pk], on=on, now=now)
    return tag


@transaction.atomic
def end_tag(*, actor: Actor, case_id: UUID, tag_id: int, reason: str, on: date, now: datetime) -> ClientTag:
    """Take somebody out of a group, for a reason. What a rule has set, a person ends as a mistake only: then it stays
    away; everything else the rule reads from the profile. Ended twice is ended once."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    tag = _tag(case, tag_id)
    if tag.until_on is not None:
        return tag
    if reason not in TagEnd.values:
        raise Refusal("employment.tag_end_reason", _("Say why they do not belong to it any more."))
    if tag.rule and reason != TagEnd.MISTAKE:
        raise Refusal(
            "employment.tag_of_a_rule",
            _("A rule has set this and ends it by itself. Correct the profile; or say that it is a mistake."),
        )
    tag.until_on, tag.end_reason = on, reason
    tag.save(update_fields=["until_on", "end_reason"])
    _record(case, ENDED, tag, actor=actor, on=on, now=now, reason=reason)
    judge_files([case.pk], on=on, now=now)
    return tag


@transaction.atomic
def bring_back_tag(*, actor: Actor, case_id: UUID, tag_id: int, on: date, now: datetime) -> ClientTag:
    """The ending by a person is taken back: it goes on as if it had never ended."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    tag = _tag(case, tag_id)
    if tag.until_on is None:
        return tag
    ended = [
        fact.pk
        for fact in standing_facts().filter(subject_kind=CASE_SUBJECT, subject_id=case.pk, kind=ENDED)
        if fact.attributes.get("tag") == tag.pk
    ]
    if not ended:
        raise Conflict(
            "employment.tag_ended_by_rule", _("The rule has ended this. Correct the profile if it is wrong.")
        )
    if ClientTag.objects.filter(case=case, kind=tag.kind, until_on=None).exists():
        raise Conflict("employment.tag_set_anew", _("They have been put into this group anew since."))
    tag.until_on, tag.end_reason = None, ""
    tag.save(update_fields=["until_on", "end_reason"])
    withdraw_facts(subject=(CASE_SUBJECT, case.pk), kinds=(ENDED,), now=now, pk__in=ended)
    record_act(actor=actor, code=BROUGHT_BACK, now=now, subject=case_subject(case), unit_path=case.unit_path)
    judge_files([case.pk], on=on, now=now)
    return tag


def _tag(case: Case, tag_id: int) -> ClientTag:
    tag = ClientTag.objects.filter(case=case, pk=tag_id).first()
    if tag is None:
        raise NotThere("employment.tag_not_there", _("There is no such group on this file."))
    return tag


def _record(
    case: Case, code: str, tag: ClientTag, *, actor: Actor, on: date, now: datetime, **more: str
) -> None:  # fmt: skip
    """Which group it is stands in the ledger; the record of acts says that something was done, not what somebody is."""
    record_fact(
        NewFact(
            kind=code, subject_kind=CASE_SUBJECT, subject_id=case.pk, happened_on=on, actor_id=actor.user_id,
            person_id=case.person_id, unit_id=case.unit_id, unit_path=case.unit_path,
            attributes={"kind": tag.kind, "rule": tag.rule, "tag": tag.pk} | more,
        ),
        now=now,
    )  # fmt: skip
    record_act(actor=actor, code=code, now=now, subject=case_subject(case), unit_path=case.unit_path)
