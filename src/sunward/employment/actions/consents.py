"""What a jobseeker agreed to, for one purpose at a time: written down by the office, withdrawn and given anew.

Withdrawing keeps the row (Personal Information Protection Law, art. 15).
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Refusal
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.access.own_page import own_actor
from sunward.employment.actions.own_page import lock_own_case
from sunward.people.enums import JOBSEEKER_PURPOSES, LegalBasis, Purpose
from sunward.people.models import ConsentQuerySet, ConsentRecord

CONSENT_SUBJECT = "consent"
GIVEN, WITHDRAWN = "employment.consent_recorded", "employment.consent_withdrawn"


@transaction.atomic
def record_consent(
    *, actor: Actor, case_id: UUID, purpose: Purpose, given_on: date, on: date, now: datetime,
    expires_on: date | None = None, note: str = "",
) -> ConsentRecord:  # fmt: skip
    """The person said yes to an officer. Also once the file is closed: a story is told when it has ended well."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    if purpose not in JOBSEEKER_PURPOSES:
        raise Refusal("employment.purpose_unknown", _("Choose what it is for."))
    if given_on > on:
        raise Refusal("employment.consent_in_future", _("The day has not come yet."))
    if expires_on is not None and expires_on <= max(given_on, on):
        raise Refusal("employment.consent_ends_before", _("The last day must still come."))
    return write_consent(
        case, purpose, given_on=given_on, expires_on=expires_on, note=note, actor=actor, on=on, now=now
    )  # fmt: skip


@transaction.atomic
def withdraw_consent(*, actor: Actor, case_id: UUID, purpose: Purpose, on: date, now: datetime) -> None:
    """The person said no to an officer, who writes it down at once."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    write_withdrawal(case, purpose, actor=actor, on=on, now=now)


@transaction.atomic
def withdraw_own_consent(*, token: str, shown: str, purpose: Purpose, on: date, now: datetime) -> None:
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    write_withdrawal(case, purpose, actor=own_actor(on=on), on=on, now=now)


@transaction.atomic
def give_own_consent(*, token: str, shown: str, purpose: Purpose, on: date, now: datetime) -> None:
    """Given again by whoever had withdrawn it; nobody is asked for one here that was never given."""
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    if not given_consents(case, purpose).exists():
        raise Refusal("employment.consent_never_given", _("You were never asked for this. There is nothing to give."))
    write_consent(case, purpose, given_on=on, actor=own_actor(on=on), on=on, now=now)


def given_consents(case: Case, purpose: Purpose) -> ConsentQuerySet:
    """Also those that were withdrawn, or have ended."""
    return ConsentRecord.objects.filter(person=case.person_id, purpose=purpose, legal_basis=LegalBasis.CONSENT)


def write_consent(
    case: Case, purpose: Purpose, *, given_on: date, actor: Actor, on: date, now: datetime,
    expires_on: date | None = None, note: str = "",
) -> ConsentRecord:  # fmt: skip
    """Within the caller's act, with the file locked. One that holds already is not written a second time."""
    standing = given_consents(case, purpose).valid(on=on).order_by("pk").last()
    if standing is not None:
        return standing
    consent = ConsentRecord.objects.create(
        person_id=case.person_id, purpose=purpose, legal_basis=LegalBasis.CONSENT, given_by_id=case.person_id,
        given_on=given_on, expires_on=expires_on, note=note.strip()[:200], recorded_by_id=actor.user_id,
    )  # fmt: skip
    record_case_act(
        case, actor=actor, code=GIVEN, on=given_on, now=now, subject=(CONSENT_SUBJECT, consent.pk),
        attributes={"purpose": str(purpose)},
    )  # fmt: skip
    return consent


def write_withdrawal(case: Case, purpose: Purpose, *, actor: Actor, on: date, now: datetime) -> None:
    """Every paper for the purpose ends, or a second one would keep alive what the page says has ended."""
    for consent in given_consents(case, purpose).valid(on=on).order_by("pk"):
        consent.withdrawn_on = on
        consent.save(update_fields=["withdrawn_on"])
        record_case_act(
            case, actor=actor, code=WITHDRAWN, on=on, now=now, subject=(CONSENT_SUBJECT, consent.pk),
            attributes={"purpose": str(purpose)},
        )  # fmt: skip
