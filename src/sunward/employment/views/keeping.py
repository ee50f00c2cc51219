"""What becomes of closed files: which are emptied soon, and keeping one longer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.casework.actions.retention import keep_longer
from sunward.casework.forms.keeping import KeepForm
from sunward.casework.keeping import NOTICE
from sunward.casework.queries.retention import list_retentions
from sunward.core import clock
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES
from sunward.employment.keeping import KEEPING
from sunward.employment.views.acting import act_on_jobseeker

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(*JOBSEEKER_ROLES)
def retention(request: SunwardRequest) -> HttpResponse:
    """What will be emptied within a month, what waits, and why."""
    rows = list_retentions(request.actor, KEEPING, on=clock.today())
    context = {"rows": rows, "days": NOTICE.days, "years": KEEPING.years}
    return render(request, "employment/jobseekers/retention.html", context)


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def retention_keep(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = KeepForm(request.POST or None)
    return act_on_jobseeker(
        request, case_id, form,
        lambda given: keep_longer(programme=KEEPING.programme, **given, **form.cleaned_data),
        title=_("Keep the file longer"), done=_("It is kept until then; afterwards it stands on the list again."),
        back=reverse("employment:retention"),
    )  # fmt: skip
