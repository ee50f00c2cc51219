"""What one jobseeker wishes to learn: by the person on the own page, by the office on the file."""

from typing import Any
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
from sunward.core.refusals import Refusal, show_above
from sunward.employment.access.interests import get_own_survey
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, find_jobseeker, get_jobseeker
from sunward.employment.access.own_page import PassMissing, get_passed_own_link
from sunward.employment.actions import interest_answers as acts
from sunward.employment.actions.interest_coming import come_to_own_course, give_own_course_back
from sunward.employment.forms.interests import InterestAnswerForm, OwnInterestForm
from sunward.employment.queries.own_interests import OwnSurveyPage, list_own_surveys, read_own_survey
from sunward.employment.views.acting import act_on_jobseeker
from sunward.employment.views.own_entering import given, says_where_own_is_shut, turn_back_own
from sunward.gatherings.enums import SignUpState

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow_public()
@says_where_own_is_shut
def own_interest(request: HttpRequest, token: str, survey_id: UUID) -> HttpResponse:
    """Open, the questions with what was said until now; over, what has come of it."""
    asked = given(request, token)
    try:
        link = get_passed_own_link(**asked)
    except PassMissing as refusal:
        return turn_back_own(request, token, refusal)
    page = _read(link.case, survey_id)
    form = OwnInterestForm(request.POST or None, initial=_first(page), topics=page.topics)
    if request.method == "POST" and form.is_valid():
        try:
            acts.answer_own_survey(survey_id=survey_id, wished=form.wished(), **asked)
        except Refusal as refusal:
            if refusal.status != Refusal.status or isinstance(refusal, PassMissing):
                return turn_back_own(request, token, refusal, back=request.path)
            show_above(form, refusal)
        else:
            messages.success(request, _("Thank you, we have heard you. You can change it here until the last day."))
            return redirect("own_page", token)
    context = {"form": form, "page": page, "token": token}
    return render(request, "employment/own/interest.html", context, status=422 if form.is_bound else 200)


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_interest_take_back(request: HttpRequest, token: str, survey_id: UUID) -> HttpResponse:
    back = reverse("own_interest", args=[token, survey_id])
    try:
        acts.take_own_answer_back(survey_id=survey_id, **given(request, token))
    except Refusal as refusal:
        return turn_back_own(request, token, refusal, back=back)
    messages.success(request, _("Taken back. You can answer again until the last day."))
    return redirect(back)


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_interest_course(
    request: HttpRequest, token: str, survey_id: UUID, gathering_id: UUID, verb: str
) -> HttpResponse:
    """A place in a course that came of a wish: taken, or given back."""
    back = reverse("own_interest", args=[token, survey_id])
    asked = given(request, token) | {"survey_id": survey_id, "gathering_id": gathering_id}
    try:
        if verb == "come":
            is_placed = come_to_own_course(**asked).state == SignUpState.PLACED
            word = (
                _("You have a place. See you there!") if is_placed else _("All places are taken: you are in the queue.")
            )
        else:
            give_own_course_back(**asked)
            word = _("Given back. Thank you: somebody else can come.")
    except Refusal as refusal:
        return turn_back_own(request, token, refusal, back=back)
    messages.success(request, word)
    return redirect(back)


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def jobseeker_interests(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """What this person is asked, what they said, and what has come of it."""
    on = clock.today()
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="act", now=clock.now())
    pages = [_read(case, row.uid) for row in list_own_surveys(case, on=on)]
    return render(
        request, "employment/interests/of_jobseeker.html", {"case": case, "name": case.person.name, "pages": pages}
    )


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_interest(request: SunwardRequest, case_id: UUID, survey_id: UUID) -> HttpResponse:
    """On the telephone: the office writes down what the person says."""
    page = _read(find_jobseeker(actor=request.actor, case_id=case_id), survey_id)
    form = InterestAnswerForm(request.POST or None, initial=_first(page), topics=page.topics)
    return act_on_jobseeker(
        request, case_id, form,
        lambda asked: acts.answer_survey(survey_id=survey_id, wished=form.wished(), **asked),
        title=_("What the person wishes to learn"), done=_("Written down."), note=page.title,
        back=reverse("employment:jobseeker_interests", args=[case_id]),
    )  # fmt: skip


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_interest_take_back(request: SunwardRequest, case_id: UUID, survey_id: UUID) -> HttpResponse:
    acts.take_answer_back(actor=request.actor, case_id=case_id, survey_id=survey_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Taken back."))
    return redirect("employment:jobseeker_interests", case_id)


def _read(case: Case, survey_id: UUID) -> OwnSurveyPage:
    on = clock.today()
    return read_own_survey(get_own_survey(case, survey_id, on=on), case, on=on)


def _first(page: OwnSurveyPage) -> dict[str, Any]:
    return {"version": page.version, "topics": list(page.chosen), "words": "\n".join(page.words)}
