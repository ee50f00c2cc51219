"""The page behind the search box."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.core import clock
from sunward.web.search.queries import search_files

LONGEST = 60


@require_safe
@allow(*CASEWORK_ROLES)
def search(request: SunwardRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    groups = search_files(request.actor, words, on=clock.today())
    return render(request, "web/search/results.html", {"words": words, "groups": groups})
