"""What a mentor sees of herself on her phone: what is valid until when, her hours, her certificates, thanks."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Text, Tone
from sunward.core.refusals import NotThere
from sunward.mentoring.access import own_matches, own_mentor
from sunward.mentoring.enums import FamilyWordKind, MentorState
from sunward.mentoring.models import FamilyWord
from sunward.mentoring.queries.certificates import CertificateRow, list_certificates
from sunward.mentoring.queries.learning_hours import LearningHours, list_learnt, sum_up
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
class Thanks:
    """What a family said on the day, passed on as the family was told it would be."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """What a mentor needs to know of herself. Who said thank you stays with the office."""

    reference: str
    state: Text
    tone: Tone
    is_available: bool
    steps: tuple[OwnStep, ...]
    renew_until: date | None
    agreed_on: date | None
    this_year: ServiceHours
    in_all: ServiceHours
    learnt_this_year: LearningHours
    learnt_in_all: LearningHours
    certificates: tuple[CertificateRow, ...]
    thanks: tuple[Thanks, ...]


def read_own_standing(actor: Actor, *, on: date) -> OwnStanding:
    """Nine queries, whatever there is."""
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
    learnt = list_learnt(mentor)
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
        learnt_this_year=sum_up(learnt, from_on=date(on.year, 1, 1), until_on=on),
        learnt_in_all=sum_up(learnt, from_on=date.min, until_on=on),
        certificates=list_certificates(mentor),
        thanks=_thanks(actor),
    )


def _thanks(actor: Actor) -> tuple[Thanks, ...]:
    """Of families whose child is hers now, since the first meeting: what was said before was meant for another."""
    since = {match.case_id: match.trial_from_on for match in own_matches(actor)}
    said = FamilyWord.objects.filter(case__in=since, kind=FamilyWordKind.THANKS).order_by("-said_at")
    told = ((localdate(word.said_at), word) for word in said)
    hers = (Thanks(on, word.words) for on, word in told if (begun := since[word.case_id]) and begun <= on)
    return tuple(islice(hers, THANKS_SHOWN))
