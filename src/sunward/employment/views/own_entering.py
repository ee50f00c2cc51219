"""What every page of a jobseeker's own has in common: the pass, where it is shut, and the way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from sunward.core import clock
from sunward.core.own_pages import says_where_it_is_shut, turn_back
from sunward.core.refusals import Refusal
from sunward.employment.access.own_page import PassMissing

COOKIE = "sunward_work"
says_where_own_is_shut = says_where_it_is_shut(
    "own_page", "employment/own/shut.html", shut=("employment.own_page_not_there",)
)


def turn_back_own(request: HttpRequest, token: str, refusal: Refusal, *, back: str = "") -> HttpResponse:
    """Back to where the person came from, or to the page, which asks again if the pass is over."""
    is_over = isinstance(refusal, PassMissing)
    return turn_back(request, back if back and not is_over else reverse("own_page", args=[token]), refusal)


def given(request: HttpRequest, token: str) -> dict[str, Any]:
    return {"token": token, "shown": shown_pass(request), "on": clock.today(), "now": clock.now()}


def shown_pass(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")
