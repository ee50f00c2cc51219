"""The feeds of a district: made with a key that is shown once, given another key, ended."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.refusals import Refusal, show_above
from sunward.employment.access.feeds import FEED_ROLES, get_feed, refuse_outside_district
from sunward.employment.actions.feed_ending import decide_missing
from sunward.employment.actions.feeds import NewKey, make_feed, renew_feed, revoke_feed
from sunward.employment.feeds.missing import missing_items
from sunward.employment.forms.feeds import FeedForm, MissingForm
from sunward.employment.queries.feeds import feed_facts, feed_line, list_feeds, read_delivered, read_missing


@require_safe
@allow(*FEED_ROLES)
def feeds(request: SunwardRequest) -> HttpResponse:
    refuse_outside_district(request.actor)
    return render(request, "employment/feeds/list.html", {"feeds": list_feeds(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(*FEED_ROLES, writes=True)
def feed_new(request: SunwardRequest) -> HttpResponse:
    """The answer to the POST is the only page that ever shows the key."""
    refuse_outside_district(request.actor)
    form = FeedForm(request.POST or None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            made = make_feed(
                actor=request.actor, form_key=form.form_key, on=clock.today(), now=clock.now(), **form.details()
            )
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            return _show_key(request, made)
    return render(request, "employment/feeds/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@allow(*FEED_ROLES)
def feed(request: SunwardRequest, feed_id: UUID) -> HttpResponse:
    row = get_feed(actor=request.actor, feed_id=feed_id)
    return render(request, "employment/feeds/feed.html", _context(request, NewKey(row, "")))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(*FEED_ROLES, writes=True)
def feed_missing(request: SunwardRequest, feed_id: UUID) -> HttpResponse:
    """What would end, before it does: all of it ends, or all of it stays."""
    row = get_feed(actor=request.actor, feed_id=feed_id)
    form = MissingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        decided = decide_missing(
            actor=request.actor, feed_id=feed_id, on=clock.today(), now=clock.now(), **form.decision()
        )
        if decided:
            messages.success(request, _("They have ended.") if form.decision()["ends"] else _("All of them stay."))
        return redirect("employment:feed", row.uid)
    context = {"feed": row, "page": read_missing(row), "form": form}
    return render(request, "employment/feeds/missing.html", context, status=422 if form.is_bound else 200)


@require_POST
@never_cache
@allow(*FEED_ROLES, writes=True)
def feed_renew(request: SunwardRequest, feed_id: UUID) -> HttpResponse:
    return _show_key(request, renew_feed(actor=request.actor, feed_id=feed_id, on=clock.today(), now=clock.now()))


@require_POST
@allow(*FEED_ROLES, writes=True)
def feed_revoke(request: SunwardRequest, feed_id: UUID) -> HttpResponse:
    row = revoke_feed(actor=request.actor, feed_id=feed_id, now=clock.now())
    messages.success(request, _("The feed has ended. Its key opens nothing any more."))
    return redirect("employment:feed", row.uid)


def _show_key(request: SunwardRequest, made: NewKey) -> HttpResponse:
    return render(request, "employment/feeds/feed.html", _context(request, made))


def _context(request: SunwardRequest, made: NewKey) -> dict[str, object]:
    waiting = missing_items(made.feed).count()
    line = feed_line(made.feed, on=clock.today(), missing=waiting)
    address = request.build_absolute_uri(reverse("employment:feed_vacancies"))
    facts = feed_facts(line, address=address, document=reverse("employment:feed_openapi"))
    return {"feed": line, "key": made.key, "facts": facts, "delivered": read_delivered(made.feed)}
