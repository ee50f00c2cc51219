"""Which volunteer signs in, and in which language she reads."""

from dataclasses import dataclass

from sunward.mentoring.models import Mentor


@dataclass(frozen=True, slots=True)
class SignIn:
    user_id: int
    language: str


def read_sign_in(*, person_id: int) -> SignIn | None:
    """The sign-in of the volunteer who is this person; None for everybody else."""
    found = Mentor.objects.filter(person_id=person_id, user__is_active=True).values_list("user_id", "user__language")
    return next((SignIn(user_id, language) for user_id, language in found if user_id), None)


def find_person_of(*, user_id: int) -> int | None:
    """The person a volunteer's sign-in belongs to; staff are no rows of the register of persons."""
    return Mentor.objects.filter(user_id=user_id).values_list("person_id", flat=True).first()
