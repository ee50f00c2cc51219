"""The family's own page of a tutoring: a link that is shown once, and something that only the family knows."""

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.core.refusals import Refusal
from sunward.mentoring.actions.said import Said
from sunward.mentoring.actions.tutoring_steps import lock_tutoring, step_not_possible, write_tutoring_step
from sunward.mentoring.models import FamilyRefusal, Tutoring
from sunward.mentoring.tutoring.access import family_page_not_there, family_tutorings, token_index, visible_tutorings
from sunward.mentoring.tutoring.enums import TutoringState
from sunward.mentoring.tutoring.limits import FAMILY_LINK_DAYS
from sunward.people.models import Guardianship


@transaction.atomic
def make_family_link(*, actor: Actor, tutoring_id: UUID, on: date, now: datetime) -> str:
    """A new link to the family's page, shown this once; an older one leads nowhere from now on."""
    tutoring = lock_tutoring(visible_tutorings(actor), tutoring_id=tutoring_id)
    if tutoring.state != TutoringState.RUNNING:
        raise step_not_possible()
    token = secrets.token_urlsafe(32)
    tutoring.family_token_index, tutoring.family_link_made_at = token_index(token), now
    tutoring.family_link_until_on, tutoring.family_link_failures = on + timedelta(days=FAMILY_LINK_DAYS), 0
    write_tutoring_step(tutoring, tutoring.state, Said(actor, on, now), code="family_link_made")
    return token


@transaction.atomic
def revoke_family_link(*, actor: Actor, tutoring_id: UUID, on: date, now: datetime) -> Tutoring:
    tutoring = lock_tutoring(visible_tutorings(actor), tutoring_id=tutoring_id)
    if tutoring.family_token_index:
        tutoring.family_token_index, tutoring.family_link_until_on = "", None
        write_tutoring_step(tutoring, tutoring.state, Said(actor, on, now), code="family_link_revoked")
    return tutoring


def revoke_family_links(case: Case, said: Said) -> None:
    """Whatever link of this child is out, whoever has it; within another act's transaction, under its file's lock."""
    for tutoring in case.tutorings.select_for_update(of=("self",)).exclude(family_token_index=""):
        tutoring.family_token_index, tutoring.family_link_until_on = "", None
        write_tutoring_step(tutoring, tutoring.state, said, code="family_link_revoked")


def open_family_page(*, token: str, last4: str, on: date) -> Tutoring:
    """The page to whoever has the link and knows the last four digits of a guardian's number.

    Not to be called within a transaction: a wrong try is kept although the answer is a refusal. After five of them the
    link is closed.
    """
    with transaction.atomic(durable=True):
        found = family_tutorings(token=token, on=on).select_related("case__person", "mentor__person")
        tutoring = found.select_for_update(of=("self",)).first()
        if tutoring is None:
            raise family_page_not_there()
        is_right = last4.strip() in _last_digits(tutoring, on=on)
        if not is_right:
            tutoring.family_link_failures += 1
            tutoring.save(update_fields=["family_link_failures"])
    if not is_right:
        raise Refusal(
            "mentoring.digits_wrong",
            _("These are not the last four digits of the number that the committee has of you. Please look again."),
        )
    return tutoring


def _last_digits(tutoring: Tutoring, *, on: date) -> set[str]:
    """Of those who care for the child; none who was decided to get no page for the child's protection."""
    refused = FamilyRefusal.objects.filter(case=tutoring.case_id, lifted_at=None).values("guardian")
    caring = Guardianship.objects.current(on=on).filter(child_id=tutoring.case.person_id).exclude(guardian__in=refused)
    caring = caring.select_related("guardian")
    numbers = {row.guardian.phone for row in caring}
    return {number[-4:] for number in numbers if len(number) >= 8}
