"""What a guardian has agreed to: she sees it on the families' page and withdraws it there by herself."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import FollowUpState
from sunward.casework.models import FollowUp
from sunward.core.refusals import NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.mentoring.actions import family_words as acts
from sunward.mentoring.family_pass import make_pass
from sunward.mentoring.queries.family_page import FOLLOWS, read_family_page
from sunward.mentoring.queries.visits import read_child_card
from sunward.people.enums import JOBSEEKER_PURPOSES, LegalBasis, Purpose
from sunward.people.models import ConsentRecord
from tests.factories import NOW, TODAY, actor_of, make_child
from tests.mentoring.families import Family, make_family, make_guardian, with_visit

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WHEN: dict[str, Any] = {"on": TODAY, "now": NOW}


@pytest.fixture
def family() -> Family:
    return make_family()


def withdraw(family: Family, consent: ConsentRecord, **more: Any) -> Any:
    return acts.withdraw_by_guardian(
        **{"token": family.token, "shown": family.shown, "consent_id": consent.pk} | WHEN | more
    )


def undo(family: Family, *, now: datetime) -> None:
    shown = make_pass(family.link, now=now)
    acts.take_back_withdrawal(token=family.token, shown=shown, consent_id=family.consent.pk, on=TODAY, now=now)


def test_what_follows_is_said_of_everything_that_can_be_agreed_to() -> None:
    assert set(FOLLOWS) == set(Purpose.values) - set(JOBSEEKER_PURPOSES)


def test_what_she_withdraws_ends_at_once_and_stands_as_her_own_act(family: Family) -> None:
    match = with_visit(family)
    assert match.mentor.user is not None
    mentor = actor_of(match.mentor.user)
    assert read_child_card(match, mentor).caretakers
    withdraw(family, family.consent)
    assert not read_child_card(match, mentor).caretakers
    assert FollowUp.objects.get(kind="consent_withdrawn").role == Role.SUPERVISOR
    entry = AuditEntry.objects.get(code="mentoring.consent_withdrawn")
    assert (entry.actor_id, entry.detail["link"]) == (0, family.link.pk)
    undo(family, now=NOW + 10 * MINUTE - timedelta(seconds=1))
    assert read_child_card(match, mentor).caretakers
    assert not FollowUp.objects.filter(kind="consent_withdrawn", state=FollowUpState.DUE).exists()
    assert Fact.objects.filter(kind="mentoring.consent_withdrawn").count() == 2  # and the one that withdraws it


def second_paper(family: Family, **more: Any) -> ConsentRecord:
    given = {"purpose": family.consent.purpose, "given_by": family.guardian, "given_on": TODAY} | more
    return ConsentRecord.objects.create(person=family.case.person, legal_basis=LegalBasis.CONSENT, **given)


def test_two_papers_that_say_the_same_are_one_line_and_end_and_come_back_together(family: Family) -> None:
    other = second_paper(family)
    match = with_visit(family)
    assert match.mentor.user is not None
    mentor = actor_of(match.mentor.user)
    shown = read_family_page(family.link, on=TODAY, now=NOW).consents
    assert [one.id for one in shown] == [family.consent.pk]
    withdraw(family, family.consent)
    # Her page said that the neighbour mom no longer sees where she lives: no second paper keeps that open.
    assert not ConsentRecord.objects.valid(on=TODAY).filter(purpose=other.purpose).exists()
    assert not read_child_card(match, mentor).caretakers
    shown = read_family_page(family.link, on=TODAY, now=NOW).consents
    assert [(one.id, one.is_withdrawn) for one in shown] == [(family.consent.pk, True)]
    undo(family, now=NOW + MINUTE)
    assert ConsentRecord.objects.valid(on=TODAY).filter(purpose=other.purpose).count() == 2


def test_what_somebody_else_signed_or_what_is_for_something_else_stays(family: Family) -> None:
    uncle, _held = make_guardian(family.case, "陈舅")
    kept = {second_paper(family, given_by=uncle).pk, second_paper(family, purpose=Purpose.GATHERINGS).pk}
    withdraw(family, family.consent)
    assert set(ConsentRecord.objects.valid(on=TODAY).values_list("pk", flat=True)) == kept


def test_what_the_worker_ended_before_does_not_come_back_with_hers(family: Family) -> None:
    ended = second_paper(family, withdrawn_on=TODAY)
    withdraw(family, family.consent)
    undo(family, now=NOW + MINUTE)
    ended.refresh_from_db()
    assert ended.withdrawn_on == TODAY


def test_a_paper_that_the_worker_ended_a_moment_before_keeps_no_other_alive(family: Family) -> None:
    second_paper(family)
    ConsentRecord.objects.filter(pk=family.consent.pk).update(withdrawn_on=TODAY)
    withdraw(family, family.consent)
    assert not ConsentRecord.objects.valid(on=TODAY).filter(purpose=family.consent.purpose).exists()


def test_after_ten_minutes_it_stands_and_what_the_worker_wrote_down_is_not_hers_to_undo(family: Family) -> None:
    withdraw(family, family.consent)
    with pytest.raises(Refusal, match="withdrawal_stands"):
        undo(family, now=NOW + 10 * MINUTE)
    with pytest.raises(NotThere):
        withdraw(family, family.consent)


def test_she_withdraws_only_what_she_herself_has_given_for_this_child(family: Family) -> None:
    uncle, _held = make_guardian(family.case, "陈舅")
    sibling = make_child()
    make_guardian(sibling)
    given = {"purpose": "matching", "legal_basis": "consent", "given_on": TODAY}
    others = [
        ConsentRecord.objects.create(person=family.case.person, given_by=uncle, **given),
        ConsentRecord.objects.create(person=sibling.person, given_by=family.guardian, **given),
        ConsentRecord.objects.create(
            person=family.case.person, purpose="matching", legal_basis="statutory_duty", given_on=TODAY
        ),
    ]
    for consent in others:
        with pytest.raises(NotThere):
            withdraw(family, consent)
    assert [one.id for one in read_family_page(family.link, **WHEN).consents] == [family.consent.pk]
    assert not ConsentRecord.objects.exclude(withdrawn_on=None).exists()
