"""The bodies of dispute operations, and the commands they become."""

from typing import Annotated, Any

from pydantic import Field

from fairhold.adapters.ids import words
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.disputes.state import Item, Kind, Reason, Subcase
from fairhold.core.evidence.exhibit import MOST_FILES_AT_ONCE
from fairhold.core.evidence.message import Tag
from fairhold.core.evidence.outside import Channel
from fairhold.core.ledger.settlements import Refund
from fairhold.core.values.roles import Role
from fairhold.core.values.words import Words
from fairhold.flow.desk import Desk, current
from fairhold.flow.intake import shapes, uploads
from fairhold.flow.parcels.typed import as_read

KindField = Annotated[Kind, Field(strict=False)]
ReasonField = Annotated[Reason, Field(strict=False)]
SubcaseField = Annotated[Subcase, Field(strict=False)]
TagField = Annotated[Tag, Field(strict=False)]
ChannelField = Annotated[Channel, Field(strict=False)]
LanguageField = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
Side = Annotated[int, Field(ge=0, le=1_000)]
PayerField = Annotated[Role, Field(strict=False)]
Id = Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")]
Version = Annotated[int, Field(ge=1, le=1_000)]
Uploads = Annotated[tuple[Id, ...], Field(strict=False, max_length=MOST_FILES_AT_ONCE)]


class Nothing(shapes.Shape):
    """An empty object."""


class ItemShape(shapes.Shape):
    """One item of a claim: a line with pieces, or (without a line) freight; minor units."""

    line: Annotated[int, Field(ge=1, le=200)] | None = None
    pieces: Annotated[int, Field(ge=1, le=10**12)] | None = None
    amount_minor: shapes.PositiveMinor


class TermsShape(shapes.Shape):
    """What a plan gives; minor units; `return_freight` is buyer, seller or platform."""

    kind: KindField
    goods_minor: shapes.Minor
    freight_minor: shapes.Minor = 0
    return_freight: PayerField | None = None
    note: shapes.Text | None = None


class DeskTermsShape(TermsShape):
    """What the platform's plan or award gives; `departs` says why it is not the rulebook's."""

    departs: shapes.Text | None = None


class StatementBody(shapes.Shape):
    """What a side says of a fact of the rulebook."""

    fact: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z_]{2,50}$")]
    value: str | int | bool


class EvidenceKindBody(shapes.Shape):
    """The rulebook's word for what a file is."""

    kind: Annotated[str, Field(pattern=r"^[a-z][a-z_]{2,50}$")]


class OpenBody(shapes.Shape):
    """A filing. `evidence` names uploads of yours."""

    reason: ReasonField
    subcase: SubcaseField = Subcase.NONE
    kind: KindField
    items: Annotated[tuple[ItemShape, ...], Field(strict=False, min_length=1, max_length=201)]
    return_freight: PayerField | None = None
    description: shapes.Text
    wanted: shapes.Text
    evidence: Uploads = ()


class AcceptBody(shapes.Shape):
    """The version of the plan that was shown; a seller may name another return address."""

    version: Version
    return_address: shapes.Text | None = None


class RefuseBody(shapes.Shape):
    """The seller's refusal with a plan of the seller's own."""

    terms: TermsShape
    evidence: Uploads = ()


class ChangeBody(shapes.Shape):
    """New terms, made against the version that was shown."""

    version: Version
    terms: TermsShape


class MessageBody(shapes.Shape):
    """What to say: for which of five purposes, in which language (BCP 47), in answer to what."""

    text: shapes.Text
    tag: TagField | None = None
    language: LanguageField | None = None
    reply_to: Annotated[int, Field(ge=1, le=1_000)] | None = None
    evidence: Uploads = ()


class OutsideBody(shapes.Shape):
    """What was said elsewhere: uploads of yours, exhibits that are there, or a note of a call."""

    channel: ChannelField
    summary: shapes.Text
    happened_at: shapes.Moment | None = None
    evidence: Uploads = ()
    exhibits: Annotated[
        tuple[Annotated[int, Field(ge=1, le=1_000)], ...], Field(strict=False, max_length=50)
    ] = ()


class ReasonsBody(shapes.Shape):
    """Why."""

    reasons: shapes.Text


class RedactionBody(shapes.Shape):
    """Black boxes over a picture: left, top, right, bottom in thousandths; none for a text."""

    boxes: Annotated[
        tuple[Annotated[tuple[Side, ...], Field(strict=False, min_length=4, max_length=4)], ...],
        Field(strict=False, max_length=40),
    ] = ()


class ChangeOfTermsBody(shapes.Shape):
    """Other terms for the other side to agree to; what is left out stays."""

    note: shapes.Text
    shipping_service: shapes.Line | None = None
    promise_days: Annotated[int, Field(ge=1, le=3_650)] | None = None
    delivery_address: shapes.Text | None = None


class HoldBody(shapes.Shape):
    """For which claim everything is kept, and when somebody looks at that again."""

    claim: shapes.Text
    review_at: shapes.Moment


class EvidenceBody(shapes.Shape):
    """Uploads of yours to submit.

    `kind` is the rulebook's word for what they are, `shows` your line on what can be seen; files
    for the platform only are not shown to the other side and are no sole ground of a decision.
    """

    kind: Annotated[str, Field(pattern=r"^[a-z][a-z_]{2,50}$")] | None = None
    shows: shapes.Line | None = None
    platform_only: bool = False
    evidence: Annotated[
        tuple[Id, ...], Field(strict=False, min_length=1, max_length=MOST_FILES_AT_ONCE)
    ]


class ReasonBody(shapes.Shape):
    """The corrected reason."""

    reason: ReasonField
    subcase: SubcaseField = Subcase.NONE


class WaybillBody(shapes.Shape):
    """A carrier and its waybill number."""

    carrier: shapes.Line
    waybill: shapes.Waybill

    def as_read(self) -> str:
        """The number as it is kept: a slip that a check digit proves is mended."""
        return as_read(current().parcels.register, self.waybill, self.carrier)


class AddressBody(shapes.Shape):
    """Another return address; leave it out to confirm the one that stands."""

    address: shapes.Text | None = None


class UnagreedBody(WaybillBody):
    """A return nobody agreed to, and why it was sent."""

    reasons: shapes.Text
    evidence: Uploads = ()


class EscalateBody(shapes.Shape):
    """What is wrong with the return."""

    reasons: shapes.Text
    evidence: Uploads = ()


class FindingBody(shapes.Shape):
    """A fact of the rulebook, the value that was found, the exhibits it rests on, and why."""

    fact: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z_]{2,50}$")]
    value: str | int | bool
    exhibits: Annotated[
        tuple[Annotated[int, Field(ge=1, le=1_000)], ...], Field(strict=False, max_length=50)
    ] = ()
    reasons: shapes.Text


class AssignBody(shapes.Shape):
    """The specialist who gets the case."""

    specialist_id: Id


class Builder:
    """Turns bodies into commands: texts get ids and salts, upload handles become files."""

    def __init__(self, desk: Desk, owner_id: str) -> None:
        self._desk = desk
        self._owner_id = owner_id

    def words(self, text: str) -> Words:
        """A text with its id and salt."""
        return words(self._desk.ids, text)

    def terms(self, shape: TermsShape) -> asked.NewTerms:
        """Terms as the core takes them."""
        return asked.NewTerms(
            shape.kind,
            Refund(shape.goods_minor, shape.freight_minor),
            shape.return_freight,
            self.words(shape.note) if shape.note else None,
        )

    def files(
        self, upload_ids: tuple[str, ...], called: uploads.Called = uploads.PLAIN
    ) -> tuple[Any, ...]:
        """The staged files of the owner, all called alike.

        Raises: UploadError.
        """
        return uploads.submitted(self._desk, self.kept(upload_ids), called)

    def kept(self, upload_ids: tuple[str, ...]) -> tuple[uploads.Stored, ...]:
        """The staged files themselves.

        Raises: UploadError.
        """
        return uploads.staged(upload_ids, self._owner_id)

    def open(self, body: OpenBody) -> asked.OpenDispute:
        """The filing."""
        return asked.OpenDispute(
            dispute_id=self._desk.ids.new(),
            number=self._desk.ids.number(),
            reason=body.reason,
            subcase=body.subcase,
            kind=body.kind,
            items=tuple(Item(one.amount_minor, one.line, one.pieces) for one in body.items),
            return_freight=body.return_freight,
            description=self.words(body.description),
            wanted=self.words(body.wanted),
            evidence=self.files(body.evidence),
        )

    def unagreed(self, body: UnagreedBody) -> asked.RecordUnagreedReturn:
        """The record of a return nobody agreed to."""
        return asked.RecordUnagreedReturn(
            body.carrier, body.waybill, self.words(body.reasons), self.files(body.evidence)
        )

    def accept(self, plan: str, body: AcceptBody) -> asked.AcceptPlan:
        """The acceptance of a plan in one version."""
        address = self.words(body.return_address) if body.return_address else None
        return asked.AcceptPlan(plan, body.version, address)
