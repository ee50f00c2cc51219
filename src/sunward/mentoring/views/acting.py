"""One form, one act on a child's file: shown with the child's name until it is right, then done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from sunward.accounts.access import SunwardRequest
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.refusals import Refusal, show_above
from sunward.mentoring.access import find_child, get_child


def act_on_child(
    request: SunwardRequest,
    case_id: UUID,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: Text,
    done: Text,
    note: Text = "",
    prepare: Callable[[Case], Text | None] | None = None,
    is_dangerous: bool = False,
    back: str = "",
) -> HttpResponse:
    """`act` is given who acts, on which file and when. `prepare` sees the file before its form is shown: it fills in
    choices, may answer with a note, and refuses what is not there.

    `back` is where one came from and goes on afterwards; the child's file unless given. What was typed stays in the
    form when the act is refused.
    """
    now = clock.now()
    if request.method == "POST" and form.is_valid():
        # The gate of this programme: whoever keeps jobseekers as well does nothing to one of them by a child's address.
        find_child(actor=request.actor, case_id=case_id)
        try:
            act({"actor": request.actor, "case_id": case_id, "on": clock.today(), "now": now})
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            return done_with(request, case_id, done, back=back)
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=now)
    note = (prepare(case) if prepare else None) or note
    context = {
        "case": case, "name": case.person.name, "form": form, "title": title, "is_dangerous": is_dangerous,
        "note": note, "back": back or file_of(case_id),
    }  # fmt: skip
    return render(request, "mentoring/children/act.html", context, status=422 if form.is_bound else 200)


def done_with(request: SunwardRequest, case_id: UUID, word: Text, *, back: str = "") -> HttpResponseRedirect:
    messages.success(request, str(word))
    return redirect(back or file_of(case_id))


def file_of(case_id: UUID) -> str:
    return reverse("mentoring:child", args=[case_id])
