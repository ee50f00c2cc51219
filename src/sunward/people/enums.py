from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    FEMALE = "F", _("Female")
    MALE = "M", _("Male")


class IdKind(models.TextChoices):
    """What a document number is; the values are those of the rosters."""

    RESIDENT_ID = "resident_id", _("Resident ID")
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit", _("Residence permit of Hong Kong, Macao or Taiwan residents")
    PERMANENT_RESIDENT_ID = "permanent_resident_id", _("Foreign permanent resident ID")
    PASSPORT = "passport", _("Passport")


class Precision(models.TextChoices):
    """How exactly a day is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class LegalBasis(models.TextChoices):
    """Why data may be held (Personal Information Protection Law, art. 13). A guardian may be the one who harms."""

    CONSENT = "consent", _("Consent")
    STATUTORY_DUTY = "statutory_duty", _("Statutory duty")
    EMERGENCY = "emergency", _("Emergency protection")


class Purpose(models.TextChoices):
    """What the data may be used for."""

    CASE_FILE = "case_file", _("Keeping the file")
    MATCHING = "matching", _("Matching with a neighbour mom")
    SHARING = "sharing", _("Sharing with the neighbour mom")
    GATHERINGS = "gatherings", _("Taking part in gatherings")
    TUTORING = "tutoring", _("Being tutored online")
    PHOTOGRAPHS = "photographs", _("Being photographed at gatherings")
    STORY = "story", _("Telling the own story under another name")


# For which of them somebody is asked: whoever cares for a child, and a jobseeker.
CHILD_PURPOSES = (
    Purpose.CASE_FILE,
    Purpose.MATCHING,
    Purpose.SHARING,
    Purpose.GATHERINGS,
    Purpose.TUTORING,
    Purpose.PHOTOGRAPHS,
)
JOBSEEKER_PURPOSES = (Purpose.STORY,)


class DuplicateState(models.TextChoices):
    OPEN = "open", _("To be looked at")
    SAME = "same", _("Same person")
    DIFFERENT = "different", _("Two persons")
