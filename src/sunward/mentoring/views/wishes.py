"""Small wishes: written by the neighbour mom or the worker, released by a supervisor, shown without names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.casework import actions as casework
from sunward.casework.models import Case
from sunward.casework.queries.wishes import read_wall
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.mentoring.access import get_own_match
from sunward.mentoring.actions import wishes as acts
from sunward.mentoring.forms import plans as form_of
from sunward.mentoring.forms.children import VersionedForm
from sunward.mentoring.queries.own_wishes import list_own_wishes
from sunward.mentoring.queries.plan_page import find_goal
from sunward.mentoring.queries.visits import read_own_child
from sunward.mentoring.views.acting import act_on_child

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def wishes(request: SunwardRequest) -> HttpResponse:
    """The wall. It names nobody, so it may hang where others see the screen."""
    wall = read_wall(request.actor, on=clock.today())
    return render(request, "mentoring/plans/wishes.html", {"wall": wall})


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_wish(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.WishForm(request.POST or None)
    return act_on_child(
        request, case_id, form, lambda given: casework.add_wish(**given, **form.cleaned_data),
        title=_("Write down a small wish"), done=_("Written down. A supervisor decides whether it is shown."),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """How one step of a wish is asked for and done."""

    form: type[VersionedForm]
    act: Callable[..., object]
    title: Text
    done: Text


WAYS: dict[str, Way] = {
    "release": Way(form_of.ReleaseForm, acts.release_wish, _("Put it on the wall"), _("It is on the wall.")),
    "take-back": Way(VersionedForm, casework.take_back_wish, _("Take it off the wall"), _("It is off the wall.")),
    "grant": Way(form_of.GrantForm, casework.grant_wish, _("The wish is granted"), _("Written down. How good!")),
    "drop": Way(form_of.WhyForm, casework.drop_wish, _("Give up the wish"), _("Written down.")),
    "undo": Way(VersionedForm, casework.reopen_goal, _("Open the wish again"), _("Open again.")),
}


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_wish_step(request: SunwardRequest, case_id: UUID, goal_id: UUID, act: str) -> HttpResponse:
    way = WAYS.get(act)
    if way is None:
        raise Http404
    form = way.form(request.POST or None)

    def take(given: dict[str, Any]) -> object:
        return way.act(**given, goal_id=goal_id, **form.cleaned_data)

    def prepare(case: Case) -> Text:
        wish = find_goal(case, goal_id)
        first = {"version": wish.version, "wall_words": wish.words, "granted_on": clock.today()}
        for name in first.keys() & form.fields.keys():
            form.fields[name].initial = first[name]
        return str(wish.words)

    back = reverse("mentoring:wishes") if act in ("release", "grant") and "wall" in request.GET else ""
    return act_on_child(request, case_id, form, take, title=way.title, done=way.done, prepare=prepare, back=back)


@get_or_post
@never_cache
@allow(Role.MENTOR, writes=True)
def own_wish(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    """The neighbour mom writes her child's wish, and sees what became of those she wrote."""
    on, now = clock.today(), clock.now()
    form = form_of.WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.write_own_wish(actor=request.actor, match_id=match_id, on=on, now=now, **form.cleaned_data)
        messages.success(request, str(_("Written down. Thank you; the supervisor reads it.")))
        return redirect("mentoring:own_child", match_id=match_id)
    match = get_own_match(actor=request.actor, match_id=match_id, now=now)
    context = {
        "child": read_own_child(match, request.actor), "form": form, "wishes": list_own_wishes(match, request.actor)
    }  # fmt: skip
    return render(request, "mentoring/plans/own_wish.html", context, status=422 if form.is_bound else 200)
