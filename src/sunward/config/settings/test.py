"""The suite: fast hashes, fixed keys, and PostgreSQL when `SUNWARD_TEST_DATABASE_URL` names one."""

from sunward.config.settings.base import *  # noqa: F403
from sunward.config.settings.base import ENVIRONMENT, STORAGES, database

SECRET_KEY = "only-for-tests-" + "x" * 40
SUNWARD_SEALING_KEYS = "t1:" + "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
SUNWARD_BLIND_INDEX_KEY = "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI="
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = {"default": database(ENVIRONMENT.test_database_url)}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = {}
    # A cluster made without a locale has ASCII templates; Chinese needs UTF-8.
    DATABASES["default"]["TEST"] = {"CHARSET": "UTF8", "TEMPLATE": "template0"}
elif not ENVIRONMENT.test_database_url:
    # Threads of one test (live server, concurrency) open the file each for itself. A memory database has one connection
    # for all of them; even as the name before the test's own it would make the live server share it.
    DATABASES["default"]["NAME"] = str(HOME / "test.sqlite3")  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}  # noqa: F405
HOME.mkdir(parents=True, exist_ok=True)  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MEDIA_ROOT = HOME / "test-uploads"  # noqa: F405
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
AXES_ENABLED = False
# Static files come straight from the apps: nothing is collected before a test run.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
