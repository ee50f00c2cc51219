"""Accounts are made by the administrator: nobody signs up by himself, and a password given is changed at once."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse

from sunward.accounts.models import User

# What stays open while the password is still the administrator's.
_OPEN = {"account_change_password", "account_set_password", "account_logout", "account_reauthenticate"} | {
    "choose_language", "choose_type", "mfa_authenticate", "mfa_reauthenticate",
}  # fmt: skip


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to the work: the emptied form would look as if nothing had happened."""
        return reverse("home")

    def set_password(self, user: User, password: str) -> None:
        """Whoever chooses a password has no one-time one any more."""
        user.has_one_time_password = False
        super().set_password(user, password)


class OneTimePasswordMiddleware:
    """Leads whoever signed in with a one-time password to choosing an own one; nothing else opens before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request.user, "has_one_time_password", False) and not _is_open(request):
            return redirect("account_change_password")
        return self.get_response(request)


def _is_open(request: HttpRequest) -> bool:
    return resolve(request.path_info).url_name in _OPEN
