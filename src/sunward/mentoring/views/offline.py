"""What a mentor's phone needs without network: the worker, the empty page, her own list, and where words arrive."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow, allow_public
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.refusals import NotThere, Refusal
from sunward.mentoring.actions.visits import record_visit
from sunward.mentoring.actions.ways import come_back_from
from sunward.mentoring.forms.visits import VisitForm
from sunward.mentoring.offline import compose_worker, render_shell
from sunward.mentoring.queries.offline import initial_of, read_offline_desk
from sunward.mentoring.queries.ways import OpenWay
from sunward.mentoring.rules import OFFLINE_HOURS
from sunward.mentoring.views.visits import read_key


@require_safe
@allow_public()
def service_worker(request: HttpRequest) -> HttpResponse:
    """The browser asks for it at every visit; only what has changed is installed anew."""
    response = HttpResponse(compose_worker(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
@allow_public()
def offline_shell(request: HttpRequest, language: str) -> HttpResponse:
    """The page that stands in for all others without network, in one language."""
    if language not in dict(settings.LANGUAGES):
        raise NotThere("mentoring.no_such_shell", _("There is no such page."))
    return HttpResponse(render_shell(language))


@require_GET
@never_cache
@allow(Role.MENTOR)
def offline_desk(request: SunwardRequest) -> HttpResponse:
    """Who is signed in, her children by a sign, her ways out, and the token with which what waits may be sent."""
    desk = read_offline_desk(request.actor)
    return JsonResponse(
        {
            "user": str(request.actor.user_id),
            "hours": OFFLINE_HOURS,
            "csrf": get_token(request),
            "children": [
                {
                    "match": str(child.match_id),
                    "initial": child.initial,
                    "upload": reverse("mentoring:visit_upload", args=[child.match_id]),
                }
                for child in desk.children
            ],
            "ways": [_tell_way(way) for way in desk.ways],
        }
    )


def _tell_way(way: OpenWay) -> dict[str, str]:
    return {"address": reverse("mentoring:way_back", args=[way.uid]), "initial": initial_of(way.child)}


@require_POST
@never_cache
@allow(Role.MENTOR, writes=True)
def visit_upload(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    """A visit from the phone's outbox: the same key and words twice are one visit, whatever became of the answers.

    Every refusal is told as a sentence, for whoever sends this is a script that shows it beside the words.
    """
    on, now = clock.today(), clock.now()
    form = VisitForm(request.POST, on=on)
    if not form.is_valid():
        sentences = [str(sentence) for lines in form.errors.values() for sentence in lines]
        return JsonResponse({"sentence": " ".join(dict.fromkeys(sentences))}, status=422)
    key = read_key(request)
    try:
        record_visit(actor=request.actor, match_id=match_id, key=key, entry=form.entry, on=on, now=now)
    except Refusal as refusal:
        return answer_refusal(refusal)
    if form.cleaned_data["is_back"]:
        come_back_from(actor=request.actor, match_id=match_id, now=now)
    messages.success(request, _("Saved. Thank you for going."))
    return JsonResponse({"next": reverse("mentoring:own_child", args=[match_id])})


def answer_refusal(refusal: Refusal) -> JsonResponse:
    said: dict[str, Any] = {"sentence": str(refusal.sentence), "code": refusal.code}
    return JsonResponse(said, status=refusal.status)
