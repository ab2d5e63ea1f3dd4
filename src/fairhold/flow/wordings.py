"""Fixed words for the names of the core: clocks, accounts, outcomes, reasons, purposes, sides."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.disputes.state import Outcome
from fairhold.core.cases.orders.decide.retaining import AFTER_RETENTION, ON_REQUEST
from fairhold.core.evidence.message import Tag
from fairhold.core.evidence.outside import Authentication, Channel
from fairhold.core.ledger.accounts import Account
from fairhold.flow.codes import CODES
from fairhold.flow.labels import Labels

CLOCK_NAMES = Labels(
    {
        "seller_response": _("the seller's time to answer"),
        "platform_entry": _("the time until the platform steps in"),
        "platform_proposal": _("the platform's time to propose a plan"),
        "proof": _("the time for documents"),
        "delivery_promise": _("the promised delivery time"),
        "proposal_phase": _("the time in which both may accept a plan"),
        "award": _("the platform's time to decide"),
        "buyer_return": _("the buyer's time to send the goods back"),
        "seller_confirmation": _("the seller's time to confirm the return"),
        "return_entry": _("the platform's time to take up the return"),
        "return_ruling": _("the platform's time to decide about the return"),
        "freeze_limit": _("the longest time of the freeze"),
    }
)
ACCOUNT_NAMES = Labels(
    {
        Account.BUYER: _("the buyer"),
        Account.HELD_GOODS: _("the hold for the goods"),
        Account.HELD_FREIGHT: _("the hold for the freight"),
        Account.SELLER_PAYABLE: _("the seller"),
        Account.PLATFORM_FEES: _("the platform's fee"),
        Account.PLATFORM_COVER: _("the platform's fund"),
        Account.SELLER_DEBT: _("the seller's debt"),
        Account.CARD_NETWORK: _("the card network"),
    }
)
OUTCOMES = Labels(
    {
        Outcome.AGREED: _("both sides agreed"),
        Outcome.AWARDED: _("the platform decided"),
        Outcome.SELLER_SILENT: _("the seller did not answer in time"),
        Outcome.PLATFORM_SILENT: _("the platform did not propose a plan in time"),
        Outcome.RETURN_NOT_SENT: _("the goods were not sent back in time"),
        Outcome.RETURN_CONFIRMED: _("the return was confirmed"),
        Outcome.RETURN_UNANSWERED: _(
            "nobody decided about the return in time; it counts as received"
        ),
        Outcome.WITHDRAWN: _("the buyer withdrew it"),
    }
)
STEP_IN_REASONS = Labels(
    {
        "clock": _("The time to negotiate is over"),
        "specialist": _("A specialist took up the case"),
        "worry_free": _("A parcel of the worry-free service did not arrive"),
    }
)


# The five purposes of a message, as people call them.
TAG_WORDS = Labels(
    {
        Tag.SUPPLEMENT: _("supplement to the contract"),
        Tag.CHANGE: _("change of terms"),
        Tag.FEEDBACK: _("feedback on performance"),
        Tag.OBJECTION: _("objection"),
        Tag.NEGOTIATION: _("negotiation"),
    }
)
CHANNEL_WORDS = Labels(
    {
        Channel.EMAIL: _("an e-mail"),
        Channel.PHONE: _("a telephone call"),
        Channel.CONTRACT: _("a contract in writing"),
        Channel.MESSENGER: _("another messenger"),
    }
)
AUTHENTICATION_WORDS = Labels(
    {
        Authentication.NONE: _("nobody has confirmed it"),
        Authentication.ONE_SIDE: _("one side stands for it; the other has not confirmed it"),
        Authentication.BOTH_SIDES: _("both sides confirmed it"),
        Authentication.CONTESTED: _("contested"),
    }
)
WHY_PURGED = Labels(
    {AFTER_RETENTION: _("the time to keep them is over"), ON_REQUEST: _("on request")}
)


def clock_name(kind: str) -> str:
    """The name of a clock; of those named after something, what they are for."""
    base, _dot, about = kind.partition(".")
    if not about:
        return CLOCK_NAMES[base]
    return gettext("{clock} ({about})").format(clock=CLOCK_NAMES[base], about=words_for(about))


def words_for(code: str) -> str:
    """A stable code as words: `not_as_agreed` reads “not as agreed”. Also for what is no code."""
    return CODES.get(code) or code.replace("_", " ")
