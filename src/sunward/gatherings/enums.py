from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GatheringState(models.TextChoices):
    """A template is never held: it is copied."""

    DRAFT = "draft", pgettext_lazy("gathering", "Being planned")
    PUBLISHED = "published", _("Published")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")
    TEMPLATE = "template", _("Template")


class Mode(models.TextChoices):
    """How people come together; the values are those of the rosters."""

    OFFLINE = "offline", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("On site and online")


class Audience(models.TextChoices):
    """Whom a gathering is for. Only where children come, a guardian's consent and an adult are asked for."""

    EVERYBODY = "everybody", _("Everybody")
    CHILDREN = "children", _("Children with an adult")
    PAIRS = "pairs", _("Children and their neighbour moms")
    MENTORS = "mentors", _("Neighbour moms")
    JOBSEEKERS = "jobseekers", _("Jobseekers")


class SignUpState(models.TextChoices):
    PLACED = "placed", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Part(models.TextChoices):
    """In what part somebody comes; an adult who answers for a child counts for the ratio."""

    PARTICIPANT = "participant", _("Participant")
    ADULT = "adult", _("Accompanying adult")
    COMPANION = "companion", _("Companion")


class SignedUpBy(models.TextChoices):
    STAFF = "staff", _("By staff")
    SELF = "self", _("By the person")
    PAIR = "pair", _("By the neighbour mom, for the pair")


class Presence(models.TextChoices):
    CAME = "came", _("Came")
    ABSENT = "absent", _("Did not come")


class CheckedInBy(models.TextChoices):
    LIST = "list", _("On the list")
    DOOR = "door", _("With the code at the door")


class Duty(models.TextChoices):
    """What a helper does; who is responsible for safety is named before children come."""

    LEAD = "lead", _("Leads the gathering")
    SAFETY = "safety", _("Answers for safety")
    SPEAKER = "speaker", _("Speaks")
    REGISTRATION = "registration", _("Stands at the door")
    TRANSPORT = "transport", _("Takes care of the way")
    FIRST_AID = "first_aid", _("First aid")
    HELPER = "helper", _("Helps")


class RoadshowState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("gathering", "Being planned")
    PUBLISHED = "published", _("Published")


class HalfDay(models.TextChoices):
    MORNING = "am", _("Morning")
    AFTERNOON = "pm", _("Afternoon")
