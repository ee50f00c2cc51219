"""Whose consent opens a tutoring, from when until when, and who is asked once it is gone."""

from datetime import timedelta

import pytest

from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case, FollowUp
from sunward.core.refusals import Refusal
from sunward.mentoring.actions.children import end_guardian
from sunward.mentoring.actions.consents import record_consent, withdraw_consent, write_back, write_withdrawal
from sunward.mentoring.actions.tutoring_calendar import remind_of_session
from sunward.mentoring.family_access import guardian_actor
from sunward.mentoring.tutoring.access import has_consent
from sunward.mentoring.tutoring.enums import TutoringFollowUp
from sunward.outreach.models import Message
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord, Guardianship
from tests.factories import NOW, TODAY, make_person
from tests.mentoring.tutoring_arrangements import make_worker, run_tutoring

pytestmark = pytest.mark.django_db


@pytest.fixture
def tutoring():
    return run_tutoring()


@pytest.fixture
def worker(tutoring):
    return make_worker(tutoring.case.unit)


def todo(case: Case, kind: TutoringFollowUp) -> list[FollowUp]:
    return list(FollowUp.objects.filter(case=case, kind=kind, state=FollowUpState.DUE))


def test_a_withdrawn_consent_is_a_task_for_today(tutoring, worker):
    consent = ConsentRecord.objects.get(person=tutoring.case.person, purpose=Purpose.TUTORING)
    withdraw_consent(actor=worker, case_id=tutoring.case.uid, consent_id=consent.pk, on=TODAY, now=NOW)
    assert len(todo(tutoring.case, TutoringFollowUp.CONSENT)) == 1


def test_the_consent_of_a_guardian_who_no_longer_cares_for_the_child_has_to_be_asked_for_anew(tutoring, worker):
    held = Guardianship.objects.get(child=tutoring.case.person)
    other = Guardianship.objects.create(child=held.child, guardian=make_person("李建国", unit=tutoring.case.unit))
    end_guardian(actor=worker, case_id=tutoring.case.uid, guardianship_id=held.pk, on=TODAY, now=NOW)
    assert not has_consent(tutoring, on=TODAY)
    assert len(todo(tutoring.case, TutoringFollowUp.CONSENT)) == 1

    record_consent(
        actor=worker, case_id=tutoring.case.uid, purpose=Purpose.TUTORING, legal_basis=LegalBasis.CONSENT,
        given_by_id=other.guardian_id, given_on=TODAY, on=TODAY, now=NOW,
    )  # fmt: skip
    assert has_consent(tutoring, on=TODAY)


def test_a_guardian_who_goes_and_did_not_consent_changes_nothing(tutoring, worker):
    other = Guardianship.objects.create(
        child=tutoring.case.person, guardian=make_person("李建国", unit=tutoring.case.unit)
    )
    end_guardian(actor=worker, case_id=tutoring.case.uid, guardianship_id=other.pk, on=TODAY, now=NOW)
    assert has_consent(tutoring, on=TODAY)
    assert not todo(tutoring.case, TutoringFollowUp.CONSENT)


def test_a_withdrawal_that_is_taken_back_leaves_nothing_on_the_workers_list(tutoring):
    consent = ConsentRecord.objects.get(person=tutoring.case.person, purpose=Purpose.TUTORING)
    said = {"actor": guardian_actor(on=TODAY), "on": TODAY, "now": NOW, "attributes": {"link": 1}}
    consent = write_withdrawal(tutoring.case, consent_id=consent.pk, **said)
    assert todo(tutoring.case, TutoringFollowUp.CONSENT)
    write_back(tutoring.case, consent, since=NOW - timedelta(minutes=1), **said)
    assert has_consent(tutoring, on=TODAY)
    assert not todo(tutoring.case, TutoringFollowUp.CONSENT)


def test_a_guardian_who_cares_for_the_child_again_is_asked_again(tutoring, worker):
    held = Guardianship.objects.get(child=tutoring.case.person)
    end_guardian(actor=worker, case_id=tutoring.case.uid, guardianship_id=held.pk, on=TODAY, now=NOW)
    Guardianship.objects.create(child=held.child, guardian=held.guardian, from_on=TODAY)
    assert not has_consent(tutoring, on=TODAY)


def test_nobody_is_reminded_of_a_session_without_a_guardians_consent(tutoring):
    first = tutoring.sessions.earliest("starts_at")
    soon = first.starts_at - timedelta(hours=20)
    before = Message.objects.count()
    ConsentRecord.objects.filter(person=tutoring.case.person).update(withdrawn_on=TODAY)
    assert not remind_of_session(session_pk=first.pk, on=soon.date(), now=soon)
    assert Message.objects.count() == before
    ConsentRecord.objects.filter(person=tutoring.case.person).update(withdrawn_on=None)
    assert remind_of_session(session_pk=first.pk, on=soon.date(), now=soon)


def test_only_a_guardian_consents_to_tutoring_and_no_duty_takes_its_place(worker, tutoring):
    said = {"case_id": tutoring.case.uid, "purpose": Purpose.TUTORING, "given_on": TODAY, "on": TODAY, "now": NOW}
    with pytest.raises(Refusal):
        record_consent(actor=worker, legal_basis=LegalBasis.STATUTORY_DUTY, note="职责", **said)
    with pytest.raises(Refusal):
        record_consent(
            actor=worker, legal_basis=LegalBasis.CONSENT, given_by_id=tutoring.case.person_id, **said
        )  # fmt: skip
