"""What the operations on correspondence and proofs answer, for the OpenAPI document."""

from pydantic import BaseModel


class MessageOut(BaseModel):
    """One message. `place` is chat or the id of a dispute; `number` counts within it."""

    entry: int
    place: str
    number: int
    at: str
    sender: str
    tag: str | None
    language: str | None
    reply_to: int | None
    text: str
    attachments: list[str]
    hash: str


class ReadOut(BaseModel):
    """Up to which entry a role has read; 0 for not at all."""

    role: str
    entry: int
    at: str | None


class ThreadOut(BaseModel):
    """The one thread of an order."""

    messages: list[MessageOut]
    read: list[ReadOut]


class LinkOut(BaseModel):
    """One event in the life of an exhibit; `record` is J12 (journal) or C3 (custody)."""

    at: str
    act: str
    who: str
    role: str
    way: str
    record: str
    hash: str


class CustodyOut(BaseModel):
    """Everything that happened to one exhibit."""

    exhibit: str
    sha256: str
    links: list[LinkOut]


class MomentOut(BaseModel):
    """The moment that a case file can be made of, again and again with the same bytes."""

    moment: str
    name: str
    href: str


class InclusionOut(BaseModel):
    """The proof that an order's journal stands in the log: leaf, place, path (hex)."""

    order_id: str
    entry: int
    hash: str
    index: int
    size: int
    path: list[str]


class ConsistencyOut(BaseModel):
    """The proof that the log of one size begins with that of another: path (hex)."""

    old: int
    new: int
    path: list[str]


class WitnessOut(BaseModel):
    """The witness whose name is under the checkpoint now."""

    name: str
    size: int


class HoldOut(BaseModel):
    """Whether a legal hold stands on the order, and the date told for deletion."""

    order_id: str
    held: bool
    review_at: str | None
    delete_after: str | None
