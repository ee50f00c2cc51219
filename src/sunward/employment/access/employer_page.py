"""The gates of an employer's own page. Wrong, revoked and expired links are one answer."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import NotThere
from sunward.employment.access.own_page import PassMissing
from sunward.employment.enums import StepKind
from sunward.employment.models import EmployerLink, Recommendation
from sunward.employment.own_pass import TRIES, is_pass_for, read_token

# What an employer may learn of: who agreed, from the application on.
SHOWN_STEPS = (
    StepKind.APPLIED, StepKind.INVITED, StepKind.INTERVIEWED, StepKind.HIRED, StepKind.REFUSED, StepKind.STAYED,
    StepKind.LEFT,
)  # fmt: skip


def get_employer_link(*, token: str, on: date) -> EmployerLink:
    """The link behind the address, before the code; one that was answered wrongly too often is not there."""
    found = EmployerLink.objects.filter(revoked_at=None, expires_on__gt=on, failures__lt=TRIES)
    link = found.select_related("employer__unit").filter(uid=read_token(token, of=EmployerLink)).first()
    if link is None:
        raise employer_page_not_there()
    return link


def get_passed_employer_link(*, token: str, shown: str, on: date, now: datetime) -> EmployerLink:
    link = get_employer_link(token=token, on=on)
    if not is_pass_for(link, shown, now=now):
        raise PassMissing
    return link


def visible_candidates(link: EmployerLink) -> QuerySet[Recommendation]:
    """Of the own vacancies, whoever has applied and agreed, as long as the file is open."""
    return Recommendation.objects.filter(
        vacancy__employer=link.employer_id, is_shared=True, step__in=SHOWN_STEPS, case__state="open"
    )


def employer_actor(link: EmployerLink, *, on: date) -> Actor:
    """Nobody's account: what an employer does is written under these words and its name."""
    with override(settings.LANGUAGE_CODE):
        name = gettext("An employer, on its own page")
    return Actor(user_id=0, name=name, on=on)


def employer_page_not_there() -> NotThere:
    return NotThere("employment.employer_page_not_there", _("Please ask the employment office for a new link."))
