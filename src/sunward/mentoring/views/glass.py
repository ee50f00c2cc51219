"""Files opened in an emergency: the form, the page behind the glass, and the list of all of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.casework.actions import glass as acts
from sunward.casework.enums import GlassReason
from sunward.casework.glass_rules import GLASS_LASTS
from sunward.casework.models import BrokenGlass, Case
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.forms.glass import GlassForm
from sunward.mentoring.queries.glass import list_glass, read_glass_file

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def glass_break(request: SunwardRequest) -> HttpResponse:
    """A reason and a number; a wrong number comes back with the form, for a hand that slips in a hurry."""
    form = GlassForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                glass = acts.break_glass(
                    actor=request.actor, programme=PROGRAMME, reference=said["reference"],
                    reason=GlassReason(said["reason"]), words=said["words"], on=clock.today(), now=clock.now(),
                )  # fmt: skip
                return redirect("mentoring:child", glass.case.uid)
            except Refusal as refusal:
                form.add_error(None, str(refusal.sentence))
                status = refusal.status
    context = {"form": form, "hours": GLASS_LASTS.total_seconds() // 3600, "back": reverse("mentoring:children")}
    return render(request, "mentoring/glass/break.html", context, status=status)


@require_safe
@never_cache
@allow(*CASEWORK_ROLES, Role.AUDITOR)
def glasses(request: SunwardRequest) -> HttpResponse:
    return render(request, "mentoring/glass/list.html", {"rows": list_glass(request.actor, now=clock.now())})


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def glass_end(request: SunwardRequest, glass_id: UUID) -> HttpResponse:
    acts.end_glass(actor=request.actor, glass_id=glass_id, on=clock.today(), now=clock.now())
    messages.success(request, _("The file is shut again."))
    return redirect("mentoring:glasses")


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def glass_review(request: SunwardRequest, glass_id: UUID) -> HttpResponse:
    is_justified = request.POST.get("verdict") == "right"
    acts.review_glass(
        actor=request.actor, glass_id=glass_id, is_justified=is_justified, on=clock.today(), now=clock.now()
    )
    messages.success(request, _("Your word is written down."))
    return redirect("mentoring:glasses")


def show_through_glass(request: SunwardRequest, case: Case, glass: BrokenGlass) -> HttpResponse:
    """For the view of a child's file, once the gate has said that it is only glass."""
    file = read_glass_file(case, glass, request.actor, on=clock.today())
    return render(request, "mentoring/glass/file.html", {"file": file})
