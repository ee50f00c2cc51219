"""Who of a family gets a page of its own, and what ends it: the staff's side of the families' page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.refusals import NotAllowed, NotThere, Refusal
from sunward.gatherings.tokens import new_token
from sunward.mentoring.access import get_child_for_change
from sunward.mentoring.actions.said import Said
from sunward.mentoring.actions.tutoring_families import revoke_family_links
from sunward.mentoring.enums import GuardianshipState
from sunward.mentoring.family_access import may_decide
from sunward.mentoring.family_pass import link_index
from sunward.mentoring.growing_up import is_grown_up
from sunward.mentoring.models import ChildProfile, FamilyLink, FamilyRefusal
from sunward.mentoring.rules import FAMILY_LINK_DAYS
from sunward.people.models import Guardianship
from sunward.people.passes import expected_answer

LINK_SUBJECT = "family_link"


@dataclass(frozen=True, slots=True)
class NewLink:
    """The token is shown once: what is kept opens nothing."""

    token: str
    link: FamilyLink


@transaction.atomic
def make_link(
    *, actor: Actor, case_id: UUID, guardianship_id: int, on: date, now: datetime, office_phone: str = ""
) -> NewLink:
    """A card for one guardian; one that she had before opens nothing from now on."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    held = _get_guardianship(case, guardianship_id, on=on)
    is_supervised = may_decide(actor, case)
    _refuse_link(case, held, is_supervised=is_supervised, on=on)
    revoke_links(case, actor=actor, on=on, now=now, guardian_id=held.guardian_id)
    token = new_token()
    link = FamilyLink.objects.create(
        case=case, guardian=held.guardian, token_index=link_index(token), made_at=now, made_by_id=actor.user_id,
        is_supervised=is_supervised, office_phone=office_phone.strip()[:20],
        expires_on=on + timedelta(days=FAMILY_LINK_DAYS),
    )  # fmt: skip
    _record(case, link, "mentoring.family_link_made", actor=actor, on=on, now=now)
    return NewLink(token, link)


@transaction.atomic
def revoke_link(*, actor: Actor, case_id: UUID, link_id: UUID, on: date, now: datetime) -> None:
    case = get_child_for_change(actor=actor, case_id=case_id)
    link = _get_link(case, link_id)
    revoke_links(case, actor=actor, on=on, now=now, guardian_id=link.guardian_id)


@transaction.atomic
def let_in_again(*, actor: Actor, case_id: UUID, link_id: UUID, on: date, now: datetime) -> None:
    """The wrong answers are forgotten; the card in the guardian's hand is good again."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    link = _get_link(case, link_id)
    link.failures = 0
    link.save(update_fields=["failures"])
    _record(case, link, "mentoring.family_link_opened", actor=actor, on=on, now=now)


@transaction.atomic
def refuse_guardian(
    *, actor: Actor, case_id: UUID, guardianship_id: int, words: str, on: date, now: datetime
) -> FamilyRefusal:
    """This guardian gets no page, for the child's protection; a card that she has is worth nothing at once."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    held = _get_guardianship(case, guardianship_id, on=on)
    if not words.strip():
        raise Refusal("mentoring.refusal_unexplained", _("Write down why this guardian gets no page."))
    standing = case.family_refusals.filter(guardian=held.guardian, lifted_at=None).first()
    if standing is not None:
        return standing
    revoke_links(case, actor=actor, on=on, now=now, guardian_id=held.guardian_id)
    # The online hour's link is the family's and nobody's name is on it; whoever may have one gets a new one.
    revoke_family_links(case, Said(actor, on, now))
    refusal = FamilyRefusal.objects.create(
        case=case, guardian=held.guardian, words=words.strip(), decided_at=now, decided_by_id=actor.user_id
    )
    record_case_act(
        case, actor=actor, code="mentoring.family_refused", on=on, now=now, subject=("family_refusal", refusal.pk),
        attributes={"basis": str(refusal.legal_basis)},
    )  # fmt: skip
    return refusal


@transaction.atomic
def lift_refusal(*, actor: Actor, case_id: UUID, refusal_id: UUID, on: date, now: datetime) -> None:
    case = get_child_for_change(actor=actor, case_id=case_id)
    refusal = case.family_refusals.filter(uid=refusal_id, lifted_at=None).first()
    if refusal is None:
        raise _not_there()
    if not may_decide(actor, case):
        raise _supervisor_needed()
    refusal.lifted_at, refusal.lifted_by_id = now, actor.user_id
    refusal.save(update_fields=["lifted_at", "lifted_by_id"])
    record_case_act(
        case, actor=actor, code="mentoring.family_refusal_lifted", on=on, now=now,
        subject=("family_refusal", refusal.pk),
    )  # fmt: skip


def revoke_links(case: Case, *, actor: Actor, on: date, now: datetime, guardian_id: int | None = None) -> None:
    """Of one guardian, or of everybody; within another act's transaction, under the lock of its file."""
    links = case.family_links.filter(revoked_at=None)
    for link in links if guardian_id is None else links.filter(guardian=guardian_id):
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])
        _record(case, link, "mentoring.family_link_revoked", actor=actor, on=on, now=now)


def _refuse_link(case: Case, held: Guardianship, *, is_supervised: bool, on: date) -> None:
    if is_grown_up(case.person.birth_date, on=on):
        raise Refusal("mentoring.grown_up_has_no_guardian", _("From 18 on nobody needs a guardian: speak with them."))
    if case.family_refusals.filter(guardian=held.guardian_id, lifted_at=None).exists():
        raise Refusal("mentoring.guardian_refused", _("It was decided that this guardian gets no page."))
    profile = ChildProfile.objects.filter(case=case).first()
    if profile is not None and profile.guardianship == GuardianshipState.IMPROPER and not is_supervised:
        raise _supervisor_needed()
    if not expected_answer(held.guardian):
        raise Refusal(
            "mentoring.nothing_to_ask",
            _("Neither a telephone nor a date of birth is known of this guardian. Write one of them down first."),
        )


def _get_guardianship(case: Case, guardianship_id: int, *, on: date) -> Guardianship:
    current = Guardianship.objects.current(on=on).filter(pk=guardianship_id, child_id=case.person_id)
    held = current.select_related("guardian").first()
    if held is None:
        raise NotThere("mentoring.guardian_not_there", _("This person is not written down as guardian any more."))
    return held


def _get_link(case: Case, link_id: UUID) -> FamilyLink:
    link = case.family_links.select_for_update(of=("self",)).filter(uid=link_id, revoked_at=None).first()
    if link is None:
        raise _not_there()
    return link


def _record(case: Case, link: FamilyLink, code: str, *, actor: Actor, on: date, now: datetime) -> None:
    record_case_act(case, actor=actor, code=code, on=on, now=now, subject=(LINK_SUBJECT, link.pk))


def _supervisor_needed() -> NotAllowed:
    return NotAllowed(
        "mentoring.supervisor_decides", _("The supervisor decides this: guardianship is in question here.")
    )


def _not_there() -> NotThere:
    return NotThere("mentoring.family_entry_not_there", _("This was changed already. Look at the page again."))
