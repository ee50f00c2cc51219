"""Appointments on a jobseeker's own page: booked, moved, cancelled, and had back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import allow_public
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.posted import version_of
from sunward.core.refusals import Refusal, show_above
from sunward.employment.access.appointments import get_appointment
from sunward.employment.access.own_page import PassMissing, get_passed_own_link
from sunward.employment.actions import own_appointments as acts
from sunward.employment.actions.slots import say_time
from sunward.employment.forms.own_page import OwnBookForm, OwnMoveForm
from sunward.employment.queries.appointments import slot_choices
from sunward.employment.views.own_entering import given, says_where_own_is_shut, turn_back_own

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow_public()
@says_where_own_is_shut
def own_book(request: HttpRequest, token: str) -> HttpResponse:
    form = OwnBookForm(request.POST or None)
    return _choose(
        request, token, form, lambda: acts.book_own(**form.cleaned_data, **given(request, token)),
        title=_("Make an appointment"), done=_("Booked. We remind you the day before."),
    )  # fmt: skip


@get_or_post
@never_cache
@allow_public()
@says_where_own_is_shut
def own_move(request: HttpRequest, token: str, appointment_id: UUID) -> HttpResponse:
    form = OwnMoveForm(request.POST or None)
    return _choose(
        request, token, form,
        lambda: acts.move_own(appointment_id=appointment_id, **form.cleaned_data, **given(request, token)),
        title=_("Choose another time"), done=_("Moved. The adviser has been told."), appointment_id=appointment_id,
    )  # fmt: skip


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_cancel(request: HttpRequest, token: str, appointment_id: UUID) -> HttpResponse:
    return _settle(request, token, appointment_id, acts.cancel_own, _("Cancelled. Thank you for giving the time back."))


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_restore(request: HttpRequest, token: str, appointment_id: UUID) -> HttpResponse:
    return _settle(request, token, appointment_id, acts.restore_own, _("It stands again. See you then!"))


def _choose(
    request: HttpRequest,
    token: str,
    form: OwnBookForm | OwnMoveForm,
    act: Callable[[], object],
    *,
    title: Text,
    done: Text,
    appointment_id: UUID | None = None,
) -> HttpResponse:
    """A free time is chosen; refused, what was typed stays and the times are offered anew."""
    asked: dict[str, Any] = given(request, token)
    try:
        link = get_passed_own_link(**asked)
    except PassMissing as refusal:
        return turn_back_own(request, token, refusal)
    note = ""
    if appointment_id is not None:
        row = get_appointment(link.case, appointment_id)
        form.initial, note = {"version": row.version}, f"{say_time(row.slot)} {row.slot.point.name}"
    form.offer(slot_choices(link.case, now=clock.now()))
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except PassMissing as refusal:
            return turn_back_own(request, token, refusal)
        except Refusal as refusal:
            if refusal.status != Refusal.status:
                return turn_back_own(request, token, refusal)
            show_above(form, refusal)
            form.offer(slot_choices(link.case, now=clock.now()))
        else:
            messages.success(request, str(done))
            return redirect("own_page", token)
    context = {"form": form, "title": title, "note": note, "token": token}
    return render(request, "employment/own/choose.html", context, status=422 if form.is_bound else 200)


def _settle(
    request: HttpRequest, token: str, appointment_id: UUID, act: Callable[..., object], done: Text
) -> HttpResponse:
    try:
        act(appointment_id=appointment_id, version=version_of(request), **given(request, token))
    except Refusal as refusal:
        return turn_back_own(request, token, refusal)
    messages.success(request, str(done))
    return redirect("own_page", token)
