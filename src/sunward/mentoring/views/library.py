"""The small library: reading and learning, writing and keeping, and the hours that come of it as a list."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_act, record_looks
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.audit.chain import Subject
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict
from sunward.core.tables import read_ledger
from sunward.core.workbooks import Sheet, workbook_response
from sunward.mentoring.access import MENTOR_SUBJECT
from sunward.mentoring.actions import library as acts
from sunward.mentoring.actions.learning import learn, unlearn
from sunward.mentoring.forms.library import LibraryFilter, MaterialForm, YearForm
from sunward.mentoring.library.access import KEEPING_ROLES, get_kept_material
from sunward.mentoring.models import Material
from sunward.mentoring.queries import library as shelf
from sunward.mentoring.queries.learning_hours import EXPORT_HEADS, list_learning_hours, offered_years
from sunward.mentoring.views.saved_before import show_saved_before

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_FORM_PAGE = "mentoring/library/form.html"


@require_safe
@never_cache
@allow(*shelf.READING_ROLES)
def library(request: SunwardRequest) -> HttpResponse:
    actor, form = request.actor, LibraryFilter(request.GET)
    page = read_ledger(
        shelf.list_materials(actor, form.question), asked=request.GET, columns=shelf.COLUMNS,
        order=shelf.DEFAULT_ORDER, shape=shelf.to_row,
    )  # fmt: skip
    context: dict[str, Any] = {"filters": {"form": form}, "page": page, "may_write": actor.has(*KEEPING_ROLES)}
    context["asked"] = shelf.list_own_consents(actor)
    if actor.has(*CASEWORK_ROLES):
        context["years"] = YearForm(years=offered_years(on=clock.today()))
    return render(request, "mentoring/library/list.html", context)


@require_safe
@never_cache
@allow(*shelf.READING_ROLES)
def material(request: SunwardRequest, material_id: UUID) -> HttpResponse:
    page = shelf.read_material(request.actor, material_id=material_id, on=clock.today())
    return render(request, "mentoring/library/material.html", {"page": page})


@require_POST
@allow(Role.MENTOR, writes=True)
def material_learn(request: SunwardRequest, material_id: UUID) -> HttpResponse:
    learn(actor=request.actor, material_id=material_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Written down. It counts as learning hours."))
    return redirect("mentoring:material", material_id)


@require_POST
@allow(Role.MENTOR, writes=True)
def material_unlearn(request: SunwardRequest, material_id: UUID) -> HttpResponse:
    unlearn(actor=request.actor, material_id=material_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Taken back: it does not count."))
    # What was withdrawn meanwhile has no page for her any more.
    if shelf.may_still_read(request.actor, material_id=material_id):
        return redirect("mentoring:material", material_id)
    return redirect("mentoring:library")


@get_or_post
@never_cache
@allow(*KEEPING_ROLES, writes=True)
def material_new(request: SunwardRequest) -> HttpResponse:
    actor = request.actor
    form = MaterialForm(request.POST if request.method == "POST" else None, homes=shelf.list_homes(actor))
    context, written = {"form": form, "title": _("Write a material")}, list[Material]()
    try:
        is_said = form.is_bound and form.try_to_say(
            lambda: written.append(
                acts.write_material(
                    actor=actor, key=form.cleaned_data["key"], said=form.material, unit_path=form.unit_path,
                    now=clock.now(),
                )
            )
        )  # fmt: skip
    except Conflict as conflict:
        return show_saved_before(request, form, conflict, context, made=None)
    if is_said:
        messages.success(request, _("Saved. Nobody reads it before it is published: look at it once more below."))
        return redirect("mentoring:material", written[0].uid)
    return render(request, _FORM_PAGE, context, status=422 if form.is_bound else 200)


@get_or_post
@never_cache
@allow(*KEEPING_ROLES, writes=True)
def material_edit(request: SunwardRequest, material_id: UUID) -> HttpResponse:
    """If somebody else has changed it meanwhile, both are shown to choose from."""
    actor, now = request.actor, clock.now()
    row = get_kept_material(actor=actor, material_id=material_id)
    opened = {name: getattr(row, name) for name in ("field", "kind", "title", "link", "words", "minutes")}
    fresh = MaterialForm(initial=opened, kind=row.kind)
    context = {"form": fresh, "title": row.title, "name": row.title, "version": row.version, "material_id": row.uid}
    if request.method != "POST":
        return render(request, _FORM_PAGE, context)
    form, version = MaterialForm(take_choices(request.POST), kind=row.kind), version_of(request)
    try:
        is_done = form.try_to_say(
            lambda: acts.change_material(
                actor=actor, material_id=material_id, version=version, said=form.material, now=now
            )
        )
    except Conflict:
        context["merge"] = merge(form, fresh, version=row.version)
        return render(request, "core/merge.html", context, status=409)
    if not is_done:
        return render(request, _FORM_PAGE, context | {"form": form, "version": version}, status=422)
    messages.success(request, _("Saved."))
    return redirect("mentoring:material", material_id)


@require_POST
@allow(*KEEPING_ROLES, writes=True)
def material_publish(request: SunwardRequest, material_id: UUID) -> HttpResponse:
    acts.publish_material(
        actor=request.actor, material_id=material_id, version=version_of(request), now=clock.now()
    )  # fmt: skip
    messages.success(request, _("Published. Neighbour moms and students read it now."))
    return redirect("mentoring:material", material_id)


@require_POST
@allow(*KEEPING_ROLES, writes=True)
def material_withdraw(request: SunwardRequest, material_id: UUID) -> HttpResponse:
    acts.withdraw_material(actor=request.actor, material_id=material_id, now=clock.now())
    messages.success(request, _("Withdrawn. Whoever has learned from it keeps her hours; you can put it back."))
    return redirect("mentoring:material", material_id)


@require_POST
@allow(*KEEPING_ROLES, writes=True)
def material_put_back(request: SunwardRequest, material_id: UUID) -> HttpResponse:
    acts.put_back_material(actor=request.actor, material_id=material_id, now=clock.now())
    messages.success(request, _("It is as it was before it was withdrawn."))
    return redirect("mentoring:material", material_id)


@require_safe
@allow(*CASEWORK_ROLES)
@reauthentication_required  # type: ignore[untyped-decorator]
def learning_hours_export(request: SunwardRequest) -> HttpResponse:
    """Of one year, by name. Each whose line is in it is noted as looked at."""
    actor, now = request.actor, clock.now()
    year = YearForm(request.GET, years=offered_years(on=clock.today())).chosen
    rows = list_learning_hours(actor, year=year)
    record_act(actor=actor, code="mentoring.learning_hours_exported", now=now, rows=len(rows), year=year)
    record_looks(
        actor=actor, code="mentoring.file_exported", now=now, purpose="export",
        at=[(Subject(MENTOR_SUBJECT, row.mentor.pk), row.mentor.unit_path) for row in rows],
    )  # fmt: skip
    title = gettext("Learning hours %(year)d") % {"year": year}
    sheet = Sheet(
        name=title,
        title=title,
        note=gettext("%(unit)s, %(name)s, %(day)s; by name, nobody is ranked")
        % {"unit": actor.unit_name, "name": actor.name, "day": clock.today().isoformat()},
        heads=[str(head) for head in EXPORT_HEADS],
        rows=(row.cells for row in rows),
    )
    return workbook_response([sheet], file_name=f"{title}.xlsx")
