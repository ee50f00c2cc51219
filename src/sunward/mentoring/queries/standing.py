"""What a mentor sees of herself on her phone: what is valid until when, her hours, her certificates, thanks."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Text, Tone
from sunward.core.refusals import NotThere
from sunward.mentoring.access import own_matches, own_mentor
from sunward.mentoring.enums import FamilyWordKind, MentorState
from sunward.mentoring.models import FamilyWord
from sunward.mentoring.queries.certificates import CertificateRow, list_certificates
from sunward.mentoring.queries.mentors import STATE_TONES
from sunward.mentoring.queries.service_hours import ServiceHours, read_service_hours
from sunward.mentoring.queries.way_in import word_of
from sunward.mentoring.vetting import read_standing

THANKS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class OwnStep:
    label: Text
    word: Text
    tone: Tone
    on: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """`thanks` are the days on which a family of hers said thank you; who and what stays with the office."""

    reference: str
    state: Text
    tone: Tone
    is_available: bool
    steps: tuple[OwnStep, ...]
    renew_until: date | None
    agreed_on: date | None
    this_year: ServiceHours
    in_all: ServiceHours
    certificates: tuple[CertificateRow, ...]
    thanks: tuple[date, ...]


def read_own_standing(actor: Actor, *, on: date) -> OwnStanding:
    """Six queries, whatever there is."""
    mentor = own_mentor(actor).first()
    if mentor is None:
        raise NotThere("mentoring.no_own_file", _("There is no file of yours yet. Ask your committee."))
    standing = read_standing(mentor.vetting_facts.all(), on=on)
    steps = []
    for step in standing.steps:
        if step.state == "missing":
            continue
        word, tone = word_of(step, on=on)
        steps.append(OwnStep(step.kind.label, word, tone, step.happened_on, step.expires_on))
    thanks = FamilyWord.objects.filter(case__in=own_matches(actor).values("case"), kind=FamilyWordKind.THANKS)
    said = thanks.order_by("-said_at").values_list("said_at", flat=True)[:THANKS_SHOWN]
    return OwnStanding(
        reference=mentor.reference,
        state=MentorState(mentor.state).label,
        tone=STATE_TONES[mentor.state],
        is_available=mentor.state == MentorState.ACTIVE and standing.may_match,
        steps=tuple(steps),
        renew_until=standing.expires_first_on if standing.is_expiring else None,
        agreed_on=mentor.agreed_on,
        this_year=read_service_hours(mentor, from_on=date(on.year, 1, 1), until_on=on),
        in_all=read_service_hours(mentor, from_on=date.min, until_on=on),
        certificates=list_certificates(mentor),
        thanks=tuple(map(localdate, said)),
    )
