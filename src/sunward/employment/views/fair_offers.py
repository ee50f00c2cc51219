"""Times at fairs for one jobseeker: by the office on the file, by the person on the own page; and the public page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow, allow_public
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.posted import version_of
from sunward.core.refusals import Refusal, show_above
from sunward.employment.access.fairs import get_public_fair
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, get_jobseeker
from sunward.employment.access.own_page import PassMissing, get_passed_own_link
from sunward.employment.actions import interviews as acts
from sunward.employment.forms.fairs import InterviewForm, OwnInterviewForm
from sunward.employment.queries import fair_offers as queries
from sunward.employment.views.acting import act_on_jobseeker
from sunward.employment.views.own_entering import given, says_where_own_is_shut, turn_back_own

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow_public()
def fair_public(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """Employers and their open vacancies, for everybody; no person."""
    found = get_public_fair(gathering_id=gathering_id)
    page = queries.read_public_fair(found, on=clock.today(), now=clock.now())
    return render(request, "employment/fairs/public.html", {"page": page, "gathering_id": gathering_id})


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def jobseeker_fairs(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """What this person holds at fairs, and what is free."""
    now = clock.now()
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="act", now=now)
    context = {
        "case": case, "name": case.person.name, "held": queries.held_by(case, now=now),
        "fairs": queries.offered_to(case, on=clock.today(), now=now),
    }  # fmt: skip
    return render(request, "employment/fairs/of_jobseeker.html", context)


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_interview(request: SunwardRequest, case_id: UUID, booth_id: UUID) -> HttpResponse:
    form = InterviewForm(request.POST or None)
    return act_on_jobseeker(
        request, case_id, form,
        lambda asked: acts.take_interview(key=form.cleaned_data["key"], wanted=form.wanted(), **asked),
        title=_("Take a time for an interview"), done=_("Taken. The person is told when and where."),
        prepare=lambda case: _offer(form, case, booth_id), back=reverse("employment:jobseeker_fairs", args=[case_id]),
    )  # fmt: skip


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_interview_give_back(request: SunwardRequest, case_id: UUID, interview_id: UUID) -> HttpResponse:
    acts.give_interview_back(
        actor=request.actor, case_id=case_id, interview_id=interview_id, version=version_of(request),
        on=clock.today(), now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Given back: somebody else can take it."))
    return redirect("employment:jobseeker_fairs", case_id)


@require_safe
@never_cache
@allow_public()
@says_where_own_is_shut
def own_fairs(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = get_passed_own_link(**given(request, token))
    except PassMissing as refusal:
        return turn_back_own(request, token, refusal)
    now = clock.now()
    context = {
        "token": token, "held": queries.held_by(link.case, now=now),
        "fairs": queries.offered_to(link.case, on=clock.today(), now=now),
    }  # fmt: skip
    return render(request, "employment/own/fairs.html", context)


@get_or_post
@never_cache
@allow_public()
@says_where_own_is_shut
def own_interview(request: HttpRequest, token: str, booth_id: UUID) -> HttpResponse:
    """A time is chosen; refused, what was chosen stays and the times are offered anew."""
    asked = given(request, token)
    try:
        link = get_passed_own_link(**asked)
    except PassMissing as refusal:
        return turn_back_own(request, token, refusal)
    form = OwnInterviewForm(request.POST or None)
    booth = _offer_booth(form, link.case, booth_id)
    if request.method == "POST" and form.is_valid():
        try:
            acts.take_own_interview(key=form.cleaned_data["key"], wanted=form.wanted(), **asked)
        except PassMissing as refusal:
            return turn_back_own(request, token, refusal)
        except Refusal as refusal:
            show_above(form, refusal)
            booth = _offer_booth(form, link.case, booth_id)
        else:
            messages.success(request, _("The time is yours. See you there!"))
            return redirect("own_fairs", token)
    context = {"form": form, "booth": booth, "token": token}
    return render(request, "employment/own/booth.html", context, status=422 if form.is_bound else 200)


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_interview_give_back(request: HttpRequest, token: str, interview_id: UUID) -> HttpResponse:
    back = reverse("own_fairs", args=[token])
    try:
        acts.give_own_interview_back(interview_id=interview_id, **given(request, token))
    except Refusal as refusal:
        return turn_back_own(request, token, refusal, back=back)
    messages.success(request, _("Given back. Thank you: somebody else can take it."))
    return redirect(back)


def _offer(form: InterviewForm, case: Case, booth_id: UUID) -> Text:
    booth = _offer_booth(form, case, booth_id)
    return f"{booth.employer} · {booth.fair}"


def _offer_booth(form: InterviewForm, case: Case, booth_id: UUID) -> queries.OfferedBooth:
    booth = queries.read_offered_booth(case, booth_id, on=clock.today(), now=clock.now())
    form.offer(booth.times, booth.vacancies)
    return booth
