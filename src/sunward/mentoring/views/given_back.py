"""Where a question has moved on while somebody wrote: her own words come back to her, and nothing of the question."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sunward.accounts.access import SunwardRequest
from sunward.core.refusals import Conflict, NotThere


def gives_words_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Instead of the general page, under the same status. She may no longer see the question: whether it is there, or
    was ever hers, the page does not say, and all that is shown of it is what she has sent.
    """

    @wraps(view)
    def shown(request: SunwardRequest, *given: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *given, **named)
        except (Conflict, NotThere) as refusal:
            words = request.POST.get("words", "")
            if not words.strip():
                raise
            context = {"words": words, "again": request.path if isinstance(refusal, Conflict) else ""}
            return render(request, "mentoring/questions/given_back.html", context, status=refusal.status)

    return shown
