"""The record of messages, and what is done about those that need somebody."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_act
from sunward.core import clock
from sunward.core.refusals import NotThere
from sunward.core.tables import read_ledger
from sunward.core.workbooks import Sheet, workbook_response
from sunward.outreach.access import MESSAGE_ROLES, get_message
from sunward.outreach.actions import confirm_delivered, drop_message, resend_message
from sunward.outreach.actions.taking_back import undrop_message
from sunward.outreach.forms.messages import MessageFilter
from sunward.outreach.queries import message_pages as ledger

_ACTS = {
    "arrived": (confirm_delivered, _("Written down: it has arrived.")),
    "resend": (resend_message, _("It goes out once more.")),
    "drop": (drop_message, _("Dropped. You can take that back here.")),
    "undo": (undrop_message, _("It is back, and waits for your decision.")),
}


@require_safe
@allow(*MESSAGE_ROLES)
def messages(request: SunwardRequest) -> HttpResponse:
    form = MessageFilter(request.GET)
    page = read_ledger(
        ledger.ask_messages(request.actor, form.question()), asked=request.GET, columns=ledger.COLUMNS,
        order=ledger.DEFAULT_ORDER, shape=ledger.to_row,
    )  # fmt: skip
    found = ledger.list_waiting(request.actor)
    waiting = [ledger.to_row(one) for one in found[: ledger.WAITING_SHOWN]]
    context = {
        "filters": {"form": form},
        "page": page,
        "waiting": waiting,
        "waiting_count": found.order_by().count() if waiting else 0,
    }
    return render(request, "outreach/messages/list.html", context)


@require_safe
@allow(*MESSAGE_ROLES)
@reauthentication_required  # type: ignore[untyped-decorator]
def messages_export(request: SunwardRequest) -> HttpResponse:
    """The list with its filters as a workbook; no message's words are in it."""
    on, now = clock.today(), clock.now()
    rows = list(ledger.export_rows(ledger.ask_messages(request.actor, MessageFilter(request.GET).question())))
    record_act(
        actor=request.actor, code="outreach.messages_exported", now=now, unit_path=request.actor.unit_path,
        rows=len(rows), filters=sorted(name for name, value in request.GET.items() if value),
    )  # fmt: skip
    sheet = Sheet(
        name=gettext("Message record"),
        title=gettext("Message record"),
        note=gettext("%(unit)s, %(name)s, %(day)s; what the messages say is left out")
        % {"unit": request.actor.unit_name, "name": request.actor.name, "day": on.isoformat()},
        heads=[str(head) for head in ledger.EXPORT_HEADS],
        rows=(ledger.export_cells(row) for row in rows),
    )
    return workbook_response([sheet], file_name=f"{gettext('Message record')}_{on.isoformat()}.xlsx")


@require_safe
@never_cache
@allow(*MESSAGE_ROLES)
def message(request: SunwardRequest, message_id: UUID) -> HttpResponse:
    found = get_message(actor=request.actor, message_id=message_id)
    return render(request, "outreach/messages/message.html", {"message": ledger.read_message(found)})


@require_POST
@allow(*MESSAGE_ROLES, writes=True)
def message_act(request: SunwardRequest, message_id: UUID, act: str) -> HttpResponse:
    if act not in _ACTS:
        raise NotThere("outreach.no_such_step", _("There is no such step."))
    do, done = _ACTS[act]
    do(actor=request.actor, message_id=message_id, now=clock.now())
    notices.success(request, done)
    return redirect("outreach:message", message_id)
