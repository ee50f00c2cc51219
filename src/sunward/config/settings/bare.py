"""For commands that need sentences and rules but no data: no database, no keys, nothing written."""

import secrets

from sunward.config.settings.base import *  # noqa: F403

SECRET_KEY = secrets.token_urlsafe(48)
DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
