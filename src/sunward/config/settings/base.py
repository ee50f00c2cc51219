"""Settings common to every way of running. `development`, `test` and `production` each add what differs."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from sunward.config.environment import comma_separated, read_environment

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parents[2]
HOME = ENVIRONMENT.home.resolve()

DEBUG = False
ALLOWED_HOSTS = comma_separated(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = comma_separated(ENVIRONMENT.trusted_origins)
SECRET_KEY = ENVIRONMENT.secret_key

# Ours first: the first catalogue that has a sentence wins, and ours say some of the libraries' sentences better.
INSTALLED_APPS = [
    "sunward.web",
    "sunward.mentoring",
    "sunward.employment",
    "sunward.blueprint",
    "sunward.gatherings",
    "sunward.outreach",
    "sunward.safeguarding",
    "sunward.figures",
    "sunward.matching",
    "sunward.registers",
    "sunward.casework",
    "sunward.ledger",
    "sunward.people",
    "sunward.accounts",
    "sunward.audit",
    "sunward.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    # Last, so that our own form templates (core/templates/django/forms) are found first.
    "django.forms",
]
# The programmes, each a folder that declares what it brings (docs/how-to/add-a-programme.md).
SUNWARD_PROGRAMMES = ["sunward.mentoring", "sunward.employment", "sunward.blueprint"]
# Whether a first start fills an empty database with the demo district.
SUNWARD_BUILDS_DEMO = False

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sunward.accounts.sessions.UnkeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sunward.web.language.PreferredLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sunward.accounts.sessions.IdleSessionMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sunward.accounts.middleware.ActorMiddleware",
    "sunward.accounts.sign_in.OneTimePasswordMiddleware",
    "sunward.web.refusals.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "sunward.config.urls"
WSGI_APPLICATION = "sunward.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sunward.web.navigation.furniture",
            ],
        },
    },
]


def database(url: str) -> dict[str, Any]:
    """SQLite with write-ahead log and IMMEDIATE transactions, or PostgreSQL with the connection pool."""
    if url:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
        if settings["ENGINE"].endswith("postgresql"):
            # Pages ask much and get little: compiling a query, or sharing it out, takes longer than answering it; and
            # what stands on a solid-state disk or in memory is read in any order (docs/how-to/run-in-production.md).
            planner = "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
            options = {"pool": {"min_size": 1, "max_size": 8}, "options": planner}
            settings |= {"CONN_MAX_AGE": 0, "OPTIONS": options}
            return settings
    else:
        settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME / "sunward.sqlite3"}
    settings["OPTIONS"] = {
        # A deferred transaction that reads and then writes fails at once under load, whatever the timeout.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # The cache (32 MB) keeps the indexes of an import at hand; 2 MB, the default, doubles its time. A log of as
        # much is copied back after some of its chunks, not after each: most of them rewrite the same pages.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;"
            " PRAGMA wal_autocheckpoint=8000;"
        ),
    }
    return settings


DATABASES = {"default": database(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "sunward.accounts.sign_in.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Office machines are shared: the session ends with the browser, and no box offers otherwise.
ACCOUNT_SESSION_REMEMBER = False
# Lock-out is counted once, in the database, by axes: allauth's own count lives in the cache.
ACCOUNT_RATE_LIMITS = {"login_failed": False}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "sunward.accounts.second_step.AuthenticateOnceForm",
    "reauthenticate": "sunward.accounts.second_step.ReauthenticateOnceForm",
    "add_webauthn": "sunward.accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "sunward.accounts.passkeys.EditPasskeyForm",
}
MFA_TOTP_ISSUER = "Sunward"
# RFC 6238, 5.2: one step of thirty seconds either way, for phones whose clock is off and hands that are slow.
MFA_TOTP_TOLERANCE = 1
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = ENVIRONMENT.session_minutes * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sunward.web.refusals.page_too_old"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone
DATE_FORMAT = "Y-m-d"
FORMAT_MODULE_PATH = ["sunward.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "sunward.registers.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
SUNWARD_UPLOAD_LIMIT = ENVIRONMENT.upload_limit_mb * 1024 * 1024

TASKS = {"default": {"BACKEND": "sunward.core.jobs.declaration.JobBackend", "QUEUES": ["default"]}}
SUNWARD_JOB_LEASE_SECONDS = ENVIRONMENT.job_lease_seconds
SUNWARD_JOB_POLL_SECONDS = ENVIRONMENT.job_poll_seconds
SUNWARD_JOB_RETRY_SECONDS = ENVIRONMENT.job_retry_seconds

SUNWARD_WECOM_URL = ENVIRONMENT.wecom_url
SUNWARD_FEED_HOSTS_INSIDE = frozenset(host.lower() for host in comma_separated(ENVIRONMENT.feed_hosts_inside))
SUNWARD_DINGTALK_URL = ENVIRONMENT.dingtalk_url
SUNWARD_FEISHU_URL = ENVIRONMENT.feishu_url
SUNWARD_SMS_URL = ENVIRONMENT.sms_url
SUNWARD_PUBLIC_URL = ENVIRONMENT.public_url

SUNWARD_SEALING_ALGORITHM = ENVIRONMENT.sealing_algorithm
SUNWARD_SEALING_KEYS = ENVIRONMENT.sealing_keys
SUNWARD_BLIND_INDEX_KEY = ENVIRONMENT.blind_index_key

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {
            "()": "sunward.config.logs.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "sunward": {"level": "INFO"},
        # Django's own handlers would print the request and the error's words.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # An SQL statement carries its values.
        "django.db.backends": {"level": "WARNING"},
    },
}
