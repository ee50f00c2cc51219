"""A refusal is a coded exception with a sentence fit for the person who meets it."""

from http import HTTPStatus

from django.forms import BaseForm
from django.utils.functional import Promise


class Refusal(Exception):
    """Raised where an act or a look is not possible. Nothing has been changed when it is raised.

    `code` is stable and dotted (``matching.capacity_full``); `sentence` says what is wrong and what to do.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, code: str, sentence: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


class NotThere(Refusal):
    """What is not yours and what is not there get the same answer."""

    status = HTTPStatus.NOT_FOUND


class NotAllowed(Refusal):
    """The person is known to the page but may not do this."""

    status = HTTPStatus.FORBIDDEN


class Conflict(Refusal):
    """Somebody else was faster; the newer state has to be seen first."""

    status = HTTPStatus.CONFLICT


def show_above(form: BaseForm, refusal: Refusal) -> None:
    """What an act refuses of what was typed stands above the form, with everything typed still in it.

    What is not about what was typed (not there, not allowed, a conflict) is raised again.
    """
    if refusal.status != Refusal.status:
        raise refusal
    form.add_error(None, str(refusal.sentence))
