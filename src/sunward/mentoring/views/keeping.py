"""How long a file is kept: school beyond 18, and what becomes of it when it is closed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework.actions.retention import keep_longer
from sunward.casework.forms.keeping import KeepForm
from sunward.casework.keeping import NOTICE
from sunward.casework.queries.retention import list_retentions
from sunward.core import clock
from sunward.mentoring.access import get_child
from sunward.mentoring.actions.growing_up import keep_for_school
from sunward.mentoring.forms.keeping import SchoolForm
from sunward.mentoring.keeping import KEEPING, RETAINING_ROLES

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_school(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form, on, now = SchoolForm(request.POST or None), clock.today(), clock.now()
    if request.method == "POST" and form.is_valid():
        keep_for_school(actor=request.actor, case_id=case_id, on=on, now=now, **form.cleaned_data)
        messages.success(request, _("Written down. In September it is asked again."))
        return redirect("mentoring:child", case_id)
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=now)
    context = {
        "case": case, "name": case.person.name, "form": form, "title": _("Keep the file because of school"),
        "note": "", "back": reverse("mentoring:child", args=[case_id]),
    }  # fmt: skip
    return render(request, "mentoring/children/act.html", context, status=422 if form.is_bound else 200)


@require_safe
@allow(*RETAINING_ROLES)
def retention(request: SunwardRequest) -> HttpResponse:
    """What will be emptied within a month, what waits, and why."""
    rows = list_retentions(request.actor, KEEPING, on=clock.today())
    context = {"rows": rows, "days": NOTICE.days, "years": KEEPING.years}
    return render(request, "mentoring/retention.html", context)


@get_or_post
@allow(*RETAINING_ROLES, writes=True)
def retention_keep(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form, on, now = KeepForm(request.POST or None), clock.today(), clock.now()
    if request.method == "POST" and form.is_valid():
        keep_longer(
            actor=request.actor, programme=KEEPING.programme, case_id=case_id, on=on, now=now, **form.cleaned_data
        )
        messages.success(request, _("It is kept until then; afterwards it stands on the list again."))
        return redirect("mentoring:retention")
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=now)
    context = {
        "case": case, "name": case.person.name, "form": form, "title": _("Keep the file longer"), "note": "",
        "back": reverse("mentoring:child", args=[case_id]),
    }  # fmt: skip
    return render(request, "mentoring/children/act.html", context, status=422 if form.is_bound else 200)
