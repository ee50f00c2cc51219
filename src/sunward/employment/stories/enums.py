"""Words of stories of success. Values are stable codes; labels are shown."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StoryState(models.TextChoices):
    """A story is read by a second officer before others read it."""

    WRITTEN = "written", pgettext_lazy("story", "Waits for a second officer")
    RELEASED = "released", pgettext_lazy("story", "Released")
    RETURNED = "returned", pgettext_lazy("story", "Given back")
    WITHDRAWN = "withdrawn", pgettext_lazy("story", "Taken back")


class Helped(models.TextChoices):
    """What helped somebody into work; stories are looked for by it."""

    SURVEY_CALL = "survey_call", pgettext_lazy("what helped", "Survey call")
    GUIDANCE = "guidance", pgettext_lazy("what helped", "Career guidance")
    PLAN = "plan", pgettext_lazy("what helped", "Action plan")
    POLICY = "policy", pgettext_lazy("what helped", "A policy")
    TRAINING = "training", pgettext_lazy("what helped", "Training")
    TRAINEESHIP = "traineeship", pgettext_lazy("what helped", "Traineeship")
    VACANCIES = "vacancies", pgettext_lazy("what helped", "Vacancies recommended")
    VISIT = "visit", pgettext_lazy("what helped", "Visit to an employer")
    FAIR = "fair", pgettext_lazy("what helped", "Fair or interview session")
    COURSE = "course", pgettext_lazy("what helped", "A course")
    COMPANY = "company", pgettext_lazy("what helped", "Somebody who stayed in touch")
    START_UP = "start_up", pgettext_lazy("what helped", "Help in starting a business")


class AgeBand(models.TextChoices):
    """35 is where the rule for young people ends (`tagging.rules`)."""

    TO_24 = "16-24", _("16 to 24")
    TO_35 = "25-35", _("25 to 35")
    TO_45 = "36-45", _("36 to 45")
    TO_55 = "46-55", _("46 to 55")
    OVER_55 = "56-99", _("56 and over")

    @property
    def ages(self) -> tuple[int, int]:
        low, high = self.value.split("-")
        return int(low), int(high)

    def births(self, *, on: date) -> tuple[date, date]:
        """Between which two days those were born who are of this age on the day, both included."""
        low, high = self.ages
        return _years_before(on, high + 1) + timedelta(days=1), _years_before(on, low)

    @classmethod
    def of(cls, age: int | None) -> "AgeBand | None":
        return next((band for band in cls if age is not None and band.ages[0] <= age <= band.ages[1]), None)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
