"""What machines ask: the snapshot, the changes, and their own vacancies told to us. No session, only a key."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from json import dumps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.csrf import csrf_exempt

from sunward.accounts.access import allow_public
from sunward.core import clock
from sunward.employment.access.feeds import find_feed_by_key, goes_out
from sunward.employment.actions.feed_taking import take_delivery
from sunward.employment.actions.feeds import note_call, note_items
from sunward.employment.feeds.cursors import Cursor, read_cursor
from sunward.employment.feeds.openapi import openapi_document
from sunward.employment.feeds.problems import FeedProblem, answer_problem
from sunward.employment.feeds.receiving import read_delivery, receipt_of
from sunward.employment.models import VacancyFeed
from sunward.employment.queries.feed_pages import FeedPage, last_number, read_changes, read_snapshot

Answer = Callable[[HttpRequest], HttpResponse]


def _answering(*methods: str) -> Callable[[Answer], Answer]:
    """Whatever goes wrong is a problem in JSON, and nothing of an answer is kept by anybody in between."""

    def decorate(view: Answer) -> Answer:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            language = get_language_from_request(request)
            with override(language):
                answer = _answer(request, view, methods)
            answer["Content-Language"] = language
            answer["Cache-Control"] = "private, no-cache"
            patch_vary_headers(answer, ("Authorization", "Accept-Language"))
            return answer

        return guarded

    return decorate


def _answer(request: HttpRequest, view: Answer, methods: tuple[str, ...]) -> HttpResponse:
    try:
        if request.method not in methods:
            raise FeedProblem("method_not_allowed")
        return view(request)
    except FeedProblem as problem:
        answer = answer_problem(problem)
        if problem.code == "method_not_allowed":
            answer["Allow"] = ", ".join(methods)
        return answer


@allow_public()
@csrf_exempt
@_answering("GET", "HEAD", "POST")
def feed_vacancies(request: HttpRequest) -> HttpResponse:
    """All open vacancies, or somebody else's told to us."""
    if request.method == "POST":
        return _take(request)
    feed = _open(request, is_outgoing=True)
    cursor = _cursor(request, "cursor", feed, is_page=True)
    return _page(request, feed, read_snapshot(feed.unit, cursor, on=clock.today()))


@allow_public()
@csrf_exempt
@_answering("GET", "HEAD")
def feed_changes(request: HttpRequest) -> HttpResponse:
    """What has changed since a cursor; what ended stands there too."""
    feed = _open(request, is_outgoing=True)
    cursor = _cursor(request, "since", feed, is_page=False)
    if cursor is None:
        raise FeedProblem("cursor_missing")
    if cursor.number > last_number(feed.unit):
        # The data was put back to an older state: numbers will come again and mean something else.
        raise FeedProblem("cursor_gone")
    return _page(request, feed, read_changes(feed.unit, cursor, on=clock.today()))


@allow_public()
@csrf_exempt
@_answering("GET", "HEAD")
def feed_openapi(request: HttpRequest) -> HttpResponse:
    """How to talk to the feeds, for whoever writes the other side. It tells of nobody and needs no key."""
    return HttpResponse(_write(openapi_document()), content_type="application/json")


def _open(request: HttpRequest, *, is_outgoing: bool) -> VacancyFeed:
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    feed = find_feed_by_key(key.strip(), on=clock.today()) if scheme.lower() == "bearer" else None
    if feed is None:
        raise FeedProblem("key_missing_or_invalid")
    if goes_out(feed) != is_outgoing:
        raise FeedProblem("key_of_the_other_direction")
    if not note_call(feed, now=clock.now()):
        raise FeedProblem("too_many_calls")
    return feed


def _cursor(request: HttpRequest, name: str, feed: VacancyFeed, *, is_page: bool) -> Cursor | None:
    if set(request.GET) - {name}:
        raise FeedProblem("parameter_unknown")
    if name not in request.GET:
        return None
    cursor = read_cursor(request.GET[name], unit_id=feed.unit_id, is_page=is_page)
    if cursor is None:
        raise FeedProblem("cursor_invalid")
    return cursor


def _page(request: HttpRequest, feed: VacancyFeed, page: FeedPage) -> HttpResponse:
    content = _write(page.content)
    mark = f'"{sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type="application/json", headers={"ETag": mark})
    found = get_conditional_response(request, etag=mark, response=answer) or answer
    if found.status_code == 200 and request.method == "GET":
        note_items(feed, page.count)
    return found


def _write(content: Any) -> bytes:
    return dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _take(request: HttpRequest) -> HttpResponse:
    feed = _open(request, is_outgoing=False)
    if request.GET:
        raise FeedProblem("parameter_unknown")
    delivery = read_delivery(request)
    outcome = take_delivery(feed, delivery, on=clock.today(), now=clock.now())
    return HttpResponse(receipt_of(outcome).model_dump_json(), content_type="application/json")
