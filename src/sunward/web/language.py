"""Which language and which size of type: the user's own choice, else a cookie, else Chinese at normal size.

The browser's own preference is not asked: an office machine's is seldom its user's.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sunward.accounts.access import allow_public
from sunward.accounts.preferences import set_language, set_large_type

_YEAR = 365 * 24 * 3600
_TYPE_COOKIE = "type"


class PreferredLanguageMiddleware:
    """Cookie first, because nobody is known yet; the user's own language once the view is known.

    The cookie follows the user, so that pages which never reach a view (404) speak the same language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _activate(request, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        response = self.get_response(request)
        language = translation.get_language() or settings.LANGUAGE_CODE
        response.headers.setdefault("Content-Language", language_tag(language))
        is_known = getattr(request, "has_own_language", False)
        if is_known and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
            _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.user.is_authenticated:
            request.has_own_language = True  # type: ignore[attr-defined]
            _activate(request, request.user.language)


def _activate(request: HttpRequest, language: str) -> None:
    chosen = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    translation.activate(chosen)
    request.LANGUAGE_CODE = chosen


def language_tag(language: str | None) -> str:
    """As HTML wants it: zh-Hans, en."""
    return translation.to_locale(language or settings.LANGUAGE_CODE).replace("_", "-")


def is_large_type(request: HttpRequest) -> bool:
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        return request.user.is_large_type
    return request.COOKIES.get(_TYPE_COOKIE) == "large"


@allow_public()
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    response = _back(request)
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            set_language(user_id=request.user.pk, language=language)
            request.user.language = language
        translation.activate(language)
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@allow_public()
@require_POST
def choose_type(request: HttpRequest) -> HttpResponse:
    is_large = request.POST.get("type") == "large"
    response = _back(request)
    if request.user.is_authenticated:
        set_large_type(user_id=request.user.pk, is_large_type=is_large)
    _remember(response, _TYPE_COOKIE, "large" if is_large else "normal")
    return response


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if is_ours else reverse("home"))


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
