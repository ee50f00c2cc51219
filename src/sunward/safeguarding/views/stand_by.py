"""The stand-by list of an emergency, and the page on which somebody who was asked says yes or no."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.core import clock
from sunward.safeguarding.access.emergencies import find_emergency, get_asked
from sunward.safeguarding.actions.emergency_steps import answer_stand_by, ask_stand_by
from sunward.safeguarding.queries.stand_by import read_asked, read_stand_by_page


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def stand_by(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    """Chips narrow the list; each says how many would remain. No child's name is on this page."""
    found = find_emergency(actor=request.actor, emergency_id=emergency_id)
    chosen = frozenset(request.GET.getlist("with"))
    page = read_stand_by_page(found, actor=request.actor, chosen=chosen, now=clock.now())
    template = "_stand_by.html" if request.headers.get("HX-Request") else "stand_by.html"
    return render(request, f"safeguarding/emergencies/{template}", {"page": page})


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def stand_by_ask(request: SunwardRequest, emergency_id: UUID, volunteer_id: UUID) -> HttpResponse:
    asked = ask_stand_by(
        actor=request.actor, emergency_id=emergency_id, volunteer_id=volunteer_id, now=clock.now()
    )  # fmt: skip
    messages.success(
        request, _("Asked: %(name)s. Her answer stands on the page of the emergency.") % {"name": asked.name}
    )
    return redirect("safeguarding:emergency", emergency_id)


@require_http_methods(["GET", "POST"])
@never_cache
@allow(Role.MENTOR, writes=True)
def asked(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    """On her phone: which emergency, which committee; who the child is she hears from the one who is on it."""
    if request.method == "POST":
        is_coming = request.POST.get("answer") == "yes"
        answer_stand_by(actor=request.actor, emergency_id=emergency_id, is_coming=is_coming, now=clock.now())
        return redirect("safeguarding:asked", emergency_id)
    found = get_asked(actor=request.actor, emergency_id=emergency_id)
    return render(request, "safeguarding/emergencies/asked.html", {"page": read_asked(found, request.actor)})
