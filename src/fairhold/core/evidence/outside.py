"""What the sides said to one another elsewhere, and who stands for its being genuine."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairhold.core.values.roles import PARTIES, Role
from fairhold.core.values.words import TextRef

MOST_OUTSIDE = 40


class Channel(StrEnum):
    """Where an exchange took place, other than on the platform.

    Source: "Alibaba disputes: preserving evidence in correspondence", article 22.
    """

    EMAIL = "email"
    PHONE = "phone_call"
    CONTRACT = "offline_written_contract"
    MESSENGER = "third_party_im"


class Authentication(StrEnum):
    """Who confirmed that an exchange is genuine and valid."""

    NONE = "none"
    ONE_SIDE = "one_side"
    BOTH_SIDES = "both_sides"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class MailSeen:
    """What was found about an e-mail when it was received, never looked up again.

    `sent_in`: it came by mail, so that only its signature says who sent it; otherwise a signed-in
    side uploaded it.

    `signature` and `chain` are the verdicts on DKIM and ARC: pass, fail, none or unknown (the key
    record could not be had). `message_id` is the SHA-256 of the header of that name.
    """

    raw: str
    message_id: str
    signature: str
    chain: str
    domain: str | None
    received_at: datetime
    sent_in: bool | None = None

    @property
    def attributed(self) -> bool:
        """Whether it is shown who brought it in."""
        return not self.sent_in or self.signature == "pass"


@dataclass(frozen=True, slots=True)
class Outside:
    """One exchange from elsewhere. Its number (O1, O2, ...) is permanent.

    `side` filed it; a side that files an exchange stands for it. `exhibits` are the files that
    belong to it, `summary` says what was said.
    """

    number: int
    channel: Channel
    side: Role
    exhibits: tuple[int, ...]
    summary: TextRef
    filed_at: datetime
    happened_at: datetime | None = None
    confirmed_by: tuple[Role, ...] = ()
    contested_by: tuple[Role, ...] = ()
    contested: TextRef | None = None
    mail: MailSeen | None = None

    @property
    def authentication(self) -> Authentication:
        """Who stands for it. Both confirmations settle it; a contest stands against one."""
        if set(PARTIES) <= set(self.confirmed_by):
            return Authentication.BOTH_SIDES
        if self.contested_by:
            return Authentication.CONTESTED
        return Authentication.ONE_SIDE if self.confirmed_by else Authentication.NONE
