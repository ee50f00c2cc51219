"""Bulletins: the list, one as a page and as a Word file, writing, publishing and correcting."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal
from sunward.core.tables import read_ledger
from sunward.figures.access import FIGURE_ROLES, bulletin_not_there, get_bulletin, get_kept_bulletin
from sunward.figures.actions import bulletins as acts
from sunward.figures.bulletins.word import write_word
from sunward.figures.forms import BulletinForm, ErratumForm
from sunward.figures.models import Bulletin
from sunward.figures.queries import bulletins as queries
from sunward.people.screening.clearing import StillNames
from sunward.people.screening.marking import mark

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS = tuple(role for role in FIGURE_ROLES if role != Role.LEADER)
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*FIGURE_ROLES)
def bulletins(request: SunwardRequest) -> HttpResponse:
    page = read_ledger(
        queries.list_bulletins(request.actor), asked=request.GET, columns=queries.COLUMNS, order="-written",
        shape=queries.to_row,
    )  # fmt: skip
    return render(
        request, "figures/bulletins/list.html", {"page": page, "can_write": request.actor.has(*WRITERS)}
    )  # fmt: skip


@require_safe
@never_cache
@allow(*FIGURE_ROLES)
def bulletin(request: SunwardRequest, bulletin_id: UUID) -> HttpResponse:
    return _show(request, bulletin_id)


@require_safe
@never_cache
@allow(*FIGURE_ROLES)
def bulletin_word(request: SunwardRequest, bulletin_id: UUID) -> HttpResponse:
    """Of what is published alone: a draft is no paper."""
    found = get_bulletin(actor=request.actor, bulletin_id=bulletin_id)
    if not found.is_published:
        raise bulletin_not_there()
    content = write_word(queries.read_published(found), at=found.published.known_until)
    name = f"{found.name}-{found.published.published_on}-{found.pk}.docx"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=WORD, headers=headers)


@get_or_post
@never_cache
@allow(*WRITERS, writes=True)
def bulletin_new(request: SunwardRequest) -> HttpResponse:
    actor, now = request.actor, clock.now()
    issuers = queries.list_issuers(actor)
    initial = {"until_on": clock.today(), "language": "zh-hans", "issue": 1, "issue_total": 1}
    form = BulletinForm(request.POST if request.method == "POST" else None, issuers=issuers, initial=initial)

    def write() -> None:
        programme, unit = form.cleaned_data["issuer"].split(":")
        acts.write_bulletin(
            actor=actor, key=form.cleaned_data["key"], programme=programme, unit_id=int(unit),
            written=form.written(), now=now,
        )  # fmt: skip

    try:
        if form.is_bound and form.try_to_write(write):
            return _saved(request, form.cleaned_data["key"])
    except Conflict as conflict:
        form.add_error(None, str(conflict.sentence))
    programmes = list(dict.fromkeys(key.split(":")[0] for key, _name in issuers))
    return _show_form(request, form, {"back": reverse("figures:bulletins")}, programmes)


@get_or_post
@never_cache
@allow(*WRITERS, writes=True)
def bulletin_edit(request: SunwardRequest, bulletin_id: UUID) -> HttpResponse:
    """If somebody else has changed it meanwhile, both are shown to choose from."""
    found = get_kept_bulletin(actor=request.actor, bulletin_id=bulletin_id)
    is_erratum, values = found.corrects_id is not None, _values_of(found)
    back = reverse("figures:bulletin", args=[bulletin_id])
    if found.is_published:
        messages.info(request, _("This bulletin is published, and stays as it is. Correct it by an erratum."))
        return redirect(back)
    fresh = BulletinForm(initial=values, is_erratum=is_erratum)
    context: dict[str, Any] = {"version": found.version, "back": back, "bulletin": found}
    if request.method != "POST":
        return _show_form(request, fresh, context, [found.programme])
    form = BulletinForm(take_choices(request.POST), initial=values, is_erratum=is_erratum)
    context["version"] = request.POST.get("version", "")
    try:
        if form.try_to_write(
            lambda: acts.change_bulletin(
                actor=request.actor, bulletin_id=bulletin_id, version=version_of(request),
                written=form.written(kept=found.kept), now=clock.now(),
            )
        ):  # fmt: skip
            return _saved(request, bulletin_id)
    except Conflict:
        context |= {"merge": merge(form, fresh, version=found.version), "name": found.title}
        return render(request, "core/merge.html", context, status=409)
    return _show_form(request, form, context, [found.programme])


@require_POST
@never_cache
@allow(*WRITERS, writes=True)
def bulletin_publish(request: SunwardRequest, bulletin_id: UUID) -> HttpResponse:
    try:
        acts.publish_bulletin(
            actor=request.actor, bulletin_id=bulletin_id, version=version_of(request), on=clock.today(),
            now=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _show(request, bulletin_id, status=refusal.status, notice=str(refusal.sentence))
    messages.success(request, _("Published. It stays as it is from now on."))
    return redirect("figures:bulletin", bulletin_id)


@get_or_post
@never_cache
@allow(*WRITERS, writes=True)
def bulletin_erratum(request: SunwardRequest, bulletin_id: UUID) -> HttpResponse:
    found = get_kept_bulletin(actor=request.actor, bulletin_id=bulletin_id)
    form = ErratumForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            begun = acts.begin_erratum(
                actor=request.actor, bulletin_id=bulletin_id, key=form.cleaned_data["key"],
                reason=form.cleaned_data["reason"], now=clock.now(),
            )  # fmt: skip
            return _saved(request, begun.uid)
        except StillNames as refused:
            form.marked = mark(refused, kept=frozenset())
            form.add_error("reason", str(refused.sentence))
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.add_error(None, str(refusal.sentence))
    context = {"form": form, "bulletin": found, "back": reverse("figures:bulletin", args=[bulletin_id])}
    return render(request, "figures/bulletins/erratum.html", context, status=422 if form.is_bound else 200)


def _show(request: SunwardRequest, bulletin_id: UUID, *, status: int = 200, notice: str = "") -> HttpResponse:
    found = get_bulletin(actor=request.actor, bulletin_id=bulletin_id)
    try:
        page = queries.read_page(found, request.actor, now=clock.now())
    except Refusal as refusal:  # nobody can be sure of a draft's numbers
        if refusal.status != Refusal.status:
            raise
        page, notice = None, str(refusal.sentence)
    context = {"page": page, "bulletin": found, "notice": notice}
    return render(request, "figures/bulletins/bulletin.html", context, status=status)


def _show_form(
    request: SunwardRequest, form: BulletinForm, context: dict[str, Any], programmes: list[str]
) -> HttpResponse:
    context = context | {"form": form, "usable": queries.list_usable(programmes)}
    return render(request, "figures/bulletins/write.html", context, status=422 if form.is_bound else 200)


def _saved(request: SunwardRequest, bulletin_id: UUID) -> HttpResponse:
    messages.success(request, _("Saved. A second officer reads and publishes it."))
    return redirect("figures:bulletin", bulletin_id)


def _values_of(found: Bulletin) -> dict[str, Any]:
    names = ("name", "issue", "issue_total", "title", "until_on", "body", "report_to", "send_to", "language")
    return {name: getattr(found, name) for name in names} | {"key": found.uid}
