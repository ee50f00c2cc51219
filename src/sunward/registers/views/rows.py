"""A single row: shown for repair, repaired, left out, taken back in, told apart."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.registers import actions
from sunward.registers.access import IMPORTING_ROLES, get_batch, get_row
from sunward.registers.actions.rows import LONGEST_CELL
from sunward.registers.enums import BatchState, Outcome
from sunward.registers.forms import read_cells
from sunward.registers.models import StagedRow
from sunward.registers.queries.rows import read_repair
from sunward.registers.sheets.registry import sheet_kinds


@require_safe
@never_cache
@allow(*IMPORTING_ROLES)
def row(request: SunwardRequest, batch_id: UUID, row_id: UUID) -> HttpResponse:
    """A page of its own, and under htmx the form alone, below the row in the table."""
    batch = get_batch(actor=request.actor, batch_id=batch_id, now=clock.now())
    found = get_row(batch=batch, row_id=row_id)
    view = read_repair(batch, found, is_open=batch.state == BatchState.STAGED)
    return render(request, "registers/row.html", {"batch": batch, "repair": view})


@require_POST
@never_cache
@allow(*IMPORTING_ROLES, writes=True)
def repair(request: SunwardRequest, batch_id: UUID, row_id: UUID) -> HttpResponse:
    """Judged again at once; what is still wrong is said above the same cells."""
    row = actions.repair_row(
        actor=request.actor, batch_id=batch_id, row_id=row_id, cells=read_cells(request.POST, most=LONGEST_CELL + 1),
        now=clock.now(),
    )  # fmt: skip
    if row.outcome == Outcome.REJECTED:
        batch = get_batch(actor=request.actor, batch_id=batch_id)
        view = read_repair(batch, get_row(batch=batch, row_id=row_id), is_open=True)
        return render(
            request, "registers/row.html", {"batch": batch, "repair": view, "is_still_wrong": True}, status=422
        )
    messages.success(request, _became(row))
    return redirect(f"{reverse('registers:batch', args=[batch_id])}?outcome={Outcome.REJECTED}")


def _became(row: StagedRow) -> str:
    if row.outcome == Outcome.DUPLICATE:
        return gettext("Row %(row)s is repaired; it turned out to be somebody who is there already.") % {"row": row.row}
    return gettext("Row %(row)s is repaired and will be taken over.") % {"row": row.row}


@require_POST
@allow(*IMPORTING_ROLES, writes=True)
def skip(request: SunwardRequest, batch_id: UUID, row_id: UUID) -> HttpResponse:
    said = gettext("Row %(row)s is left out.")
    return _change(request, actions.skip_row, batch_id, row_id, said)


@require_POST
@allow(*IMPORTING_ROLES, writes=True)
def take_back_in(request: SunwardRequest, batch_id: UUID, row_id: UUID) -> HttpResponse:
    said = gettext("Row %(row)s is in again.")
    return _change(request, actions.take_row_back_in, batch_id, row_id, said)


@require_POST
@allow(*IMPORTING_ROLES, writes=True)
def declare_another(request: SunwardRequest, batch_id: UUID, row_id: UUID) -> HttpResponse:
    """A person, or whatever else the rows of the sheet are about."""
    row = actions.declare_another_person(actor=request.actor, batch_id=batch_id, row_id=row_id, now=clock.now())
    if sheet_kinds()[row.sheet.kind].is_about_persons:
        said = gettext("Row %(row)s is another person and will be taken over, without the phone.")
    else:
        said = gettext("Row %(row)s is another one and will be taken over.")
    return _back(request, row, batch_id, said)


@require_POST
@allow(*IMPORTING_ROLES, writes=True)
def confirm_same(request: SunwardRequest, batch_id: UUID, row_id: UUID) -> HttpResponse:
    said = gettext("Row %(row)s is the same; its source will be added to the one that is there.")
    return _change(request, actions.confirm_same, batch_id, row_id, said)


def _change(
    request: SunwardRequest, act: Callable[..., StagedRow], batch_id: UUID, row_id: UUID, said: str
) -> HttpResponse:
    return _back(request, act(actor=request.actor, batch_id=batch_id, row_id=row_id, now=clock.now()), batch_id, said)


def _back(request: SunwardRequest, row: StagedRow, batch_id: UUID, said: str) -> HttpResponse:
    messages.success(request, said % {"row": row.row})
    back = request.POST.get("outcome", "")
    query = f"?outcome={back}" if back.replace("_", "").isalpha() else ""
    return redirect(f"{reverse('registers:batch', args=[batch_id])}{query}")
