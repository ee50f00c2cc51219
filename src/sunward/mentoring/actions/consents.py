"""On what basis a child's data are held and used: recorded with dates, withdrawn without trace of pressure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.enums import Role
from sunward.casework.access import case_subject
from sunward.casework.models import Case, FollowUp
from sunward.casework.recording import record_case_act
from sunward.core.refusals import NotThere, Refusal
from sunward.ledger.actions import correct_fact
from sunward.mentoring.access import get_child_for_change
from sunward.mentoring.actions.said import Said
from sunward.mentoring.actions.tutoring_steps import follow_consent
from sunward.mentoring.models import Match
from sunward.mentoring.queries.withdrawals import CONSENT_SUBJECT, WITHDRAWN_CODE, find_withdrawal
from sunward.mentoring.rules import AGE_OF_CONSENT
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord, Guardianship

# Below this age a guardian decides on a child's data (Personal Information Protection Law, art. 31).
WITHDRAWN_KIND = "consent_withdrawn"
# What a match lives on; who hosts a gathering sees by itself that a consent to it is gone.
_LIVED_ON = (Purpose.MATCHING, Purpose.SHARING)
# Where a duty of the office is no basis, nor the child's own word, and a guardian's word ends with her care.
GUARDIAN_CONSENTS = {
    Purpose.GATHERINGS: _("To take part in gatherings a guardian has to consent."),
    Purpose.TUTORING: _("To be tutored online a guardian has to consent."),
    Purpose.PHOTOGRAPHS: _("To be photographed a guardian has to consent."),
}


@transaction.atomic
def record_consent(
    *,
    actor: Actor,
    case_id: UUID,
    purpose: Purpose,
    legal_basis: LegalBasis,
    given_on: date,
    on: date,
    now: datetime,
    given_by_id: int | None = None,
    expires_on: date | None = None,
    note: str = "",
) -> ConsentRecord:
    """Write down a basis for one purpose. Consent says who gave it; the other bases say why in the note."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    if given_on > on:
        raise Refusal("mentoring.day_in_future", _("The day has not come yet."))
    if expires_on is not None and expires_on <= given_on:
        raise Refusal("mentoring.ends_before_it_begins", _("The last day must come after the first."))
    if purpose in GUARDIAN_CONSENTS and (legal_basis != LegalBasis.CONSENT or given_by_id == case.person_id):
        raise Refusal("mentoring.guardian_consents", GUARDIAN_CONSENTS[purpose])
    if legal_basis == LegalBasis.CONSENT:
        _refuse_wrong_giver(case, given_by_id, on=given_on)
    elif not note.strip():
        raise Refusal("mentoring.basis_note_missing", _("Write down which duty or danger this is based on."))
    consent = ConsentRecord.objects.create(
        person_id=case.person_id, purpose=purpose, legal_basis=legal_basis, given_on=given_on, expires_on=expires_on,
        given_by_id=given_by_id if legal_basis == LegalBasis.CONSENT else None, note=note.strip()[:200],
        recorded_by_id=actor.user_id,
    )  # fmt: skip
    record_case_act(
        case, actor=actor, code="mentoring.consent_recorded", on=given_on, now=now, subject=("consent", consent.pk),
        attributes={"purpose": str(purpose), "basis": str(legal_basis)},
    )  # fmt: skip
    if purpose == Purpose.TUTORING:
        follow_consent(case, Said(actor, on, now))
    return consent


@dataclass(frozen=True, slots=True)
class Paper:
    """What was signed, or the duty that was named: on what basis, by whom, from when until when."""

    legal_basis: LegalBasis
    given_on: date
    given_by_id: int | None = None
    expires_on: date | None = None
    note: str = ""


@transaction.atomic
def record_consents(
    *, actor: Actor, case_id: UUID, purposes: Sequence[Purpose], paper: Paper, on: date, now: datetime
) -> list[ConsentRecord]:
    """One paper for several purposes: a record for each by the rules of each, and all of them or none."""
    if not purposes:
        raise Refusal("mentoring.purpose_missing", _("Tick what it is for."))
    return [
        record_consent(
            actor=actor, case_id=case_id, purpose=purpose, legal_basis=paper.legal_basis, given_on=paper.given_on,
            on=on, now=now, given_by_id=paper.given_by_id, expires_on=paper.expires_on, note=paper.note,
        )
        for purpose in dict.fromkeys(purposes)
    ]  # fmt: skip


@transaction.atomic
def withdraw_consent(*, actor: Actor, case_id: UUID, consent_id: int, on: date, now: datetime) -> ConsentRecord:
    """Consent may be withdrawn at any time (art. 15). If a match lives on it, the supervisor has to look today."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    return write_withdrawal(case, consent_id=consent_id, actor=actor, on=on, now=now)


def write_withdrawal(
    case: Case,
    *,
    consent_id: int,
    actor: Actor,
    on: date,
    now: datetime,
    attributes: Mapping[str, int] | None = None,
) -> ConsentRecord:
    """The same on a locked file, by whoever came through a gate of their own."""
    consent = ConsentRecord.objects.filter(pk=consent_id, person_id=case.person_id, withdrawn_on=None).first()
    if consent is None:
        raise NotThere("mentoring.consent_not_there", _("This was withdrawn already. Look at the file again."))
    if consent.legal_basis != LegalBasis.CONSENT:
        raise Refusal(
            "mentoring.not_a_consent", _("Only consent can be withdrawn; a duty or a danger ends by its date.")
        )
    consent.withdrawn_on = on
    consent.save(update_fields=["withdrawn_on"])
    record_case_act(
        case, actor=actor, code=WITHDRAWN_CODE, on=on, now=now, subject=(CONSENT_SUBJECT, consent.pk),
        attributes={"purpose": consent.purpose, **(attributes or {})},
    )  # fmt: skip
    _ask_supervisor(case, consent, actor=actor, on=on)
    if consent.purpose == Purpose.TUTORING:
        follow_consent(case, Said(actor, on, now))
    return consent


def write_back(
    case: Case,
    consent: ConsentRecord,
    *,
    actor: Actor,
    since: datetime,
    on: date,
    now: datetime,
    attributes: Mapping[str, int],
) -> None:
    """Take a guardian's own withdrawal back, if it was made after the moment; the file is locked."""
    fact = find_withdrawal(consent, since=since) if consent.withdrawn_on is not None else None
    if fact is None:
        raise Refusal(
            "mentoring.withdrawal_stands",
            _("The time to take this back is over. Tell the committee; they write it down."),
        )
    consent.withdrawn_on = None
    consent.save(update_fields=["withdrawn_on"])
    correct_fact(old=fact, new=None, now=now)
    record_act(
        actor=actor, code="mentoring.consent_restored", now=now, subject=case_subject(case), unit_path=case.unit_path,
        purpose=consent.purpose, **attributes,
    )  # fmt: skip
    if consent.purpose == Purpose.TUTORING:
        follow_consent(case, Said(actor, on, now))
    if consent.purpose in _LIVED_ON:
        FollowUp.objects.filter(case=case, kind=WITHDRAWN_KIND, state="due", created_by_id=0).update(
            state="dropped", done_on=on
        )


def _refuse_wrong_giver(case: Case, given_by_id: int | None, *, on: date) -> None:
    age = case.person.age_on(on)
    if given_by_id == case.person_id and given_by_id is not None:
        if age is None or age < AGE_OF_CONSENT:
            raise Refusal("mentoring.child_too_young", _("Below fourteen a guardian has to consent."))
        return
    is_guardian = Guardianship.objects.current(on=on).filter(child_id=case.person_id, guardian_id=given_by_id).exists()
    if given_by_id is None or not is_guardian:
        raise Refusal("mentoring.giver_missing", _("Choose who consented: a guardian, or the child from fourteen on."))


def _ask_supervisor(case: Case, consent: ConsentRecord, *, actor: Actor, on: date) -> None:
    if consent.purpose not in _LIVED_ON or not Match.objects.live().filter(case=case).exists():
        return
    if ConsentRecord.objects.valid(on=on).filter(person_id=case.person_id, purpose=consent.purpose).exists():
        return
    FollowUp.objects.get_or_create(
        case=case, kind=WITHDRAWN_KIND, state="due", role=Role.SUPERVISOR,
        defaults={"due_on": on, "created_by_id": actor.user_id},
    )  # fmt: skip
