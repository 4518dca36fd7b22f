"""Every setting, from the environment. Production (DEBUG off) refuses to start while one is missing, naming it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from bebeli.account_settings import *  # noqa: F403  settings that no variable changes
from bebeli.api_settings import *  # noqa: F403  as above
from bebeli.celery_settings import *  # noqa: F403  as above
from bebeli.kit import logs

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(ROOT / ".env", overwrite=False)

DEBUG = env.bool("DEBUG", default=False)


def needed(name: str, while_debugging: str) -> str:
    """Return a variable that production must set, empty is missing; in DEBUG a harmless default stands in."""
    value = str(env(name, default=while_debugging) if DEBUG else env(name))
    if not value:
        message = f"Set the {name} environment variable"
        raise ImproperlyConfigured(message)
    return value


SECRET_KEY = needed("SECRET_KEY", "debug-only-key-that-protects-nothing-at-all-000000")
FIELD_KEY = needed("FIELD_KEY", "NzdkZWJ1Zy1vbmx5LWtleS10aGF0LXByb3RlY3RzMDA=")
BASE_URL = needed("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = [host.strip() for host in needed("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")]
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
METRICS_TOKEN = env("METRICS_TOKEN", default="")
DEMO = env.bool("DEMO", default=False) and DEBUG
TESTING = "pytest" in sys.modules

# --- data ---------------------------------------------------------------------------------------------------------
_database = env.db_url_config(needed("DATABASE_URL", "postgresql:///bebeli"))
_owner_url = env("DATABASE_OWNER_URL", default="")
if _owner_url and sys.argv[1:2] == ["migrate"]:  # the application's own role may not change tables
    _database = env.db_url_config(_owner_url)
_pool_size = env.int("DATABASE_POOL", default=0)
LOCK_WAIT_SECONDS = 3.0  # nobody waits longer for a row that another holds: the door says "busy"
IDLE_SECONDS = 600 if TESTING else 60  # whoever stands still inside a transaction for so long lets go of what it holds
DATABASES: dict[str, Any] = {
    "default": {
        **_database,
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0 if _pool_size or TESTING else 600,
        "CONN_HEALTH_CHECKS": not _pool_size,
        "OPTIONS": {
            "connect_timeout": 3,
            "application_name": "bebeli",
            "options": f"-c lock_timeout={LOCK_WAIT_SECONDS:g}s -c idle_in_transaction_session_timeout={IDLE_SECONDS}s",
            "server_side_binding": True,  # with statements prepared at their second use: planning is a third of a short one
            "prepare_threshold": 2,
            **({"pool": {"min_size": 1, "max_size": _pool_size, "timeout": 5}} if _pool_size else {}),
        },
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = needed("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "bebeli.kit.cache.FailOpenRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "bebeli",
        "TIMEOUT": 300,
        "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # sessions survive a dead Redis
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_IDLE_SECONDS = 60 * 60 * 24 * 14
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CELERY_BROKER_URL = REDIS_URL

# --- rooms --------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "bebeli.kit",
    "bebeli.places",
    "bebeli.notices",
    "bebeli.accounts",
    "bebeli.sellers",
    "bebeli.catalog",
    "bebeli.vouchers",
    "bebeli.orders",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "bebeli.kit.static_config.ServedFilesConfig",
    "django.contrib.postgres",
    "bebeli.kit.admin_config.OperatorConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    *(["demo.story"] if DEBUG else []),  # production knows no demo
]
MIDDLEWARE = [
    "bebeli.kit.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "bebeli.kit.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bebeli.kit.page_cache.PageCacheMiddleware",
    "bebeli.kit.calm.CalmSessionMiddleware",
    "bebeli.kit.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "bebeli.kit.origin.OriginCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bebeli.kit.calm.CalmMessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bebeli.kit.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "bebeli.urls"
WSGI_APPLICATION = "bebeli.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bebeli.pages.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "bebeli.kit.templatetags.bebeli",
            ],
        },
    },
]
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # kit.origin.OriginCsrfMiddleware is Django's, and stricter for one address
    "security.W008",  # the proxy redirects to HTTPS; ours would turn the provider's POST into an empty GET
    "security.W019",  # nothing of ours is framed
    "security.W021",  # the preload list binds the whole regency's domain: its owner's decision
]

# --- language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- files --------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default="") or ROOT / "staticfiles")
STATICFILES_DIRS = [(room, ROOT / "static" / room) for room in ("dist", "fonts", "img", "js")]  # not the sources
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 60 * 60 * 24 * 365
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default="") or ROOT / "media")
PRIVATE_ROOT = Path(env("PRIVATE_ROOT", default="") or ROOT / "private")
STORAGES = {
    "default": {"BACKEND": "bebeli.kit.storage.RoomyFileSystemStorage"},
    "private": {
        "BACKEND": "bebeli.kit.storage.RoomyFileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- mail ---------------------------------------------------------------------------------------------------------
_mail = env.email_url_config(needed("EMAIL_URL", "smtp://127.0.0.1:1025"))
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = needed("DEFAULT_FROM_EMAIL", "BEBELI <halo@example.com>")

# --- payment ------------------------------------------------------------------------------------------------------
MIDTRANS_BASE_URL = needed("MIDTRANS_BASE_URL", "http://127.0.0.1:8001")
MIDTRANS_SERVER_KEY = needed("MIDTRANS_SERVER_KEY", "SB-Mid-server-TESTKEY")
MIDTRANS_MERCHANT_ID = needed("MIDTRANS_MERCHANT_ID", "G000000001")
SETTLEMENT_MODE = needed("SETTLEMENT_MODE", "gateway_escrow")
if SETTLEMENT_MODE not in {"gateway_escrow", "seller_direct"}:
    _message = "SETTLEMENT_MODE is gateway_escrow or seller_direct"
    raise ImproperlyConfigured(_message)
PAYOUT_CHANNEL = env("PAYOUT_CHANNEL", default="iris" if DEBUG else "bank_file")
_by_provider = PAYOUT_CHANNEL == "iris"
IRIS_BASE_URL = needed("IRIS_BASE_URL", "http://127.0.0.1:8001/iris") if _by_provider else ""
IRIS_CREATOR_KEY = needed("IRIS_CREATOR_KEY", "IRIS-creator-TESTKEY") if _by_provider else ""
IRIS_APPROVER_KEY = needed("IRIS_APPROVER_KEY", "IRIS-approver-TESTKEY") if _by_provider else ""
IRIS_MERCHANT_KEY = needed("IRIS_MERCHANT_KEY", "IRIS-merchant-TESTKEY") if _by_provider else ""
PAYOUT_MINIMUM = env.int("PAYOUT_MINIMUM", default=10_000)
PAYOUT_TWO_PEOPLE_FROM = env.int("PAYOUT_TWO_PEOPLE_FROM", default=10_000_000)
REFUND_TWO_PEOPLE_FROM = env.int("REFUND_TWO_PEOPLE_FROM", default=1_000_000)
BANK_ACCOUNT_HOLD_HOURS = env.int("BANK_ACCOUNT_HOLD_HOURS", default=48)
PAY_MINUTES = {  # method family: shown to the buyer, open at the provider, stock held
    "qris": (15, 20, 35),
    "wallet": (15, 20, 35),
    "va": (24 * 60, 24 * 60 + 5, 24 * 60 + 20),
    "transfer": (24 * 60, 24 * 60 + 5, 24 * 60 + 20),  # to send the proof; from then on held until finance decides
}
ANSWER_HOURS = env.int("ANSWER_HOURS", default=48)
RECEIVE_HOURS = env.int("RECEIVE_HOURS", default=48)
ARRIVE_DAYS = env.int("ARRIVE_DAYS", default=7)
COMPLAINT_DAYS = env.int("COMPLAINT_DAYS", default=7)
COMPLAINT_ANSWER_HOURS = env.int("COMPLAINT_ANSWER_HOURS", default=48)
COMPLAINT_RETURN_DAYS = env.int("COMPLAINT_RETURN_DAYS", default=7)

# --- limits -------------------------------------------------------------------------------------------------------
RATE_LIMITS = not (DEBUG and env("BEBELI_RATE_LIMITS", default="on") == "off")
# loose per network (carriers and offices share addresses), strict per account
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = RATE_LIMITS and {
    "login": "300/m/ip",
    "signup": "300/m/ip",
    "login_failed": "300/m/ip,5/300s/key",
    "reset_password": "300/m/ip,5/m/key",
    "reset_password_from_key": "300/m/ip",
}

# --- browser ------------------------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
    "img-src": ["'self'", "data:"],
}
_https = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = False  # the proxy's work; a redirect would turn the provider's POST into an empty GET
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-sesi" if _https else "sesi"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
CART_COOKIE_NAME = "__Host-keranjang" if _https else "keranjang"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "bebeli.pages.forbidden"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
LANGUAGE_COOKIE_NAME = "bahasa"
X_FRAME_OPTIONS = "DENY"

# --- log ----------------------------------------------------------------------------------------------------------
logs.configure(testing=TESTING)
LOGGING = logs.handlers(env("LOG_LEVEL", default="INFO"), human=DEBUG)
