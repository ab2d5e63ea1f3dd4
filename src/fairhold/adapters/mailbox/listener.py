"""An SMTP listener for the addresses of cases, behind the operator's own mail server.

It is no server for the open network: it listens on this machine, takes one e-mail after the other,
and answers each with what became of it.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

# Recipient -> whether there is such a case; raw bytes and recipient -> taken or not, and why.
Known = Callable[[str], bool]
Take = Callable[[bytes, str], tuple[bool, str]]
MOST_RECIPIENTS = 5
LONGEST_ANSWER = 400


class CaseHandler:
    """What the listener asks: is there such a case, and what became of the e-mail."""

    def __init__(self, known: Known, take: Take) -> None:
        self._known = known
        self._take = take

    async def handle_RCPT(  # noqa: N802 the library's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take recipients that are cases, a few at a time."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        known = await asyncio.to_thread(self._known, address)
        if not known:
            return "550 5.1.1 There is no such case"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Hand the e-mail on for each recipient; refused where no case took it."""
        raw: Any = envelope.original_content or b""
        told = [
            await asyncio.to_thread(self._take, bytes(raw), address)
            for address in envelope.rcpt_tos
        ]
        reasons = "; ".join(dict.fromkeys(reason for _, reason in told))[:LONGEST_ANSWER]
        plain = reasons.encode("ascii", "replace").decode()
        return f"250 {plain}" if any(taken for taken, _ in told) else f"550 5.7.1 Refused: {plain}"


def listener(known: Known, take: Take, place: tuple[str, int], most_bytes: int) -> Controller:
    """The listener at host and port, still to be started."""
    host, port = place
    return Controller(
        CaseHandler(known, take),
        hostname=host,
        port=port,
        data_size_limit=most_bytes,
        decode_data=False,
    )
