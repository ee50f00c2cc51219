"""The codes of Leye Space."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Education(models.IntegerChoices):
    """The tens compare: of what a vacancy asks and a person has, 20 and 21 are one level (GB/T 4658)."""

    JUNIOR = 10, _("Junior secondary school or below")
    SENIOR = 20, _("Senior secondary school")
    VOCATIONAL = 21, _("Secondary vocational school")
    COLLEGE = 30, _("Junior college")
    BACHELOR = 40, _("Bachelor's degree")
    MASTER = 50, _("Master's degree")
    DOCTOR = 60, _("Doctorate")

    @property
    def level(self) -> int:
        return self.value // 10


class SalaryPeriod(models.TextChoices):
    HOUR = "hour", _("an hour")
    DAY = "day", _("a day")
    WEEK = "week", _("a week")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


# Vacancies.


class VacancyKind(models.TextChoices):
    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")
    TRAINEESHIP = "traineeship", _("Traineeship")


class VacancyState(models.TextChoices):
    """Whether an open one has run out is read from its day, never stored."""

    HELD = "held", _("Held for its wording")
    WAITING = "waiting", _("To be verified")
    OPEN = "open", pgettext_lazy("vacancy", "Open")
    CLOSED = "closed", pgettext_lazy("vacancy", "Closed")


class VacancyCloseReason(models.TextChoices):
    FILLED = "filled", _("Filled")
    WITHDRAWN = "withdrawn", _("Withdrawn by the employer")
    NOT_TRUE = "not_true", _("Not as it says")
    UNLAWFUL = "unlawful", _("Its wording is against the law and stays so")
    MERGED = "merged", _("The same post as another")
    OTHER = "other", _("Another reason")


class ReleaseReason(models.TextChoices):
    """Why a wording that the check has found may stand all the same; a person says so."""

    MISREAD = "misread", _("The check has misread the words")
    LAW = "law", _("A law asks for it for this work")
    POLICY = "policy", _("A policy keeps this post for a group")


class Channel(models.TextChoices):
    """By which way a vacancy became known."""

    VISIT = "visit", _("Visit on site")
    ONLINE_VISIT = "online_visit", _("Visit online")
    EMPLOYER = "employer", _("Posted by the employer")
    SUBDISTRICT = "subdistrict", _("Collected in the sub-district")
    FAIR = "fair", _("Job fair")
    GROUP = "group", _("Community group")
    FEED = "feed", _("Data feed")
    OTHER = "other", _("Another way")


class LikenessState(models.TextChoices):
    OPEN = "open", _("To be looked at")
    SAME = "same", _("Same post")
    DIFFERENT = "different", _("Two posts")


# Jobseekers.


class Situation(models.TextChoices):
    """What somebody does at present, as surveys put it."""

    REGISTERED = "registered", _("Registered as unemployed")
    NOT_REGISTERED = "not_registered", _("Without work, not registered")
    FLEXIBLE = "flexible", _("Works flexibly")
    ELSEWHERE = "elsewhere", _("Works in another place")
    TRAINING = "training", _("In training")
    STUDYING = "studying", _("Studying")
    HOUSEHOLD = "household", _("Keeps house")
    EMPLOYED = "employed", _("At work")
    OTHER = "other", _("Something else")


class Intention(models.TextChoices):
    """What somebody means to do."""

    WORK = "work", _("Looks for work")
    START_UP = "start_up", _("Wants to start a business")
    TRAINING = "training", _("Wants training")
    TRAINEESHIP = "traineeship", _("Wants a traineeship")
    STUDY = "study", _("Goes on studying")
    NONE = "none", _("Nothing for now")
    OTHER = "other", _("Something else")


class Shift(models.TextChoices):
    DAY = "day", _("Day shift")
    NIGHT = "night", _("Night shift")
    ROTATING = "rotating", _("Rotating shifts")
    WEEKEND = "weekend", _("Weekends")


class ClientTagKind(models.TextChoices):
    """Groups for whom there are policies (domain facts B2); never shown to an employer."""

    REGISTERED = "registered", _("Registered unemployed")
    LTU_YOUTH = "ltu_youth", _("Long-term unemployed youth")
    HARD_TO_PLACE = "hard_to_place", _("Hard-to-place jobseeker")
    ZERO_EMPLOYMENT = "zero_employment", _("Zero-employment household")
    GRADUATE = "graduate", _("Graduate")
    VETERAN = "veteran", _("Veteran")
    SURVEYED = "surveyed", _("Found without work in a survey")
    SPECIAL_ATTENTION = "special_attention", _("Needs special attention")


class TagEnd(models.TextChoices):
    """Why a tag ended."""

    AT_WORK = "at_work", _("At work")
    AGE = "age", _("Out of the age")
    RULE = "rule", _("The rule does not apply any more")
    MISTAKE = "mistake", _("Set by mistake")
    MOVED = "moved", _("Moved to another district")
