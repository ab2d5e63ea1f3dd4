"""Advice to sellers for the next sale: what a listing should say, what to look at before sending.

It is shown where it helps and never stands in the way: nothing here refuses anything.
Source: "AliExpress dispute handling process and guidelines", advice on avoiding disputes;
"AliExpress seller help: short-loading, order blocks, chargebacks, after-sales".
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fairhold.core.cases.orders.state import Unit
from fairhold.flow.query import View


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a listing should say; `fine` where it does."""

    name: str
    fine: bool
    words: str


CLOTHES = re.compile(
    r"\b(dress|shirt|t-shirt|jacket|coat|trousers|jeans|skirt|shoes?|boots?|sneakers?|hoodie)\b",
    re.IGNORECASE,
)
SIZES = re.compile(r"\b(size chart|sizes?|cm|inch|EU ?\d\d|XS|XL)\b", re.IGNORECASE)
STORAGE = re.compile(r"\b(usb|flash|memory|ssd|hard drive|sd card|power ?bank)\b", re.IGNORECASE)
CAPACITY = re.compile(r"\b\d+(?:[.,]\d+)? ?(?:[GMT]B|mAh|Wh)\b", re.IGNORECASE)
RETURNS = re.compile(r"\breturns?\b", re.IGNORECASE)
DUTY = re.compile(r"\b(dut(?:y|ies)|customs)\b", re.IGNORECASE)
TIME = re.compile(r"\b\d+ ?(?:-|–|to)? ?\d* (?:working |business )?days?\b", re.IGNORECASE)
IMITATION = re.compile(
    r"\b(replica|1:1|mirror quality|inspired by|same as (?:the )?original|aaa\+?)\b", re.IGNORECASE
)

SAYS = {
    "sizes": _("Clothing and shoes: the listing has a size chart with measures."),
    "capacity": _("The capacity that is claimed stands in the listing and can be measured."),
    "time": _("The listing says how long the way to the buyer takes."),
    "method": _("The way of shipping is named."),
    "returns": _("The listing says who pays for the way back."),
    "duty": _("The listing says who pays customs duty."),
    "unit": _("It is clear what one unit is: a piece, or a lot of how many pieces."),
    "imitation": _("Nothing in the listing announces an imitation of somebody’s brand."),
}


def listing_checks(view: View) -> tuple[Check, ...]:
    """What the snapshot of the listing says and what it leaves open, the open points first."""
    agreement = view.file.the_order.agreement
    titles = " ".join(one.title for one in agreement.lines)
    text = f"{titles}\n{view.text(agreement.listing)}"
    found = {
        "time": bool(TIME.search(text)),
        "method": bool(agreement.shipping_service.strip()),
        "returns": bool(RETURNS.search(text)),
        "duty": bool(DUTY.search(text)),
        "unit": all(one.unit is Unit.PIECE or one.pieces_per_lot > 1 for one in agreement.lines),
        "imitation": not IMITATION.search(text),
    }
    if CLOTHES.search(text):
        found["sizes"] = bool(SIZES.search(text))
    if STORAGE.search(text):
        found["capacity"] = bool(CAPACITY.search(text))
    checks = [Check(name, fine, str(SAYS[name])) for name, fine in found.items()]
    return tuple(sorted(checks, key=lambda one: one.fine))


BEFORE_SENDING = (
    _("Look at the goods: appearance, function, number of pieces."),
    _("Pack for a long way. Photograph the goods, the open parcel and the closed one."),
    _("Weigh the parcel and keep the receipt with the weight: it answers “pieces are missing”."),
    _("Compare the recipient’s name, address and telephone number with the order."),
    _("Use the way of shipping that was agreed. To change it, ask the buyer here first."),
    _("Enter the number of the parcel right after you hand it over, and look after it."),
    _("If a quality problem shows, get replacements from your supplier before you send."),
)
WHILE_IT_TRAVELS = (
    _("Tell the buyer about a delay before the buyer asks."),
    _(
        "If duty waits to be paid, say so and recall what the listing said about it; to "
        "share it may cost less than a return."
    ),
    _("Answer questions about a parcel that does not come on the same day."),
)
IN_A_DISPUTE = (
    _("Answer early: your silence carries out the buyer’s request."),
    _(
        "Look at it from the buyer’s side. First try to keep the order, then a part of the "
        "money, and a return last."
    ),
    _("Hand in the whole set of proof at once: receipt, weight, photos, what was said."),
    _("Chargebacks: answer quickly and to the point, and keep every shipping receipt."),
)
