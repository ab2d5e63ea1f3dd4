"""What happened to the sample orders: acts of people, days before now, through the write path."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from fairhold.adapters.ids import words
from fairhold.cli.sample.pictures import drawn
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Kind, Reason, Subcase
from fairhold.core.evidence.exhibit import Upload
from fairhold.core.ledger.settlements import Refund
from fairhold.core.values.roles import Role
from fairhold.flow.desk import Desk
from fairhold.flow.intake import uploads


@dataclass(frozen=True, slots=True)
class Act:
    """One act: how many days ago, by whom, what. None as role lets the clocks run instead."""

    days_ago: float
    role: Role | None
    build: Callable[["Pen"], Any] | None = None


class Pen:
    """Writes commands for the samples."""

    def __init__(self, desk: Desk, seed: str) -> None:
        self._desk = desk
        self._seed = seed

    def words(self, text: str) -> Any:
        """A text with its id and salt."""
        return words(self._desk.ids, text)

    def files(self, name: str) -> tuple[Upload, ...]:
        """One stored photo, looked at like every other that comes in."""
        photo = SimpleUploadedFile(name, drawn(f"{self._seed} {name}"))
        return uploads.submitted(self._desk, [uploads.store(self._desk, photo)])

    def terms(
        self, kind: Kind, goods: int, freight: int, note: str, payer: Role | None = None
    ) -> asked.NewTerms:
        """The terms of a plan."""
        return asked.NewTerms(kind, Refund(goods, freight), payer, self.words(note))

    def filing(
        self,
        cause: tuple[Reason, Subcase],
        kind: Kind,
        items: tuple[Item, ...],
        text: str,
        wanted: str,
    ) -> asked.OpenDispute:
        """A filing with one photo."""
        return asked.OpenDispute(
            dispute_id=self._desk.ids.new(),
            number=self._desk.ids.number(),
            reason=cause[0],
            subcase=cause[1],
            kind=kind,
            items=items,
            return_freight=Role.SELLER if kind is Kind.RETURN_AND_REFUND else None,
            description=self.words(text),
            wanted=self.words(wanted),
            evidence=self.files("photo.png"),
        )


BUYER, SELLER, SPECIALIST = Role.BUYER, Role.SELLER, Role.SPECIALIST
ONLY, RETURN = Kind.REFUND_ONLY, Kind.RETURN_AND_REFUND
LATE = (Reason.NOT_RECEIVED, Subcase.NONE)


def unlike(subcase: Subcase) -> tuple[Reason, Subcase]:
    """Not as agreed, for this cause."""
    return (Reason.NOT_AS_AGREED, subcase)


STORIES: dict[str, list[Act]] = {
    # The seller showed no weight in time; the platform has proposed what the rule gives.
    "LL-1001": [
        Act(
            9,
            BUYER,
            lambda pen: pen.filing(
                unlike(Subcase.SHORT_LOADED),
                ONLY,
                (Item(16560, 1, 9),),
                "Only 34 lamps in the two cartons. Three have broken boxes.",
                "Please pay back nine lamps.",
            ),
        ),
        Act(
            8,
            SELLER,
            lambda pen: asked.RefuseAndPropose(
                pen.terms(
                    ONLY, 11040, 0, "We accept that 6 are missing. The boxes broke on the way."
                ),
                pen.files("weighing.png"),
            ),
        ),
        Act(7, BUYER, lambda pen: asked.PostMessage(pen.words("Three lamps cannot be sold."))),
        Act(6.5, SPECIALIST, lambda pen: asked.StepIn()),
        Act(3, None),
        Act(
            2.5,
            SPECIALIST,
            lambda pen: asked.RecordFinding(
                "goods.quantity_received_pieces",
                "34",
                (1,),
                pen.words("Both sides speak of six missing lamps; the photo shows 34."),
            ),
        ),
        Act(
            1,
            SPECIALIST,
            lambda pen: asked.ProposePlatformPlan(
                pen.terms(
                    ONLY, 11400, 0, "Six of forty lamps are missing: that share of the order."
                ),
            ),
        ),
        Act(0.5, BUYER, lambda pen: asked.AcceptPlan("platform-1", 1, None)),
    ],
    # The platform has asked the buyer for pictures.
    "LL-1005": [
        Act(
            3,
            BUYER,
            lambda pen: pen.filing(
                unlike(Subcase.COLOR),
                ONLY,
                (Item(4000, 1, 1),),
                "The lamp is matt black, not brushed steel.",
                "A part of the price.",
            ),
        ),
        Act(
            2,
            SELLER,
            lambda pen: asked.RefuseAndPropose(
                pen.terms(ONLY, 0, 0, "We sent steel. Please show what you have."), ()
            ),
        ),
        Act(1, SPECIALIST, lambda pen: asked.StepIn()),
    ],
    # The platform has asked the seller for the four weight documents.
    "LL-1006": [
        Act(
            2.5,
            BUYER,
            lambda pen: pen.filing(
                unlike(Subcase.SHORT_LOADED),
                ONLY,
                (Item(3200, 1, 5),),
                "25 reading lights instead of 30.",
                "The price of five.",
            ),
        ),
        Act(
            2,
            SELLER,
            lambda pen: asked.RefuseAndPropose(
                pen.terms(ONLY, 0, 0, "Thirty were packed and weighed."), ()
            ),
        ),
        Act(1, SPECIALIST, lambda pen: asked.StepIn()),
    ],
    # Just filed: the seller's five days run.
    "LL-1002": [
        Act(
            2,
            BUYER,
            lambda pen: pen.filing(
                LATE,
                ONLY,
                (Item(8970, 1), Item(1200)),
                "The parcel never came. Tracking stands still since two weeks.",
                "I want the whole amount back.",
            ),
        ),
    ],
    # Argued: the seller has answered with two plans.
    "LL-1003": [
        Act(
            4,
            BUYER,
            lambda pen: pen.filing(
                unlike(Subcase.COLOR),
                RETURN,
                (Item(11760, 1, 12), Item(1500)),
                "The lanterns are yellow, not white as in the listing.",
                "I send them back and get everything.",
            ),
        ),
        Act(
            3,
            SELLER,
            lambda pen: asked.RefuseAndPropose(
                pen.terms(ONLY, 3500, 0, "The listing says warm white. We offer a discount."), ()
            ),
        ),
        Act(
            2,
            SELLER,
            lambda pen: asked.ProposePlan(
                pen.terms(RETURN, 11760, 0, "Or send them back at your cost.", BUYER)
            ),
        ),
    ],
    # A return was agreed: the buyer has ten days.
    "LL-1004": [
        Act(
            6,
            BUYER,
            lambda pen: pen.filing(
                unlike(Subcase.QUALITY),
                RETURN,
                (Item(37000, 1, 2),),
                "Both lights flicker.",
                "Return and refund of the goods.",
            ),
        ),
        Act(4, SELLER, lambda pen: asked.AcceptPlan("buyer-1", 1, None)),
    ],
    # The return is on its way back.
    "DA-2001": [
        Act(
            15,
            BUYER,
            lambda pen: pen.filing(
                unlike(Subcase.SIZE),
                RETURN,
                (Item(12900, 1, 1),),
                "The satchel is much smaller than the measures in the listing.",
                "I return it and get the price back.",
            ),
        ),
        Act(14, SELLER, lambda pen: asked.AcceptPlan("buyer-1", 1, None)),
        Act(9, BUYER, lambda pen: asked.EnterReturnWaybill("Poczta Polska", "RR123456785PL")),
    ],
    # The seller escalated the return.
    "DA-2002": [
        Act(
            10,
            BUYER,
            lambda pen: pen.filing(
                unlike(Subcase.STYLE_MODEL),
                RETURN,
                (Item(12000, 1, 5),),
                "Another model than ordered.",
                "Return and refund.",
            ),
        ),
        Act(9, SELLER, lambda pen: asked.AcceptPlan("buyer-1", 1, None)),
        Act(6, BUYER, lambda pen: asked.EnterReturnWaybill("Japan Post", "EJ123456784JP")),
        Act(
            0.2,
            SELLER,
            lambda pen: asked.EscalateReturn(
                pen.words("Two of five card holders came back; three are missing."),
                pen.files("opened.png"),
            ),
        ),
    ],
    # Closed by silence of the seller.
    "DA-2003": [
        Act(
            20,
            BUYER,
            lambda pen: pen.filing(
                LATE,
                ONLY,
                (Item(62750, 1), Item(5000)),
                "Nothing arrived.",
                "Refund of everything.",
            ),
        ),
        Act(14, None),
    ],
    # Closed by agreement.
    "DA-2004": [
        Act(
            30,
            BUYER,
            lambda pen: pen.filing(
                unlike(Subcase.DAMAGED),
                ONLY,
                (Item(3450, 1, 1),),
                "One buckle is scratched.",
                "Half of the price.",
            ),
        ),
        Act(29, SELLER, lambda pen: asked.AcceptPlan("buyer-1", 1, None)),
    ],
    # Worry-free: with the platform from the first moment.
    "DA-2006": [
        Act(
            1.5,
            BUYER,
            lambda pen: pen.filing(
                LATE,
                ONLY,
                (Item(12500, 1), Item(750)),
                "The parcel of the standard service is lost.",
                "Refund of everything.",
            ),
        ),
    ],
}
