"""Webhooks out, signed by the Standard Webhooks scheme, never into the operator's own network."""

import ipaddress
import json
import socket
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx2
from standardwebhooks.webhooks import Webhook

TIMEOUT_SECONDS = 10
# Python 3.11 calls these global; they lead into private networks all the same.
ALSO_PRIVATE = tuple(
    ipaddress.ip_network(name)
    for name in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fec0::/10", "::/96")
)


class WebhookFault(Exception):
    """The endpoint did not take the message; a retry may help."""


def send(url: str, secret: str, message_id: str, moment: datetime, content: dict[str, Any]) -> None:
    """Deliver one signed message.

    Raises: WebhookFault with the reason.
    """
    address = public_address(url)
    body = json.dumps(content, separators=(",", ":"))
    signature = Webhook(secret).sign(message_id, moment, body)
    headers = {
        "content-type": "application/json",
        "host": urlsplit(url).netloc,
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signature,
    }
    parts = urlsplit(url)
    literal = f"[{address}]" if ":" in address else address
    pinned = parts._replace(netloc=f"{literal}:{parts.port or 443}").geturl()
    extensions = {"sni_hostname": parts.hostname}
    try:
        with httpx2.Client(timeout=TIMEOUT_SECONDS) as client:
            answer = client.post(pinned, content=body, headers=headers, extensions=extensions)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise WebhookFault(str(error)) from error
    if answer.status_code >= 300:
        raise WebhookFault(f"the endpoint answered {answer.status_code}")


def public_address(url: str) -> str:
    """The one public address behind `url`; the connection goes to it and nowhere else.

    Raises: WebhookFault for anything but https to a public address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or 443
        httpx2.URL(url)
    except (ValueError, httpx2.InvalidURL) as error:
        raise WebhookFault(f"expected an https address, got {url!r}") from error
    if parts.scheme != "https" or not parts.hostname:
        raise WebhookFault(f"expected an https address, got {url!r}")
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise WebhookFault(f"{parts.hostname} cannot be found") from error
    addresses = {ipaddress.ip_address(entry[4][0]) for entry in found}
    if not addresses or not all(_is_public(address) for address in addresses):
        raise WebhookFault(f"{parts.hostname} leads into a private network")
    return str(sorted(addresses, key=str)[0])


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    private = any(
        address in network for network in ALSO_PRIVATE if network.version == address.version
    )
    return address.is_global and not address.is_multicast and not private
