"""The library's forms for the six digits, which open once: it remembers a used code for one step only, while with
`MFA_TOTP_TOLERANCE` a code is good for several (RFC 6238, 5.2: never accepted a second time).
"""

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.core.cache import cache


class _Once(BaseAuthenticateForm):  # type: ignore[misc]
    def clean_code(self) -> Any:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not self._is_first_use(code):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def _is_first_use(self, code: str) -> bool:
        good_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        key = f"accounts.second_step:{self.user.pk}:{normalize_user_code(code)}"
        return cache.add(key, True, timeout=good_for)


class AuthenticateOnceForm(_Once, AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateOnceForm(_Once, ReauthenticateForm):  # type: ignore[misc]
    pass
