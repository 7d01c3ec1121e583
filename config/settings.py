"""Everything an installation may set, read from the environment; the defaults are the embedded server."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- where things live -------------------------------------------------------------------------
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
KEYS_DIR = DATA_DIR / "keys"
PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)
PUBLIC_URL = env.str("PUBLIC_URL", default="")
HOST = env.str("HOST", default="") or "127.0.0.1"
PORT = env.int("PORT", default=8000)
SERVER = env.str("SERVER", default="daphne")

# --- secrets ------------------------------------------------------------------------------------
# Without SECRET_KEY the installation keeps a random one in KEYS_DIR (0600), made on first start.
from config.secret import installation_secret

SECRET_KEY = env.str("SECRET_KEY", default="") or installation_secret(KEYS_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if not PRODUCTION else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL] if PUBLIC_URL else [])

# --- applications, upper packages first ---------------------------------------------------------
INSTALLED_APPS = [
    "daphne",
    "config.apps.ConfigConfig",
    "metrics.apps.MetricsConfig",
    "screens.apps.ScreensConfig",
    "tablets.apps.TabletsConfig",
    "meetings.apps.MeetingsConfig",
    "signing.apps.SigningConfig",
    "annotations.apps.AnnotationsConfig",
    "documents.apps.DocumentsConfig",
    "rooms.apps.RoomsConfig",
    "guides.apps.GuidesConfig",
    "notices.apps.NoticesConfig",
    "people.apps.PeopleConfig",
    "search.apps.SearchConfig",
    "live.apps.LiveConfig",
    "ledger.apps.LedgerConfig",
    "ui.apps.UiConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "guardian",
    "axes",
    "csp",
    "channels",
    "django_tasks",
    "django_tasks_db",
    *(["django_linear_migrations"] if find_spec("django_linear_migrations") else []),  # a check for developers
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ui.language.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "people.middleware.standing",
    "config.errors.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.retries.RetryMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ui.context.chrome",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "ui.templatetags.ui"],
        },
    }
]

FORM_RENDERER = "ui.forms.FormRenderer"

# --- database -----------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'nghisu.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database["ENGINE"] = "config.sqlite3"
    _database["OPTIONS"] = {
        "timeout": 5,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-4000",
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian: no row stands in for a stranger
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["people.hashers.RoomArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "people.allauth_adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
# Passwords have one lock-out library, axes with a room-sized budget; "login_failed" counts wrong second factors only.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/5m/key"}
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = env.list("MFA_SUPPORTED_TYPES", default=["totp", "recovery_codes", "webauthn"])
MFA_PASSKEY_LOGIN_ENABLED = env.bool("PASSKEY_SIGN_IN", default=False) and "webauthn" in MFA_SUPPORTED_TYPES
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")  # empty: nothing of it is shown or mounted
OIDC_NAME = env.str("OIDC_NAME", default="") or urlsplit(OIDC_ISSUER).netloc
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_USERNAME_CLAIM = env.str("OIDC_USERNAME_CLAIM", default="preferred_username")
_provider = {  # identities are kept as (issuer, sub): those of a former issuer are never mistaken for the present one's
    "provider_id": OIDC_ISSUER,
    "name": OIDC_NAME,
    "client_id": OIDC_CLIENT_ID,
    "secret": OIDC_CLIENT_SECRET,
    "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_provider] if OIDC_ISSUER else []}}
SOCIALACCOUNT_ADAPTER = "people.allauth_adapter.SocialAccountAdapter"
USERSESSIONS_ADAPTER = "people.allauth_adapter.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False  # people.middleware notes it every few minutes, not on every request
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", default=10)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "people.sign_in.locked_out"
AXES_HANDLER = "people.lockout.RoomHandler"
AXES_USERNAME_CALLABLE = "people.lockout.attempted_name"
AXES_CLIENT_IP_CALLABLE = "people.addresses.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # people.SignIn is the log
AXES_VERBOSE = AXES_ENABLE_ADMIN = False
SIGN_IN_FAILURES_PER_ADDRESS = env.int("SIGN_IN_FAILURES_PER_ADDRESS", default=400)  # a room shares one address
SIGN_INS_KEPT_DAYS = env.int("SIGN_INS_KEPT_DAYS", default=730)  # then archived; 0: kept here for ever
PROXY_COUNT = env.int("PROXY_COUNT", default=0)
SESSION_COOKIE_AGE = 14 * 3600  # a working day and its evening session
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# --- live ---------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
CHANNEL_LAYERS = {
    "default": (
        {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
        if REDIS_URL
        else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    )
}
LIVE_POLL_MS = env.int("LIVE_POLL_MS", default=400)  # the bell may be lost; the log is read this often anyway

# --- documents ----------------------------------------------------------------------------------
LIBRARY_QUOTA_MB = env.int("LIBRARY_QUOTA_MB", default=2048)  # of each person's own files
OFFLINE_KEPT_DAYS = env.int("OFFLINE_KEPT_DAYS", default=7)  # after a meeting, then tablets throw their copies away
S3_ENDPOINT = env.str("S3_ENDPOINT", default="")  # host:port; empty: blobs in DATA_DIR/blobs
S3_BUCKET = env.str("S3_BUCKET", default="nghisu")
S3_ACCESS_KEY = env.str("S3_ACCESS_KEY", default="")
S3_SECRET_KEY = env.str("S3_SECRET_KEY", default="")
S3_SECURE = env.bool("S3_SECURE", default=True)
FILE_UPLOAD_HANDLERS = [  # how large a file may be: documents/ingest/limits.py
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.uploads.CappedUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

# --- signing ------------------------------------------------------------------------------------
TSA_URL = env.str("TSA_URL", default="")  # RFC 3161; empty: the demonstration unit. Trusted roots: DATA_DIR/trust/

# --- notices ------------------------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", default="")  # smtp+tls://name:password@mail.example.gov.vn:587; empty: no mail
if EMAIL_URL:
    globals().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 10
MAIL_FROM = env.str("MAIL_FROM", default="")
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="")  # empty: made once in KEYS_DIR/push
PUSH_HOSTS = env.list(  # a leading dot: every host below it
    "PUSH_HOSTS",
    default=["fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"],
)

# --- background jobs ----------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

# --- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- static files -------------------------------------------------------------------------------
NPM = BASE_DIR / "node_modules"
PDFJS_VERSION = "5.6.205"  # an unhashed, versioned path: PDF.js looks up cmaps, wasm and fonts by name
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    (f"npm/pdfjs-{PDFJS_VERSION}/{part}", NPM / "pdfjs-dist" / part)
    for part in ("build", "cmaps", "wasm", "standard_fonts", "iccs")
] + [("npm/be-vietnam-pro", NPM / "@fontsource" / "be-vietnam-pro" / "files")]
HASHES = "npm/noble-hashes-2.4.0"  # unhashed and versioned: its modules name each other
FREEHAND, IDB = "npm/perfect-freehand-1.2.3", "npm/idb-8.0.4"
NPM_FILES = {
    f"npm/pdfjs-{PDFJS_VERSION}/legacy/build": (  # for browsers of some years ago
        NPM / "pdfjs-dist" / "legacy" / "build",
        ("pdf.min.mjs", "pdf.worker.min.mjs"),
    ),
    HASHES: (NPM / "@noble" / "hashes", ("sha2.js", "_md.js", "_u64.js", "utils.js")),
    FREEHAND: (NPM / "perfect-freehand" / "dist" / "esm", ("index.mjs",)),
    IDB: (NPM / "idb" / "build", ("index.js",)),
}
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ui.finders.IconFinder",
    "ui.finders.LibraryFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- browser security ---------------------------------------------------------------------------
HTTPS = env.bool("HTTPS", default=PRODUCTION)
SERVE_TLS = env.bool("HTTPS", default=False) and not env.bool("BEHIND_PROXY", default=False)  # our own certificates
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_SSL_REDIRECT = PRODUCTION and HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", NONCE],
        "style-src": ["'self'", "'unsafe-inline'"],  # PDF.js sets inline styles on its text layer
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")
}

# --- demo ---------------------------------------------------------------------------------------
DEMO = env.bool("DEMO", default=False)

# --- logs: never document text, never a ballot --------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
