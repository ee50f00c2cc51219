"""Consent and the other bases: who may give, when it ends, and what a withdrawal sets going."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.models import FollowUp
from sunward.core.refusals import NotThere, Refusal
from sunward.mentoring.actions.consents import Paper, record_consent, record_consents, withdraw_consent
from sunward.mentoring.queries.child_editing import consent_givers
from sunward.mentoring.queries.child_file import read_child_file
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord, Guardianship
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.actor_of(make.make_officer())


def _child(age=10):
    return make.make_child(birth=make.TODAY.replace(year=make.TODAY.year - age) - timedelta(days=300))


def _guardian(case, **dates):
    guardian = make.make_person("王奶奶")
    Guardianship.objects.create(child=case.person, guardian=guardian, **dates)
    return guardian


def _record(actor, case, *, given_by=None, basis=LegalBasis.CONSENT, **more):
    return record_consent(
        actor=actor, case_id=case.uid, legal_basis=basis, on=make.TODAY, now=make.NOW,
        given_by_id=given_by.pk if given_by else None,
        **({"given_on": make.TODAY, "purpose": Purpose.MATCHING} | more),
    )  # fmt: skip


def test_a_guardian_consents_for_a_child_below_fourteen(officer):
    case = _child(10)

    consent = _record(officer, case, given_by=_guardian(case))

    assert ConsentRecord.objects.valid(on=make.TODAY).get() == consent


def test_a_child_below_fourteen_does_not_consent_alone(officer):
    case = _child(12)

    with pytest.raises(Refusal, match="child_too_young"):
        _record(officer, case, given_by=case.person)


def test_a_child_is_offered_among_those_who_consent_from_fourteen_on():
    younger, older = _child(13), _child(14)

    assert consent_givers(younger, on=make.TODAY) == []
    assert [key for key, _name in consent_givers(older, on=make.TODAY)] == [older.person_id]


def test_from_fourteen_on_the_child_may_consent(officer):
    case = _child(14)

    assert _record(officer, case, given_by=case.person).given_by_id == case.person_id


def test_a_stranger_and_a_former_guardian_give_no_consent(officer):
    case = _child()
    former = _guardian(case, until_on=make.TODAY)

    for nobody in (None, make.make_person(), former):
        with pytest.raises(Refusal, match="giver_missing"):
            _record(officer, case, given_by=nobody)


def test_a_duty_needs_its_reason_and_no_giver(officer):
    case = _child()

    with pytest.raises(Refusal, match="basis_note_missing"):
        _record(officer, case, basis=LegalBasis.STATUTORY_DUTY)
    held = _record(
        officer, case, basis=LegalBasis.STATUTORY_DUTY, note="未成年人保护法第四十三条", given_by=case.person
    )
    assert held.given_by_id is None


def test_days_that_cannot_be_are_refused(officer):
    case = _child()
    guardian = _guardian(case)

    with pytest.raises(Refusal, match="day_in_future"):
        _record(officer, case, given_by=guardian, given_on=make.TODAY + timedelta(days=1))
    with pytest.raises(Refusal, match="ends_before"):
        _record(officer, case, given_by=guardian, expires_on=make.TODAY)


def test_a_withdrawal_keeps_the_row_and_calls_the_supervisor_if_a_match_lives_on_it(officer):
    case = _child()
    make.make_match(case, make.make_mentor())
    consent = _record(officer, case, given_by=_guardian(case))

    withdraw_consent(actor=officer, case_id=case.uid, consent_id=consent.pk, on=make.TODAY, now=make.NOW)

    consent.refresh_from_db()
    assert consent.withdrawn_on == make.TODAY
    called = FollowUp.objects.get()
    assert (called.kind, called.role, called.due_on) == ("consent_withdrawn", Role.SUPERVISOR, make.TODAY)
    with pytest.raises(NotThere):
        withdraw_consent(actor=officer, case_id=case.uid, consent_id=consent.pk, on=make.TODAY, now=make.NOW)


def test_nobody_is_called_while_another_basis_stands(officer):
    case = _child()
    make.make_match(case, make.make_mentor())
    first, _second = (_record(officer, case, given_by=_guardian(case)) for _ in range(2))

    withdraw_consent(actor=officer, case_id=case.uid, consent_id=first.pk, on=make.TODAY, now=make.NOW)

    assert not FollowUp.objects.exists()


def test_a_duty_is_not_withdrawn(officer):
    case = _child()
    held = _record(officer, case, basis=LegalBasis.EMERGENCY, note="临时监护")

    with pytest.raises(Refusal, match="not_a_consent"):
        withdraw_consent(actor=officer, case_id=case.uid, consent_id=held.pk, on=make.TODAY, now=make.NOW)


def test_a_consent_is_not_withdrawn_through_another_childs_file(officer):
    case, other = _child(), _child()
    consent = _record(officer, case, given_by=_guardian(case))

    with pytest.raises(NotThere):
        withdraw_consent(actor=officer, case_id=other.uid, consent_id=consent.pk, on=make.TODAY, now=make.NOW)


@pytest.mark.parametrize("basis", [LegalBasis.STATUTORY_DUTY, LegalBasis.EMERGENCY])
def test_only_a_guardian_lets_a_child_take_part_in_gatherings(officer, basis):
    case = _child(15)
    asked = {"purpose": Purpose.GATHERINGS, "note": "外出"}

    with pytest.raises(Refusal, match="guardian_consents"):
        _record(officer, case, basis=basis, **asked)
    with pytest.raises(Refusal, match="guardian_consents"):
        _record(officer, case, given_by=case.person, **asked)
    assert _record(officer, case, given_by=_guardian(case), **asked).purpose == Purpose.GATHERINGS


def test_no_match_lives_on_a_consent_to_gatherings(officer):
    case = _child()
    make.make_match(case, make.make_mentor())
    consent = _record(officer, case, given_by=_guardian(case), purpose=Purpose.GATHERINGS)

    withdraw_consent(actor=officer, case_id=case.uid, consent_id=consent.pk, on=make.TODAY, now=make.NOW)

    assert not FollowUp.objects.exists()
    assert str(Purpose.GATHERINGS.label) not in read_child_file(case, actor=officer, on=make.TODAY).lacking_basis


def _sign(actor, case, *purposes, given_by=None, basis=LegalBasis.CONSENT, note=""):
    paper = Paper(basis, make.TODAY, given_by_id=given_by.pk if given_by else None, note=note)
    return record_consents(
        actor=actor, case_id=case.uid, purposes=purposes, paper=paper, on=make.TODAY, now=make.NOW
    )  # fmt: skip


def test_one_paper_for_several_purposes_is_a_record_for_each(officer):
    case = _child()
    guardian = _guardian(case)

    signed = _sign(officer, case, Purpose.MATCHING, Purpose.SHARING, Purpose.GATHERINGS, given_by=guardian)

    held = ConsentRecord.objects.valid(on=make.TODAY).filter(person_id=case.person_id, given_by=guardian)
    assert {row.purpose for row in held} == {Purpose.MATCHING, Purpose.SHARING, Purpose.GATHERINGS}
    withdraw_consent(actor=officer, case_id=case.uid, consent_id=signed[0].pk, on=make.TODAY, now=make.NOW)
    assert held.all().count() == 2
    written = AuditEntry.objects.filter(code="mentoring.consent_recorded")
    assert {entry.detail["purpose"] for entry in written} == {"matching", "sharing", "gatherings"}


def test_if_one_purpose_of_a_paper_is_refused_none_is_written_down(officer):
    case = _child(15)

    with pytest.raises(Refusal, match="guardian_consents"):
        _sign(officer, case, Purpose.MATCHING, Purpose.TUTORING, basis=LegalBasis.STATUTORY_DUTY, note="未保法")
    with pytest.raises(Refusal, match="guardian_consents"):
        _sign(officer, case, Purpose.MATCHING, Purpose.GATHERINGS, given_by=case.person)

    assert not ConsentRecord.objects.exists()
    assert not AuditEntry.objects.filter(code="mentoring.consent_recorded").exists()


def test_a_purpose_ticked_twice_is_written_down_once_and_none_at_all_is_refused(officer):
    case = _child()
    guardian = _guardian(case)

    assert len(_sign(officer, case, Purpose.MATCHING, Purpose.MATCHING, given_by=guardian)) == 1
    with pytest.raises(Refusal, match="purpose_missing"):
        _sign(officer, case, given_by=guardian)


def test_a_paper_is_not_written_down_on_a_file_that_is_not_ones_own(officer):
    case = _child()
    stranger = make.actor_of(
        make.make_officer(Role.SUPERVISOR, make.make_subdistrict("310110015", name="长白新村街道"))
    )

    with pytest.raises(NotThere):
        _sign(stranger, case, Purpose.MATCHING, Purpose.SHARING, given_by=_guardian(case))
