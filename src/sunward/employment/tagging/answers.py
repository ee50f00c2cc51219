"""What a rule says of somebody: caught, not, or unknown, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verdict(models.TextChoices):
    CAUGHT = "caught", pgettext_lazy("rule", "Caught")
    NOT = "not", pgettext_lazy("rule", "Not caught")
    UNKNOWN = "unknown", pgettext_lazy("rule", "Not known")


class Why(models.TextChoices):
    """What keeps somebody out of a group, for certain."""

    AT_WORK = "at_work", _("At work")
    NOT_SEEKING = "not_seeking", _("Studies, keeps house, or is otherwise not without work in the sense of the rule")
    OTHER_SITUATION = "other_situation", _("In another situation")
    TOO_YOUNG = "too_young", _("Too young")
    TOO_OLD = "too_old", _("Too old")
    TOO_SHORT = "too_short", _("Not without work for long enough")
    NOT_REGISTERED = "not_registered", _("Not registered as unemployed")
    SCHOOLING = "schooling", _("Without a degree of a college or university")
    GRADUATED_EARLIER = "graduated_earlier", _("Graduated too long ago")
    NO_GROUND = "no_ground", _("Nobody has stated a ground")


class Missing(models.TextChoices):
    """What has to be known before a rule can say yes or no."""

    BIRTH_DATE = "birth_date", _("date of birth")
    SITUATION = "situation", _("present situation")
    UNEMPLOYED_SINCE = "unemployed_since", _("since when without work")
    REGISTERED_ON = "registered_on", _("day of the registration")
    EDUCATION = "education", _("education")
    GRADUATED_ON = "graduated_on", _("day of graduation")
    DISABILITY_GRADE = "disability_grade", _("whether the disability is moderate or severe")
