"""What a jobseeker agreed to, written down and withdrawn by whoever keeps the file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.refusals import NotThere, Refusal, show_above
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, find_jobseeker, get_jobseeker
from sunward.employment.actions.consents import record_consent, withdraw_consent
from sunward.employment.forms.consents import ConsentForm
from sunward.employment.queries.agreements import list_agreements
from sunward.people.enums import JOBSEEKER_PURPOSES, Purpose


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_consents(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    find_jobseeker(actor=request.actor, case_id=case_id)
    form = ConsentForm(request.POST or None, initial={"given_on": on})
    if request.method == "POST" and form.is_valid():
        try:
            record_consent(actor=request.actor, case_id=case_id, on=on, now=now, **form.cleaned_data)
        except Refusal as refusal:
            if refusal.status != Refusal.status:
                raise
            show_above(form, refusal)
        else:
            messages.success(request, _said(find_jobseeker(actor=request.actor, case_id=case_id)))
            return redirect("employment:jobseeker_consents", case_id)
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="act", now=now)
    rows = list_agreements(case.person_id, on=on)
    context = {
        "case": case, "name": case.person.name, "form": form, "rows": rows,
        "may_record": form.is_bound or not all(row.is_given for row in rows),
    }  # fmt: skip
    return render(request, "employment/jobseekers/consents.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_consent_withdraw(request: SunwardRequest, case_id: UUID, purpose: str) -> HttpResponse:
    if purpose not in JOBSEEKER_PURPOSES:
        raise NotThere("employment.consent_not_there", _("There is nothing of this kind to agree to."))
    withdraw_consent(actor=request.actor, case_id=case_id, purpose=Purpose(purpose), on=clock.today(), now=clock.now())
    messages.success(request, _("Withdrawn, from this moment."))
    return redirect("employment:jobseeker_consents", case_id)


def _said(case: Case) -> str:
    """Whoever has no own page, since the file is closed, says it to the office."""
    if case.state == CaseState.CLOSED:
        return _("Written down. Tell the person: a call to this office withdraws it at any time.")
    return _("Written down. The person can withdraw it at any time, also on the own page.")
