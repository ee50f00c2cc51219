"""An employer's link to its own page: made with a code that is said on the telephone, revoked, let in again."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.core.refusals import NotThere
from sunward.core.sealing import blind_index
from sunward.employment.access.vacancies import get_employer_for_change
from sunward.employment.models import Employer, EmployerLink
from sunward.employment.own_pass import LINK_DAYS

EMPLOYER_SUBJECT = "employer"
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class NewEmployerLink:
    """The code is shown once: what is kept tells nobody what it is."""

    link: EmployerLink
    code: str


@transaction.atomic
def make_employer_link(*, actor: Actor, employer_id: UUID, on: date, now: datetime) -> NewEmployerLink:
    """A new one; one that the employer had before opens nothing from now on."""
    employer = get_employer_for_change(actor=actor, employer_id=employer_id)
    _revoke(employer, actor=actor, now=now)
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    link = EmployerLink.objects.create(
        employer=employer, code_index=code_index(code), made_at=now, made_by_id=actor.user_id,
        expires_on=on + timedelta(days=LINK_DAYS),
    )  # fmt: skip
    _record(employer, "employment.employer_link_made", actor=actor, now=now)
    return NewEmployerLink(link, code)


@transaction.atomic
def revoke_employer_link(*, actor: Actor, employer_id: UUID, now: datetime) -> None:
    _revoke(get_employer_for_change(actor=actor, employer_id=employer_id), actor=actor, now=now)


@transaction.atomic
def let_employer_in_again(*, actor: Actor, employer_id: UUID, now: datetime) -> None:
    """The wrong codes are forgotten; the link that the employer has is good again."""
    employer = get_employer_for_change(actor=actor, employer_id=employer_id)
    link = employer.links.select_for_update(of=("self",)).filter(revoked_at=None).first()
    if link is None:
        raise NotThere("employment.link_not_there", _("This was changed already. Look at the page again."))
    link.failures = 0
    link.save(update_fields=["failures"])
    _record(employer, "employment.employer_link_opened", actor=actor, now=now)


def code_index(code: str) -> str:
    return blind_index(code, purpose="employment.employer_code")


def _revoke(employer: Employer, *, actor: Actor, now: datetime) -> None:
    for link in employer.links.select_for_update(of=("self",)).filter(revoked_at=None):
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])
        _record(employer, "employment.employer_link_revoked", actor=actor, now=now)


def _record(employer: Employer, code: str, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor, code=code, now=now, subject=Subject(EMPLOYER_SUBJECT, employer.pk), unit_path=employer.unit_path
    )
