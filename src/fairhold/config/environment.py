"""The settings an operator makes, read from the environment once, each checked with its name."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[3]


# The secret of each provider of tracking, by the variable that holds it.
PROVIDERS = {
    "aftership": "FAIRHOLD_AFTERSHIP_SECRET",
    "17track": "FAIRHOLD_17TRACK_KEY",
    "easypost": "FAIRHOLD_EASYPOST_SECRET",
}


class SettingError(Exception):
    """A setting cannot be used; the message names the variable and what was expected."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything that can be set. See docs/reference/settings.md."""

    data: Path
    database_url: str
    secret_key: str
    public_url: str
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    email_url: str
    mail_from: str
    rulebooks: Path
    rulebook: str
    proposal_phase_days: int | None
    fee_basis_points: int
    outage_seconds: int
    decide_alone: tuple[str, ...]
    logistics: Path
    languages: Path
    carriers: Path | None
    nudging: str
    tracking_secrets: dict[str, str]
    tracking_url: str
    tracking_budget: int
    test_mode: bool
    debug: bool
    log_name: str
    log_key: str
    checkpoints: Path
    witnesses: tuple[str, ...]
    tsa_url: str
    tsa_roots: Path | None
    seal_key: Path | None
    seal_certificate: Path | None
    clamd: str
    retention_days: int
    mail_domain: str


def read() -> Environment:
    """Read and check every setting.

    Raises: SettingError.
    """
    data = Path(os.environ.get("FAIRHOLD_DATA", ROOT / "var"))
    public_url = _address("FAIRHOLD_URL")
    host = urlsplit(public_url).hostname or ""
    host = f"[{host}]" if ":" in host else host
    origins = (public_url,) if public_url.startswith("https://") else ()
    return Environment(
        data=data,
        database_url=_secret("DATABASE_URL") or f"sqlite:///{data / 'fairhold.sqlite3'}",
        secret_key=_secret("SECRET_KEY") or _generated(data),
        public_url=public_url,
        allowed_hosts=_listed("ALLOWED_HOSTS") or ("127.0.0.1", "localhost", "[::1]", host),
        trusted_origins=_listed("CSRF_TRUSTED_ORIGINS") or origins,
        email_url=_secret("EMAIL_URL") or "console:",
        mail_from=os.environ.get("MAIL_FROM", "disputes@localhost"),
        rulebooks=shelf(),
        rulebook=os.environ.get("FAIRHOLD_RULEBOOK", "aliexpress/2026-11-22"),
        proposal_phase_days=_whole("FAIRHOLD_PROPOSAL_PHASE_DAYS", 1, 60),
        fee_basis_points=_whole("FAIRHOLD_FEE_BASIS_POINTS", 0, 10_000) or 0,
        outage_seconds=_whole("FAIRHOLD_OUTAGE_SECONDS", 10, 86_400) or 120,
        decide_alone=_listed("FAIRHOLD_DECIDE_ALONE"),
        logistics=Path(os.environ.get("FAIRHOLD_LOGISTICS", ROOT / "logistics")),
        languages=Path(os.environ.get("FAIRHOLD_LANGUAGES", ROOT / "languages")),
        carriers=_file("FAIRHOLD_CARRIERS"),
        nudging=_one_of("FAIRHOLD_NUDGES", ("suggest", "send", "off")),
        tracking_secrets={
            provider: secret for provider, name in PROVIDERS.items() if (secret := _secret(name))
        },
        tracking_url=_provider_address("FAIRHOLD_TRACKING_URL"),
        tracking_budget=_whole("FAIRHOLD_TRACKING_BUDGET", 1, 6_000) or 30,
        test_mode=_switch("FAIRHOLD_TEST_MODE"),
        debug=_switch("DEBUG"),
        log_name=os.environ.get("FAIRHOLD_LOG_NAME") or f"{host or 'localhost'}/fairhold",
        log_key=_secret("FAIRHOLD_LOG_KEY"),
        checkpoints=Path(os.environ.get("FAIRHOLD_CHECKPOINTS", data / "checkpoints")),
        witnesses=_listed("FAIRHOLD_WITNESSES"),
        tsa_url=_web_address("FAIRHOLD_TSA_URL"),
        tsa_roots=_file("FAIRHOLD_TSA_ROOTS"),
        seal_key=_file("FAIRHOLD_SEAL_KEY"),
        seal_certificate=_file("FAIRHOLD_SEAL_CERTIFICATE"),
        clamd=_scanner("FAIRHOLD_CLAMD"),
        retention_days=_whole("FAIRHOLD_RETENTION_DAYS", 1_096, 36_500) or 1_096,
        mail_domain=os.environ.get("FAIRHOLD_MAIL_DOMAIN", "").strip().lower(),
    )


def shelf() -> Path:
    """The folder of rulebooks."""
    return Path(os.environ.get("FAIRHOLD_RULEBOOKS", ROOT / "rulebooks"))


def _address(name: str) -> str:
    """The address under which people reach the desk, without a path."""
    value = os.environ.get(name, "").rstrip("/") or "http://127.0.0.1:8000"
    expected = SettingError(f"{name}: expected an address like https://host, got {value!r}")
    try:
        parts = urlsplit(value)
        beyond = parts.path or parts.query or parts.fragment or parts.username or parts.port == 0
    except ValueError as error:
        raise expected from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or beyond:
        raise expected
    return value


def _provider_address(name: str) -> str:
    """The address of a provider that is asked; empty where none is."""
    value = os.environ.get(name, "").rstrip("/")
    if value and not value.startswith(("https://", "http://127.0.0.1")):
        raise SettingError(f"{name}: expected an https address, got {value!r}")
    return value


def _web_address(name: str) -> str:
    """An address of the operator's choice, inside its network or outside; empty where none is."""
    value = os.environ.get(name, "")
    if value and not value.startswith(("https://", "http://")):
        raise SettingError(f"{name}: expected an http or https address, got {value!r}")
    return value


def _scanner(name: str) -> str:
    """The path of a socket, or host and port."""
    value = os.environ.get(name, "")
    host, _, port = value.rpartition(":")
    if value and not value.startswith("/") and not (host and port.isdigit()):
        raise SettingError(f"{name}: expected /path/of/socket or host:port, got {value!r}")
    return value


def _file(name: str) -> Path | None:
    value = os.environ.get(name)
    if not value:
        return None
    path = Path(value)
    if not path.is_file():
        raise SettingError(f"{name}: expected a readable file, got {value!r}")
    return path


def _one_of(name: str, choices: tuple[str, ...]) -> str:
    value = os.environ.get(name) or choices[0]
    if value not in choices:
        raise SettingError(f"{name}: expected one of {', '.join(choices)}; got {value!r}")
    return value


def _secret(name: str) -> str:
    """A value, or the content of the file that `NAME_FILE` points to."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name, "")
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise SettingError(f"{name}_FILE: expected a readable file, got {path!r}") from error


def _generated(data: Path) -> str:
    """A secret made once and kept beside the data, readable by its owner alone."""
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(handle, secrets.token_urlsafe(50).encode())
        os.close(handle)
    return path.read_text()


def _listed(name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in os.environ.get(name, "").split(",") if part.strip())


def _whole(name: str, lowest: int, highest: int) -> int | None:
    value = os.environ.get(name)
    if not value:
        return None
    if not value.isdigit() or not lowest <= int(value) <= highest:
        raise SettingError(f"{name}: expected a whole number {lowest} to {highest}, got {value!r}")
    return int(value)


def _switch(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        raise SettingError(f"{name}: expected 0 or 1, got {value!r}")
    return value == "1"
