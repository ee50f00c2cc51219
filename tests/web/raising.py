"""The real addresses, and views that refuse or fail in every way, for the tests of the error pages."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from sunward.accounts.access import allow_public
from sunward.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

WAYS = {
    "refusal": lambda: Refusal("test.refusal", "She has no room for a second child."),
    "not-there": lambda: NotThere("test.not_there", "There is no such file."),
    "not-allowed": lambda: NotAllowed("test.not_allowed", "Only the supervisor may do this."),
    "conflict": lambda: Conflict("test.conflict", "Zhou Min changed this a minute ago."),
    "django-404": lambda: Http404("secret detail"),
    "django-403": lambda: PermissionDenied("secret detail"),
    "django-400": lambda: BadRequest("secret detail"),
    "bug": lambda: ZeroDivisionError("secret detail"),
}


@allow_public()
def raise_it(request: HttpRequest, way: str) -> HttpResponse:
    exception = WAYS[way]()
    raise exception


urlpatterns = [*urlpatterns, path("raise/<str:way>/", raise_it, name="raise_it")]
