"""Pictures that stand for the photos of the samples: parcels and goods as plain shapes."""

import random
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (640, 480)
GROUNDS = ("#cdd6dd", "#d9cfc1", "#c4d3c6", "#d8c9d2", "#bfc9d9", "#e0d8b8")
THINGS = ("#8a5a2b", "#3d6a8a", "#7a3f52", "#4f7350", "#a8742f", "#5b5482")


def drawn(seed: str) -> bytes:
    """A PNG that is always the same for the same seed, and unlike every other."""
    chance = random.Random(seed)  # noqa: S311 - a picture, no secret
    picture = Image.new("RGB", SIZE, chance.choice(GROUNDS))
    brush = ImageDraw.Draw(picture)
    table = chance.randint(260, 340)
    brush.rectangle((0, table, *SIZE), fill="#9b8b78")
    for _ in range(chance.randint(3, 7)):
        wide, high = chance.randint(60, 220), chance.randint(50, 200)
        left, base = chance.randint(-20, SIZE[0] - wide), chance.randint(table, SIZE[1] - 20)
        box = (left, base - high, left + wide, base)
        shape = chance.choice((brush.rectangle, brush.ellipse))
        shape(box, fill=chance.choice(THINGS), outline="#2b2b2b", width=3)
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()
