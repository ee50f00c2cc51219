"""Every refusal and error becomes a page with a sentence and a way on; under htmx, a toast. Nothing leaks."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_htmx.middleware import HtmxDetails

from sunward.core.refusals import Refusal

_SENTENCES: dict[int, Promise] = {
    400: _("The browser sent something that cannot be read. Go back and try again."),
    403: _("Another post works with this page. If you need it, ask your system administrator."),
    404: _("There is no such page, or it is not yours to see."),
    422: _("This cannot be done as it is."),
    429: _("Too many attempts. Wait a while, then try again."),
    500: _("Something on our side went wrong. Nothing you had saved is lost."),
}
_REAUTHENTICATION = "/accounts/reauthenticate/"
_PAGES = {403, 404, 409, 422, 429, 500}


class RefusalMiddleware:
    """`core.refusals.Refusal` is the one exception whose words may be shown.

    A fragment's request that is sent to the sign-in page takes the whole page there, and back to itself afterwards:
    else the sign-in form would appear inside a table.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        place = response.headers.get("Location", "")
        htmx: HtmxDetails | None = getattr(request, "htmx", None)
        if htmx and place.startswith((reverse("account_login"), _REAUTHENTICATION)):
            return _take_page_to(place, back_to=htmx.current_url_abs_path or reverse("home"))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refuse(request, status=exception.status, sentence=exception.sentence)
        return None


def refuse(request: HttpRequest, *, status: int, sentence: str | Promise = "") -> HttpResponse:
    """The answer to a refused request, fit for whoever asked: a browser or htmx."""
    sentence = sentence or _SENTENCES[status]
    if getattr(request, "htmx", False):
        return _toast(sentence, status=status)
    page = f"{status if status in _PAGES else HTTPStatus.UNPROCESSABLE_ENTITY}.html"
    return render(request, page, {"sentence": sentence}, status=status)


def _toast(sentence: str | Promise, *, status: int) -> HttpResponse:
    """Goes to the toasts whatever the request's own target was, and says no more than the page would."""
    content = render_to_string("core/_toast.html", {"text": sentence, "tone": "urgent"})
    response = HttpResponse(content, status=status)
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    response["HX-Reselect"] = "unset"
    response["HX-Push-Url"] = "false"
    return response


def _take_page_to(place: str, *, back_to: str) -> HttpResponse:
    query = QueryDict(mutable=True)
    query["next"] = back_to
    response = HttpResponse(status=200)
    response["HX-Redirect"] = f"{place.partition('?')[0]}?{query.urlencode(safe='/')}"
    return response


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF token does not fit: nearly always a page left open over a sign-in."""
    return refuse(request, status=403, sentence=_("This page was open too long. Load it again, then repeat the step."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the user: they may be what failed. Under htmx the page says so by itself."""
    context: dict[str, Any] = {"sentence": _SENTENCES[500]}
    return HttpResponse(render_to_string("500.html", context), status=500)
