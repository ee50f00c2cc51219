"""Where Neighbour Mom and safeguarding meet: a file opened from a worry, and a mentor's report about her own child."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.mentoring.access import get_own_match
from sunward.mentoring.actions.worries import add_child_from_worry
from sunward.mentoring.forms.children import NewChildForm
from sunward.mentoring.queries.child_editing import lookalikes
from sunward.mentoring.queries.units import home_choices
from sunward.mentoring.views.children_acts import says_somebody_else
from sunward.safeguarding.access.worries import get_worry
from sunward.safeguarding.actions.reports import About
from sunward.safeguarding.roles import TRIAGING
from sunward.safeguarding.views.reports import write_and_answer

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*TRIAGING, writes=True)
def child_from_worry(request: SunwardRequest, worry_id: UUID) -> HttpResponse:
    """What the worry says of the child stands in the form already; whoever may be the same is shown first."""
    on, now = clock.today(), clock.now()
    worry = get_worry(actor=request.actor, worry_id=worry_id, purpose="triage", now=now)
    begun = {"name": worry.child_name, "unit": worry.unit_id}
    form = NewChildForm(
        request.POST if request.method == "POST" else None, initial=begun, units=home_choices(request.actor), on=on
    )
    found = None
    if request.method == "POST" and form.is_valid():
        found = lookalikes(request.actor, form.person())
        if not found.is_blocking and (not found.rows or says_somebody_else(request)):
            case = add_child_from_worry(
                actor=request.actor, worry_id=worry_id, person=form.person(), child=form.child(),
                risk_level=form.cleaned_data["risk"], risk_reason=form.cleaned_data["risk_reason"], on=on, now=now,
            )  # fmt: skip
            messages.success(request, _("The file is open, and the worry belongs to it."))
            return redirect("mentoring:child", case.uid)
    context = {"form": form, "found": found, "back": reverse("safeguarding:worry", args=[worry_id])}
    return render(request, "mentoring/children/new.html", context, status=422 if request.method == "POST" else 200)


@get_or_post
@never_cache
@allow(Role.MENTOR, writes=True)
def own_report(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    """The mandatory report from a mentor's own child: her gate, and then the form that waits for nobody."""
    match = get_own_match(actor=request.actor, match_id=match_id, now=clock.now())
    return write_and_answer(request, About.of_case(match.case), reference=match.case.reference)
