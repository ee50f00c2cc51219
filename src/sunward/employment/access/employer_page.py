"""The gates of an employer's own page. Wrong, revoked and expired links are one answer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.audit.queries import looked_at
from sunward.casework.access import CASE_SUBJECT, case_subject
from sunward.core.refusals import NotThere
from sunward.employment.access.own_page import PassMissing
from sunward.employment.enums import StepKind
from sunward.employment.models import EmployerLink, Interview, Recommendation
from sunward.employment.own_pass import TRIES, is_pass_for, read_token
from sunward.employment.recommendations import chain

ENDED_SHOWN_DAYS, NAME_AT_MOST = 30, 80
CANDIDATE_SHOWN = "employment.candidate_shown"

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


def visible_candidates(link: EmployerLink, *, on: date) -> QuerySet[Recommendation]:
    """Of the own vacancies, whoever has applied and agreed that this very employer learns of it.

    As long as the file is open; of whom it came to an end, for a month.
    """
    found = Recommendation.objects.filter(
        vacancy__employer=link.employer_id, shared_with=link.employer_id, step__in=SHOWN_STEPS, case__state="open"
    )
    return found.exclude(step__in=sorted(chain.ENDED), step_on__lt=on - timedelta(days=ENDED_SHOWN_DAYS))


def look_at_candidates(
    link: EmployerLink, rows: Sequence[Recommendation | Interview], *, on: date, now: datetime
) -> None:
    """Whom an employer sees, hears of it: a look a day stands in the record of the person's file."""
    cases, who, day = {row.case_id: row for row in rows}, employer_actor(link, on=on), now - timedelta(days=1)
    seen = looked_at(CANDIDATE_SHOWN, who=who.name, kind=CASE_SUBJECT, ids=cases.keys(), since=day)
    for row in (row for case_id, row in cases.items() if case_id not in seen):
        record_look(
            actor=who, code=CANDIDATE_SHOWN, now=now, subject=case_subject(row.case), unit_path=row.case.unit_path,
            purpose="employer",
        )  # fmt: skip


def employer_actor(link: EmployerLink, *, on: date) -> Actor:
    """Nobody's account: what an employer does is written under these words and its name."""
    with override(settings.LANGUAGE_CODE):
        name = gettext("%(employer)s, on its own page") % {"employer": link.employer.name}
    return Actor(user_id=0, name=name[:NAME_AT_MOST], on=on)


def employer_page_not_there() -> NotThere:
    return NotThere("employment.employer_page_not_there", _("Please ask the employment office for a new link."))
