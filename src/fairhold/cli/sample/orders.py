"""The orders of the sample marketplace, as a marketplace would send them.

Every name is invented.
"""

from datetime import datetime, timedelta
from typing import Any

from fairhold.cli.sample.tracking import waybill

BUYERS: dict[str, dict[str, Any]] = {
    "amina": {
        "name": "Amina Kadiri",
        "country": "MA",
        "address": "12 Rue des Orangers, Casablanca",
        "city": "Casablanca",
    },
    "kenji": {
        "name": "Kenji Morita",
        "country": "JP",
        "address": "4-2-8 Aoba, Sendai, Japan",
        "city": "Sendai",
    },
    "layla": {
        "name": "Layla Haddad",
        "country": "KW",
        "address": "Block 7, Street 3, Salmiya",
        "city": "As Salimiyah",
    },
    "marta": {
        "name": "Marta Nowik",
        "country": "PL",
        "address": "ul. Lipowa 9, 30-702 Krakow",
        "city": "Krakow",
    },
}
SELLERS: dict[str, dict[str, Any]] = {
    "luma": {
        "name": "Luma Lighting",
        "country": "CN",
        "address": "Building 5, 88 Keji Road, Shenzhen 518057, China",
    },
    "deri": {
        "name": "Deri Atelier",
        "country": "TR",
        "address": "Tabakhane Sokak 14, 34010 Istanbul, Turkey",
    },
}
DAY = timedelta(days=1)

# ref, buyer, seller, currency, title, quantity, unit price, freight, dispatched days ago, promise
ROWS: list[tuple[str, str, str, str, str, int, int, int, int | None, int]] = [
    ("LL-1001", "amina", "luma", "USD", "LED desk lamp, warm white", 40, 1840, 2400, 19, 30),
    ("LL-1002", "amina", "luma", "USD", "Garden lantern, set of two", 3, 2990, 1200, 21, 20),
    ("LL-1003", "kenji", "luma", "JPY", "Paper lantern, 40 cm", 12, 980, 1500, 26, 15),
    ("LL-1004", "layla", "luma", "KWD", "Crystal wall light", 2, 18500, 3250, 24, 20),
    ("LL-1008", "amina", "luma", "USD", "Desk clock, walnut", 2, 2500, 500, 14, 20),
    ("LL-1009", "amina", "luma", "USD", "Night light, moon", 3, 890, 300, 13, 20),
    ("DA-2001", "marta", "deri", "EUR", "Leather satchel, cognac", 1, 12900, 990, 30, 12),
    ("DA-2002", "kenji", "deri", "JPY", "Card holder, hand-stitched", 5, 2400, 800, 22, 14),
    ("DA-2003", "layla", "deri", "KWD", "Travel bag, dark brown", 1, 62750, 5000, 45, 14),
    ("DA-2004", "amina", "deri", "USD", "Belt, 105 cm, black", 2, 3450, 700, 60, 20),
    ("LL-1005", "marta", "luma", "EUR", "Floor lamp, brushed steel", 1, 8900, 2500, 16, 3),
    ("LL-1006", "kenji", "luma", "JPY", "Clip-on reading light", 30, 640, 1200, 13, 20),
    ("DA-2005", "marta", "deri", "EUR", "Wallet, oxblood", 2, 4100, 500, 4, 20),
    ("LL-1007", "amina", "luma", "USD", "String of bulbs, 10 m", 6, 1150, 900, None, 20),
    ("DA-2006", "layla", "deri", "KWD", "Key ring, set of ten", 10, 1250, 750, 14, 25),
]


def documents(now: datetime) -> list[dict[str, Any]]:
    """The orders as documents, dated back from `now` (aware UTC)."""
    return [_document(row, now) for row in ROWS]


def _document(row: tuple[Any, ...], now: datetime) -> dict[str, Any]:
    ref, buyer, seller, currency, title, quantity, price, freight, ago, promise = row
    dispatched = now - ago * DAY if ago is not None else None
    parcels = []
    if dispatched:
        parcels = [
            {
                "carrier": "China Post",
                "waybill": waybill(ref, ago),
                "dispatched_at": dispatched.isoformat(),
            }
        ]
    return {
        "ref": ref,
        "ordered_at": (now - ((ago or 1) + 2) * DAY).isoformat(),
        "currency": currency,
        "buyer": _party(buyer, BUYERS[buyer]),
        "seller": _party(seller, SELLERS[seller]),
        "lines": [
            {
                "number": 1,
                "title": title,
                "sku": f"{ref}-A",
                "unit": "piece",
                "quantity": quantity,
                "unit_price_minor": price,
            }
        ],
        "freight_minor": freight,
        "shipping": {"service": "Registered air mail", "promise_days": promise},
        "delivery_address": f"{BUYERS[buyer]['name']}, {BUYERS[buyer]['address']}",
        "delivery_place": {
            "country": BUYERS[buyer]["country"],
            "city": BUYERS[buyer]["city"],
            "consignee": BUYERS[buyer]["name"],
        },
        "return_address": f"{SELLERS[seller]['name']}, {SELLERS[seller]['address']}",
        "local_return_address": (
            "Returns desk, Hall 2, Hafenstrasse 5, Hamburg, Germany" if ref == "LL-1005" else None
        ),
        "listing": {"title": title, "description": "As shown in the pictures."},
        "flags": {"worry_free": ref == "DA-2006", "local_return": ref == "LL-1005"},
        "fee_basis_points": 500,
        "payment": {"goods_minor": quantity * price, "freight_minor": freight},
        "parcels": parcels,
    }


def _party(ref: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {
        "ref": ref,
        "name": shape["name"],
        "email": f"{ref}@fairhold.example",
        "country": shape["country"],
    }
