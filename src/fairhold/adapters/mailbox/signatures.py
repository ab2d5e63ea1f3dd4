"""DKIM, ARC and DMARC of an e-mail, verified at receipt; every answer of the DNS is kept.

A key record that could not be had is not a bad signature: the first makes a verdict unknown, the
second makes it fail.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import dkim
import dns.exception
import dns.name
import dns.resolver

PASS, FAIL, NONE, UNKNOWN = "pass", "fail", "none", "unknown"
TIMEOUT_SECONDS = 5
MOST_SIGNATURES = 5
# A chain of more forwarders than this is none; more records than this no e-mail needs.
MOST_FORWARDERS = 10
MOST_LOOKUPS = 20
MISSING = "missing"
# What verifying raises over e-mails that nobody sends by accident.
FAULTS = (dkim.DKIMException, ValueError, TypeError, KeyError, IndexError, OSError)
# Names that there cannot be.
IMPOSSIBLE = (
    dns.exception.SyntaxError,
    dns.name.LabelTooLong,
    dns.name.NameTooLong,
    dns.name.EmptyLabel,
    dns.name.BadEscape,
    dns.name.IDNAException,
)
TAG = re.compile(rb"(?:^|;)\s*([a-z]+)\s*=\s*([^;]*)")
# What a text record answers: the text, nothing because there is none, or nothing because nobody
# could be asked.
Answer = tuple[str, bytes | None]
Lookup = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the signatures of an e-mail are worth.

    `domain` is the one whose good signature stands for the sender's address; None without one.
    `policy` is what the sender's domain wants of e-mails without such a signature: none,
    quarantine or reject. `answers` are the records that were asked for, as JSON.
    """

    signature: str
    chain: str
    domain: str | None
    policy: str
    answers: str


def look_up(name: str) -> Answer:
    """The text record of a name, from the machine's own resolver."""
    try:
        found = dns.resolver.resolve(name, "TXT", lifetime=TIMEOUT_SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, *IMPOSSIBLE):
        return MISSING, None
    except dns.exception.DNSException as error:
        return f"unanswered: {type(error).__name__}", None
    return "found", b"".join(found[0].strings)


def verify(raw: bytes, sender: str, look: Lookup = look_up) -> Verdict:
    """Verify what an e-mail from `sender` carries."""
    asked: dict[str, Answer] = {}

    def record(name: bytes | str, **_: object) -> bytes | None:
        text = name.decode("ascii", "replace") if isinstance(name, bytes) else name
        text = text.rstrip(".").lower()
        if text not in asked:
            full = len(asked) >= MOST_LOOKUPS
            asked[text] = ("unanswered: too many", None) if full else look(text)
        return asked[text][1]

    home = sender.rpartition("@")[2]
    # Asked first: what the e-mail itself names must not use up the look-ups.
    policy = _policy(home, record)
    signature, domain = _signatures(raw, home, record, asked)
    chain = _chain(raw, record, asked)
    answers = {
        name: {"outcome": outcome, "record": text.decode("utf-8", "replace") if text else None}
        for name, (outcome, text) in sorted(asked.items())
    }
    return Verdict(signature, chain, domain, policy, json.dumps(answers, ensure_ascii=False))


def _signatures(
    raw: bytes, home: str, record: Callable[..., bytes | None], asked: dict[str, Answer]
) -> tuple[str, str | None]:
    """The best verdict on signatures that can stand for the sender, and the domain of a good one.

    A signature of another domain says nothing about this sender, good or bad. One that covers a
    part of the text only could be followed by anything, and does not hold.
    """
    try:
        message = dkim.DKIM(raw, timeout=TIMEOUT_SECONDS)
    except FAULTS:
        return FAIL, None
    verdicts = []
    fields = [value for name, value in message.headers if name.lower() == b"dkim-signature"]
    for place, value in enumerate(fields[:MOST_SIGNATURES]):
        tags = {name.decode(): tag.strip() for name, tag in TAG.findall(value)}
        domain = _text(tags.get("d", b""))
        if not _aligned(domain, home):
            continue
        if "l" not in tags and _good(message, place, record):
            return PASS, domain
        key = f"{_text(tags.get('s', b''))}._domainkey.{domain}"
        verdicts.append(_told(asked.get(key)))
    order = (FAIL, UNKNOWN, NONE)
    return min(verdicts, key=order.index, default=NONE), None


def _told(answer: Answer | None) -> str:
    """What a signature is that did not verify: bad, or its key could not be had."""
    if answer is None or answer[1] is not None:
        return FAIL
    return NONE if answer[0] == MISSING else UNKNOWN


def _text(tag: bytes) -> str:
    return tag.decode("ascii", "replace").lower()


def _good(message: dkim.DKIM, place: int, record: Callable[..., bytes | None]) -> bool:
    try:
        return bool(message.verify(idx=place, dnsfunc=record))
    except FAULTS:
        return False


def _chain(raw: bytes, record: Callable[..., bytes | None], asked: dict[str, Answer]) -> str:
    before = set(asked)
    if len(re.findall(rb"(?im)^arc-seal:", raw)) > MOST_FORWARDERS:
        return FAIL
    try:
        verdict, _, _ = dkim.ARC(raw, timeout=TIMEOUT_SECONDS).verify(dnsfunc=record)
    except FAULTS:
        verdict = b"fail"
    told = verdict.decode() if isinstance(verdict, bytes) else NONE
    if told == FAIL and any(asked[name][1] is None for name in set(asked) - before):
        return UNKNOWN
    return told if told in (PASS, FAIL) else NONE


def _aligned(domain: str, home: str) -> bool:
    """Whether a signing domain stands for a sender's: the same, or one above it."""
    return home == domain or (home.endswith(f".{domain}") and "." in domain)


def _policy(home: str, record: Callable[..., bytes | None]) -> str:
    """What the domain, or the one above it, publishes. Source: RFC 7489, section 6.3."""
    above = home.partition(".")[2]
    for name in (home, above) if "." in above else (home,):
        text = (record(f"_dmarc.{name}") or b"").decode("utf-8", "replace")
        fields = dict(part.strip().partition("=")[::2] for part in text.split(";"))
        if fields.get("v", "").strip() == "DMARC1":
            wanted = fields.get("p", "none").strip().lower()
            return wanted if wanted in ("quarantine", "reject") else "none"
    return "none"
