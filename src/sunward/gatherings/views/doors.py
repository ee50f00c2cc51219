"""The code at the door for the host, and the page that it opens on anybody's phone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow, allow_public
from sunward.core import clock
from sunward.core.qr_codes import draw_qr_code
from sunward.core.refusals import Refusal
from sunward.gatherings import actions as acts
from sunward.gatherings.access import get_planned_gathering
from sunward.gatherings.actions.doors import get_door
from sunward.gatherings.actions.feedback import find_by_feedback_token
from sunward.gatherings.forms.public import DoorForm, FeedbackForm
from sunward.gatherings.queries.page import find_door
from sunward.gatherings.roles import PLANNERS

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*PLANNERS, writes=True)
def gathering_door(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """Asked first, then shown once: of the code only an index is kept, and a new one makes the old one worthless."""
    gathering = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    now = clock.now()
    context = {
        "gathering": gathering,
        "name": gathering.title,
        "back": reverse("gatherings:gathering", args=[gathering_id]),
        "door": find_door(gathering, now=now),
    }
    if request.method != "POST":
        return render(request, "gatherings/doors/door.html", context)
    opened = acts.open_door(actor=request.actor, gathering_id=gathering_id, now=now)
    address = request.build_absolute_uri(reverse("door", args=[opened.token]))
    context |= {"code": draw_qr_code(address), "address": address, "opened": opened}
    return render(request, "gatherings/doors/poster.html", context)


@require_POST
@allow(*PLANNERS, writes=True)
def gathering_door_close(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    acts.close_door(actor=request.actor, gathering_id=gathering_id, now=clock.now())
    messages.success(request, _("The door is closed. The code that hung there leads nowhere now."))
    return redirect("gatherings:gathering", gathering_id)


@get_or_post
@never_cache
@allow_public()
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Six digits or a telephone number; the answer says how many are in, and no name."""
    now = clock.now()
    gathering = get_door(token=token, now=now).gathering
    form = DoorForm(request.POST or None)
    context = {"title": gathering.title, "form": form, "welcome": "", "sentence": ""}
    if request.method == "POST" and form.is_valid():
        try:
            count = acts.check_in_at_door(token=token, typed=form.cleaned_data["typed"], now=now)
        except Refusal as refusal:
            if refusal.status != Refusal.status:
                raise
            return render(
                request, "gatherings/doors/public.html", context | {"sentence": refusal.sentence}, status=refusal.status
            )
        words = ngettext("%(count)d person is checked in.", "%(count)d people are checked in.", count)
        context |= {"welcome": words % {"count": count}, "form": DoorForm()}
        return render(request, "gatherings/doors/public.html", context)
    return render(request, "gatherings/doors/public.html", context, status=422 if form.is_bound else 200)


@get_or_post
@never_cache
@allow_public()
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of a message: one to five, and words if one likes; anonymous unless one wants otherwise."""
    now = clock.now()
    row = find_by_feedback_token(token=token, now=now)
    form = FeedbackForm(request.POST or None)
    context = {"title": row.gathering.title, "form": form, "is_given": row.has_given_feedback}
    if request.method == "POST" and form.is_valid() and not row.has_given_feedback:
        acts.give_feedback(token=token, on=clock.today(), now=now, **form.cleaned_data)
        return render(request, "gatherings/doors/feedback.html", context | {"is_given": True, "is_new": True})
    status = 422 if form.is_bound and not row.has_given_feedback else 200
    return render(request, "gatherings/doors/feedback.html", context, status=status)
