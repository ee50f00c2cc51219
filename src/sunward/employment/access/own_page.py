"""The gates of a jobseeker's own page. Wrong, revoked, expired and closed links are one answer."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.casework.access import case_subject
from sunward.casework.enums import CaseState
from sunward.core.refusals import NotThere, Refusal
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.models import JobseekerLink
from sunward.employment.own_pass import TRIES, is_pass_for, read_token


class PassMissing(Refusal):
    """The link is good; the question behind it has to be answered, or answered again."""

    def __init__(self) -> None:
        super().__init__("employment.own_pass_missing", _("Some time has passed. Please answer the question again."))


def standing_links(*, on: date) -> QuerySet[JobseekerLink]:
    """Links that open something on the day: neither revoked nor over, of a file of this programme that is open."""
    return JobseekerLink.objects.filter(
        revoked_at=None, expires_on__gt=on, case__state=CaseState.OPEN, case__programme=PROGRAMME
    )


def get_own_link(*, token: str, on: date) -> JobseekerLink:
    """The link behind the address, before any question; one that was answered wrongly too often is not there."""
    found = standing_links(on=on).filter(uid=read_token(token, of=JobseekerLink), failures__lt=TRIES)
    link = found.select_related("case__person", "case__unit", "case__jobseeker").first()
    if link is None:
        raise own_page_not_there()
    return link


def get_passed_own_link(*, token: str, shown: str, on: date, now: datetime) -> JobseekerLink:
    """The link of somebody who has answered; `shown` is the pass from the cookie."""
    link = get_own_link(token=token, on=on)
    if not is_pass_for(link, shown, now=now):
        raise PassMissing
    return link


def look_at_own_page(link: JobseekerLink, *, on: date, now: datetime) -> None:
    """The person's own look stands in the record like everybody's."""
    record_look(
        actor=own_actor(on=on), code="employment.own_page_opened", now=now, subject=case_subject(link.case),
        unit_path=link.case.unit_path, purpose="own",
    )  # fmt: skip


def own_actor(*, on: date) -> Actor:
    """Nobody's account: what a jobseeker does is written under these words."""
    with override(settings.LANGUAGE_CODE):
        name = gettext("The jobseeker, on the own page")
    return Actor(user_id=0, name=name, on=on)


def own_page_not_there() -> NotThere:
    # The heading of the page says that it is not open.
    return NotThere("employment.own_page_not_there", _("Please ask your employment officer for a new link."))
