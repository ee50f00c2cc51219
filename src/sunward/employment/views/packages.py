"""Service packages on a jobseeker's file: started, and stopped."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES
from sunward.employment.actions.packages import start_packages, stop_package
from sunward.employment.forms.packages import PackageForm
from sunward.employment.views.acting import act_on_jobseeker, done_with


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_packages(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = PackageForm(request.POST or None)
    return act_on_jobseeker(
        request, case_id, form, lambda given: start_packages(**given, **form.cleaned_data),
        title=_("Start a service package"), done=_("Started: its steps are on the list."),
    )  # fmt: skip


@require_POST
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_package_stop(request: SunwardRequest, case_id: UUID, kind: str) -> HttpResponse:
    stop_package(actor=request.actor, case_id=case_id, kind=kind, on=clock.today(), now=clock.now())
    return done_with(request, case_id, _("Stopped. Each of its steps can be put back under “Next steps”."))
