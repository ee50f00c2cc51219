"""The office's side of a jobseeker's own page: the link, shown as a code to point a telephone at."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.qr_codes import draw_qr_code
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, get_jobseeker
from sunward.employment.actions import jobseeker_links as acts
from sunward.employment.own_pass import TRIES, token_of
from sunward.employment.queries.own_page import find_jobseeker_link
from sunward.employment.views.acting import done_with
from sunward.people.passes import asks_for_phone, expected_answer


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def jobseeker_link(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="act", now=clock.now())
    link = find_jobseeker_link(case, on=clock.today())
    context = {"case": case, "name": case.person.name, "link": link, "may_ask": bool(expected_answer(case.person))}
    if link is not None:
        path = reverse("own_page", args=[token_of(link)])
        address = request.build_absolute_uri(path)
        context |= {
            "address": address, "code": draw_qr_code(address), "asks_for_phone": asks_for_phone(case.person),
            "is_shut": link.failures >= TRIES,
        }  # fmt: skip
    return render(request, "employment/own/link.html", context)


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_link_make(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    acts.make_jobseeker_link(actor=request.actor, case_id=case_id, on=clock.today(), now=clock.now())
    return done_with(request, case_id, _("The link is ready."), back=_page(case_id))


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_link_revoke(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    acts.revoke_jobseeker_link(actor=request.actor, case_id=case_id, on=clock.today(), now=clock.now())
    return done_with(request, case_id, _("The link opens nothing any more."), back=_page(case_id))


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_link_open(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    acts.let_jobseeker_in_again(actor=request.actor, case_id=case_id, on=clock.today(), now=clock.now())
    return done_with(request, case_id, _("The link is good again."), back=_page(case_id))


def _page(case_id: UUID) -> str:
    return reverse("employment:jobseeker_link", args=[case_id])
