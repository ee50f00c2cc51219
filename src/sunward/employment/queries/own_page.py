"""What a jobseeker sees on the own page: vacancies first, then the own file in few words and who has looked at it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.audit.queries import list_looks
from sunward.casework.access import case_subject
from sunward.casework.enums import ServiceKind
from sunward.casework.models import Case, ServiceRecord
from sunward.core.furniture import Fact, Text
from sunward.employment.enums import Education, Intention, Situation, StepBy, StepKind, StepReason
from sunward.employment.models import Jobseeker, JobseekerLink, JobWish, Recommendation
from sunward.employment.queries.appointments import has_free_slot
from sunward.employment.queries.fair_offers import has_fairs
from sunward.employment.queries.jobseekers import label
from sunward.employment.queries.own_appointments import OwnAppointment, list_own_appointments
from sunward.employment.queries.own_consents import (
    OwnConsent,
    OwnShare,
    OwnTimeShare,
    list_own_consents,
    list_own_shares,
    list_own_time_shares,
)
from sunward.employment.queries.own_interests import OwnSurvey, list_own_surveys
from sunward.employment.queries.vacancies import to_row
from sunward.employment.recommendations import chain
from sunward.employment.rules import FEEDBACK_DAYS, FEEDBACK_KINDS, OWN_APPOINTMENTS_AHEAD

OVER_SHOWN_DAYS, LOOKS_SHOWN, LOOKS_READ, SERVICES_SHOWN = 30, 8, 80, 3
# What a jobseeker is told of where it stands.
_SAID: dict[str, Text] = {
    StepKind.TOLD: pgettext_lazy("recommendation", "New"),
    StepKind.READ: _("Would you like it?"),
    StepKind.LIKED: _("You would like it; the office calls you"),
    StepKind.DISMISSED: _("Not for you"),
    StepKind.APPLIED: _("You have applied; the employer answers within a week"),
    StepKind.INVITED: _("You are invited to an interview"),
    StepKind.REFUSED: _("The employer has chosen somebody else"),
    StepKind.INTERVIEWED: _("You were at the interview; the employer answers"),
    StepKind.HIRED: _("You have the job. Congratulations!"),
    StepKind.DECLINED: _("You declined"),
    StepKind.STAYED: _("You have been there for three months"),
    StepKind.LEFT: _("You are not there any more"),
    StepKind.LAPSED: _("It is over"),
}


@dataclass(frozen=True, slots=True)
class OwnVacancy:
    uid: UUID
    title: str
    employer: str
    pay: str
    workplace: str
    said: Text
    is_new: bool
    is_over: bool
    interview_on: date | None


@dataclass(frozen=True, slots=True)
class OwnLook:
    on: date
    who: Text


@dataclass(frozen=True, slots=True)
class OwnService:
    """A service that was given lately; `points`: what the person said of it, None if nothing yet."""

    uid: UUID
    kind: Text
    on: date
    points: int | None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`is_bookable`: some time is free, and the person does not hold as many as one may."""

    name: str
    office: str
    appointments: tuple[OwnAppointment, ...]
    is_bookable: bool
    has_fairs: bool
    surveys: tuple[OwnSurvey, ...]
    consents: tuple[OwnConsent, ...]
    shares: tuple[OwnShare, ...]
    times: tuple[OwnTimeShare, ...]
    vacancies: tuple[OwnVacancy, ...]
    services: tuple[OwnService, ...]
    facts: tuple[Fact, ...]
    looks: tuple[OwnLook, ...]


@dataclass(frozen=True, slots=True)
class OwnVacancyPage:
    row: OwnVacancy
    until: date | None
    description: str
    facts: tuple[Fact, ...]
    answers: tuple[str, ...]
    reasons: tuple[tuple[str, Text], ...]
    may_take_back: bool
    others: int


def find_jobseeker_link(case: Case, *, on: date) -> JobseekerLink | None:
    """The link that stands; also one that wrong answers have shut."""
    return JobseekerLink.objects.filter(case=case, revoked_at=None, expires_on__gt=on).first()


def read_own_page(link: JobseekerLink, *, on: date, now: datetime) -> OwnPage:
    """A fixed number of queries. What is over is shown for a month."""
    case = link.case
    appointments = list_own_appointments(case, now=now)
    ahead = sum(row.is_booked for row in appointments)
    found = (
        Recommendation.objects.filter(case=case)
        .exclude(step=StepKind.DRAWN)
        .select_related("vacancy__employer", "vacancy__unit")
        .defer("vacancy__contact_phone", "vacancy__description")
        .prefetch_related("steps")
    )
    since = on - timedelta(days=OVER_SHOWN_DAYS)
    rows = [
        _row(one, on=on)
        for one in found.order_by("-step_on", "-pk")
        if StepKind(one.step) not in chain.ENDED or one.step_on >= since
    ]
    return OwnPage(
        name=case.person.name,
        office=case.unit.name,
        appointments=appointments,
        is_bookable=ahead < OWN_APPOINTMENTS_AHEAD and has_free_slot(case, now=now),
        has_fairs=has_fairs(case, now=now),
        surveys=list_own_surveys(case, on=on),
        consents=list_own_consents(case, on=on),
        shares=list_own_shares(case),
        times=list_own_time_shares(case, on=on),
        vacancies=tuple(sorted(rows, key=lambda row: row.is_over)),
        services=_services(case, on=on),
        facts=_facts(case),
        looks=_looks(case),
    )


def read_own_vacancy(row: Recommendation, *, on: date) -> OwnVacancyPage:
    vacancy, step = row.vacancy, StepKind(row.step)
    last = row.steps.filter(withdrawn_at=None).order_by("at", "pk").last()
    answers = tuple(kind.value for kind in chain.NEXT[step] if chain.may_say(StepBy.JOBSEEKER, kind))
    shown = to_row(vacancy, on=on)
    return OwnVacancyPage(
        row=_row(row, on=on),
        until=vacancy.verified_until if vacancy.is_open(on) else None,
        description=vacancy.description,
        facts=(
            Fact(_("salary"), shown.pay), Fact(_("place of work"), vacancy.workplace),
            Fact(_("places"), shown.places),
            Fact(_("education"), str(Education(vacancy.education).label) if vacancy.education else ""),
        ),
        answers=tuple(kind for kind in answers if kind != StepKind.READ and (vacancy.is_open(on) or kind in _ALWAYS)),
        reasons=tuple((reason.value, StepReason(reason).label) for reason in chain.REASONS[StepKind.DISMISSED]),
        may_take_back=last is not None and last.by == StepBy.JOBSEEKER and last.kind != StepKind.READ,
        others=row.others,
    )  # fmt: skip


_ALWAYS = (StepKind.DISMISSED, StepKind.DECLINED, StepKind.INTERVIEWED)


def _row(row: Recommendation, *, on: date) -> OwnVacancy:
    step, shown = StepKind(row.step), to_row(row.vacancy, on=on)
    invited = [one.expected_on for one in row.steps.all() if one.kind == StepKind.INVITED and not one.withdrawn_at]
    return OwnVacancy(
        uid=row.uid, title=row.vacancy.title, employer=row.vacancy.employer.name, pay=shown.pay,
        workplace=row.vacancy.workplace, said=_SAID[step], is_new=step == StepKind.TOLD, is_over=step in chain.ENDED,
        interview_on=next(iter(invited), None) if step == StepKind.INVITED else None,
    )  # fmt: skip


def _facts(case: Case) -> tuple[Fact, ...]:
    profile = getattr(case, "jobseeker", None) or Jobseeker()
    wishes = JobWish.objects.filter(case=case).order_by("rank").values_list("words", flat=True)
    return (
        Fact(_("What you do now"), label(Situation, profile.situation_now)),
        Fact(_("What you mean to do"), label(Intention, profile.intention_now)),
        Fact(_("You wish to work as"), "、".join(wishes)),
        Fact(_("Education"), str(Education(profile.education).label) if profile.education else ""),
        Fact(_("Wished salary from"), f"{profile.salary_min}" if profile.salary_min else ""),
        Fact(_("Way to work, at most"), profile.commute_minutes, note=_("minutes") if profile.commute_minutes else ""),
    )


def _services(case: Case, *, on: date) -> tuple[OwnService, ...]:
    """The latest of those that may be judged. One query."""
    since = on - timedelta(days=FEEDBACK_DAYS)
    found = ServiceRecord.objects.made().filter(case=case, kind__in=FEEDBACK_KINDS, happened_on__gte=since)
    return tuple(
        OwnService(
            row.uid, ServiceKind(row.kind).label, row.happened_on,
            row.feedback.points if hasattr(row, "feedback") else None,
        )
        for row in found.select_related("feedback").defer("note").order_by("-happened_on", "-pk")[:SERVICES_SHOWN]
    )  # fmt: skip


def _looks(case: Case) -> tuple[OwnLook, ...]:
    """Of other people, each once a day: whoever works on a file opens it many times."""
    looks = list_looks(case_subject(case), most=LOOKS_READ, without="employment.own_page_opened")
    seen = [OwnLook(localdate(look.at), look.actor_name or _("The system")) for look in looks]
    return tuple(dict.fromkeys(seen))[:LOOKS_SHOWN]
