"""Check digits of waybill numbers, by the name that the register gives them.

Each takes the bare number in capitals and says whether its check digit is right. The numbers fit
their pattern already. Pure arithmetic; no carrier is named here but by its method.
"""

from collections.abc import Callable

S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
FEDEX_12_WEIGHTS = (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def s10(number: str) -> bool:
    """UPU S10: two letters, eight digits, check digit, country.

    Source: Universal Postal Union, standard S10 (identification of postal items).
    """
    return int(number[10]) == s10_digit(number[2:10])


def s10_digit(serial: str) -> int:
    """The check digit of eight digits: eleven less the weighted sum modulo eleven."""
    total = sum(int(one) * weight for one, weight in zip(serial, S10_WEIGHTS, strict=True))
    found = 11 - total % 11
    return {10: 0, 11: 5}.get(found, found)


def ups(number: str) -> bool:
    """UPS 1Z: the sixteen signs after 1Z; letters count from A = 2, every second one twice."""
    body, check = number[2:-1], number[-1]
    values = [int(one) if one.isdigit() else (ord(one) - 63) % 10 for one in body]
    total = sum(values[::2]) + 2 * sum(values[1::2])
    return check.isdigit() and int(check) == -total % 10


def fedex_12(number: str) -> bool:
    """FedEx, twelve digits: weights 3 1 7, modulo eleven, ten counts as nought."""
    total = sum(int(one) * by for one, by in zip(number[:11], FEDEX_12_WEIGHTS, strict=True))
    return int(number[11]) == total % 11 % 10


def gs1(number: str) -> bool:
    """GS1 (SSCC and others): weights 3 and 1 from the right, up to the next ten."""
    body = [int(one) for one in number[:-1]][::-1]
    return int(number[-1]) == -(3 * sum(body[::2]) + sum(body[1::2])) % 10


def modulo_7(number: str) -> bool:
    """DHL Express: the number without its last digit, modulo seven."""
    return int(number[-1]) == int(number[:-1]) % 7


def modulo_37(number: str) -> bool:
    """DPD: ISO/IEC 7064 modulo 37, 36 over digits and letters."""
    carried = 36
    for one in number[:-1]:
        carried += ALPHANUMERIC.index(one)
        carried = (carried - 36 if carried > 36 else carried) * 2
        carried = carried - 37 if carried >= 37 else carried
    return ALPHANUMERIC[(37 - carried) % 36] == number[-1]


CHECKS: dict[str, Callable[[str], bool]] = {
    "s10": s10,
    "mod10_ups": ups,
    "fedex12": fedex_12,
    "fedex15": gs1,
    "gs1_mod10": gs1,
    "usps_mod10": gs1,
    "mod7_dhl_air": modulo_7,
    "dpd_mod37": modulo_37,
}
