"""A family with a card: the rows that the families' page is about."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sunward.accounts.enums import Role
from sunward.casework.actions.glass import break_glass
from sunward.casework.enums import ContactOutcome, GlassReason, ServiceKind
from sunward.casework.models import Case, ServiceRecord
from sunward.mentoring.actions.family_links import make_link
from sunward.mentoring.family_pass import make_pass
from sunward.mentoring.models import FamilyLink, FamilyRefusal, FamilyWord, Match, Visit
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord, Guardianship, Person
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_person,
    make_user,
)

PHONE = "+8613800005678"


@dataclass
class Family:
    case: Case
    guardian: Person
    guardianship: Guardianship
    consent: ConsentRecord
    worker: Any
    supervisor: Any
    token: str
    link: FamilyLink

    @property
    def shown(self) -> str:
        return make_pass(self.link, now=NOW)


def make_guardian(case: Case, name: str = "陈外婆", *, phone: str = PHONE) -> tuple[Person, Guardianship]:
    guardian = make_person(name, unit=case.unit, birth=date(1956, 3, 4), phone=phone)
    return guardian, Guardianship.objects.create(
        child=case.person, guardian=guardian, relation="外祖母", from_on=TODAY - timedelta(days=90)
    )


def make_family() -> Family:
    case = make_child("陈小雨")
    worker = make_officer(Role.WORKER, make_committee(), name="李社工")
    supervisor = make_officer(Role.SUPERVISOR, make_committee().parent, name="赵督导")
    guardian, held = make_guardian(case)
    consent = ConsentRecord.objects.create(
        person=case.person, purpose=Purpose.SHARING, legal_basis=LegalBasis.CONSENT, given_by=guardian,
        given_on=TODAY - timedelta(days=60),
    )  # fmt: skip
    made = make_link(
        actor=actor_of(worker), case_id=case.uid, guardianship_id=held.pk, on=TODAY, now=NOW,
        office_phone="021-65000012",
    )  # fmt: skip
    return Family(case, guardian, held, consent, worker, supervisor, made.token, made.link)


def families_of(world: Any) -> dict[str, Any]:
    """What the pages about the world's family need, and links that almost open."""
    case, worker = world.case, actor_of(world.users["worker"])
    guardian, held = make_guardian(case)
    given = {"actor": worker, "case_id": case.uid, "on": TODAY, "now": NOW}
    made = make_link(guardianship_id=held.pk, **given)
    # A former guardian, and one whose card was revoked.
    former, over = make_guardian(case, "陈舅舅", phone="+8613800009999")
    old = make_link(guardianship_id=over.pk, **given)
    Guardianship.objects.filter(pk=over.pk).update(until_on=TODAY)
    _aunt, gone = make_guardian(case, "陈姨妈", phone="+8613800008888")
    revoked = make_link(guardianship_id=gone.pk, **given)
    FamilyLink.objects.filter(pk=revoked.link.pk).update(revoked_at=NOW)
    glass = break_glass(
        actor=actor_of(world.users["worker_elsewhere"]), programme="mentoring", reference=world.other_case.reference,
        reason=GlassReason.FOUND, words="在地铁站遇到孩子", on=TODAY, now=NOW,
    )  # fmt: skip
    return {
        "glass": glass.uid,
        "family_token": made.token,
        "family_link": made.link.uid,
        "family_guardianship": held.pk,
        "family_over": old.token,
        "family_revoked": revoked.token,
        "family_word": FamilyWord.objects.create(
            case=case, guardian=guardian, kind="question", words="请问", said_at=NOW
        ).uid,
        "family_refusal": FamilyRefusal.objects.create(
            case=case, guardian=former, words="保护孩子", decided_at=NOW, decided_by_id=worker.user_id
        ).uid,
        "family_consent": case.person.consents.create(
            purpose=Purpose.GATHERINGS, legal_basis=LegalBasis.CONSENT, given_by=guardian, given_on=TODAY
        ).pk,
    }


def with_visit(family: Family, *, next_on: date | None = None) -> Match:
    user = make_user()
    give_post(user, Role.MENTOR, make_committee())
    match = make_match(family.case, make_mentor("欧阳丽华", user=user))
    record = ServiceRecord.objects.create(
        case=family.case, kind=ServiceKind.HOME_VISIT, happened_on=TODAY - timedelta(days=3),
        outcome=ContactOutcome.MADE, minutes=60, by=user, recorded_at=NOW, unit_path=family.case.unit_path,
        note="孩子说了秘密",
    )  # fmt: skip
    Visit.objects.create(match=match, record=record, next_on=next_on)
    return match
