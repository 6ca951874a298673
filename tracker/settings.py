"""One settings file. Everything that production changes is an environment variable (docs/operations.md lists them)."""

from __future__ import annotations

from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from tracker import env

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO = env.is_demo()
DEBUG = False
SECRET_KEY = "demo-only-" + "0" * 54 if DEMO else env.secret("SECRET_KEY")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"] if DEMO else env.words("ALLOWED_HOSTS")
# Which site this process serves: "both" only in the demo; production runs a public and a workspace process apart.
SITE = env.text("SITE", "both" if DEMO else "workspace")
if SITE not in {"both", "public", "workspace"}:
    raise env.ImproperlyConfigured("SITE must be public or workspace; set it in the environment of each process.")
# Seeds of authenticator apps and personal contacts are encrypted with these. The public process has nothing to open.
FIELD_KEYS: list[str] = []
if SITE != "public":
    FIELD_KEYS = ["ZGVtby1vbmx5LWZpZWxkLWtleS0tbm90LWEtc2VjcmU="] if DEMO else env.field_keys("FIELD_KEYS")
# Who speaks in notes and verdicts, as the public reads it, and where the public site is at home, as "https://host/".
ORGANISATION = env.text("ORGANISATION", "")
HOME_ADDRESS = env.text("HOME_ADDRESS", "")
# Whether readers may follow by mail: their mails lead to pages, so the site must know where it is at home.
FOLLOW = DEMO or bool(HOME_ADDRESS)
FOLLOW_ADDRESS = HOME_ADDRESS or (env.text("DEMO_ADDRESS", "http://127.0.0.1:8000/") if DEMO else "")
# Further addresses of the same pages, and the folder of the built mirror (docs/operations.md).
MIRRORS = env.words("MIRRORS", [])
MIRROR_FOLDER = env.text("MIRROR_FOLDER", str(BASE_DIR / "var" / "mirror") if DEMO else "")
ROOT_URLCONF = "tracker.public_urls" if SITE == "public" else "tracker.workspace_urls"
WSGI_APPLICATION = "tracker.wsgi.application"

INSTALLED_APPS = [
    "tracker.accounts",
    "tracker.jobs",
    "codes",
    "amendments",
    "tracker.publication",
    "tracker.follow",
    "tracker.workspace",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "simple_history",
    "django_htmx",
    "csp",
]

# Django's admin, for looking only: off unless switched on, and never in the public process or the demo.
ADMIN_SITE = SITE == "workspace" and env.flag("ADMIN_SITE")
if ADMIN_SITE:
    INSTALLED_APPS.append("django.contrib.admin.apps.SimpleAdminConfig")

# The public process has no session, no sign-in and no CSRF: nothing that could tell one reader from another.
PUBLIC_MIDDLEWARE = [
    "tracker.middleware.AnonymousAddressMiddleware",
    "tracker.publication.views.kept.KeptFirstMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "tracker.middleware.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
]
WORKSPACE_MIDDLEWARE = [
    "tracker.middleware.MemberAddressMiddleware",
    *PUBLIC_MIDDLEWARE[2:7],
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tracker.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tracker.middleware.MemberRequiredMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
MIDDLEWARE = PUBLIC_MIDDLEWARE if SITE == "public" else WORKSPACE_MIDDLEWARE
if SITE == "both":  # the demo serves both sites: public paths take the short list, which PathSwitch applies
    MIDDLEWARE = ["tracker.middleware.SiteSwitchMiddleware"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["tracker.publication.templatetags.pages"],
        },
    }
]

DATABASES = env.databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ROUTERS = ["tracker.routers.RoleRouter"]
for _alias in DATABASES:
    # One physical database behind four roles: tests create it as its owner, and every other role mirrors it.
    if _alias != "owner" and "owner" in DATABASES:
        DATABASES[_alias]["TEST"] = {"MIRROR": "owner"}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["tracker.accounts.backends.HandleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/w/sign-in/"
LOGIN_REDIRECT_URL = "/w/"

# Cache and sessions live in PostgreSQL: losing Redis must not sign anyone out or forget a throttle.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
SESSION_ENGINE = "tracker.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
# __Host- names need https, which the demo on 127.0.0.1 does not have.
SESSION_COOKIE_NAME = "session" if DEMO else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if DEMO else "__Host-csrf"
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^healthz$"]
SECURE_PROXY_SSL_HEADER = None if DEMO else ("HTTP_X_FORWARDED_PROTO", "https")
TRUSTED_PROXIES = 0 if DEMO else env.number("TRUSTED_PROXIES")
SECURE_REFERRER_POLICY = "same-origin"  # not no-referrer: browsers then send "Origin: null" with forms
X_FRAME_OPTIONS = "DENY"
# The public process holds no session: there is no authority that a forged request could borrow.
SILENCED_SYSTEM_CHECKS = ["security.W003"] if SITE == "public" else []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True

USE_I18N = USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")
LANGUAGE_CODE = "en"
LANGUAGES = [
    (code, name)
    for code, name in [("en", _("English")), ("ru", _("Russian")), ("kk", _("Kazakh"))]
    if code in env.words("LANGUAGES", ["en", "ru", "kk"])
]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# What was erased, so that a restore from a backup can erase it again: kept outside the backups.
ERASURE_JOURNAL = Path(env.text("ERASURE_JOURNAL", str(BASE_DIR / "var" / "erasures.jsonl")))
# The key that signs releases: in a file that only the worker reads. The public process has none.
_KEY = env.text("SIGNING_KEY_FILE", str(BASE_DIR / "var" / "keys" / "release.key") if DEMO else "")
SIGNING_KEY_FILE = Path(_KEY) if _KEY and SITE != "public" else None
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "var" / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEMO
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

CELERY_BROKER_URL = "" if SITE == "public" else env.broker_url()
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 1800
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "max_retries": 0}
CELERY_BEAT_SCHEDULE = {
    "reconcile-jobs": {"task": "tracker.jobs.tasks.reconcile", "schedule": 30.0},
    "sign-waiting": {"task": "tracker.publication.tasks.sign_waiting", "schedule": 300.0},
    "keep-copy": {"task": "tracker.publication.tasks.keep_copy", "schedule": 120.0},
    "follow-look": {"task": "tracker.follow.tasks.look", "schedule": 30.0},
    "follow-send": {"task": "tracker.follow.tasks.send", "schedule": 30.0},
    "follow-forget": {"task": "tracker.follow.tasks.forget", "schedule": 3600.0},
    "forget-ended-sessions": {"task": "tracker.accounts.tasks.forget_ended_sessions", "schedule": 3600.0},
    "weekly-reports": {"task": "tracker.publication.tasks.weekly_reports", "schedule": crontab(5, 5, "mon")},
    "clear-staged-imports": {"task": "amendments.tasks.clear_staged", "schedule": 86400.0},
}

# Whoever sends to the world listens to a queue of its own: the worker that opens files has no way out.
CELERY_TASK_ROUTES = {"tracker.follow.tasks.send": {"queue": "outside"}}

# Mail leaves through Django's backends; without a server of outgoing mail it is written to files.
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_BACKEND = env.text(
    "EMAIL_BACKEND", f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
)
EMAIL_FILE_PATH = env.text("EMAIL_FOLDER", str(BASE_DIR / "var" / "mail"))
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_HOST_USER = "" if SITE == "public" else env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = "" if SITE == "public" else env.optional("EMAIL_HOST_PASSWORD")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "") or "tracker@localhost"
# Deliveries to programs that readers name. Off: no page offers it and nothing is sent.
WEBHOOKS = env.flag("WEBHOOKS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
