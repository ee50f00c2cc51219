"""Words released to a student say how to be with the child, not who it is or how to reach it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case
from sunward.core.refusals import Refusal
from sunward.core.wording import join_words
from sunward.mentoring.naming import said_at_home, telling_parts
from sunward.mentoring.tutoring.limits import HELPFUL_LENGTH


def refuse_wrong_words(case: Case, words: str, *, on: date) -> None:
    """The given name the student knows; a whole name, somebody of the family, a number, an address or a school not."""
    if len(words) > HELPFUL_LENGTH:
        raise Refusal("mentoring.note_too_long", _("The note is too long. Shorten it a little."))
    if not words.strip():
        return
    telling = telling_parts(case, words, on=on, allowing=said_at_home(case.person.name))
    if telling:
        raise Refusal(
            "mentoring.words_tell_who",
            _("These words say who the child is: %(parts)s. Write them differently.") % {"parts": join_words(telling)},
        )
