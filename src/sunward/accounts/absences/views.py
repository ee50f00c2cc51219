"""One page for everybody: when I am away, who is reached meanwhile, and for whom I stand in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.absences.actions import end_absence, note_absence
from sunward.accounts.absences.forms import AbsenceForm
from sunward.accounts.absences.queries import choose_from, read_absence_page
from sunward.accounts.access import SunwardRequest, allow_any_role
from sunward.core import clock


@require_http_methods(["GET", "HEAD", "POST"])
@allow_any_role(writes=True)
def absences(request: SunwardRequest) -> HttpResponse:
    actor, on = request.actor, clock.today()
    form = AbsenceForm(request.POST or None, oneself=actor.user_id, others=choose_from(actor), initial={"from_on": on})
    if request.method == "POST" and form.is_valid():
        note_absence(actor=actor, on=on, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("Written down. What comes meanwhile reaches whoever stands in."))
        return redirect("absences:absences")
    context = {"page": read_absence_page(actor, on=on), "form": form}
    return render(request, "accounts_pages/absences.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow_any_role(writes=True)
def absence_end(request: SunwardRequest, absence_id: int) -> HttpResponse:
    end_absence(actor=request.actor, absence_id=absence_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Welcome back. From now on everything reaches its own post again."))
    return redirect("absences:absences")
