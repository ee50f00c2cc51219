"""What every page of an employer's own has in common: the pass, where it is shut, and the way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from sunward.core import clock
from sunward.core.own_pages import says_where_it_is_shut, turn_back
from sunward.core.refusals import Refusal

COOKIE = "sunward_employer"
says_where_employer_is_shut = says_where_it_is_shut(
    "employer_page", "employment/own/shut.html", shut=("employment.employer_page_not_there",)
)


def turn_back_employer(request: HttpRequest, token: str, refusal: Refusal) -> HttpResponse:
    """Back to the page, which asks again if the pass is over."""
    return turn_back(request, reverse("employer_page", args=[token]), refusal)


def give(request: HttpRequest, token: str) -> dict[str, Any]:
    return {"token": token, "shown": request.COOKIES.get(COOKIE, ""), "on": clock.today(), "now": clock.now()}
