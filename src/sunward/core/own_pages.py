"""Pages behind a link that needs no account: where they are shut, what lets somebody in for a while, the way back."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sunward.core.refusals import NotThere, Refusal

View = Callable[..., HttpResponse]


def says_where_it_is_shut(page: str, template: str, *, shut: Collection[str]) -> Callable[[View], View]:
    """Whoever holds a link has no account, so a way to the sign-in helps nobody: the sentence, and whom to call.

    `page` is the name of the page's address. Where the link itself is good, and only what was asked for is gone, there
    is a way back to it; `shut` are the codes that say that the link is not.
    """

    def shutting(view: View) -> View:
        @wraps(view)
        def shown(request: HttpRequest, token: str, *given: Any, **named: Any) -> HttpResponse:
            try:
                return view(request, token, *given, **named)
            except NotThere as refusal:
                back = "" if refusal.code in shut else reverse(page, args=[token])
                context = {"sentence": refusal.sentence, "back": back}
                return render(request, template, context, status=refusal.status)

        return shown

    return shutting


def let_in(page: str, token: str, *, cookie: str, shown: str, minutes: int) -> HttpResponse:
    """To the page, with a pass for its address alone."""
    answer = redirect(page, token)
    answer.set_cookie(
        cookie, shown, max_age=minutes * 60, path=reverse(page, args=[token]), httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    return answer


def turn_back(request: HttpRequest, back: str, refusal: Refusal) -> HttpResponse:
    """To where one came from, with the sentence; what is not there stays so."""
    if refusal.status == 404:
        raise refusal
    messages.error(request, str(refusal.sentence))
    return redirect(back)
