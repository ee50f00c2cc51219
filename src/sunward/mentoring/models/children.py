"""What Neighbour Mom knows of a child beyond the file itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.mentoring.enums import GuardianshipState, Hardship


@classified(
    internal="id case willing_to_pair is_studying",
    personal="languages school_stage study_subjects study_slots",
    sensitive="guardianship hardship",
)
class ChildProfile(models.Model):
    """What Neighbour Mom knows of a child beyond the file itself."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="child")
    guardianship = models.CharField(_("guardianship"), max_length=16, choices=GuardianshipState.choices, blank=True)
    hardship = models.CharField(_("hardship"), max_length=20, choices=Hardship.choices, blank=True)
    school_stage = models.CharField(_("schooling"), max_length=40, blank=True)
    is_studying = models.BooleanField(null=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    # For tutoring online: codes of subjects and of the weekly hours at which the child can be at the screen.
    study_subjects = models.JSONField(_("subjects"), default=list, blank=True)
    study_slots = models.JSONField(_("free times"), default=list, blank=True)
    willing_to_pair = models.BooleanField(_("wishes a neighbour mom"), null=True)
