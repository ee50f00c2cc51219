"""How long a file is kept: school beyond 18."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.core import clock
from sunward.mentoring.access import get_child
from sunward.mentoring.actions.growing_up import keep_for_school
from sunward.mentoring.forms.keeping import SchoolForm

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
