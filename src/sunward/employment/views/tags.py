"""The groups of one jobseeker: why in, why not, and putting in or taking out by hand."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.refusals import NotThere
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, get_jobseeker
from sunward.employment.actions.tags import bring_back_tag, end_tag, set_tag
from sunward.employment.forms.tags import PLEASE, EndTagForm, TagForm
from sunward.employment.queries.jobseeker_groups import end_reasons, read_groups
from sunward.employment.views.acting import act_on_jobseeker, done_with

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def jobseeker_groups(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="open", now=clock.now())
    context = {"case": case, "name": case.person.name, "groups": read_groups(case, on=clock.today())}
    return render(request, "employment/jobseekers/groups.html", context)


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_tag_new(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = TagForm(request.POST or None)
    return act_on_jobseeker(
        request, case_id, form, lambda given: set_tag(**given, **form.cleaned_data), title=_("Put into a group"),
        done=_("They are in the group from today on."), back=_groups_of(case_id),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_tag_end(request: SunwardRequest, case_id: UUID, tag_id: int) -> HttpResponse:
    form = EndTagForm(request.POST or None)

    def prepare(case: Case) -> Text:
        word, reasons = end_reasons(case, tag_id)
        if not word:
            raise NotThere("employment.tag_not_there", _("There is no such group on this file."))
        form.fields["reason"].choices = [PLEASE, *reasons]  # type: ignore[attr-defined]
        return word

    return act_on_jobseeker(
        request, case_id, form, lambda given: end_tag(**given, tag_id=tag_id, **form.cleaned_data),
        title=_("Take out of the group"), done=_("They do not belong to it any more. It can be brought back below."),
        prepare=prepare, back=_groups_of(case_id),
    )  # fmt: skip


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_tag_bring_back(request: SunwardRequest, case_id: UUID, tag_id: int) -> HttpResponse:
    bring_back_tag(actor=request.actor, case_id=case_id, tag_id=tag_id, on=clock.today(), now=clock.now())
    return done_with(request, case_id, _("They are in the group again."), back=_groups_of(case_id))


def _groups_of(case_id: UUID) -> str:
    return reverse("employment:jobseeker_groups", args=[case_id])
