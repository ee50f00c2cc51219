"""Reporting links: made, shown once, revoked; and the page that such a link opens."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow, allow_public
from sunward.core import clock
from sunward.core.qr_codes import draw_qr_code
from sunward.core.refusals import NotThere, Refusal
from sunward.safeguarding.actions import links as acts
from sunward.safeguarding.actions.worries import report_by_link
from sunward.safeguarding.forms.worries import LinkForm, PublicWorryForm
from sunward.safeguarding.queries.links import list_links
from sunward.safeguarding.queries.units import link_choices, where_choices
from sunward.safeguarding.roles import TRIAGING

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*TRIAGING, writes=True)
def reporting_links(request: SunwardRequest) -> HttpResponse:
    """The answer to the POST is the only page that ever shows the link."""
    on, now = clock.today(), clock.now()
    form = LinkForm(request.POST if request.method == "POST" else None, units=link_choices(request.actor), on=on)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = acts.make_link(
                actor=request.actor, unit_id=asked["unit"], label=asked["label"], expires_on=asked["expires_on"],
                on=on, now=now,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            address = request.build_absolute_uri(reverse("worry_by_link", args=[made.token]))
            context = {"link": made.link, "address": address, "code": draw_qr_code(address)}
            return render(request, "safeguarding/links/made.html", context)
    context = {"form": form, "links": list_links(request.actor, on=on)}
    return render(request, "safeguarding/links/list.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*TRIAGING, writes=True)
def reporting_link_revoke(request: SunwardRequest, link_id: int) -> HttpResponse:
    acts.revoke_link(actor=request.actor, link_id=link_id, now=clock.now())
    messages.success(request, _("The link leads nowhere any more."))
    return redirect("safeguarding:reporting_links")


@get_or_post
@never_cache
@sensitive_post_parameters()
@allow_public()
def worry_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For a teacher, a doctor: report and nothing else. Wrong, revoked and expired links are one and the same page."""
    on, now = clock.today(), clock.now()
    try:
        link = acts.find_link(token=token, on=on, now=now)
    except NotThere:
        return render(request, "safeguarding/links/closed.html", status=404)
    given: dict[str, Any] = {"units": where_choices(link.unit_path), "on": on}
    form = PublicWorryForm(
        request.POST if request.method == "POST" else None, initial={"unit": link.unit_id, "seen_on": on}, **given
    )
    context = {"form": form, "link": link}
    if request.method == "POST" and form.is_valid():
        try:
            worry = report_by_link(
                link=link, worry_id=form.cleaned_data["key"], unit_id=form.cleaned_data["unit"],
                name=form.cleaned_data["name"], phone=form.cleaned_data["phone"], details=form.details(), on=on,
                now=now,
            )  # fmt: skip
        except NotThere:
            return render(request, "safeguarding/links/closed.html", status=404)
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
            return render(request, "safeguarding/links/report.html", context, status=refusal.status)
        return render(request, "safeguarding/links/thanks.html", {"reference": worry.reference})
    return render(request, "safeguarding/links/report.html", context, status=422 if form.is_bound else 200)
