"""Links for a calendar program: made, shown once, revoked; and what such a link answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow, allow_public
from sunward.core import clock
from sunward.gatherings import actions as acts
from sunward.gatherings.access import get_feed
from sunward.gatherings.actions.feeds import note_feed_read
from sunward.gatherings.forms.feeds import FeedForm
from sunward.gatherings.icalendars import MIME, mark_of_content, write_calendar
from sunward.gatherings.queries.feeds import list_feed_events, list_own_feeds
from sunward.gatherings.queries.units import feed_choices, path_around
from sunward.gatherings.roles import TAKING_PART


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(*TAKING_PART, writes=True)
def feeds(request: SunwardRequest) -> HttpResponse:
    """The answer to the POST is the only page that ever shows the link."""
    form = FeedForm(request.POST or None, units=feed_choices(request.actor))
    context = {"form": form, "link": "", "feeds": list_own_feeds(request.actor)}
    if request.method != "POST":
        return render(request, "gatherings/feeds.html", context)
    if not form.is_valid():
        return render(request, "gatherings/feeds.html", context, status=422)
    path = path_around(request.actor, form.cleaned_data["unit"])
    made = acts.make_feed(actor=request.actor, unit_path=path, now=clock.now())
    link = request.build_absolute_uri(reverse("gatherings:feed", args=[made.token]))
    context |= {"link": link, "feeds": list_own_feeds(request.actor)}
    return render(request, "gatherings/feeds.html", context)


@require_POST
@allow(*TAKING_PART, writes=True)
def feed_revoke(request: SunwardRequest, feed_id: int) -> HttpResponse:
    acts.revoke_feed(actor=request.actor, feed_id=feed_id, now=clock.now())
    messages.success(request, _("The link leads nowhere any more."))
    return redirect("gatherings:feeds")


@require_safe
@allow_public()
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For a program, not a person: an unchanged calendar answers 304."""
    found = get_feed(token=token)
    note_feed_read(feed=found, now=clock.now())
    content = write_calendar(list_feed_events(found, on=clock.today()), name=gettext("Sunward gatherings"))
    answer = HttpResponse(content, content_type=MIME, headers={"ETag": mark_of_content(content)})
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
