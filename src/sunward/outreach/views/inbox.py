"""What one user has been told inside Sunward."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow_any_role
from sunward.core import clock
from sunward.outreach.access import get_own_message
from sunward.outreach.actions import mark_read
from sunward.outreach.actions.inbox import mark_all_read
from sunward.outreach.queries.inbox import count_unread, list_own, to_inbox_row, to_letter

LINES_ON_PAGE = 20


@require_safe
@never_cache
@allow_any_role()
def inbox(request: SunwardRequest) -> HttpResponse:
    page = Paginator(list_own(request.actor), LINES_ON_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [to_inbox_row(one) for one in page], "unread": count_unread(request.actor)}
    return render(request, "outreach/inbox/list.html", context)


@require_safe
@never_cache
@allow_any_role()
def letter(request: SunwardRequest, message_id: UUID) -> HttpResponse:
    found = get_own_message(actor=request.actor, message_id=message_id)
    return render(request, "outreach/inbox/letter.html", {"letter": to_letter(found)})


@require_POST
@allow_any_role(writes=True)
def letter_read(request: SunwardRequest, message_id: UUID) -> HttpResponse:
    """The page asks for this by itself once it is open: a page that is only looked at writes nothing."""
    mark_read(actor=request.actor, message_id=message_id, now=clock.now())
    if request.headers.get("HX-Request"):
        return render(request, "outreach/inbox/_read.html")
    return redirect("outreach:letter", message_id)


@require_POST
@allow_any_role(writes=True)
def inbox_read_all(request: SunwardRequest) -> HttpResponse:
    mark_all_read(actor=request.actor, now=clock.now())
    return redirect("outreach:inbox")
