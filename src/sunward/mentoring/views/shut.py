"""Where a card or a link opens nothing any more. Whoever holds it has no account: a way to the sign-in helps nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sunward.core.refusals import NotThere

_SHUT = frozenset({"mentoring.family_not_there", "mentoring.family_page_not_there"})


def says_where_it_is_shut(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Instead of the general page for what is not there: the same sentence, and whom to call.

    Where the card itself is good, and only what was asked for is gone, there is a way back to its page.
    """

    @wraps(view)
    def shown(request: HttpRequest, token: str, *given: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, token, *given, **named)
        except NotThere as refusal:
            context = {
                "sentence": refusal.sentence,
                "back": "" if refusal.code in _SHUT else reverse("family", args=[token]),
            }
            return render(request, "mentoring/families/shut.html", context, status=refusal.status)

    return shown
