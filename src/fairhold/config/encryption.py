"""What follows from an https address: cookies that travel encrypted, and browsers that insist."""

from typing import Any

ONE_YEAR_SECONDS = 365 * 24 * 3600


def encrypted(public_url: str) -> dict[str, Any]:
    """Django's settings for the address people use.

    Behind https the proxy that ends TLS must set `X-Forwarded-Proto` and drop what callers send.
    """
    if not public_url.startswith("https://"):
        return {}
    return {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": ONE_YEAR_SECONDS,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    }
