"""Calling for help from a child's file: one tap opens this, the second calls."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_look
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework.access import case_subject
from sunward.core import clock
from sunward.safeguarding.access.emergencies import get_case_to_call
from sunward.safeguarding.actions.emergencies import Caller, raise_emergency
from sunward.safeguarding.declaration import helping_of
from sunward.safeguarding.enums import EmergencyKind
from sunward.safeguarding.forms.emergencies import CallForm
from sunward.safeguarding.queries.calls import find_running


@require_http_methods(["GET", "POST"])
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def call(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    now = clock.now()
    case = get_case_to_call(actor=request.actor, case_id=case_id)
    record_look(
        actor=request.actor, code="safeguarding.call_opened", now=now, subject=case_subject(case),
        unit_path=case.unit_path, purpose="emergency",
    )  # fmt: skip
    running = find_running(case)
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        raised = raise_emergency(caller=Caller(request.actor), case=case, kind=form.cleaned_data["kind"], now=now)
        return redirect("safeguarding:emergency", raised.uid)
    context = {
        "name": case.person.name,
        "reference": case.reference,
        "back": helping_of(case).child_path(case),
        "kinds": EmergencyKind.choices,
        "running": running.uid if running else None,
        "has_missed": request.method == "POST",
    }
    return render(request, "safeguarding/emergencies/call.html", context, status=422 if form.is_bound else 200)
