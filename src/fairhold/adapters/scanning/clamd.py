"""ClamAV's daemon, asked over its own stream command.

A file larger than the daemon takes breaks the connection: that is no verdict, and is told as such.
Source: clamd(8), INSTREAM.
"""

import contextlib
import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from fairhold.adapters.scanning import Scan, Verdict

TIMEOUT_SECONDS = 30
PIECE_BYTES = 64 * 1024
LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Clamd:
    """The daemon at `host:port`, or at the path of a socket."""

    address: str

    def scan(self, chunks: Iterable[bytes]) -> Verdict:
        """Send the bytes to the daemon and read its answer."""
        try:
            with self._connected() as connection:
                answer = _asked(connection, chunks)
        except OSError as error:
            return Verdict(Scan.NOT_SCANNED, f"the scanner cannot be asked: {error}")
        told = answer.decode("utf-8", "replace").rstrip("\0\n").removeprefix("stream: ")
        if told == "OK":
            return Verdict(Scan.CLEAN, "")
        if told.endswith(" FOUND"):
            return Verdict(Scan.INFECTED, told.removesuffix(" FOUND")[:200])
        return Verdict(Scan.NOT_SCANNED, f"the scanner said: {told or 'nothing'}"[:200])

    def _connected(self) -> socket.socket:
        if self.address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(TIMEOUT_SECONDS)
            connection.connect(self.address)
            return connection
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS)


def _asked(connection: socket.socket, chunks: Iterable[bytes]) -> bytes:
    """The daemon's answer. It may stop listening before the end and say why."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.sendall(b"zINSTREAM\0")
        for chunk in chunks:
            for start in range(0, len(chunk), PIECE_BYTES):
                piece = chunk[start : start + PIECE_BYTES]
                connection.sendall(struct.pack("!I", len(piece)) + piece)
        connection.sendall(struct.pack("!I", 0))
    return connection.recv(LONGEST_ANSWER)
