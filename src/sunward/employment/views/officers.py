"""Who is in charge of whom: on one file, handed over at once, and shared out where nobody is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.refusals import Conflict
from sunward.employment.access.officers import OFFICER_ROLES
from sunward.employment.actions import officers as acts
from sunward.employment.forms.officers import HandoverForm, OfficerForm
from sunward.employment.queries import officers as queries
from sunward.employment.queries.jobseekers import paths_of, unit_choices
from sunward.employment.views.acting import act_on_jobseeker, done_with

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*OFFICER_ROLES, writes=True)
def jobseeker_officer(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = OfficerForm(request.POST if request.method == "POST" else None)

    def prepare(case: Case) -> None:
        on = clock.today()
        form.offer([(one.username, one.words) for one in queries.officers_of(case, on=on)])
        form.initial = queries.standing_choice(case)

    return act_on_jobseeker(
        request, case_id, form, lambda given: acts.put_in_charge(**given, **form.cleaned_data),
        title=_("Who is in charge"), done=_("Written down. Until tonight it can be taken back on the file."),
        prepare=prepare,
    )  # fmt: skip


@require_POST
@allow(*OFFICER_ROLES, writes=True)
def jobseeker_officer_undo(request: SunwardRequest, case_id: UUID, row_id: int) -> HttpResponse:
    acts.take_back_officer(actor=request.actor, case_id=case_id, row_id=row_id, on=clock.today(), now=clock.now())
    return done_with(request, case_id, _("Taken back: it is as it was before."))


@require_safe
@never_cache
@allow(*OFFICER_ROLES)
def officers(request: SunwardRequest) -> HttpResponse:
    page = queries.read_caseload(request.actor, on=clock.today())
    return render(request, "employment/officers/list.html", {"page": page})


@get_or_post
@never_cache
@allow(*OFFICER_ROLES, writes=True)
def officers_handover(request: SunwardRequest) -> HttpResponse:
    """What would go where is shown first; carried out is what was shown, or nothing."""
    actor, on = request.actor, clock.today()
    form = HandoverForm(
        request.GET or None,
        sources=queries.handover_sources(actor),
        targets=[(one.username, one.words) for one in queries.officers_around(actor, on=on)],
        units=unit_choices(actor),
    )
    plan = None
    if form.is_valid():
        asked = form.cleaned_data
        paths = paths_of(actor, asked["unit"]) if asked["unit"] else ()
        plan = queries.plan_handover(actor, source=asked["source"], target=asked["target"], unit_paths=paths, on=on)
    if request.method == "POST":
        return _carry_out(request, plan)
    status = 422 if form.is_bound and plan is None else 200
    return render(request, "employment/officers/handover.html", {"form": form, "plan": plan}, status=status)


@get_or_post
@never_cache
@allow(*OFFICER_ROLES, writes=True)
def officers_balance(request: SunwardRequest) -> HttpResponse:
    plan = queries.propose_balance(request.actor, on=clock.today())
    if request.method == "POST":
        return _carry_out(request, plan)
    return render(request, "employment/officers/balance.html", {"plan": plan})


def _carry_out(request: SunwardRequest, plan: queries.Plan | None) -> HttpResponse:
    """Only what was seen: `mark` names the plan on the page from which the button was pressed."""
    try:
        if plan is None or not plan.moves or request.POST.get("mark") != plan.mark:
            raise acts.changed_meanwhile()
        count = acts.move_files(actor=request.actor, moves=plan.moves, on=clock.today(), now=clock.now())
    except Conflict as conflict:
        messages.warning(request, str(conflict.sentence))
        return redirect(request.get_full_path())
    word = ngettext("%(count)s file handed over.", "%(count)s files handed over.", count) % {"count": count}
    messages.success(request, word)
    return redirect("employment:officers")
