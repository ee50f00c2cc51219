"""Surveys of what jobseekers wish to learn: the list, one of them, what is written, and what comes of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal, show_above
from sunward.employment.access.interests import (
    INTEREST_ROLES,
    SUMS_ROLES,
    get_kept_survey,
    get_survey,
    get_topic,
    get_wish,
    look_at_wishes,
    survey_units,
)
from sunward.employment.actions import interest_courses, interest_surveys
from sunward.employment.course_series import CourseSeries
from sunward.employment.enums import InterestState
from sunward.employment.forms.interests import DeclineForm, NewSurveyForm, SurveyForm, TermsForm, WishReplyForm
from sunward.employment.interests.topics import Topic, code_of
from sunward.employment.models import InterestSurvey
from sunward.employment.queries import interests as queries

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*SUMS_ROLES)
def interests(request: SunwardRequest) -> HttpResponse:
    """Sums, and no person: a leader opens none of them."""
    context = {
        "rows": queries.list_surveys(request.actor, on=clock.today()),
        "may_write": survey_units(request.actor).exists(),
    }
    return render(request, "employment/interests/list.html", context)


@require_safe
@never_cache
@allow(*INTEREST_ROLES)
def interest(request: SunwardRequest, survey_id: UUID) -> HttpResponse:
    survey = get_survey(actor=request.actor, survey_id=survey_id)
    page = queries.read_survey(survey, request.actor, on=clock.today())
    return render(request, "employment/interests/survey.html", {"page": page})


@get_or_post
@never_cache
@allow(*INTEREST_ROLES, writes=True)
def interest_new(request: SunwardRequest) -> HttpResponse:
    form = NewSurveyForm(request.POST or None, units=_unit_choices(request), initial={"opens_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            survey = interest_surveys.write_survey(
                actor=request.actor, key=form.cleaned_data["key"], details=form.details(), on=clock.today(),
                now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Written down. Nobody sees it before you publish it."))
            return redirect("employment:interest", survey.uid)
    return _form(request, None, form, _("Ask what people wish to learn"))


@get_or_post
@never_cache
@allow(*INTEREST_ROLES, writes=True)
def interest_edit(request: SunwardRequest, survey_id: UUID) -> HttpResponse:
    """If somebody else has changed it meanwhile, both are shown to choose from."""
    survey = get_kept_survey(actor=request.actor, survey_id=survey_id)
    form = _change_form(request, survey, data=take_choices(request.POST) if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, survey, form)
        except Conflict as conflict:
            if conflict.code != interest_surveys.CHANGED_MEANWHILE:
                raise
            context = {
                "merge": merge(form, _change_form(request, survey), version=survey.version), "name": survey.title,
                "title": _("Change the survey"),
            }  # fmt: skip
            return render(request, "core/merge.html", context, status=409)
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("employment:interest", survey_id)
    return _form(request, survey, form, _("Change the survey"))


@require_POST
@never_cache
@allow(*INTEREST_ROLES, writes=True)
def interest_state(request: SunwardRequest, survey_id: UUID, verb: str) -> HttpResponse:
    """Published, closed, or open again; the last two undo each other."""
    act, word = {
        "publish": (
            interest_surveys.publish_survey,
            _("Published. Everybody concerned is told once, on the first day at the earliest."),
        ),
        "close": (interest_surveys.close_survey, _("Closed. Now you can plan what comes of it.")),
        "reopen": (interest_surveys.reopen_survey, _("Open again.")),
    }[verb]
    try:
        act(actor=request.actor, survey_id=survey_id, version=version_of(request), on=clock.today(), now=clock.now())
    except Refusal as refusal:
        _say(request, refusal)
    else:
        messages.success(request, word)
    return redirect("employment:interest", survey_id)


@require_POST
@never_cache
@allow(*INTEREST_ROLES, writes=True)
def interest_discard(request: SunwardRequest, survey_id: UUID) -> HttpResponse:
    interest_surveys.discard_survey(
        actor=request.actor, survey_id=survey_id, version=version_of(request), now=clock.now()
    )
    messages.success(request, _("Thrown away."))
    return redirect("employment:interests")


@require_POST
@never_cache
@allow(*INTEREST_ROLES, writes=True)
def interest_plan(request: SunwardRequest, survey_id: UUID, topic_id: UUID, number: int) -> HttpResponse:
    """One press makes a draft; then when and where are said on its own page."""
    try:
        course = interest_courses.plan_course(
            actor=request.actor, survey_id=survey_id, topic_id=topic_id, number=number, on=clock.today(),
            now=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        _say(request, refusal)
        return redirect("employment:interest", survey_id)
    messages.success(request, _("A draft of the course is made. Say when and where, then publish it."))
    return redirect("gatherings:gathering", course.gathering.uid)


@get_or_post
@never_cache
@allow(*INTEREST_ROLES, writes=True)
def interest_decline(request: SunwardRequest, survey_id: UUID, topic_id: UUID) -> HttpResponse:
    survey = get_kept_survey(actor=request.actor, survey_id=survey_id)
    topic = get_topic(survey, topic_id)
    form = DeclineForm(request.POST or None, initial={"because": topic.declined_because})
    if request.method == "POST" and form.is_valid():
        try:
            _decline(request, survey_id, topic_id, form.cleaned_data["because"])
        except Refusal as refusal:
            _say(request, refusal)
        else:
            messages.success(request, _("Noted. Whoever wished it reads this on their own page."))
        return redirect("employment:interest", survey_id)
    return _form(request, survey, form, _("Not this time: %(topic)s") % {"topic": topic.label})


@require_POST
@never_cache
@allow(*INTEREST_ROLES, writes=True)
def interest_resume(request: SunwardRequest, survey_id: UUID, topic_id: UUID) -> HttpResponse:
    """Takes "not this time" back."""
    try:
        _decline(request, survey_id, topic_id, "")
    except Refusal as refusal:
        _say(request, refusal)
    else:
        messages.success(request, _("Taken back."))
    return redirect("employment:interest", survey_id)


@require_safe
@never_cache
@allow(*INTEREST_ROLES)
def interest_wishes(request: SunwardRequest, survey_id: UUID) -> HttpResponse:
    """The wishes that are answered one by one, by name; a look at each file that is shown."""
    survey = get_survey(actor=request.actor, survey_id=survey_id)
    asked = request.GET.get("page", "")
    page = queries.read_wishes(survey, request.actor, page=int(asked) if asked.isdecimal() and len(asked) < 6 else 1)
    look_at_wishes(request.actor, page.cases, now=clock.now())
    shown = queries.read_survey(survey, request.actor, on=clock.today())
    return render(request, "employment/interests/wishes.html", {"survey": shown, "page": page})


@get_or_post
@never_cache
@allow(*INTEREST_ROLES, writes=True)
def interest_wish(request: SunwardRequest, survey_id: UUID, wish_id: UUID) -> HttpResponse:
    survey = get_kept_survey(actor=request.actor, survey_id=survey_id)
    wish = get_wish(request.actor, survey, wish_id)
    first = {"version": wish.version, "reply": wish.reply, "course": wish.course_id or ""}
    form = WishReplyForm(request.POST or None, initial=first)
    form.offer(queries.course_choices(survey))
    if request.method == "POST" and form.is_valid():
        try:
            interest_courses.answer_wish(
                actor=request.actor, survey_id=survey_id, wish_id=wish_id, on=clock.today(), now=clock.now(),
                **form.answer(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Noted. The person reads it on the own page."))
            return redirect("employment:interest_wishes", survey_id)
    look_at_wishes(request.actor, [wish.case], now=clock.now())
    back = reverse("employment:interest_wishes", args=[survey_id])
    note = f"{wish.case.person.name}: {wish.words}"
    return _form(request, survey, form, _("Answer a wish"), note=note, back=back)


def _decline(request: SunwardRequest, survey_id: UUID, topic_id: UUID, because: str) -> None:
    interest_courses.decline_topic(
        actor=request.actor, survey_id=survey_id, topic_id=topic_id, because=because, on=clock.today(), now=clock.now()
    )


def _change(request: SunwardRequest, survey: InterestSurvey, form: TermsForm) -> None:
    given: dict[str, Any] = {
        "actor": request.actor, "survey_id": survey.uid, "version": version_of(request), "on": clock.today(),
        "now": clock.now(),
    }  # fmt: skip
    if isinstance(form, SurveyForm):
        interest_surveys.edit_survey(**given, details=form.details())
    else:
        interest_surveys.adjust_survey(**given, terms=form.terms())


def _change_form(request: SunwardRequest, survey: InterestSurvey, *, data: Any = None) -> TermsForm:
    """Everything while it is a draft; afterwards what may still be changed."""
    shown: dict[str, Any] = {name: getattr(survey, name) for name in TermsForm.base_fields}
    if survey.state != InterestState.DRAFT:
        return TermsForm(data, initial=shown)
    asked = [Topic(CourseSeries(row.series), row.part, row.words) for row in survey.topics.all()]
    shown |= {
        "title": survey.title, "unit": survey.unit.code, "opens_on": survey.opens_on,
        "topics": [code for topic in asked if (code := code_of(topic))],
        "own": "\n".join(topic.words for topic in asked if topic.words),
    }  # fmt: skip
    return SurveyForm(data, initial=shown, units=_unit_choices(request))


def _unit_choices(request: SunwardRequest) -> list[tuple[str, str]]:
    return [(unit.code, unit.name) for unit in survey_units(request.actor).existing(on=clock.today()).order_by("code")]


def _say(request: SunwardRequest, refusal: Refusal) -> None:
    """What stands in the way is said on the page itself; what is not there stays not there."""
    if refusal.status not in (Refusal.status, Conflict.status):
        raise refusal
    messages.warning(request, str(refusal.sentence))


def _form(
    request: SunwardRequest, survey: InterestSurvey | None, form: Any, title: str, *, note: str = "", back: str = ""
) -> HttpResponse:
    version = request.POST.get("version", "") or (survey.version if survey else "")
    context = {"survey": survey, "form": form, "title": title, "note": note, "back": back, "version": version}
    return render(request, "employment/interests/form.html", context, status=422 if form.is_bound else 200)
