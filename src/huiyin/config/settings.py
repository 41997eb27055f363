"""Every setting in one place; each value that differs between machines is read by a typed reader.

Business numbers are never settings: they belong to a policy pack.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from huiyin.config import logs
from huiyin.config.environment import (
    database_from,
    env_bool,
    env_int,
    env_list,
    env_path,
    env_secret,
    env_str,
    mail_from,
)

BASE = Path(__file__).resolve().parents[1]
ROOT = BASE.parents[1]

# --- What differs between machines ------------------------------------------------------------------------------------
HUIYIN_MODE = env_str("HUIYIN_MODE", "development", choices=("development", "demo", "production"))
PRODUCTION = HUIYIN_MODE == "production"
HUIYIN_DATA = env_path("HUIYIN_DATA") or ROOT / "var"
HUIYIN_PORT = env_int("HUIYIN_PORT", 8000, low=1, high=65535)
# The file that moves the clock of all processes; read by huiyin.interfaces.common.clock alone.
HUIYIN_CLOCK = env_path("HUIYIN_CLOCK")
# The base pack a complaint comes under when nothing else was said; empty: the packs' own rules choose.
HUIYIN_PACK = env_str("HUIYIN_PACK", "retail")
# Who asks complainants for their data, and how that house is reached about it (the portal's notice); empty: the sender
# of its mail.
HUIYIN_ORGANISATION = env_str("HUIYIN_ORGANISATION", "晨光数码" if HUIYIN_MODE == "demo" else "")
HUIYIN_CONTACT = env_str("HUIYIN_CONTACT")
HUIYIN_SYNCHRONOUS = env_str("HUIYIN_SYNCHRONOUS", "FULL", choices=("FULL", "NORMAL"))
# How many requests a minute one token may send to one server process; 0: as many as it likes.
HUIYIN_API_PER_MINUTE = env_int("HUIYIN_API_PER_MINUTE", 600, low=0, high=1_000_000)
HTTPS = env_bool("HUIYIN_HTTPS", PRODUCTION)
BEHIND_PROXY = env_bool("HUIYIN_BEHIND_PROXY", False)
SECRET_KEY = env_secret("HUIYIN_SECRET_KEY", HUIYIN_DATA / "secret_key")
ALLOWED_HOSTS = env_list("HUIYIN_ALLOWED_HOSTS", () if PRODUCTION else ("127.0.0.1", "localhost", "[::1]"))
DATABASES = {
    "default": database_from(
        "HUIYIN_DATABASE",
        env_str("HUIYIN_DATABASE", str(HUIYIN_DATA / "huiyin.sqlite3")),
        synchronous=HUIYIN_SYNCHRONOUS,
    )
}
MAIL = mail_from("HUIYIN_SMTP_URL", env_str("HUIYIN_SMTP_URL"))
globals().update(MAIL)
DEFAULT_FROM_EMAIL = env_str("HUIYIN_MAIL_FROM", "Huiyin <huiyin@localhost>")
DEBUG = env_bool("HUIYIN_DEBUG", False)

if PRODUCTION and HUIYIN_CLOCK:
    raise ImproperlyConfigured("HUIYIN_CLOCK moves the clock and is refused when HUIYIN_MODE is production.")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("HUIYIN_DEBUG shows source code to visitors and is refused in production.")
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("HUIYIN_ALLOWED_HOSTS must name the public host in production.")

# --- Rooms ------------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "template_partials",
    "lucide",
    "huiyin.people",
    "huiyin.policy",
    "huiyin.queue",
    "huiyin.files",
    "huiyin.messaging",
    "huiyin.workforce",
    "huiyin.knowledge",
    "huiyin.complaints",
    "huiyin.improvement",
    "huiyin.quality",
    "huiyin.interfaces.common",
    "huiyin.interfaces.web",
    "huiyin.interfaces.jobs",
    "huiyin.interfaces.api",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "huiyin.config.urls"
WSGI_APPLICATION = "huiyin.config.wsgi.application"
# No ATOMIC_REQUESTS: every page view would take SQLite's write lock. A step opens its own transaction.

MIDDLEWARE = [
    "huiyin.config.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huiyin.interfaces.web.account.presence.Presence",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "huiyin.interfaces.common.refusals.RefusalMiddleware",
    "huiyin.interfaces.web.portal.bodies.LargestBody",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "interfaces" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "huiyin.interfaces.web.shell.context",
            ],
        },
    }
]

FORM_RENDERER = "huiyin.interfaces.web.forms.Renderer"
CSRF_FAILURE_VIEW = "huiyin.interfaces.web.errors.stale_form"

# --- Who is who -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "huiyin.people.passwords.DemoPasswordValidator"},
]
LOGIN_URL = "account:sign_in"
# A name rests whichever address the guesses come from; an attempt during that time does not make it longer.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "huiyin.interfaces.web.account.views.locked_out"
AXES_CLIENT_IP_CALLABLE = "huiyin.interfaces.web.account.devices.client_address"
AXES_DISABLE_ACCESS_LOG = True  # people.SignIn is that log
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # counting by name alone is the stricter choice: changing address does not help
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "huiyin_session"
CSRF_COOKIE_NAME = "huiyin_csrf"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# --- What a browser may do --------------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Files served and kept --------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HUIYIN_DATA / "static"
STATICFILES_DIRS = [BASE / "interfaces" / "web" / "static"]
MEDIA_ROOT = HUIYIN_DATA / "files"
# In development files are found where they are written; elsewhere names carry a hash and are cached for ever.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = HUIYIN_MODE == "development"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if HUIYIN_MODE == "development"
        else "huiyin.interfaces.web.statics.HashedFiles"
    },
}

# --- Words and time ---------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "huiyin_language"
LOCALE_PATHS = [BASE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

LOGGING = logs.settings(env_str("HUIYIN_LOG_LEVEL", "INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR")))
