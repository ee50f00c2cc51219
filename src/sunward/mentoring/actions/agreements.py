"""What the three sign before a match runs for good, and how it is said goodbye to."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import case_subject
from sunward.casework.enums import FollowUpState
from sunward.core.refusals import Refusal
from sunward.ledger.actions import NewFact, record_fact
from sunward.mentoring.actions.follow_ups import settle
from sunward.mentoring.actions.match_steps import MATCH_SUBJECT, lock_match
from sunward.mentoring.actions.said import Said
from sunward.mentoring.enums import MatchFollowUp
from sunward.mentoring.match_life import may_say_farewell, may_sign
from sunward.mentoring.models import Match


@transaction.atomic
def sign_agreement(
    *,
    actor: Actor,
    match_id: UUID,
    signed_on: date,
    on: date,
    now: datetime,
    version: int | None = None,
    agreed_times: str = "",
) -> Match:
    """Guardian, neighbour mom and committee have signed (Regulations on Volunteer Service, art. 14)."""
    match = lock_match(actor=actor, match_id=match_id, version=version)
    if not may_sign(match):
        raise Refusal("mentoring.nothing_to_sign", _("This agreement is signed already, or the match has not begun."))
    if not match.proposed_on <= signed_on <= on:
        raise Refusal(
            "mentoring.signed_out_of_range",
            _("The agreement was signed after the match was made, today at the latest."),
        )
    match.agreement_signed_on = signed_on
    match.agreed_times = agreed_times or match.agreed_times
    _write(match, Said(actor, on, now), "mentoring.agreement_signed", happened_on=signed_on)
    return match


@transaction.atomic
def say_farewell(
    *,
    actor: Actor,
    match_id: UUID,
    said_on: date,
    on: date,
    now: datetime,
    version: int | None = None,
    words: str = "",
) -> Match:
    """The two have said goodbye; `words` is what the child or the family would like to thank her for."""
    match = lock_match(actor=actor, match_id=match_id, version=version)
    if not may_say_farewell(match):
        raise Refusal("mentoring.no_farewell", _("There is no farewell to write down here."))
    assert match.trial_from_on is not None
    if not match.trial_from_on <= said_on <= on:
        raise Refusal(
            "mentoring.farewell_out_of_range", _("They said goodbye after they had met, today at the latest.")
        )
    match.farewell_on, match.farewell_words = said_on, words.strip()
    said = Said(actor, on, now)
    _write(match, said, "mentoring.farewell_said", happened_on=said_on)
    settle(match, MatchFollowUp.FAREWELL, FollowUpState.DONE, said)
    return match


def _write(match: Match, said: Said, code: str, *, happened_on: date) -> None:
    match.version += 1
    match.save()
    record_fact(
        NewFact(
            kind=code, subject_kind=MATCH_SUBJECT, subject_id=match.pk, happened_on=happened_on,
            actor_id=said.actor.user_id, person_id=match.case.person_id, unit_id=match.case.unit_id,
            unit_path=match.unit_path, attributes={"mentor_id": match.mentor_id},
        ),
        now=said.now,
    )  # fmt: skip
    record_act(
        actor=said.actor, code=code, now=said.now, subject=case_subject(match.case), unit_path=match.unit_path,
        match=match.pk,
    )  # fmt: skip
