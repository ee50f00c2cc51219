"""The office's side of an employer's own page: the link, and the code that is said on the telephone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.employment.access.vacancies import VACANCY_ROLES, get_own_employer
from sunward.employment.actions import employer_links as acts
from sunward.employment.models import EmployerLink
from sunward.employment.own_pass import TRIES, token_of
from sunward.employment.queries.employer_links import find_employer_link

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*VACANCY_ROLES, writes=True)
def employer_link(request: SunwardRequest, employer_id: UUID) -> HttpResponse:
    """A new one is shown with its code, once."""
    on = clock.today()
    employer = get_own_employer(actor=request.actor, employer_id=employer_id)
    code = ""
    if request.method == "POST":
        made = acts.make_employer_link(actor=request.actor, employer_id=employer_id, on=on, now=clock.now())
        link: EmployerLink | None = made.link
        code = made.code
    else:
        link = find_employer_link(employer, on=on)
    context = {"employer": employer, "link": link, "code": code, "is_shut": link is not None and link.failures >= TRIES}
    if link is not None:
        context["address"] = _address(request, link)
    return render(request, "employment/employers/link.html", context)


@require_POST
@never_cache
@allow(*VACANCY_ROLES, writes=True)
def employer_link_revoke(request: SunwardRequest, employer_id: UUID) -> HttpResponse:
    acts.revoke_employer_link(actor=request.actor, employer_id=employer_id, now=clock.now())
    messages.success(request, _("The link opens nothing any more."))
    return redirect("employment:employer_link", employer_id)


@require_POST
@never_cache
@allow(*VACANCY_ROLES, writes=True)
def employer_link_open(request: SunwardRequest, employer_id: UUID) -> HttpResponse:
    acts.let_employer_in_again(actor=request.actor, employer_id=employer_id, now=clock.now())
    messages.success(request, _("The link is good again."))
    return redirect("employment:employer_link", employer_id)


def _address(request: HttpRequest, link: EmployerLink) -> str:
    return request.build_absolute_uri(reverse("employer_page", args=[token_of(link)]))
