"""Files that became one, and parting them again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES
from sunward.employment.actions.file_joining import part_files
from sunward.employment.queries.joined_files import list_joined


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def joined_files(request: SunwardRequest) -> HttpResponse:
    return render(request, "employment/jobseekers/joined.html", {"joined": list_joined(request.actor)})


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def files_part(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    part_files(actor=request.actor, case_id=case_id, now=clock.now())
    messages.success(request, gettext("They are two persons again, each with the own file."))
    return redirect("employment:joined_files")
