"""Digests: composed, looked at as they will look, approved, sent; and the record of what went out."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.polling import answer_poll
from sunward.core.posted import version_of
from sunward.core.refusals import NotThere, Refusal
from sunward.core.tables import read_ledger
from sunward.outreach.access import OUTREACH_ROLES, get_digest
from sunward.outreach.actions import approve_digest, compose_digest, discard_digest, edit_intro
from sunward.outreach.actions.digests import leave_out
from sunward.outreach.actions.taking_back import take_back_digest
from sunward.outreach.forms.digests import ComposeForm, IntroForm, read_chosen, read_lines
from sunward.outreach.queries import digest_pages as pages
from sunward.outreach.queries.group_pages import compose_choices

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(*OUTREACH_ROLES)
def digests(request: SunwardRequest) -> HttpResponse:
    page = read_ledger(
        pages.list_settled(request.actor), asked=request.GET, columns=pages.COLUMNS, order=pages.DEFAULT_ORDER,
        shape=pages.to_row,
    )  # fmt: skip
    waiting = pages.list_drafts(request.actor)
    context = {"page": page, "waiting": waiting, "may_approve": any(row.may_send for row in waiting)}
    return render(request, "outreach/digests/list.html", context)


@get_or_post
@allow(*OUTREACH_ROLES, writes=True)
def compose(request: SunwardRequest) -> HttpResponse:
    """Each chosen group gets its draft; a draft that is open already is brought up to date."""
    groups = compose_choices(request.actor)
    form = ComposeForm(request.POST or None, groups=groups)
    if request.method == "POST" and form.is_valid():
        made = [
            compose_digest(actor=request.actor, group_id=group_id, on=clock.today(), now=clock.now())
            for group_id in form.cleaned_data["groups"]
        ]
        if len(made) == 1:
            return redirect("outreach:digest", made[0].uid)
        done = ngettext("%(count)d digest to look at.", "%(count)d digests to look at.", len(made))
        messages.success(request, done % {"count": len(made)})
        return redirect("outreach:digests")
    context = {"form": form, "has_groups": bool(groups), "back": reverse("outreach:digests")}
    return render(request, "outreach/digests/compose.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@allow(*OUTREACH_ROLES)
def digest(request: SunwardRequest, digest_id: UUID) -> HttpResponse:
    return _show(request, digest_id)


def _show(
    request: SunwardRequest, digest_id: UUID, *, form: IntroForm | None = None, found: tuple[pages.Found, ...] = ()
) -> HttpResponse:
    row = get_digest(actor=request.actor, digest_id=digest_id)
    page = pages.read_digest(request.actor, row, on=clock.today(), now=clock.now())
    context = {
        "digest": page,
        "form": form or IntroForm(initial={"intro": row.intro, "version": row.version}),
        "found": found or page.found,
        "is_refused": bool(found),
    }
    return render(request, "outreach/digests/digest.html", context, status=422 if form else 200)


@require_safe
@allow(*OUTREACH_ROLES)
def digest_progress(request: SunwardRequest, digest_id: UUID) -> HttpResponse:
    return answer_poll(request, pages.read_progress(get_digest(actor=request.actor, digest_id=digest_id)))


@require_POST
@allow(*OUTREACH_ROLES, writes=True)
def digest_intro(request: SunwardRequest, digest_id: UUID) -> HttpResponse:
    """What names a person is shown where it stands; nothing is saved then."""
    form = IntroForm(request.POST)
    if not form.is_valid():
        return _show(request, digest_id, form=form)
    found = pages.look_through_intro(form.cleaned_data["intro"])
    if found:
        return _show(request, digest_id, form=form, found=found)
    edit_intro(
        actor=request.actor, digest_id=digest_id, version=form.cleaned_data["version"],
        intro=form.cleaned_data["intro"], on=clock.today(), now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Saved. This is how it looks now."))
    return redirect("outreach:digest", digest_id)


@require_POST
@allow(*OUTREACH_ROLES, writes=True)
def digest_lines(request: SunwardRequest, digest_id: UUID) -> HttpResponse:
    """What is ticked is left out, beside what was left out before; "all" puts everything back in."""
    row = get_digest(actor=request.actor, digest_id=digest_id)
    before = [] if "all" in request.POST else [(str(kind), int(key)) for kind, key in row.left_out]
    leave_out(
        actor=request.actor, digest_id=digest_id, version=version_of(request),
        lines=[*before, *read_lines(request.POST.getlist("line"))], on=clock.today(), now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("Saved. This is how it looks now."))
    return redirect("outreach:digest", digest_id)


@require_POST
@allow(*OUTREACH_ROLES, writes=True)
def digest_act(request: SunwardRequest, digest_id: UUID, act: str) -> HttpResponse:
    given: dict[str, Any] = {"actor": request.actor, "digest_id": digest_id, "now": clock.now()}
    acts: dict[str, tuple[Callable[[], object], Any]] = {
        "approve": (
            lambda: approve_digest(
                **given, version=version_of(request), fingerprint=request.POST.get("fingerprint", ""), on=clock.today()
            ),
            _("Approved."),
        ),
        "discard": (lambda: discard_digest(**given, version=version_of(request)), _("Discarded.")),
        "cancel": (lambda: take_back_digest(**given), _("Taken back. Nothing has gone out.")),
    }
    if act not in acts:
        raise NotThere("outreach.no_such_step", _("There is no such step."))
    do, done = acts[act]
    do()
    messages.success(request, done)
    return redirect("outreach:digest", digest_id)


@require_POST
@allow(*OUTREACH_ROLES, writes=True)
def approve_chosen(request: SunwardRequest) -> HttpResponse:
    """Each for itself: one that cannot go out holds up no other, and says why."""
    sent = 0
    for one in read_chosen(request.POST.getlist("digest")):
        try:
            approve_digest(
                actor=request.actor, digest_id=one.digest_id, version=one.version, fingerprint=one.fingerprint,
                on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except NotThere:
            raise
        except Refusal as refusal:
            messages.warning(request, str(refusal.sentence))
        else:
            sent += 1
    if sent:
        done = ngettext("%(count)d digest goes out in a minute.", "%(count)d digests go out in a minute.", sent)
        messages.success(request, done % {"count": sent})
    return redirect("outreach:digests")
