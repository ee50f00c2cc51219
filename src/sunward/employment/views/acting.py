"""One form, one act on a jobseeker's file: shown with the person's name until it is right, then done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from sunward.accounts.access import SunwardRequest
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.refusals import Refusal, show_above
from sunward.employment.access.jobseekers import find_jobseeker, get_jobseeker
from sunward.employment.actions.sent_before import SENT_BEFORE

Given = dict[str, Any]


def act_on_jobseeker(
    request: SunwardRequest,
    case_id: UUID,
    form: forms.Form,
    act: Callable[[Given], object],
    *,
    title: Text,
    done: Text,
    note: Text = "",
    prepare: Callable[[Case], Text | None] | None = None,
    is_dangerous: bool = False,
    back: str = "",
    button: Text = "",
) -> HttpResponse:
    """`act` is given who acts, on which file and when. `prepare` sees the file before its form is shown or read: it
    fills in choices, may answer with a note, and refuses what is not there.

    `back` is where one came from and goes on afterwards; the file unless given. `button` says more than "Save" where
    nothing is saved. What was typed stays in the form when the act is refused.
    """
    now = clock.now()
    case = find_jobseeker(actor=request.actor, case_id=case_id)
    note = (prepare(case) if prepare else None) or note
    if request.method == "POST" and form.is_valid():
        try:
            act({"actor": request.actor, "case_id": case_id, "on": clock.today(), "now": now})
        except Refusal as refusal:
            show_above(form, refusal)
            if refusal.code == SENT_BEFORE:
                _renew_key(form)
        else:
            return done_with(request, case_id, done, back=back)
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="act", now=now)
    context = {
        "case": case, "name": case.person.name, "form": form, "title": title, "is_dangerous": is_dangerous,
        "note": note, "back": back or file_of(case_id), "button": button,
    }  # fmt: skip
    return render(request, "employment/jobseekers/act.html", context, status=422 if form.is_bound else 200)


def done_with(request: SunwardRequest, case_id: UUID, word: Text, *, back: str = "") -> HttpResponseRedirect:
    messages.success(request, str(word))
    return redirect(back or file_of(case_id))


def file_of(case_id: UUID) -> str:
    return reverse("employment:jobseeker", args=[case_id])


def _renew_key(form: forms.Form) -> None:
    """What was typed may be kept after all: saved once more, it is a record of its own."""
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    data["key"] = str(uuid4())
    form.data = data
