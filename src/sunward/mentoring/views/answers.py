"""A visit as the staff read it, their answers, and the mentor's own word back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.core import clock
from sunward.mentoring.access import get_own_match, get_visit
from sunward.mentoring.actions.answers import answer_visit, mark_read, reply_to_answer
from sunward.mentoring.forms.answers import AnswerForm
from sunward.mentoring.queries.visit_file import read_visit_file
from sunward.mentoring.queries.visits import find_own_visit, list_answers, read_own_child


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def child_visit(request: SunwardRequest, record_id: UUID) -> HttpResponse:
    return _page(request, record_id, AnswerForm())


def _page(request: SunwardRequest, record_id: UUID, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    visit = get_visit(actor=request.actor, record_id=record_id, purpose="act", now=clock.now())
    context = {"visit": read_visit_file(visit, request.actor), "form": form}
    return render(request, "mentoring/visits/file.html", context, status=status)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_visit_read(request: SunwardRequest, record_id: UUID) -> HttpResponse:
    """A tap of its own: to have opened a page is not to have read it."""
    mark_read(actor=request.actor, record_id=record_id, now=clock.now())
    messages.success(request, _("Marked as read. She sees that somebody reads what she writes."))
    return redirect("mentoring:child_visit", record_id=record_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_visit_answer(request: SunwardRequest, record_id: UUID) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, record_id, form, status=422)
    answer_visit(actor=request.actor, record_id=record_id, now=clock.now(), **form.cleaned_data)
    messages.success(request, _("Answered. She is told."))
    return redirect("mentoring:child_visit", record_id=record_id)


@require_http_methods(["GET", "POST"])
@never_cache
@allow(Role.MENTOR, writes=True)
def visit_reply(request: SunwardRequest, record_id: UUID) -> HttpResponse:
    """What was said under her visit, and her own word back."""
    now = clock.now()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = reply_to_answer(actor=request.actor, record_id=record_id, now=now, **form.cleaned_data)
        messages.success(request, _("Sent."))
        return redirect("mentoring:own_child", match_id=answer.visit.match.uid)
    visit = find_own_visit(request.actor, record_id=record_id)
    match = get_own_match(actor=request.actor, match_id=visit.match.uid, now=now)
    context = {
        "child": read_own_child(match, request.actor),
        "visit": visit,
        "answers": list_answers(visit, request.actor),
        "form": form,
    }
    return render(request, "mentoring/visits/reply.html", context, status=422 if form.is_bound else 200)
