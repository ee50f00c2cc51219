"""Imports: the list with the drop zone, one import, and what is decided about it as a whole."""

from dataclasses import replace
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_act
from sunward.core import clock
from sunward.core.polling import answer_poll
from sunward.core.refusals import Refusal
from sunward.core.tables import read_ledger
from sunward.core.workbooks import Sheet, workbook_response
from sunward.registers import actions
from sunward.registers.access import IMPORTING_ROLES, batch_subject, get_batch, importable_kinds, importing_post
from sunward.registers.enums import Outcome
from sunward.registers.forms import UploadForm
from sunward.registers.models import ImportBatch
from sunward.registers.queries import batches as queries
from sunward.registers.queries import rows as row_queries
from sunward.registers.uploads import refused_as_too_large
from sunward.registers.workbook.refusals import TooLarge
from sunward.registers.workbook.writing import blank_workbook


@require_safe
@allow(*IMPORTING_ROLES)
def batches(request: SunwardRequest) -> HttpResponse:
    importing_post(request.actor)
    return _show_list(request, UploadForm(initial={"judged_on": clock.today()}))


def _show_list(request: SunwardRequest, form: UploadForm, *, status: int = 200, sentence: object = "") -> HttpResponse:
    page = read_ledger(
        queries.list_batches(request.actor), asked=request.GET, columns=queries.COLUMNS, order="-made",
        shape=queries.to_batch_row,
    )  # fmt: skip
    context = {"form": form, "page": page, "sentence": sentence, "kinds": importable_kinds(request.actor)}
    return render(request, "registers/batches.html", context, status=status)


@require_safe
@allow(*IMPORTING_ROLES)
def blank(request: SunwardRequest, kind: str) -> HttpResponse:
    """An empty workbook with the headings that are understood."""
    found = next((own for own in importable_kinds(request.actor) if own.key == kind), None)
    if found is None:
        raise Http404
    with override("zh-hans"):  # headings are read in Chinese, whoever fills them in
        return workbook_response([blank_workbook(found)], file_name=f"{found.label}.xlsx")


@require_POST
@allow(*IMPORTING_ROLES, writes=True)
def start(request: SunwardRequest) -> HttpResponse:
    """What is refused is said on the same page, so that the day chosen is kept and another file is at hand."""
    importing_post(request.actor)
    form = UploadForm(request.POST, request.FILES)
    if refused_as_too_large(request):
        return _show_list(request, form, status=422, sentence=TooLarge.text)
    if not form.is_valid():
        return _show_list(request, form, status=422)
    uploads = [actions.Upload(file.name or "", file.chunks()) for file in form.cleaned_data["workbooks"]]
    try:
        batch = actions.start_batch(
            actor=request.actor, uploads=uploads, judged_on=form.cleaned_data["judged_on"], now=clock.now()
        )
    except actions.SameFile as same:
        messages.info(request, str(same.sentence))
        return redirect("registers:batch", same.batch.uid)
    except Refusal as refusal:
        return _show_list(request, form, status=refusal.status, sentence=refusal.sentence)
    return redirect("registers:batch", batch.uid)


@require_safe
@never_cache
@allow(*IMPORTING_ROLES)
def batch(request: SunwardRequest, batch_id: UUID) -> HttpResponse:
    found = get_batch(actor=request.actor, batch_id=batch_id, now=clock.now())
    view = queries.read_batch(found)
    if view.is_working:
        progress = replace(queries.read_progress(found), next_href="")  # one is on that page already
        # Without a job it was begun from a terminal: whoever waits in vain may go on with it here.
        context = {"batch": view, "progress": progress, "may_resume": progress.has_failed or found.job is None}
        return render(request, "registers/working.html", context)
    outcome = request.GET.get("outcome", "") or queries.first_outcome(view)
    code = request.GET.get("code", "")
    page = read_ledger(
        row_queries.list_rows(found, outcome=outcome, code=code), asked=request.GET, columns=row_queries.ROW_COLUMNS,
        order="row", shape=lambda row: row_queries.to_row_view(row, is_open=view.is_open),
    )  # fmt: skip
    context = {
        "batch": view, "page": page, "outcome": outcome, "code": code,
        "tabs": queries.outcome_tabs(view, current=outcome),
        "codes": row_queries.count_codes(found, outcome=outcome),
    }  # fmt: skip
    return render(request, "registers/batch.html", context)


@require_safe
@never_cache
@allow(*IMPORTING_ROLES)
def progress(request: SunwardRequest, batch_id: UUID) -> HttpResponse:
    shown = queries.read_progress(get_batch(actor=request.actor, batch_id=batch_id))
    return answer_poll(request, shown)


@require_POST
@allow(*IMPORTING_ROLES, writes=True)
def commit(request: SunwardRequest, batch_id: UUID) -> HttpResponse:
    return _go_on(actions.request_commit(actor=request.actor, batch_id=batch_id, now=clock.now()))


@require_POST
@allow(*IMPORTING_ROLES, writes=True)
def undo(request: SunwardRequest, batch_id: UUID) -> HttpResponse:
    return _go_on(actions.request_undo(actor=request.actor, batch_id=batch_id, now=clock.now()))


@require_POST
@allow(*IMPORTING_ROLES, writes=True)
def resume(request: SunwardRequest, batch_id: UUID) -> HttpResponse:
    return _go_on(actions.resume_batch(actor=request.actor, batch_id=batch_id, now=clock.now()))


def _go_on(batch: ImportBatch) -> HttpResponse:
    return redirect("registers:batch", batch.uid)


@require_safe
@allow(*IMPORTING_ROLES)
@reauthentication_required  # type: ignore[untyped-decorator]
def export(request: SunwardRequest, batch_id: UUID) -> HttpResponse:
    """The rows of one outcome with what is wrong and how they came; text stays text."""
    now = clock.now()
    found = get_batch(actor=request.actor, batch_id=batch_id, now=now)
    outcome = request.GET.get("outcome", "") or str(Outcome.REJECTED)
    rows = list(row_queries.export_rows(found, outcome=outcome))
    record_act(
        actor=request.actor, code="registers.rows_exported", now=now, subject=batch_subject(found),
        unit_path=found.unit_path, rows=len(rows), outcome=outcome[:24],
    )  # fmt: skip
    sheet = Sheet(
        name=gettext("Rows"),
        title=gettext("Rows of an import and what to do"),
        note=f"{request.actor.unit_name}, {request.actor.name}, {now:%Y-%m-%d}",
        heads=[str(head) for head in row_queries.EXPORT_HEADS],
        rows=rows,
    )
    return workbook_response([sheet], file_name=f"{gettext('Rows to repair')}_{now:%Y-%m-%d}.xlsx")
