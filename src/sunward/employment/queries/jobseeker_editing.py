"""What the forms of a jobseeker's file begin with."""

from dataclasses import dataclass
from typing import Any

from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.employment.models import Jobseeker, JobWish
from sunward.employment.occupations import Offer, name_of, offer_occupations
from sunward.employment.rules import MOST_WISHES


@dataclass(frozen=True, slots=True)
class WishRow:
    """A post in the person's words; `occupation` is what it means, `offers` what it may mean."""

    words: str
    occupation: str
    occupation_name: str
    offers: tuple[Offer, ...]
    is_first: bool

    @property
    def is_chosen_elsewhere(self) -> bool:
        """It means something that is not among the offers: nobody loses it by saving the list as it is."""
        return bool(self.occupation) and self.occupation not in {offer.code for offer in self.offers}


@dataclass(frozen=True, slots=True)
class WishPage:
    version: int
    wishes: tuple[WishRow, ...]
    is_open: bool

    @property
    def has_room(self) -> bool:
        return self.is_open and len(self.wishes) < MOST_WISHES


def version_of_profile(case: Case, profile: Jobseeker) -> int:
    """Counts up whenever the person or the profile is changed, whoever changes it."""
    return profile.version + case.person.version


def read_values(case: Case) -> tuple[dict[str, Any], int]:
    """The file as its form begins with it, and the version of that; sealed fields begin empty."""
    person, profile = case.person, getattr(case, "jobseeker", None) or Jobseeker()
    return {
        "name": person.name, "sex": person.sex, "birth_date": person.birth_date,
        "is_elsewhere": profile.is_elsewhere, "registered_on": profile.registered_on,
        "unemployed_since": profile.unemployed_since, "education": profile.education, "schooling": profile.schooling,
        "graduated_on": profile.graduated_on,
        "skills": tuple(profile.skills), "experience": profile.experience, "salary_min": profile.salary_min,
        "salary_max": profile.salary_max, "commute_minutes": profile.commute_minutes, "shifts": list(profile.shifts),
        "is_disabled": profile.is_disabled,
    }, version_of_profile(case, profile)  # fmt: skip


def read_wishes(case: Case) -> WishPage:
    """Two queries."""
    profile = Jobseeker.objects.filter(case=case).first() or Jobseeker()
    rows = tuple(
        WishRow(wish.words, wish.occupation, name_of(wish.occupation), offer_occupations(wish.words), place == 0)
        for place, wish in enumerate(JobWish.objects.filter(case=case).order_by("rank"))
    )
    return WishPage(profile.version, rows, case.state == CaseState.OPEN)
