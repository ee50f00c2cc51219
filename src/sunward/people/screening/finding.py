"""What a search of a text finds, and what is known beforehand."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FindingKind(TextChoices):
    NAME = "name", _("a name")
    SCHOOL = "school", _("a school")
    ADDRESS = "address", _("an address")
    EMPLOYER = "employer", _("an employer's name")
    PHONE = "phone", _("a telephone number")
    ID_NUMBER = "id_number", _("a document number")
    ACCOUNT = "account", _("an account or address on the internet")
    BIRTHDAY = "birthday", _("a date of birth")


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the text, from `start` up to `end`, that may say who it is about.

    `instead` is the neutral word that can stand in its place. What `is_known` names somebody for certain; what
    `is_own_number` has the shape of somebody's telephone or document.
    """

    kind: FindingKind
    start: int
    end: int
    text: str
    instead: str
    is_known: bool = False
    is_own_number: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Something that is known around a file: a name or a home, and what stands in its place."""

    kind: FindingKind
    text: str
    instead: str
