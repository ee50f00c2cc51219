"""The phone page behind a message's signed link: for whoever holds the link and knows the number it was sent to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sunward.accounts.access import allow_public
from sunward.core import clock
from sunward.core.refusals import NotThere, Refusal
from sunward.outreach.actions import open_link
from sunward.outreach.forms.persons import DigitsForm
from sunward.outreach.links import read_token


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("digits")
@allow_public()
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Opened, changed, ended and never made: whoever does not get to read sees one and the same page."""
    now = clock.now()
    if read_token(token, now=now) is None:
        return _closed(request)
    if request.method != "POST":
        return render(request, "outreach/link/ask.html", {"form": DigitsForm()})
    form = DigitsForm(request.POST)
    if form.is_valid():
        try:
            opened = open_link(token=token, last4=form.cleaned_data["digits"], now=now)
        except NotThere:
            return _closed(request)
        except Refusal as refusal:
            form.add_error("digits", str(refusal.sentence))
        else:
            return render(request, "outreach/link/message.html", {"opened": opened})
    return render(request, "outreach/link/ask.html", {"form": form}, status=422)


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "outreach/link/closed.html", status=404)
