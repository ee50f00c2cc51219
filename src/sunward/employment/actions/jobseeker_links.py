"""A jobseeker's link to the own page: made, revoked, and let in again. One at a time."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import case_subject
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.core.refusals import NotThere, Refusal
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.access.own_page import standing_links
from sunward.employment.models import JobseekerLink
from sunward.employment.own_pass import LINK_DAYS
from sunward.people.passes import asks_for_phone, expected_answer


@transaction.atomic
def make_jobseeker_link(*, actor: Actor, case_id: UUID, on: date, now: datetime) -> JobseekerLink:
    """A new one; one that the person had before opens nothing from now on."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    if not expected_answer(case.person):
        raise Refusal(
            "employment.nothing_to_ask",
            _("Neither a telephone nor a date of birth is known of this person. Write one of them down first."),
        )
    _revoke(case, actor=actor, now=now)
    return _make(case, actor=actor, on=on, now=now)


@transaction.atomic
def revoke_jobseeker_link(*, actor: Actor, case_id: UUID, on: date, now: datetime) -> None:
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    _revoke(case, actor=actor, now=now)


@transaction.atomic
def let_jobseeker_in_again(*, actor: Actor, case_id: UUID, on: date, now: datetime) -> None:
    """The wrong answers are forgotten; the link that the person has is good again."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    link = JobseekerLink.objects.select_for_update(of=("self",)).filter(case=case, revoked_at=None).first()
    if link is None:
        raise NotThere("employment.link_not_there", _("This was changed already. Look at the page again."))
    link.failures = 0
    link.save(update_fields=["failures"])
    _record(case, "employment.own_link_opened", actor=actor, now=now)


def end_links(case: Case, *, actor: Actor, now: datetime) -> None:
    """With the file ends the way to it: opened again, it gets a new one. Within the caller's act."""
    _revoke(case, actor=actor, now=now)


def link_for_message(case: Case, *, actor: Actor, on: date, now: datetime) -> JobseekerLink | None:
    """The standing link, or a new one; within the caller's act, the file locked.

    None where no telephone would be asked for: the message keeps the address, and a year of birth lies beside it.
    """
    if not asks_for_phone(case.person):
        return None
    link = standing_links(on=on).filter(case=case).first()
    if link is not None:
        return link
    _revoke(case, actor=actor, now=now)
    return _make(case, actor=actor, on=on, now=now)


def _make(case: Case, *, actor: Actor, on: date, now: datetime) -> JobseekerLink:
    link = JobseekerLink.objects.create(
        case=case, made_at=now, made_by_id=actor.user_id, expires_on=on + timedelta(days=LINK_DAYS)
    )
    _record(case, "employment.own_link_made", actor=actor, now=now)
    return link


def _revoke(case: Case, *, actor: Actor, now: datetime) -> None:
    for link in JobseekerLink.objects.select_for_update(of=("self",)).filter(case=case, revoked_at=None):
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])
        _record(case, "employment.own_link_revoked", actor=actor, now=now)


def _record(case: Case, code: str, *, actor: Actor, now: datetime) -> None:
    record_act(actor=actor, code=code, now=now, subject=case_subject(case), unit_path=case.unit_path)
