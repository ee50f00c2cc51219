"""Puts the actor on the request, read once and only if somebody asks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from sunward.accounts.access import Actor, read_actor
from sunward.core import clock


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if request.user.is_authenticated:
        return read_actor(request.user, on=clock.today())
    return Actor(user_id=0, name="", on=clock.today())
