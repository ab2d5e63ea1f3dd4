"""The shape of rulebook files. Every key is known; whatever else stands there is refused."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fairhold.core.logistics.carriers import Group
from fairhold.core.rules.formulas import FORMULAS
from fairhold.core.rules.vocabulary import Kind, KnownFrom

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)?$", max_length=60)]
ClauseId = Annotated[
    str, Field(pattern=r"^[A-Z]{1,2}(-[A-Z0-9a-z]+){1,2}(/[a-z_]+)?$", max_length=30)
]
Sentence = Annotated[str, Field(min_length=10, max_length=400)]
Formula = Annotated[str, Field(pattern="^(" + "|".join(FORMULAS) + ")$")]


class Strict(BaseModel):
    """No unknown key, no coercion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class BookFile(Strict):
    """`book.yaml`."""

    book: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
    summary: Sentence
    documents: dict[Name, str]
    steps: Annotated[list[Name], Field(min_length=1, max_length=40)]
    always: Name
    complete: dict[Name, Annotated[list[str], Field(min_length=1)]] = {}
    ordinary: Any = None
    admissible: Any = None


class FactEntry(Strict):
    """One entry of `facts/*.yaml`.

    `if_none` is presumed at once, `at_lapse` when its proof lapsed; `if_met` is shown by the proof.
    """

    type: Annotated[Kind, Field(strict=False)]
    values: Annotated[list[str], Field(max_length=40)] = []
    lowest: int | None = None
    known_from: Annotated[KnownFrom, Field(strict=False)]
    burden: str
    cite: str
    meaning: Sentence
    if_none: Any = None
    at_lapse: Any = None
    if_met: Any = None
    proof: Name | list[Name] | None = None
    may_be_empty: bool = False


class EvidenceEntry(Strict):
    """One entry of `evidence.yaml`."""

    correspondence: bool = False
    by: list[str]
    cite: str
    meaning: Sentence


class ProofEntry(Strict):
    """One entry of `proofs.yaml`: all of `all_of`, or any of `any_of`."""

    party: str
    all_of: list[Name] = []
    any_of: list[Name] = []
    days: Annotated[int, Field(ge=1, le=90)]
    cite: str
    summary: Sentence


class ThenEntry(Strict):
    """What a clause leads to."""

    decision: str | None = None
    liable: str | None = None
    funded_by: str | None = None
    refund: Formula | None = None
    after_return: Formula | None = None
    release: Literal["rest", "all", "open", "unrefunded_rest"] | None = None
    return_required: bool | None = None
    freight: dict[Literal["outbound", "return"], str] = {}
    penalty: Literal["none", "possible", "minor", "serious", "severe"] | None = None
    discretion: bool = False
    also: dict[str, Any] = {}


class NumberEntry(Strict):
    """A format of waybill numbers: a pattern over capitals and digits, and its check digit."""

    pattern: Annotated[str, Field(min_length=2, max_length=200)]
    check: str | None = None
    example: str
    note: str = ""


class CarrierEntry(Strict):
    """One entry of `carriers.yaml`: a carrier, other spellings of it, and its numbers.

    `proof`: whether its records count. `site` is its tracking page with {number} in it.
    """

    name: Annotated[str, Field(min_length=2, max_length=80)]
    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,40}$")]
    group: Annotated[Group, Field(strict=False)]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    aliases: Annotated[list[str], Field(max_length=40)] = []
    numbers: Annotated[list[NumberEntry], Field(max_length=12)] = []
    site: Annotated[str, Field(pattern=r"^https://[^\s]+$")] | None = None
    proof: bool = True
    cite: str


class ClauseEntry(Strict):
    """One entry of `clauses/*.yaml`."""

    id: ClauseId
    cite: str
    since: date
    until: date | None = None
    summary: Sentence
    when: Any
    then: ThenEntry
    asks: list[Name] = []
    overrides: list[ClauseId] = []
    adds: bool = False


class ExampleEntry(Strict):
    """The example of one clause: it applies; `otherwise` it does not; without `unknown` it may."""

    applies: dict[str, Any]
    otherwise: dict[str, Any]
    unknown: Annotated[list[str], Field(min_length=1)]
