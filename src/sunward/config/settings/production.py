"""A district: PostgreSQL, keys from the environment, TLS in front. A missing value stops the start."""

from django.core.exceptions import ImproperlyConfigured

from sunward.config.settings.base import *  # noqa: F403
from sunward.config.settings.base import ENVIRONMENT

_REQUIRED = ("secret_key", "sealing_keys", "blind_index_key", "database_url")
_missing = [f"SUNWARD_{name.upper()}" for name in _REQUIRED if not getattr(ENVIRONMENT, name)]
if _missing:
    raise ImproperlyConfigured(
        f"Set {', '.join(_missing)} in the environment; docs/how-to/run-in-production.md says how to make each."
    )

SECURE_HSTS_SECONDS = 365 * 24 * 3600
# Other hosts of the same domain, and browsers' preload lists, are for the district to decide, not for one application.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_SSL_REDIRECT = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if ENVIRONMENT.behind_tls_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
