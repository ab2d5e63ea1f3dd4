"""Why customs holds a parcel, and who answers for that reason where the paper leaves it open.

Source: "AliExpress dispute handling process and guidelines", customs detention (AMB-26).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answerable:
    """Who answers for a reason by default, and whether the buyer can usually still get the goods.

    `retrievable` is None where that depends on the paper. A default never replaces a paper.
    """

    side: str
    retrievable: bool | None


DEFAULTS: dict[str, Answerable] = {
    "import_restriction": Answerable("seller", retrievable=False),
    "buyer_refuses_duty": Answerable("buyer", retrievable=True),
    "counterfeit_or_contraband": Answerable("seller", retrievable=False),
    "declared_value_mismatch": Answerable("seller", retrievable=None),
    "seller_documents_missing": Answerable("seller", retrievable=True),
    "buyer_documents_missing": Answerable("buyer", retrievable=True),
    "other": Answerable("undetermined", retrievable=None),
}
