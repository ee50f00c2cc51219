"""Pairs that may be one person, side by side, and the decision of a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.people.actions import declare_two_persons, merge_persons
from sunward.registers.access import MERGING_ROLES, get_duplicates


@require_safe
@never_cache
@allow(*MERGING_ROLES)
def duplicates(request: SunwardRequest) -> HttpResponse:
    pairs = get_duplicates(actor=request.actor, now=clock.now())
    return render(request, "registers/duplicates.html", {"pairs": pairs})


@require_POST
@allow(*MERGING_ROLES, writes=True)
def merge(request: SunwardRequest, duplicate_id: int) -> HttpResponse:
    merge_persons(actor=request.actor, duplicate_id=duplicate_id, now=clock.now())
    messages.success(request, gettext("The two are one person now; everything hangs on one file."))
    return redirect("registers:duplicates")


@require_POST
@allow(*MERGING_ROLES, writes=True)
def tell_apart(request: SunwardRequest, duplicate_id: int) -> HttpResponse:
    declare_two_persons(actor=request.actor, duplicate_id=duplicate_id, now=clock.now())
    messages.success(request, gettext("They are two persons. This pair is not shown again."))
    return redirect("registers:duplicates")
