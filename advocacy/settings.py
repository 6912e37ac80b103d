"""One settings file for laptop, demo, tests and server; the environment decides which (see README, "Settings").

POSKO_MODE=laptop (default): keys, database, files and broker live under var/ and make themselves.
POSKO_MODE=server: everything is named by the environment; a missing variable stops the start.
"""

import base64
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from advocacy import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent

# --- which posko -----------------------------------------------------------------------------------------------------
MODE = env.text("POSKO_MODE", "laptop")
if MODE not in {"laptop", "server"}:
    raise ImproperlyConfigured(f"POSKO_MODE must be laptop or server, not {MODE!r}.")
SERVER = MODE == "server"
DEMO = env.flag("POSKO_DEMO")
if DEMO and SERVER:
    raise ImproperlyConfigured("POSKO_DEMO belongs to a laptop: demo rows never mix with a posko's.")
VAR = Path(env.text("POSKO_VAR") or BASE_DIR / "var") / ("demo" if DEMO else "posko")
DEBUG = env.flag("DEBUG")

# --- keys: identity keys are apart from SECRET_KEY, so that signing can be renewed without touching sealed rows --------
if SERVER:
    SECRET_KEY = env.required("SECRET_KEY", "a long random text that signs sessions and links.")
    _keys = env.required("POSKO_KEYS", "id:base64 of the 32-byte key that seals identity numbers.")
    _digest_key = env.required(
        "POSKO_DIGEST_KEY", "base64 of the 32-byte key that digests numbers for look-up."
    )
    ALLOWED_HOSTS = env.names("ALLOWED_HOSTS") or [
        env.required("ALLOWED_HOSTS", "the host names of this site.")
    ]
    DATABASE_URL = env.required("DATABASE_URL", "postgres://user:password@host/name")
    CELERY_BROKER_URL = env.required("CELERY_BROKER_URL", "redis://host:6379/0")
else:
    _made = env.laptop_keys(VAR)
    SECRET_KEY = env.text("SECRET_KEY") or _made["SECRET_KEY"]
    _keys = env.text("POSKO_KEYS") or _made["POSKO_KEYS"]
    _digest_key = env.text("POSKO_DIGEST_KEY") or _made["POSKO_DIGEST_KEY"]
    # On a laptop the posko is opened from phones on the same Wi-Fi by whatever address the laptop has today.
    ALLOWED_HOSTS = env.names("ALLOWED_HOSTS") or ["*"]
    DATABASE_URL = env.text("DATABASE_URL") or f"sqlite:///{VAR / 'posko.sqlite3'}"
    CELERY_BROKER_URL = env.text("CELERY_BROKER_URL") or "filesystem://localhost"

POSKO_KEYS = env.key_ring(_keys, "POSKO_KEYS")
POSKO_CURRENT_KEY = next(iter(POSKO_KEYS))
POSKO_DIGEST_KEY = base64.b64decode(_digest_key)
if len(POSKO_DIGEST_KEY) != 32:
    raise ImproperlyConfigured("POSKO_DIGEST_KEY must be base64 of 32 bytes.")

# --- applications ----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "advocacy.admin_config.PoskoAdminConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "advocacy.apps.PoskoStaticFiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "advocacy.apps.AdvocacyConfig",
    "cases.kernel",
    "cases.audit",
    "cases.areas",
    "cases.people",
    "cases.programmes",
    "cases.jobs",
    "cases.notices",
    "cases.households",
    "cases.casefiles",
    "cases.escalations",
    "cases.paper",
    "cases.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cases.kernel.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cases.kernel.middleware.LanguageMiddleware",
    "cases.kernel.middleware.ReadableAddressMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cases.people.middleware.SeenMiddleware",
    "cases.people.middleware.SecondFactorMiddleware",
    "cases.kernel.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "advocacy.urls"
WSGI_APPLICATION = "advocacy.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
                "django.template.context_processors.csp",
                "cases.kernel.context.posko",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "cases.kernel.templatetags.posko",
            ],
        },
    }
]

# --- data ------------------------------------------------------------------------------------------------------------
_database = dj_database_url.parse(DATABASE_URL)
if _database["ENGINE"].endswith("sqlite3"):
    VAR.mkdir(parents=True, exist_ok=True)
    _database["OPTIONS"] = {
        # IMMEDIATE takes the write lock at BEGIN: an action that reads, decides and writes cannot be overtaken.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    _database["TEST"] = {"NAME": None}
elif _database["ENGINE"].endswith("postgresql"):
    _database["CONN_HEALTH_CHECKS"] = True
    if SERVER:
        _database["OPTIONS"] = {"pool": {"min_size": 1, "max_size": env.number("DATABASE_POOL", 8)}}
        _database["CONN_MAX_AGE"] = 0
    else:
        _database["CONN_MAX_AGE"] = 60
else:
    raise ImproperlyConfigured(
        "DATABASE_URL must name SQLite (sqlite:///...) or PostgreSQL (postgres://...)."
    )
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_cache_url = env.text("CACHE_URL") or (CELERY_BROKER_URL if CELERY_BROKER_URL.startswith("redis") else "")
if _cache_url.startswith("redis"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache_url}}
else:
    # Rate limits must count over every process of the laptop, so the cache is a table and not memory.
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "posko_cache"}
    }

MEDIA_ROOT = Path(env.text("MEDIA_ROOT") or VAR / "media")
STATIC_ROOT = Path(env.text("STATIC_ROOT") or VAR / "static")
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "advocacy" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 12

# --- tasks -----------------------------------------------------------------------------------------------------------
if CELERY_BROKER_URL.startswith("filesystem"):
    _broker = VAR / "broker"
    for _folder in ("queue", "done", "control"):
        (_broker / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker / "queue"),
        "data_folder_out": str(_broker / "queue"),
        "processed_folder": str(_broker / "done"),
        "control_folder": str(_broker / "control"),
        "store_processed": False,
    }
# The worker writes through LOGGING below and its net; Celery's own handlers know nothing of either.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 3
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_TIMEZONE = "Asia/Jakarta"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
CELERY_BEAT_SCHEDULE = {
    "queued-jobs-that-no-worker-heard-of": {"task": "cases.jobs.tasks.pick_up", "schedule": 60},
    "old-files-of-jobs": {"task": "cases.jobs.tasks.clear_old", "schedule": 3600},
    "digests-of-the-morning": {"task": "cases.notices.tasks.tick", "schedule": 300},
}

# --- language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = sorted(path for path in (BASE_DIR / "advocacy" / "locale").iterdir() if path.is_dir())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
USE_THOUSAND_SEPARATOR = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- people ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_ADAPTER = "cases.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "cases.people.forms.LoginForm",
    "reauthenticate": "cases.people.forms.ReauthenticateForm",
    "change_password": "cases.people.forms.ChangePasswordForm",
}
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    # Residents' codes (cases.casefiles.limits); "key" is everybody together. The arithmetic is in cases/casefiles/codes.py.
    "status": "40/10m/ip,600/h/key",
    "status_unknown": "10/h/ip,200/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 1 if SERVER else 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Posko Bansos"
# Clocks of cheap phones run ahead or behind: the code before and the one after are taken too.
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "cases.people.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "cases.people.forms.AuthenticateForm",
    "reauthenticate": "cases.people.forms.MFAReauthenticateForm",
    "activate_totp": "cases.people.forms.ActivateTOTPForm",
}
# Pengurus see everything; a server asks them for a second factor unless told otherwise.
POSKO_SECOND_FACTOR_FOR_BOARD = env.flag("POSKO_SECOND_FACTOR_FOR_BOARD", SERVER)
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cases.kernel.views.csrf_failure"

# --- safety ----------------------------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "media-src": [CSP.SELF, "blob:"],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if SERVER:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
# A laptop speaks plain HTTP inside the posko's own Wi-Fi; `check --deploy` is held against server mode, in a test.

# --- API -------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "cases.people.authentication.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "cases.kernel.api_parsing.BoundedJSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_RATES": {"user": "600/min", "anon": "30/min"},
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.AnonRateThrottle",
    ],
    "EXCEPTION_HANDLER": "cases.kernel.problems.problem_details",
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Posko Bansos",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    # It tells no row, but drawing it costs most of a second of the posko's computer.
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    # One name a set of words, also where several fields are called "status"; those given by value alone come last.
    "ENUM_NAME_OVERRIDES": {
        "CaseCategoryEnum": "cases.casefiles.choices.Category.choices",
        "CaseStatusEnum": "cases.casefiles.choices.Status.choices",
        "CaseOutcomeEnum": "cases.casefiles.choices.Outcome.choices",
        "UrgencyEnum": "cases.casefiles.choices.Urgency.choices",
        "ReporterLevelEnum": "cases.casefiles.choices.ReporterLevel.choices",
        "ReporterRelationEnum": "cases.casefiles.choices.ReporterRelation.choices",
        "HouseholdStatusEnum": "cases.households.choices.HouseholdStatus.choices",
        "FamilyRelationEnum": "cases.households.choices.Relation.choices",
        "VisitTaskEnum": "cases.households.choices.VisitTask.choices",
        "AnswerKindEnum": "cases.escalations.choices.AnswerKind.choices",
        "SubmissionChannelEnum": "cases.escalations.choices.Channel.choices",
        "LetterKindEnum": "cases.paper.choices.LetterKind.choices",
        "LetterPaperEnum": "cases.paper.serializers.letters.PAPERS",
        "LetterStatusEnum": "cases.paper.choices.LetterStatus.choices",
        "SubmissionStatusEnum": "cases.escalations.choices.SubmissionStatus.choices",
        "OfficeKindEnum": "cases.escalations.choices.OfficeKind.choices",
        "DayUnitEnum": "cases.escalations.choices.DayUnit.choices",
        "DoorTaskEnum": "cases.paper.choices.DoorTask.choices",
        "PaperSizeEnum": "cases.paper.choices.PaperSize.choices",
        "CaseCategoryGivenEnum": "cases.casefiles.choices.Category.values",
        "UrgencyGivenEnum": "cases.casefiles.choices.Urgency.values",
        "CaseOutcomeGivenEnum": "cases.casefiles.choices.Outcome.values",
        "ReporterLevelGivenEnum": "cases.casefiles.choices.ReporterLevel.values",
        "RevokeReasonGivenEnum": "cases.casefiles.choices.RevokeReason.values",
        "DoorTaskGivenEnum": "cases.paper.choices.DoorTask.values",
        "PaperSizeGivenEnum": "cases.paper.choices.PaperSize.values",
    },
}

# --- log: what happened and where, never to whom -----------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "cases.kernel.logs.RequestIdFilter"},
        "redact": {"()": "cases.kernel.logs.RedactFilter"},
    },
    "formatters": {"line": {"format": "{asctime} {levelname} {request_id} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_id", "redact"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO" if SERVER else "WARNING")},
    "loggers": {"django": {"handlers": [], "level": "INFO" if SERVER else "WARNING", "propagate": True}},
}

# --- what people are told ----------------------------------------------------------------------------------------------
POSKO_SITE_URL = env.text("POSKO_SITE_URL")
# From this hour on (in Jakarta) the day's digests are made.
POSKO_DIGEST_HOUR = env.number("POSKO_DIGEST_HOUR", 6)
if not 0 <= POSKO_DIGEST_HOUR <= 23:
    raise ImproperlyConfigured("POSKO_DIGEST_HOUR must be an hour from 0 to 23.")
# No mail server, no e-mail: the digests stand in the app all the same.
POSKO_SENDS_MAIL = bool(env.text("EMAIL_URL"))
if POSKO_SENDS_MAIL:
    MAILERS = env.mailers("EMAIL_URL", timeout=15)
    DEFAULT_FROM_EMAIL = env.required("EMAIL_FROM", "the address that e-mail comes from.")
    if not POSKO_SITE_URL:
        raise ImproperlyConfigured("POSKO_SITE_URL is missing: e-mail needs the address its links lead to.")
