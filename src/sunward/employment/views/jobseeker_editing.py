"""Correcting a jobseeker's file, and the posts they wish for."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal, show_above
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, get_jobseeker
from sunward.employment.actions import profiles as acts
from sunward.employment.forms.jobseeker_profile import ProfileForm, WishForm
from sunward.employment.queries.jobseeker_editing import read_values, read_wishes
from sunward.employment.views.acting import done_with, file_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_edit(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Correct the file. If somebody else has changed it meanwhile, both versions are shown to choose from."""
    on, now = clock.today(), clock.now()
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="edit", now=now)
    values, version = read_values(case)
    fresh = ProfileForm(initial=values, on=on)
    context = {
        "case": case, "name": case.person.name, "title": _("Correct the profile"), "back": file_of(case_id),
        "version": version, "form": fresh, "note": _("What the list delivered and what was said in a call stays."),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "employment/jobseekers/act.html", context)
    form = ProfileForm(take_choices(request.POST), on=on)
    context |= {"form": form, "version": request.POST.get("version", "")}
    if not form.is_valid():
        return render(request, "employment/jobseekers/act.html", context, status=422)
    try:
        acts.edit_jobseeker(
            actor=request.actor, case_id=case_id, version=version_of(request), person=form.person(),
            profile=form.profile(), on=on, now=now,
        )  # fmt: skip
    except Conflict as conflict:
        if conflict.code != acts.CHANGED:
            raise
        context["merge"] = merge(form, fresh, version=version)
        return render(request, "core/merge.html", context, status=409)
    except Refusal as refusal:
        show_above(form, refusal)
        return render(request, "employment/jobseekers/act.html", context, status=422)
    return done_with(request, case_id, _("Saved."))


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_wishes(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """The posts somebody wishes for: one more, in another order, without one, and which occupation each means."""
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.add_wish(actor=request.actor, case_id=case_id, on=clock.today(), now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            return done_with(request, case_id, _("Written down."), back=_wishes(case_id))
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="act", now=clock.now())
    context = {"case": case, "name": case.person.name, "form": form, "page": read_wishes(case)}
    return render(request, "employment/jobseekers/wishes.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_wish_up(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    acts.move_wish_up(
        actor=request.actor, case_id=case_id, words=request.POST.get("words", ""), version=version_of(request),
        on=clock.today(), now=clock.now(),
    )  # fmt: skip
    return done_with(request, case_id, _("Moved up."), back=_wishes(case_id))


@require_POST
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_wish_remove(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    acts.remove_wish(
        actor=request.actor, case_id=case_id, words=request.POST.get("words", ""), on=clock.today(), now=clock.now()
    )
    return done_with(
        request, case_id, _("Taken out. Write it down again if that was a mistake."), back=_wishes(case_id)
    )


@require_POST
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_wish_code(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    acts.code_wish(
        actor=request.actor, case_id=case_id, words=request.POST.get("words", ""),
        occupation=request.POST.get("occupation", ""), on=clock.today(), now=clock.now(),
    )  # fmt: skip
    return done_with(request, case_id, _("Saved."), back=_wishes(case_id))


def _wishes(case_id: UUID) -> str:
    return reverse("employment:jobseeker_wishes", args=[case_id])
