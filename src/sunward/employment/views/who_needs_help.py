"""Who needs help: the rules with their figures, whom a rule cannot judge, and what another version would change."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.furniture import Tab
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES
from sunward.employment.forms.who_needs_help import HelpFilter
from sunward.employment.queries.jobseekers import unit_choices
from sunward.employment.queries.rule_files import (
    Change,
    compare,
    count_changes,
    list_changed,
    list_lacking,
    read_rule_files,
    rule_in_force,
    rule_of_version,
    say_change,
    say_missing,
)
from sunward.employment.queries.who_needs_help import files_asked, read_who_needs_help
from sunward.employment.tagging.answers import Missing


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def who_needs_help(request: SunwardRequest) -> HttpResponse:
    on = clock.today()
    form = HelpFilter(request.GET, units=unit_choices(request.actor), on=on)
    asked = form.question()
    page = read_who_needs_help(request.actor, asked, on=on)
    context = {"filters": {"form": form}, "page": page, "asked": asked}
    return render(request, "employment/who_needs_help/page.html", context)


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def rule_lacking(request: SunwardRequest, kind: str) -> HttpResponse:
    """Whom the rule cannot judge, for want of one thing."""
    on = clock.today()
    rule = rule_in_force(kind, on=on)
    unit, what = request.GET.get("unit", ""), request.GET.get("what", "")
    lack = Missing(what) if what in Missing else Missing.BIRTH_DATE
    found = list_lacking(files_asked(request.actor, unit), rule, lack, on=on)
    page = read_rule_files(
        found, asked=request.GET, because=lambda facts: say_missing(rule.judge(facts, on=on)), on=on
    )  # fmt: skip
    title = gettext("Not known: %(what)s") % {"what": lack.label}
    context = {"rule": rule, "page": page, "title": title, "tabs": (), "unit": unit}
    return render(request, "employment/who_needs_help/files.html", context)


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def rule_compare(request: SunwardRequest, kind: str, version: str) -> HttpResponse:
    """Who would come in and who would leave if another version were in force today. Nothing is changed."""
    on = clock.today()
    old, new = rule_in_force(kind, on=on), rule_of_version(kind, version)
    unit, asked = request.GET.get("unit", ""), request.GET.get("change", "")
    change = Change(asked) if asked in Change else Change.COMES
    compared = compare(files_asked(request.actor, unit), old, new, on=on)
    counts = count_changes(compared)
    page = read_rule_files(
        list_changed(compared, change), asked=request.GET, because=say_change(old, new, on=on), on=on
    )
    address = reverse("employment:rule_compare", args=[kind, version])
    tabs = [
        Tab(one.label, f"{address}?change={one}{f'&unit={unit}' if unit else ''}", one == change, counts[one])
        for one in Change
    ]
    context = {"rule": old, "other": new, "page": page, "tabs": tabs, "title": change.label, "unit": unit}
    return render(request, "employment/who_needs_help/compare.html", context)
