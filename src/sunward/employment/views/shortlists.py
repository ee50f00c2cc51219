"""Lists for many: drawn, looked at, told or dropped."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.furniture import Progress
from sunward.core.polling import answer_poll
from sunward.core.tables import read_ledger
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES
from sunward.employment.access.shortlists import drawable_units, get_shortlist
from sunward.employment.actions import shortlist_starting as acts
from sunward.employment.forms.shortlists import StartForm
from sunward.employment.models import ShortlistRun
from sunward.employment.queries import shortlists as queries

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def shortlists(request: SunwardRequest) -> HttpResponse:
    """The runs so far, and a new one for a unit."""
    units = [(unit.code, unit.name) for unit in drawable_units(request.actor)]
    form = StartForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        run = acts.start_shortlist(
            actor=request.actor, unit_code=form.cleaned_data["unit"], on=clock.today(), now=clock.now()
        )
        return redirect("employment:shortlist", run.uid)
    context = {"form": form, "runs": queries.list_shortlists(request.actor)}
    return render(request, "employment/shortlists/list.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def shortlist(request: SunwardRequest, shortlist_id: UUID) -> HttpResponse:
    run = get_shortlist(actor=request.actor, shortlist_id=shortlist_id)
    page = queries.read_shortlist(run, request.actor, on=clock.today())
    context = {"page": page, "run_id": run.uid}
    if page.is_under_way or page.is_telling:
        context["progress"] = _progress(run, page)
    if not page.is_under_way:
        ledger = read_ledger(
            queries.ask_people(request.actor, run), asked=request.GET, columns=queries.COLUMNS, order="name",
            shape=lambda case: case,
        )  # fmt: skip
        people = queries.shape_people(list(ledger.rows), run)
        context |= {"ledger": ledger, "people": list(people.values())}
    return render(request, "employment/shortlists/run.html", context)


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def shortlist_progress(request: SunwardRequest, shortlist_id: UUID) -> HttpResponse:
    """What the page asks for while it waits."""
    run = get_shortlist(actor=request.actor, shortlist_id=shortlist_id)
    return answer_poll(request, _progress(run, queries.read_shortlist(run, request.actor, on=clock.today())))


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def shortlist_tell(request: SunwardRequest, shortlist_id: UUID) -> HttpResponse:
    acts.tell_shortlist(actor=request.actor, shortlist_id=shortlist_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Everybody on the lists is told now."))
    return redirect("employment:shortlist", shortlist_id)


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def shortlist_drop(request: SunwardRequest, shortlist_id: UUID) -> HttpResponse:
    acts.drop_shortlist(actor=request.actor, shortlist_id=shortlist_id, now=clock.now())
    messages.success(request, _("Dropped. Nobody hears of it."))
    return redirect("employment:shortlists")


def _progress(run: ShortlistRun, page: queries.RunPage) -> Progress:
    job = run.job
    is_over = not (page.is_under_way or page.is_telling)
    return Progress(
        url=reverse("employment:shortlist_progress", args=[run.uid]),
        label=_("Telling people") if page.is_telling else _("Drawing lists"),
        done=job.done if job else 0, total=job.total if job else None,
        note=run.failure or (job.sentence if job and not is_over else ""),
        is_over=is_over, has_failed=bool(run.failure),
        next_href=reverse("employment:shortlist", args=[run.uid]), next_label=_("Look at the lists"),
    )  # fmt: skip
