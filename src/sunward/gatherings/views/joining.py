"""The page on which anybody signs up for what is announced to everybody, without an account."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sunward.accounts.access import allow_public
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.gatherings import actions as acts
from sunward.gatherings.access import get_public_gathering
from sunward.gatherings.forms.public import JoinForm
from sunward.gatherings.queries.joining import read_public_page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow_public()
def join(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """What it is, and name and phone to come. Whoever is on the list already gets the same thanks."""
    page = read_public_page(get_public_gathering(gathering_id=gathering_id), now=clock.now())
    form = JoinForm(request.POST or None, has_age=page.has_age)
    context = {"page": page, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "gatherings/doors/join.html", context, status=422 if form.is_bound else 200)
    try:
        acts.sign_up_in_public(gathering_id=gathering_id, on=clock.today(), now=clock.now(), **form.cleaned_data)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return render(
            request, "gatherings/doors/join.html", context | {"sentence": refusal.sentence}, status=refusal.status
        )
    return render(request, "gatherings/doors/join.html", context | {"is_done": True})
