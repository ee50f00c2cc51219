"""Hints that two offices may know one child: whom to call, and what the two have found."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.refusals import NotThere
from sunward.safeguarding.actions.hints import settle_hint
from sunward.safeguarding.enums import HintState
from sunward.safeguarding.queries.hints import list_hints, read_hints
from sunward.safeguarding.roles import TRIAGING

HINTS_ON_PAGE = 20
_VERDICTS = {"same": HintState.SAME, "different": HintState.DIFFERENT, "open": HintState.OPEN}
_DONE = {
    HintState.SAME: _("Written down: the same child. Agree which of you keeps the file."),
    HintState.DIFFERENT: _("Written down: different children."),
    HintState.OPEN: _("Open again."),
}


@require_safe
@never_cache
@allow(*TRIAGING)
def hints(request: SunwardRequest) -> HttpResponse:
    page = Paginator(list_hints(request.actor), HINTS_ON_PAGE).get_page(request.GET.get("page"))
    rows = read_hints(page.object_list, actor=request.actor, on=clock.today())
    return render(request, "safeguarding/hints.html", {"page": page, "hints": rows})


@require_POST
@allow(*TRIAGING, writes=True)
def hint_settle(request: SunwardRequest, hint_id: UUID, verdict: str) -> HttpResponse:
    if verdict not in _VERDICTS:
        raise NotThere("safeguarding.hint_not_there", _("There is no such hint, or it is not yours to settle."))
    state = _VERDICTS[verdict]
    settle_hint(actor=request.actor, hint_id=hint_id, verdict=state, on=clock.today(), now=clock.now())
    messages.success(request, _DONE[state])
    return redirect("safeguarding:hints")
