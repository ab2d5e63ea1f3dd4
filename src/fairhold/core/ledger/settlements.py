"""How the money of an order moves: into the hold, and out of it under exactly one authority."""

from dataclasses import dataclass
from enum import StrEnum

from fairhold.core.ledger.accounts import Account, Balances, Transfer
from fairhold.core.values.money import share_half_up

BASIS_POINTS = 10_000


class AuthorityKind(StrEnum):
    """What may move held money. Every settlement names exactly one."""

    AGREEMENT = "agreement"
    AWARD = "award"
    LAPSE = "lapse"
    WITHDRAWAL = "withdrawal"
    COMPLETION = "completion"


@dataclass(frozen=True, slots=True)
class Authority:
    """The one act or lapsed clock that a settlement rests on. `reference` is unique for ever."""

    kind: AuthorityKind
    reference: str


@dataclass(frozen=True, slots=True)
class Refund:
    """What goes back to the buyer, goods and freight apart.

    Units: minor units of the order's currency, neither below zero.
    """

    goods_minor: int
    freight_minor: int

    @property
    def total_minor(self) -> int:
        """Goods and freight together."""
        return self.goods_minor + self.freight_minor


NOTHING = Refund(0, 0)


def capture(goods_minor: int, freight_minor: int) -> tuple[Transfer, ...]:
    """The buyer's payment enters the hold."""
    return _only_moving(
        Transfer(Account.BUYER, Account.HELD_GOODS, goods_minor),
        Transfer(Account.BUYER, Account.HELD_FREIGHT, freight_minor),
    )


def settle(balances: Balances, refund: Refund, fee_basis_points: int) -> tuple[Transfer, ...]:
    """Refund the buyer, release the rest to the seller, less the platform's fee.

    Rounding: the fee, once, half-up; the seller gets the remainder.
    """
    goods_left = balances.held_goods - refund.goods_minor
    freight_left = balances.held_freight - refund.freight_minor
    fee = share_half_up(goods_left + freight_left, fee_basis_points, BASIS_POINTS)
    return _only_moving(
        Transfer(Account.HELD_GOODS, Account.BUYER, refund.goods_minor),
        Transfer(Account.HELD_FREIGHT, Account.BUYER, refund.freight_minor),
        Transfer(Account.HELD_GOODS, Account.SELLER_PAYABLE, goods_left),
        Transfer(Account.HELD_FREIGHT, Account.SELLER_PAYABLE, freight_left),
        Transfer(Account.SELLER_PAYABLE, Account.PLATFORM_FEES, fee),
    )


def _only_moving(*transfers: Transfer) -> tuple[Transfer, ...]:
    return tuple(transfer for transfer in transfers if transfer.amount_minor)
