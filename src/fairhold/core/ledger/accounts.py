"""The chart of accounts of one order, and its balances.

A transfer moves an amount from one account to another, so the sum over all accounts is always zero.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Account(StrEnum):
    """Every account an order has.

    `buyer` and `card_network` stand for money outside the platform.
    """

    BUYER = "buyer"
    HELD_GOODS = "held_goods"
    HELD_FREIGHT = "held_freight"
    SELLER_PAYABLE = "seller_payable"
    PLATFORM_FEES = "platform_fees"
    PLATFORM_COVER = "platform_cover"
    SELLER_DEBT = "seller_debt"
    CARD_NETWORK = "card_network"


# Accounts that hold somebody's money: none of them may ever go below zero.
NEVER_BELOW_ZERO = (Account.HELD_GOODS, Account.HELD_FREIGHT, Account.SELLER_PAYABLE)


@dataclass(frozen=True, slots=True)
class Balances:
    """The balance of each account of one order, in minor units of the order's currency."""

    buyer: int = 0
    held_goods: int = 0
    held_freight: int = 0
    seller_payable: int = 0
    platform_fees: int = 0
    platform_cover: int = 0
    seller_debt: int = 0
    card_network: int = 0

    @property
    def held(self) -> int:
        """What is still held for the order, goods and freight together."""
        return self.held_goods + self.held_freight

    def of(self, account: Account) -> int:
        """The balance of one account."""
        balance: int = getattr(self, account)
        return balance

    def total(self) -> int:
        """The sum over all accounts; anything but zero is a defect."""
        held = self.held_goods + self.held_freight
        outside = self.buyer + self.card_network
        platform = self.platform_fees + self.platform_cover
        return held + outside + platform + self.seller_payable + self.seller_debt

    def overdrawn(self) -> tuple[Account, ...]:
        """The accounts that must not be below zero and are."""
        return tuple(account for account in NEVER_BELOW_ZERO if self.of(account) < 0)


@dataclass(frozen=True, slots=True)
class Transfer:
    """An amount that moves from one account of an order to another.

    Units: `amount_minor` above zero, in minor units of the order's currency.
    """

    source: Account
    target: Account
    amount_minor: int


def post(balances: Balances, transfers: tuple[Transfer, ...]) -> Balances:
    """The balances after `transfers`."""
    moved: dict[str, int] = {}
    for transfer in transfers:
        source, target, amount = transfer.source, transfer.target, transfer.amount_minor
        moved[source] = moved.get(source, balances.of(source)) - amount
        moved[target] = moved.get(target, balances.of(target)) + amount
    return replace(balances, **moved)
