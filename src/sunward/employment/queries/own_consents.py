"""What a jobseeker has agreed to, as the own page shows it: each with what ends when it is withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case
from sunward.core.furniture import Text
from sunward.employment.access.employer_page import SHOWN_STEPS
from sunward.employment.access.fairs import OVER_SHOWN_DAYS, STANDING
from sunward.employment.enums import BoothState, InterviewState
from sunward.employment.models import Interview, Recommendation
from sunward.gatherings.enums import GatheringState
from sunward.outreach.choosing import read_preference
from sunward.outreach.enums import MessagePurpose
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord

# By which word of an address each is meant.
MESSAGES: dict[str, MessagePurpose] = {
    "vacancies": MessagePurpose.RECOMMENDATION,
    "appointments": MessagePurpose.VISIT,
    "gatherings": MessagePurpose.GATHERING,
}
PURPOSES: dict[str, Purpose] = {"story": Purpose.STORY}
_TITLES: dict[str, Text] = {
    "vacancies": _("Messages about vacancies"),
    "appointments": _("Messages about appointments"),
    "gatherings": _("Messages about fairs and courses"),
    "story": _("Your story, told under another name"),
}
# What ends with it, said before it ends; and what is so since it ended.
_FOLLOWS: dict[str, Text] = {
    "vacancies": _("We would send you no vacancies any more. They would still stand on this page."),
    "appointments": _("We would not remind you of appointments any more, nor tell you when one is moved."),
    "gatherings": _("We would not tell you of places, changes and reminders any more."),
    "story": _("From that moment nobody reads your story any more, but for those who look after your file."),
}
_ENDED: dict[str, Text] = {
    "vacancies": _("We send you no vacancies. They stand on this page."),
    "appointments": _("We do not remind you of appointments, nor tell you when one is moved: look here."),
    "gatherings": _("We do not tell you of places, changes and reminders."),
    "story": _("Nobody reads your story, but for those who look after your file."),
}


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """`note`: what would end, or what has ended."""

    what: str
    title: Text
    note: Text
    is_given: bool
    since: date | None


@dataclass(frozen=True, slots=True)
class OwnShare:
    """An employer that sees name, schooling and experience, since the person applied there."""

    recommendation: UUID
    employer: str
    title: str


@dataclass(frozen=True, slots=True)
class OwnTimeShare:
    """An employer that sees who comes to its booth, since the person agreed; `is_held`: it can be given back."""

    interview: UUID
    employer: str
    starts_at: datetime
    is_held: bool


def list_own_consents(case: Case, *, on: date) -> tuple[OwnConsent, ...]:
    """Two queries. Nobody is asked here for what was never asked of them: a story stands here once it was agreed to."""
    preference = read_preference(case.person)
    opted = preference.opted_out_of if preference is not None else []
    rows = [_row(what, is_given=purpose not in opted) for what, purpose in MESSAGES.items()]
    given = list(
        ConsentRecord.objects.filter(
            person=case.person_id, purpose__in=PURPOSES.values(), legal_basis=LegalBasis.CONSENT
        ).order_by("-given_on", "-pk")
    )
    for what, purpose in PURPOSES.items():
        papers = [one for one in given if one.purpose == purpose]
        valid = [one for one in papers if one.withdrawn_on is None and (one.expires_on is None or one.expires_on > on)]
        if papers:
            rows.append(_row(what, is_given=bool(valid), since=valid[-1].given_on if valid else None))
    return tuple(rows)


def list_own_shares(case: Case) -> tuple[OwnShare, ...]:
    """One query."""
    found = Recommendation.objects.filter(case=case, step__in=SHOWN_STEPS).exclude(shared_with=None)
    return tuple(
        OwnShare(row.uid, row.shared_with.name, row.vacancy.title)
        for row in found.select_related("shared_with", "vacancy").defer(
            "vacancy__contact_phone", "vacancy__description"
        ).order_by("step_on", "pk")
        if row.shared_with is not None and row.shared_with_id == row.vacancy.employer_id
    )  # fmt: skip


def list_own_time_shares(case: Case, *, on: date) -> tuple[OwnTimeShare, ...]:
    """As long as the employer sees the fair. One query."""
    since = on - timedelta(days=OVER_SHOWN_DAYS)
    found = Interview.objects.filter(STANDING, case=case, slot__booth__gathering__ends_on__gte=since)
    shared = found.filter(shared_with=F("slot__booth__employer")).exclude(slot__booth__state=BoothState.WITHDRAWN)
    shared = shared.exclude(slot__booth__gathering__state=GatheringState.CANCELLED)
    return tuple(
        OwnTimeShare(row.uid, row.shared_with.name, row.slot.starts_at, row.state == InterviewState.TAKEN)
        for row in shared.select_related("shared_with", "slot").order_by("slot__starts_at", "pk")
        if row.shared_with is not None
    )


def _row(what: str, *, is_given: bool, since: date | None = None) -> OwnConsent:
    return OwnConsent(what, _TITLES[what], _FOLLOWS[what] if is_given else _ENDED[what], is_given, since)
