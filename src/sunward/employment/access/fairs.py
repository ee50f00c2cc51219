"""Who may see a fair's booths, who changes them, and whose names stand in the times.

The gathering decides: whoever plans it keeps its booths and reads who comes to them; officers around it read the booths
and, of those who come, only whose files they keep. A jobseeker is offered what their own offices host and what is for
everybody in the district; an employer sees its own booths. Leaders read sums and nothing else.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_looks
from sunward.accounts.enums import Role
from sunward.accounts.scopes import above, below
from sunward.casework.access import case_subject
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.core.refusals import NotThere
from sunward.employment.access.jobseekers import visible_jobseekers
from sunward.employment.enums import BoothState, InterviewState
from sunward.employment.gatherings import BOOTH_KINDS
from sunward.employment.models import Booth, EmployerLink, Interview, InterviewSlot
from sunward.gatherings.access import (
    gathering_not_there,
    get_gathering_for_change,
    hosts,
    planned_gatherings,
    public_gatherings,
    seen_gatherings,
)
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering, GatheringQuerySet, Session

FAIR_ROLES = (Role.EMPLOYMENT_OFFICER,)
SUMS_ROLES = (Role.EMPLOYMENT_OFFICER, Role.LEADER)
INTERVIEW_SUBJECT = "interview"
BOOTH_OPENED = "employment.booth_opened"
# So long an employer still sees a fair that is over.
OVER_SHOWN_DAYS = 30
STANDING = ~Q(state=InterviewState.GIVEN_BACK)
# How many may still come to a time.
FREE = F("places") - Count("interviews", filter=~Q(interviews__state=InterviewState.GIVEN_BACK))


def seen_fairs(actor: Actor) -> GatheringQuerySet:
    """Of the kinds to which employers come; patterns are no fairs."""
    return seen_gatherings(actor).filter(kind__in=BOOTH_KINDS).exclude(state=GatheringState.TEMPLATE)


def counted_fairs(actor: Actor) -> GatheringQuerySet:
    """Whose sums the actor reads: an officer's own offices', and what a leader's offices have published."""
    own = planned_gatherings(actor).filter(kind__in=BOOTH_KINDS).exclude(state=GatheringState.TEMPLATE)
    led = Gathering.objects.filter(below(actor.paths(Role.LEADER)), kind__in=BOOTH_KINDS, published_at__isnull=False)
    return own | led.exclude(state=GatheringState.TEMPLATE)


def get_fair(*, actor: Actor, gathering_id: UUID) -> Gathering:
    found = seen_fairs(actor).select_related("host").prefetch_related("sessions")
    return _found(found, gathering_id)


def get_own_fair(*, actor: Actor, gathering_id: UUID) -> Gathering:
    """One that the actor plans: for the pages on which its booths are changed."""
    found = planned_gatherings(actor).filter(kind__in=BOOTH_KINDS).exclude(state=GatheringState.TEMPLATE)
    return _found(found.select_related("host").prefetch_related("sessions"), gathering_id)


def get_fair_for_change(*, actor: Actor, gathering_id: UUID) -> Gathering:
    """Locked, inside the act's transaction: its row is the lock of all its booths and times."""
    gathering = get_gathering_for_change(actor=actor, gathering_id=gathering_id)
    if gathering.kind not in BOOTH_KINDS or gathering.state == GatheringState.TEMPLATE:
        raise gathering_not_there()
    return gathering


def get_public_fair(*, gathering_id: UUID) -> Gathering:
    """What anybody may read without an account: the fair is announced to everybody."""
    found = public_gatherings().filter(kind__in=BOOTH_KINDS)
    return _found(found.select_related("host").prefetch_related("sessions"), gathering_id)


def _found(among: QuerySet[Gathering], gathering_id: UUID) -> Gathering:
    gathering = among.filter(uid=gathering_id).first()
    if gathering is None:
        raise gathering_not_there()
    return gathering


def get_booth(gathering: Gathering, booth_id: UUID) -> Booth:
    """One of this gathering, which came through its own gate."""
    booth = Booth.objects.filter(gathering=gathering, uid=booth_id).select_related("employer__unit").first()
    if booth is None:
        raise booth_not_there()
    return booth


def booth_not_there() -> NotThere:
    return NotThere("employment.booth_not_there", _("There is no such booth, or it is not yours to see."))


def interview_not_there() -> NotThere:
    return NotThere("employment.interview_not_there", _("There is no such interview, or it is not yours to see."))


def visible_interviews(actor: Actor, gathering: Gathering) -> QuerySet[Interview]:
    """The host sees everybody who comes, as on the gathering's own list; other officers whose files they keep."""
    found = Interview.objects.filter(slot__booth__gathering=gathering)
    return found if hosts(actor, gathering) else found.filter(case__in=visible_jobseekers(actor))


def get_interview(case: Case, interview_id: UUID) -> Interview:
    """One of this file, which came through its own gate."""
    found = Interview.objects.filter(case=case).select_related("slot__booth__gathering", "slot__booth__employer")
    row = found.filter(uid=interview_id).first()
    if row is None:
        raise interview_not_there()
    return row


def look_at_interviews(actor: Actor, rows: list[Interview], *, now: datetime) -> None:
    """A look at each file whose name stands in a time. Reads `case`: fetch it along."""
    at = [(case_subject(row.case), row.case.unit_path) for row in rows]
    record_looks(actor=actor, code=BOOTH_OPENED, now=now, at=at, purpose="gathering")


# What a jobseeker is offered.


def offered_fairs(case: Case) -> GatheringQuerySet:
    """Published, hosted at or above the file's unit, or for everybody in the district."""
    district = f"/{case.unit_path.strip('/').split('/')[0]}/"
    own = Q(unit_path__in=above((case.unit_path,)))
    return Gathering.objects.published().filter(
        own | Q(is_public=True, unit_path__startswith=district), kind__in=BOOTH_KINDS
    )


def offered_booths(case: Case) -> QuerySet[Booth]:
    return Booth.objects.filter(gathering__in=offered_fairs(case), state=BoothState.CONFIRMED)


def open_slots(*, now: datetime) -> QuerySet[InterviewSlot]:
    """Times that are not over, within the times of their gathering: where it was moved, the old ones are offered no
    more. Full ones are among them: whether a place is left is asked once more under a lock."""
    within = Session.objects.filter(
        gathering=OuterRef("booth__gathering"), begins_at__lte=OuterRef("starts_at"), ends_at__gte=OuterRef("ends_at")
    )
    return InterviewSlot.objects.filter(Exists(within), withdrawn_at=None, ends_at__gt=now)


# What an employer sees.


def employers_booths(link: EmployerLink, *, on: date) -> QuerySet[Booth]:
    """Those it was invited to and that have not been taken off; what is over for a month."""
    found = Booth.objects.filter(employer=link.employer_id).exclude(state=BoothState.WITHDRAWN)
    over = Q(gathering__ends_on__lt=on - timedelta(days=OVER_SHOWN_DAYS))
    return found.exclude(over).exclude(gathering__state__in=(GatheringState.CANCELLED, GatheringState.TEMPLATE))


def employers_interviews(link: EmployerLink, *, on: date) -> QuerySet[Interview]:
    """Whoever has a time at an own booth and agreed that this very employer learns of it, while the file is open."""
    return Interview.objects.filter(
        STANDING, slot__booth__in=employers_booths(link, on=on), shared_with=link.employer_id,
        case__state=CaseState.OPEN,
    )  # fmt: skip
