"""Fairs, booths and times for tests; everything is invented."""

from datetime import datetime, timedelta
from typing import Any

from sunward.accounts.models import Unit
from sunward.casework.models import Case
from sunward.employment.enums import BoothState
from sunward.employment.models import Booth, BoothVacancy, Employer, Interview, InterviewSlot, Vacancy
from sunward.gatherings.enums import Audience, GatheringState
from sunward.gatherings.models import Gathering, Session
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, make_subdistrict

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def make_fair(unit: Unit | None = None, *, begins_at: datetime = NOW + DAY, **more: Any) -> Gathering:
    """A published fair of three hours in the sub-district."""
    unit = unit or make_subdistrict()
    day = begins_at.date()
    given = {
        "programme": "employment", "kind": "employment.job_fair", "title": "秋季招聘会", "host": unit,
        "unit_path": unit.path, "state": GatheringState.PUBLISHED, "published_at": NOW - DAY, "place": "文化中心",
        "audience": Audience.JOBSEEKERS, "begins_on": day, "ends_on": day, "made_at": NOW,
    } | more  # fmt: skip
    fair = Gathering.objects.create(**given)
    Session.objects.create(gathering=fair, begins_at=begins_at, ends_at=begins_at + 3 * HOUR)
    return fair


def make_booth(fair: Gathering, employer: Employer | None = None, *vacancies: Vacancy, **more: Any) -> Booth:
    """An employer that comes with its vacancies, one unless given."""
    employer = employer or make_employer(fair.host)
    booth = Booth.objects.create(
        **{"gathering": fair, "employer": employer, "state": BoothState.CONFIRMED, "made_at": NOW} | more
    )
    BoothVacancy.objects.bulk_create(
        BoothVacancy(booth=booth, vacancy=one) for one in vacancies or (make_vacancy(employer),)
    )
    return booth


def make_time(booth: Booth, *, starts_at: datetime | None = None, minutes: int = 15, **more: Any) -> InterviewSlot:
    starts_at = starts_at or booth.gathering.sessions.get().begins_at
    return InterviewSlot.objects.create(
        booth=booth, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes), **more
    )


def make_interview(case: Case, slot: InterviewSlot, *, is_shared: bool = True, **more: Any) -> Interview:
    booth = slot.booth
    given = {
        "vacancy": more.pop("vacancy", None) or booth.vacancies.get(),
        "taken_at": NOW,
        "shared_with": booth.employer if is_shared else None,
    }
    return Interview.objects.create(case=case, slot=slot, **given | more)
