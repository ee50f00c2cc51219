"""Certificates of service: issued, downloaded, revoked; and the public page that says whether one is genuine."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow, allow_public
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.mentoring.access import CERTIFYING_ROLES, get_certificate, get_mentor_to_certify, get_own_certificate
from sunward.mentoring.actions.certificates import check_certificate, issue_certificate, revoke_certificate
from sunward.mentoring.certifying import build_document, read_words
from sunward.mentoring.forms.certificates import CheckForm, PeriodForm
from sunward.mentoring.models import ServiceCertificate

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@get_or_post
@never_cache
@allow_public()
def certificate(request: HttpRequest) -> HttpResponse:
    """Genuine or not, and what stands on the paper already; the name stays masked."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "mentoring/certificates/check.html", context, status=422 if form.is_bound else 200)
    try:
        context |= {"answer": check_certificate(now=clock.now(), **form.cleaned_data), "is_asked": True}
    except Refusal as refusal:
        context["sentence"] = refusal.sentence
        return render(request, "mentoring/certificates/check.html", context, status=refusal.status)
    return render(request, "mentoring/certificates/check.html", context)


@get_or_post
@allow(*CERTIFYING_ROLES, writes=True)
def certificate_new(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    initial = {"from_on": on - timedelta(days=365), "until_on": on}
    form = PeriodForm(request.POST if request.method == "POST" else None, initial=initial)
    back = reverse("mentoring:mentor", args=[mentor_id])
    if request.method == "POST" and form.is_valid():
        row = issue_certificate(
            actor=request.actor, mentor_id=mentor_id, address=_check_address(request), on=on, now=now,
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("Issued: %(number)s. Download it on this page.") % {"number": row.number})
        return redirect(back)
    mentor = get_mentor_to_certify(actor=request.actor, mentor_id=mentor_id, now=now)
    context = {"name": mentor.person.name, "reference": mentor.reference, "form": form, "back": back}
    context["action"] = _("Issue a certificate")
    return render(request, "mentoring/certificates/new.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def certificate_file(request: SunwardRequest, certificate_id: UUID) -> HttpResponse:
    return _download(get_certificate(actor=request.actor, certificate_id=certificate_id, now=clock.now()))


@require_safe
@never_cache
@allow(Role.MENTOR)
def own_certificate(request: SunwardRequest, certificate_id: UUID) -> HttpResponse:
    return _download(get_own_certificate(actor=request.actor, certificate_id=certificate_id))


@require_POST
@allow(*CERTIFYING_ROLES, writes=True)
def certificate_revoke(request: SunwardRequest, certificate_id: UUID) -> HttpResponse:
    row = revoke_certificate(actor=request.actor, certificate_id=certificate_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Revoked: whoever asks about its code is told so. A right one can be issued anew."))
    return redirect("mentoring:mentor", row.mentor.uid)


def _check_address(request: SunwardRequest) -> str:
    page = reverse("certificate")
    return f"{settings.SUNWARD_PUBLIC_URL}{page}" if settings.SUNWARD_PUBLIC_URL else request.build_absolute_uri(page)


def _download(row: ServiceCertificate) -> HttpResponse:
    content = build_document(read_words(row.content, code=row.code), issued_at=row.issued_at)
    name = f"{row.number}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=_WORD, headers=headers)
