"""The first page after sign-in."""

from django.http import HttpResponse
from django.shortcuts import render

from sunward.accounts.access import SunwardRequest, allow_any_role


@allow_any_role()
def home(request: SunwardRequest) -> HttpResponse:
    return render(request, "web/home.html")
