"""Money: an integer of minor units beside its ISO 4217 currency.

Never a float, never rounded twice.
"""

from dataclasses import dataclass

# Currencies whose minor unit is not one hundredth (ISO 4217, list one of 2026-01-01).
MINOR_DIGITS = {
    **dict.fromkeys(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"], 0),
    **dict.fromkeys(["UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"], 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
ORDINARY_DIGITS = 2
# No order is worth more than this many minor units; it also keeps canonical JSON exact (2**53).
LARGEST_MINOR = 10**14


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency.

    Units: `amount_minor` in minor units (cents, yen, fils).
    """

    amount_minor: int
    currency: str

    def __str__(self) -> str:
        return f"{self.currency} {plain_amount(self.amount_minor, self.currency)}"


def minor_digits(currency: str) -> int:
    """How many decimals `currency` has: 0 for JPY, 2 for USD, 3 for KWD."""
    return MINOR_DIGITS.get(currency, ORDINARY_DIGITS)


def plain_amount(amount_minor: int, currency: str) -> str:
    """The amount as plain decimal digits, without grouping: `165.60`, `1200`, `0.500`."""
    digits = minor_digits(currency)
    sign, number = ("-", -amount_minor) if amount_minor < 0 else ("", amount_minor)
    whole, part = divmod(number, 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


def share_half_up(amount_minor: int, numerator: int, denominator: int) -> int:
    """`amount × numerator ÷ denominator`, rounded once.

    Rounding: half away from zero, for amounts that are never negative.
    Source: "AliExpress dispute handling process and guidelines", short-loading share.
    """
    return (2 * amount_minor * numerator + denominator) // (2 * denominator)
