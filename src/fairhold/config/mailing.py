"""Mail settings out of one address: `console:`, `memory:`, `smtp://user:password@host:port`."""

from typing import Any
from urllib.parse import unquote, urlsplit

from fairhold.config.environment import SettingError

BACKENDS = {
    "console": "django.core.mail.backends.console.EmailBackend",
    "memory": "django.core.mail.backends.locmem.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
}
SMTP_PORT, SMTPS_PORT = 587, 465
TIMEOUT_SECONDS = 20


def mail(url: str) -> dict[str, Any]:
    """Django's mail settings for `url`.

    Raises: SettingError for an unknown scheme.
    """
    parts = urlsplit(url)
    if parts.scheme not in BACKENDS:
        raise SettingError(f"EMAIL_URL: expected one of {sorted(BACKENDS)}, got {parts.scheme!r}")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": BACKENDS[parts.scheme],
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (SMTPS_PORT if secure else SMTP_PORT),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
    }
