"""Fairs and interview sessions for officers: the list with sums, one with its booths, and one booth with its times."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, NotThere, Refusal, show_above
from sunward.employment.access.fairs import (
    FAIR_ROLES,
    SUMS_ROLES,
    get_booth,
    get_fair,
    get_own_fair,
    look_at_interviews,
)
from sunward.employment.actions import booths as acts
from sunward.employment.actions.interview_times import add_interview_times, withdraw_interview_time
from sunward.employment.actions.meetings import mark_interview
from sunward.employment.enums import BoothState, InterviewState
from sunward.employment.forms.fairs import BoothTimesForm, EmployerFilter, InviteForm, PlaceForm, VacanciesForm
from sunward.employment.models import Booth
from sunward.employment.queries import fairs as queries
from sunward.employment.queries.fair_invitations import list_invitable
from sunward.employment.queries.vacancies import to_row
from sunward.gatherings.models import Gathering

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*SUMS_ROLES)
def fairs(request: SunwardRequest) -> HttpResponse:
    """Sums, and no person: a leader opens none of them."""
    return render(request, "employment/fairs/list.html", {"rows": queries.list_fairs(request.actor)})


@require_safe
@never_cache
@allow(*FAIR_ROLES)
def fair(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    found = get_fair(actor=request.actor, gathering_id=gathering_id)
    page = queries.read_fair(found, request.actor, on=clock.today(), now=clock.now())
    return render(request, "employment/fairs/fair.html", {"page": page})


@get_or_post
@never_cache
@allow(*FAIR_ROLES, writes=True)
def fair_invite(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """Employers to choose from; each is invited with one press."""
    found = get_own_fair(actor=request.actor, gathering_id=gathering_id)
    if request.method == "POST":
        form = InviteForm(request.POST)
        if not form.is_valid():
            raise NotThere("employment.employer_not_there", _("There is no such employer, or it is not yours to see."))
        booth = acts.invite_employer(
            actor=request.actor, gathering_id=gathering_id, employer_id=form.cleaned_data["employer"],
            on=clock.today(), now=clock.now(),
        )  # fmt: skip
        messages.success(request, _("Invited. Choose what it brings, or let it choose on its own page."))
        return redirect("employment:booth", gathering_id, booth.uid)
    asked = EmployerFilter(request.GET)
    rows, is_cut = list_invitable(request.actor, found, asked.words(), on=clock.today())
    context = {"fair": found, "filters": {"form": asked}, "rows": rows, "is_cut": is_cut}
    return render(request, "employment/fairs/invite.html", context)


@require_safe
@never_cache
@allow(*FAIR_ROLES)
def booth(request: SunwardRequest, gathering_id: UUID, booth_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    found, row = _booth(request, gathering_id, booth_id)
    guests = queries.list_guests(request.actor, found, row)
    look_at_interviews(request.actor, guests, now=now)
    page = queries.read_booth(found, row, guests, request.actor, on=on, now=now)
    form = PlaceForm(initial={"version": row.version, "place": row.place})
    context = {"page": page, "answers": _answers(gathering_id, row), "place_form": form}
    return render(request, "employment/fairs/booth.html", context)


@require_POST
@allow(*FAIR_ROLES, writes=True)
def booth_answer(request: SunwardRequest, gathering_id: UUID, booth_id: UUID, state: str) -> HttpResponse:
    """What the employer told the office; each answer can be changed into another."""
    done = {
        BoothState.CONFIRMED: _("Noted: the employer comes."),
        BoothState.DECLINED: _("Noted: the employer does not come. Whoever had a time there has been told."),
        BoothState.WITHDRAWN: _("Taken off. Whoever had a time there has been told; you can invite it again."),
        BoothState.INVITED: _("Invited again."),
    }
    kind = BoothState(state)
    acts.answer_booth(
        actor=request.actor, gathering_id=gathering_id, booth_id=booth_id, version=version_of(request), state=kind,
        on=clock.today(), now=clock.now(),
    )  # fmt: skip
    messages.success(request, done[kind])
    return redirect("employment:booth", gathering_id, booth_id)


@require_POST
@allow(*FAIR_ROLES, writes=True)
def booth_place(request: SunwardRequest, gathering_id: UUID, booth_id: UUID) -> HttpResponse:
    form = PlaceForm(request.POST)
    if not form.is_valid():
        get_own_fair(actor=request.actor, gathering_id=gathering_id)
        messages.error(request, _("Please write it in fewer words: A3, table 7."))
        return redirect("employment:booth", gathering_id, booth_id)
    acts.place_booth(
        actor=request.actor, gathering_id=gathering_id, booth_id=booth_id, now=clock.now(), **form.cleaned_data
    )
    messages.success(request, _("Saved."))
    return redirect("employment:booth", gathering_id, booth_id)


@get_or_post
@never_cache
@allow(*FAIR_ROLES, writes=True)
def booth_vacancies(request: SunwardRequest, gathering_id: UUID, booth_id: UUID) -> HttpResponse:
    found, row = _own_booth(request, gathering_id, booth_id)
    form = VacanciesForm(request.POST or None, initial=first_choice(row), choices=vacancy_choices(row))
    if request.method == "POST" and form.is_valid():
        try:
            acts.choose_vacancies(
                actor=request.actor, gathering_id=gathering_id, booth_id=booth_id,
                version=form.cleaned_data["version"], vacancies=form.chosen(), on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("employment:booth", gathering_id, booth_id)
    return _form(request, found, row, form, _("Vacancies at this booth"))


@get_or_post
@never_cache
@allow(*FAIR_ROLES, writes=True)
def booth_times_new(request: SunwardRequest, gathering_id: UUID, booth_id: UUID) -> HttpResponse:
    """It begins with the times of the gathering itself."""
    found, row = _own_booth(request, gathering_id, booth_id)
    form = BoothTimesForm(request.POST or None, initial=_first_times(found))
    if request.method == "POST" and form.is_valid():
        try:
            made = add_interview_times(
                actor=request.actor, gathering_id=gathering_id, booth_id=booth_id, key=form.cleaned_data["key"],
                times=form.times(), on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            word = ngettext("%(count)s time added.", "%(count)s times added.", len(made)) % {"count": len(made)}
            messages.success(request, word)
            return redirect("employment:booth", gathering_id, booth_id)
    return _form(request, found, row, form, _("Add times"))


@require_POST
@allow(*FAIR_ROLES, writes=True)
def booth_time_withdraw(request: SunwardRequest, gathering_id: UUID, booth_id: UUID, slot_id: UUID) -> HttpResponse:
    try:
        withdraw_interview_time(
            actor=request.actor, gathering_id=gathering_id, booth_id=booth_id, slot_id=slot_id, now=clock.now()
        )
    except Conflict as conflict:
        messages.warning(request, str(conflict.sentence))
    else:
        messages.success(request, _("Withdrawn: nobody can take it any more."))
    return redirect("employment:booth", gathering_id, booth_id)


@require_POST
@allow(*FAIR_ROLES, writes=True)
def booth_mark(
    request: SunwardRequest, gathering_id: UUID, booth_id: UUID, interview_id: UUID, state: str
) -> HttpResponse:
    """Whether the two met; `taken` undoes either."""
    found, row = _booth(request, gathering_id, booth_id)
    mark_interview(
        actor=request.actor, gathering_id=found.uid, interview_id=interview_id, version=version_of(request),
        state=InterviewState(state), on=clock.today(), now=clock.now(),
    )  # fmt: skip
    messages.success(request, say_marked(InterviewState(state)))
    return redirect("employment:booth", gathering_id, row.uid)


def _answers(gathering_id: UUID, row: Booth) -> list[tuple[str, str]]:
    """What may be said of it now: the words of a button, and its address."""
    words = {
        BoothState.CONFIRMED: ("confirm", _("It comes")),
        BoothState.DECLINED: ("decline", _("It does not come")),
        BoothState.WITHDRAWN: ("withdraw", _("Take it off")),
        BoothState.INVITED: ("reinvite", _("Invite it again")),
    }
    may_follow = acts.FOLLOWS[BoothState(row.state)]
    return [
        (label, reverse(f"employment:booth_{verb}", args=[gathering_id, row.uid]))
        for label, verb in ((words[state][1], words[state][0]) for state in may_follow)
    ]


def say_marked(state: InterviewState) -> str:
    return {
        InterviewState.MET: _("Noted that they met. What comes of it is written down with the recommendation."),
        InterviewState.MISSED: _("Noted that the person did not come."),
    }.get(state, _("Undone: the time stands as taken."))


def vacancy_choices(row: Booth) -> list[tuple[str, str]]:
    on = clock.today()
    rows = [to_row(one, on=on) for one in acts.bringable(row, on=on)]
    return [(str(one.uid), " · ".join(filter(None, (one.title, one.pay, one.workplace)))) for one in rows]


def first_choice(row: Booth) -> dict[str, Any]:
    chosen = [str(one) for one in row.vacancies.values_list("uid", flat=True)]
    return {"version": row.version, "vacancies": chosen}


def _first_times(found: Gathering) -> dict[str, Any]:
    session = next(iter(found.sessions.all()), None)
    if session is None:
        return {}
    begins, ends = localtime(session.begins_at), localtime(session.ends_at)
    return {"day": localdate(session.begins_at), "begins": begins.time(), "ends": ends.time()}


def _booth(request: SunwardRequest, gathering_id: UUID, booth_id: UUID) -> tuple[Gathering, Booth]:
    found = get_fair(actor=request.actor, gathering_id=gathering_id)
    return found, get_booth(found, booth_id)


def _own_booth(request: SunwardRequest, gathering_id: UUID, booth_id: UUID) -> tuple[Gathering, Booth]:
    found = get_own_fair(actor=request.actor, gathering_id=gathering_id)
    return found, get_booth(found, booth_id)


def _form(request: SunwardRequest, found: Gathering, row: Booth, form: Any, title: str) -> HttpResponse:
    context = {"fair": found, "booth": row, "form": form, "title": title}
    return render(request, "employment/fairs/form.html", context, status=422 if form.is_bound else 200)
