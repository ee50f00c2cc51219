"""A session ends after a time without use, not in the middle of somebody's work, and leaves no page behind."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sunward.core import clock

_TOUCHED = "touched_at"
# Written at most this often, so that reading pages does not write a row each.
_TOUCH_SECONDS = 300


class IdleSessionMiddleware:
    """Moves the end of a signed-in session on while it is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            moment = int(clock.now().timestamp())
            if moment - request.session.get(_TOUCHED, 0) >= _TOUCH_SECONDS:
                request.session[_TOUCHED] = moment
        return self.get_response(request)


class UnkeptPagesMiddleware:
    """No page stays in the browser: on a shared machine "back" would show a child's file after the sign-out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response
