"""The mail port: one letter, delivered or failed."""

import smtplib
from typing import Protocol

from django.core.mail import EmailMessage


class MailFault(Exception):
    """The letter did not leave; a retry may help."""


class Mail(Protocol):
    """Sends letters."""

    def send(self, to: str, subject: str, body: str) -> None:
        """Send one letter.

        Raises: MailFault.
        """


class DjangoMail:
    """Through Django's configured backend: console, SMTP or memory."""

    def __init__(self, sender: str) -> None:
        self._sender = sender

    def send(self, to: str, subject: str, body: str) -> None:
        """Send one letter."""
        one_line = " ".join(subject.split())
        try:
            # Other machines must not answer a machine.
            headers = {"Auto-Submitted": "auto-generated"}
            EmailMessage(one_line, body, self._sender, [to], headers=headers).send()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise MailFault(str(error)) from error
