"""The answer to a page that asks how far a job has come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sunward.core.furniture import Progress

_STOP_ASKING = 286


def answer_poll(request: HttpRequest, progress: Progress) -> HttpResponse:
    """The bar again; once the job is over the page goes to its result by itself, nobody has to press anything."""
    response = render(request, "core/_progress.html", {"progress": progress})
    if progress.is_over:
        response.status_code = _STOP_ASKING
        if progress.next_href and not progress.has_failed:
            response["HX-Redirect"] = progress.next_href
    return response
