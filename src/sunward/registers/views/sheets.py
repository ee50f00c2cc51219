"""How a sheet was read, and putting it right."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.registers import actions
from sunward.registers.access import IMPORTING_ROLES, get_batch, get_sheet
from sunward.registers.enums import BatchState
from sunward.registers.forms import SheetForm
from sunward.registers.models import ImportBatch
from sunward.registers.queries.layouts import read_layout


@require_safe
@never_cache
@allow(*IMPORTING_ROLES)
def sheet(request: SunwardRequest, batch_id: UUID, sheet_id: int) -> HttpResponse:
    batch = get_batch(actor=request.actor, batch_id=batch_id, now=clock.now())
    return _show(request, batch, sheet_id, None)


@require_POST
@allow(*IMPORTING_ROLES, writes=True)
def correct(request: SunwardRequest, batch_id: UUID, sheet_id: int) -> HttpResponse:
    batch = get_batch(actor=request.actor, batch_id=batch_id)
    form = SheetForm(request.POST, sheet=get_sheet(batch=batch, sheet_id=sheet_id))
    if not form.is_valid():
        return _show(request, batch, sheet_id, form)
    actions.correct_sheet(
        actor=request.actor, batch_id=batch_id, sheet_id=sheet_id, corrections=form.corrections, now=clock.now(),
        is_skipped=form.cleaned_data["is_skipped"],
    )  # fmt: skip
    messages.success(request, gettext("The import is read again. What you chose is remembered for the next workbook."))
    return redirect("registers:batch", batch_id)


def _show(request: SunwardRequest, batch: ImportBatch, sheet_id: int, form: SheetForm | None) -> HttpResponse:
    found = get_sheet(batch=batch, sheet_id=sheet_id)
    context = {
        "batch": batch, "sheet": found, "layout": read_layout(found.file, found),
        "form": form or SheetForm(sheet=found), "is_open": batch.state == BatchState.STAGED,
    }  # fmt: skip
    return render(request, "registers/sheet.html", context, status=422 if form is not None else 200)
