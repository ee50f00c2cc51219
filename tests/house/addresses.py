"""Every address of the site, with its full name and its view, as the URL resolver knows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Views of the sign-in library: it guards them itself. Named one by one, so that a new one is looked at.
SIGN_IN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_login_webauthn",
        "mfa_reauthenticate_webauthn",
    }
)


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    view: Any

    @property
    def is_sign_in(self) -> bool:
        return self.name in SIGN_IN

    @property
    def policy(self) -> Any:
        return getattr(self.view, "policy", None)


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, prefix="", namespace=""))


def _walk(patterns: list[Any], *, prefix: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, prefix=route, namespace=inner)
        elif isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name}" if pattern.name else "", route, pattern.callback)
