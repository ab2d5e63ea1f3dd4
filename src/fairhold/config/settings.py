"""Django's settings, made from the environment."""

from csp.constants import NONE, SELF

from fairhold.adapters.languages import OFFERED, PSEUDO
from fairhold.adapters.languages.catalogs import compiled
from fairhold.config import environment
from fairhold.config.databases import database
from fairhold.config.encryption import encrypted
from fairhold.config.mailing import mail

ENVIRONMENT = environment.read()
SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.trusted_origins)
globals().update(encrypted(ENVIRONMENT.public_url))

INSTALLED_APPS = [
    # First, so that its templates stand above those of the libraries.
    "fairhold.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "fairhold.config",
    "fairhold.store",
    "fairhold.accounts",
]
MIDDLEWARE = [
    "fairhold.web.pages.health.answered_first",
    "fairhold.web.squeezed.SqueezedPages",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fairhold.api.edges.problems_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fairhold.web.context.own_time_zone",
    "fairhold.web.context.own_language",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fairhold.web.apologies.Apologies",
]
ROOT_URLCONF = "fairhold.config.urls"
WSGI_APPLICATION = "fairhold.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fairhold.web.context.desk",
            ],
            "builtins": ["fairhold.web.templatetags.desk"],
        },
    }
]

(ENVIRONMENT.data / "static").mkdir(parents=True, exist_ok=True)
DATABASES = {"default": database(ENVIRONMENT.database_url)}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "fairhold.accounts.adapter.DeskAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENVIRONMENT.test_mode
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

LANGUAGE_CODE = "en"
USE_I18N = True
SPOKEN = (*OFFERED, *PSEUDO) if ENVIRONMENT.test_mode else OFFERED
LANGUAGES = [(one.code, one.name) for one in SPOKEN]
LOCALE_PATHS = [
    compiled(ENVIRONMENT.languages, ENVIRONMENT.data / "locale", with_pseudo=ENVIRONMENT.test_mode)
]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# An upload larger than this is refused while it is read; smaller ones wait in memory or on disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
SILENCED_SYSTEM_CHECKS = ["models.W042"]

globals().update(mail(ENVIRONMENT.email_url))
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A lost race aborts its pipeline; the write path knows and tries again.
    "loggers": {"psycopg": {"level": "ERROR"}, "django.request": {"level": "ERROR"}},
}
