"""What a jobseeker was recommended, what came of it, and where the person works."""

from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.refusals import NotThere
from sunward.core.tables import read_ledger
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, get_jobseeker
from sunward.employment.actions import placements, recommendations
from sunward.employment.enums import StepBy, StepKind
from sunward.employment.forms import recommendations as form_of
from sunward.employment.models import Recommendation
from sunward.employment.queries import recommendations as queries
from sunward.employment.queries.placements import say_work
from sunward.employment.recommendations import chain
from sunward.employment.views.acting import act_on_jobseeker, done_with

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_recommend(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Open vacancies to choose from; each is recommended with one press, said at the desk or sent as a message."""
    on, now = clock.today(), clock.now()
    if request.method == "POST":
        form = form_of.RecommendForm(request.POST)
        if not form.is_valid():
            raise NotThere("employment.vacancy_not_there", _("There is no such vacancy, or it is not yours to see."))
        row = recommendations.recommend(
            actor=request.actor, case_id=case_id, vacancy_id=form.cleaned_data["vacancy"],
            is_told=form.cleaned_data["is_told"], on=on, now=now,
        )  # fmt: skip
        done = _("Recommended: %(post)s") % {"post": row.vacancy.title}
        return done_with(request, case_id, done, back=_page_of(case_id, row.uid))
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="act", now=now)
    asked = form_of.FittingFilter(request.GET)
    page = read_ledger(
        queries.ask_fitting(request.actor, case, asked.words(), on=on), asked=request.GET, columns=queries.COLUMNS,
        order=queries.DEFAULT_ORDER, shape=lambda row: queries.to_fitting(row, on=on),
    )  # fmt: skip
    context = {"case": case, "name": case.person.name, "filters": {"form": asked}, "page": page}
    return render(request, "employment/recommendations/choose.html", context)


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def recommendation(request: SunwardRequest, case_id: UUID, recommendation_id: UUID) -> HttpResponse:
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="open", now=clock.now())
    row = queries.find_recommendation(case, recommendation_id)
    page = queries.read_recommendation(row, on=clock.today())
    context = {"case": case, "name": case.person.name, "page": page}
    return render(request, "employment/recommendations/page.html", context)


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def recommendation_step(
    request: SunwardRequest, case_id: UUID, recommendation_id: UUID, kind: str
) -> HttpResponse:  # fmt: skip
    step = _step(kind)
    first = {"happened_on": clock.today(), "version": request.GET.get("version")}
    form = form_of.StepForm(request.POST or None, initial=first, step=step)
    return act_on_jobseeker(
        request, case_id, form,
        lambda given: recommendations.record_step(recommendation_id=recommendation_id, **given, **form.said()),
        title=queries.SAY[step], done=_("Written down. It can be taken back."),
        back=_page_of(case_id, recommendation_id),
        prepare=lambda case: _say_what(queries.find_recommendation(case, recommendation_id), form),
    )  # fmt: skip


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def recommendation_withdraw(request: SunwardRequest, case_id: UUID, recommendation_id: UUID) -> HttpResponse:
    recommendations.withdraw_step(
        actor=request.actor, case_id=case_id, recommendation_id=recommendation_id, version=version_of(request),
        on=clock.today(), now=clock.now(),
    )  # fmt: skip
    return done_with(request, case_id, _("Taken back."), back=_page_of(case_id, recommendation_id))


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def placement_new(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.PlacementForm(request.POST or None)
    return act_on_jobseeker(
        request, case_id, form, lambda given: placements.record_placement(**given, work=form.work()),
        title=_("Write down where the person works"), done=_("Written down."),
        note=_("If it came of a recommendation, write “is hired” there."),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def placement_end(request: SunwardRequest, case_id: UUID, placement_id: UUID) -> HttpResponse:
    form = form_of.PlacementEndForm(request.POST or None, initial={"version": request.GET.get("version")})
    return act_on_jobseeker(
        request, case_id, form,
        lambda given: placements.end_placement(placement_id=placement_id, **given, **form.cleaned_data),
        title=_("The work has ended"), done=_("Written down."), prepare=lambda case: say_work(case, placement_id),
    )  # fmt: skip


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def placement_check(request: SunwardRequest, case_id: UUID, placement_id: UUID) -> HttpResponse:
    placements.check_placement(
        actor=request.actor, case_id=case_id, placement_id=placement_id, version=version_of(request),
        on=clock.today(), now=clock.now(),
    )  # fmt: skip
    return done_with(request, case_id, _("Written down: still there today."))


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def placement_withdraw(request: SunwardRequest, case_id: UUID, placement_id: UUID) -> HttpResponse:
    form = form_of.AgreeForm(request.POST or None, initial={"version": request.GET.get("version")})
    return act_on_jobseeker(
        request, case_id, form,
        lambda given: placements.withdraw_placement(placement_id=placement_id, **given, **form.cleaned_data),
        title=_("Take back this work"), done=_("Taken back. It is counted no longer."), is_dangerous=True,
        prepare=lambda case: say_work(case, placement_id),
    )  # fmt: skip


def _say_what(row: Recommendation, form: Form) -> str:
    """The form begins with the version that stands, if one came without any."""
    form.initial["version"] = form.initial.get("version") or row.version
    return row.vacancy.title


def _step(kind: str) -> StepKind:
    if kind in StepKind and kind in queries.SAY and chain.may_say(StepBy.OFFICER, StepKind(kind)):
        return StepKind(kind)
    raise NotThere("employment.step_not_there", _("There is no such step."))


def _page_of(case_id: UUID, recommendation_id: UUID) -> str:
    return reverse("employment:recommendation", args=[case_id, recommendation_id])
