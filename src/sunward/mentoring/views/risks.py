"""Assessing a child's risk by the table of the day."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework.actions import assess_by_table
from sunward.casework.risk_tables import table_in_force
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.mentoring.access import get_child
from sunward.mentoring.forms.risks import RiskForm
from sunward.mentoring.queries.assessing import describe_judgement, last_ticked
from sunward.mentoring.risk_tables import TABLES


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*CASEWORK_ROLES, writes=True)
def child_assess(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Tick what is true. The button "what does that come to?" asks for the level without JavaScript."""
    on, now = clock.today(), clock.now()
    form = RiskForm(request.POST or None, table=table_in_force(TABLES, on=on))
    if request.method == "POST" and form.is_valid() and "ask" not in request.POST:
        try:
            assess_by_table(
                actor=request.actor, case_id=case_id, ticks=form.ticks, level=form.cleaned_data["level"],
                reason=form.cleaned_data["reason"], on=on, now=now,
            )  # fmt: skip
        except Refusal as refusal:
            if refusal.code != "casework.reason_missing":
                raise
            form.add_error("reason", str(refusal.sentence))
        else:
            messages.success(request, _("The assessment is written down."))
            return redirect("mentoring:child", case_id)
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=now)
    context = {
        "case": case, "name": case.person.name, "back": reverse("mentoring:child", args=[case_id]), "form": form,
        "judged": describe_judgement(form.ticks), "last": last_ticked(case),
    }  # fmt: skip
    is_wrong = form.is_bound and not form.is_valid()
    return render(request, "mentoring/children/assess.html", context, status=422 if is_wrong else 200)


@require_POST
@allow(*CASEWORK_ROLES)
def risk_proposal(request: SunwardRequest) -> HttpResponse:
    """What the ticks come to, while they are set. It knows no child: ticks in, a level out."""
    form = RiskForm(request.POST, table=table_in_force(TABLES, on=clock.today()))
    form.is_valid()
    return render(request, "mentoring/children/_judgement.html", {"judged": describe_judgement(form.ticks)})
