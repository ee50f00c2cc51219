"""What the records of a plan cost to write, beside what it delivered, and how much they may cost."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import KEEPER_ROLES, READER_ROLES, get_plan, kept_paths, open_kept_plan
from sunward.blueprint.actions.budgeting import set_budget
from sunward.blueprint.forms.burden import BudgetForm
from sunward.blueprint.forms.plans import kept_filters
from sunward.blueprint.queries.burden_page import budget_of, key_of_month, read_budgets, read_burden
from sunward.blueprint.queries.burden_written import months_of
from sunward.blueprint.queries.plan_pages import own_units, read_head
from sunward.core import clock
from sunward.core.posted import key_of, version_of
from sunward.core.refusals import Conflict, Refusal
from sunward.figures.pins import month_of


@require_safe
@never_cache
@allow(*READER_ROLES)
def plan_burden(request: SunwardRequest, plan_id: UUID) -> HttpResponse:
    """A month that cannot be understood is this one: a link that was sent on must open."""
    found, on = get_plan(actor=request.actor, plan_id=plan_id), clock.today()
    months = {key_of_month(month): month for month in months_of(found, on=on)}
    month = months.get(request.GET.get("month", ""), month_of(on))
    page = read_burden(request.actor, found, month, on=on)
    wanted = [request.GET["unit"]] if request.GET.get("unit") else own_units(request.actor)
    filters = kept_filters(request.GET)
    context = {
        "head": read_head(request.actor, found, page="plan_burden", filters=filters), "page": page, "months": months,
        "filters": filters,
        "chosen": next((unit for unit in page.units if unit.code in wanted), None), "plan_id": found.uid,
        "is_keeper": found.unit_path in kept_paths(request.actor),
    }  # fmt: skip
    return render(request, "blueprint/plans/burden.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def plan_budget(request: SunwardRequest, plan_id: UUID) -> HttpResponse:
    """A refusal keeps what was typed; after a change by somebody else, saving again is a decision of its own."""
    plan, on = open_kept_plan(actor=request.actor, plan_id=plan_id), clock.today()
    history = read_budgets(plan)
    form = BudgetForm(request.POST or None, minutes=budget_of(history, month_of(on)).minutes)
    status, notice, version = 200, "", len(history)
    if request.method == "POST":
        status, version = 422, version_of(request, unread=-1)
        if form.is_bound and form.is_valid():
            try:
                set_budget(
                    actor=request.actor, plan_id=plan_id, version=version, details=form.details(), on=on,
                    now=clock.now(), key=key_of(request),
                )  # fmt: skip
            except Conflict as refusal:
                status, notice, version = refusal.status, str(refusal.sentence), len(history)
            except Refusal as refusal:
                if refusal.status == 404:
                    raise
                status, notice = refusal.status, str(refusal.sentence)
            else:
                messages.success(request, _("Saved."))
                return redirect("blueprint:plan_burden", plan.uid)
    context = {
        "plan": plan, "form": form, "notice": notice, "version": version, "history": history,
        "key": request.POST.get("key") or uuid4(),
    }  # fmt: skip
    return render(request, "blueprint/plans/budget.html", context, status=status)
