"""The expert team's pages: the officer sees who answers what, and puts on, changes and ends experts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict
from sunward.mentoring.actions.expert_team import change_expert, end_expert, put_on_team
from sunward.mentoring.experts.access import TEAM_ROLES, get_expert
from sunward.mentoring.forms.expert_team import ExpertForm, NewExpertForm
from sunward.mentoring.queries.expert_team import list_candidates, read_team_page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*TEAM_ROLES)
def expert_team(request: SunwardRequest) -> HttpResponse:
    page = read_team_page(request.actor, now=clock.now())
    return render(request, "mentoring/experts/team.html", {"page": page})


@get_or_post
@never_cache
@allow(*TEAM_ROLES, writes=True)
def expert_new(request: SunwardRequest) -> HttpResponse:
    actor = request.actor
    form = NewExpertForm(request.POST if request.method == "POST" else None, candidates=list_candidates(actor))
    if form.is_valid():
        expert = put_on_team(actor=actor, on=clock.today(), now=clock.now(), **form.told)
        messages.success(request, _("%(name)s is on the team now.") % {"name": expert.user})
        return redirect("mentoring:expert_team")
    context = {"form": form, "title": _("Put somebody on the team")}
    return render(request, "mentoring/experts/form.html", context, status=422 if form.is_bound else 200)


@get_or_post
@never_cache
@allow(*TEAM_ROLES, writes=True)
def expert_edit(request: SunwardRequest, expert_id: UUID) -> HttpResponse:
    """If somebody else has changed her meanwhile, both are shown to choose from."""
    actor, form_page = request.actor, "mentoring/experts/form.html"
    expert = get_expert(actor=actor, expert_id=expert_id)
    fresh = ExpertForm(initial={"fields_": expert.fields, "about": expert.about})
    name = str(expert.user)
    context = {"form": fresh, "title": name, "name": name, "version": expert.version}
    if request.method != "POST":
        return render(request, form_page, context)
    form = ExpertForm(take_choices(request.POST))
    if not form.is_valid():
        return render(request, form_page, context | {"form": form, "version": version_of(request)}, status=422)
    try:
        change_expert(actor=actor, expert_id=expert_id, version=version_of(request), now=clock.now(), **form.told)
    except Conflict:
        context["merge"] = merge(form, fresh, version=expert.version)
        return render(request, "core/merge.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("mentoring:expert_team")


@require_POST
@allow(*TEAM_ROLES, writes=True)
def expert_end(request: SunwardRequest, expert_id: UUID) -> HttpResponse:
    """She can be put on the team again at once: that is the way back."""
    released = end_expert(actor=request.actor, expert_id=expert_id, on=clock.today(), now=clock.now())
    told = _("She is not on the team any more; you can put her on it again.")
    if released:
        told += " " + ngettext(
            "%(count)d question of hers waits for a colleague.",
            "%(count)d questions of hers wait for a colleague.",
            released,
        ) % {"count": released}
    messages.success(request, told)
    return redirect("mentoring:expert_team")
