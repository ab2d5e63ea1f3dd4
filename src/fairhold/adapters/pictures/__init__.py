"""Pictures looked at: size, what the camera wrote, a hash of how it looks; copies made of them.

The original is only read. Everything that comes out is decoded and encoded anew, without metadata.
"""

import io
import struct
import warnings
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, BinaryIO

from PIL import ExifTags, Image, ImageDraw, ImageOps

# A phone takes 50 million pixels; a drawing of ten times that is an attack.
MOST_PIXELS = 64_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
READABLE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
THUMBNAIL = (480, 480)
ON_A_PAGE = (1600, 1600)
# Below this many bits a picture is so plain that its hash would say nothing.
LEAST_ENTROPY = 3.0
HASH_SIDE = 8
LONGEST_VALUE = 120
WHOLE = 1000


class PictureFault(Exception):
    """The file is no picture that can be decoded; the message says why."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a picture shows of itself. Units: pixels. `taken` holds what the camera wrote.

    `likeness` is the difference hash as 16 hex digits, None where the picture is too plain.
    """

    width: int
    height: int
    taken: dict[str, str]
    likeness: str | None
    thumbnail: bytes


def look(file: BinaryIO) -> Seen:
    """Decode a picture and say what is there.

    Raises: PictureFault.
    """
    with _decoded(file) as image:
        taken = _taken(image)
        upright = _plain(ImageOps.exif_transpose(image))
        small = upright.copy()
        small.thumbnail(THUMBNAIL)
        return Seen(image.width, image.height, taken, likeness(upright), _jpeg(small))


def blackened(file: BinaryIO, boxes: Sequence[tuple[int, int, int, int]]) -> bytes:
    """A copy with black boxes, as JPEG. A box is left, top, right, bottom in thousandths.

    Raises: PictureFault.
    """
    with _decoded(file) as image:
        copy = _plain(ImageOps.exif_transpose(image))
        brush = ImageDraw.Draw(copy)
        for left, top, right, bottom in boxes:
            area = (
                left * copy.width // WHOLE,
                top * copy.height // WHOLE,
                right * copy.width // WHOLE,
                bottom * copy.height // WHOLE,
            )
            brush.rectangle(area, fill=(0, 0, 0))
        return _jpeg(copy)


def enlarged(file: BinaryIO) -> bytes:
    """The picture as large as a page shows it, made anew and without metadata, as JPEG.

    Raises: PictureFault.
    """
    image = _plain(_loaded(file))
    image.thumbnail(ON_A_PAGE)
    return _jpeg(image)


def likeness(image: Image.Image) -> str | None:
    """The difference hash: whether each pixel of a tiny grey copy is darker than the next."""
    grey = image.convert("L")
    if grey.resize((64, 64)).entropy() < LEAST_ENTROPY:
        return None
    tiny = grey.resize((HASH_SIDE + 1, HASH_SIDE), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(HASH_SIDE):
        line = tiny[row * (HASH_SIDE + 1) : (row + 1) * (HASH_SIDE + 1)]
        for left, right in pairwise(line):
            bits = bits << 1 | (left < right)
    return f"{bits:016x}"


def apart(one: str, other: str) -> int:
    """In how many of 64 places two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


# What decoders raise over a file that is not what it says.
DECODER_FAULTS = (
    OSError,
    ValueError,
    TypeError,
    SyntaxError,
    EOFError,
    KeyError,
    IndexError,
    MemoryError,
    OverflowError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@contextmanager
def _decoded(file: BinaryIO) -> Any:
    """The first frame of the picture, decoded whole; every fault of a decoder is one kind here."""
    try:
        with warnings.catch_warnings():
            # Spoiled metadata is told by a warning; a picture may have it and be one all the same.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield _loaded(file)
    except DECODER_FAULTS as error:
        raise PictureFault(f"it cannot be decoded ({type(error).__name__})") from error


def _loaded(file: BinaryIO) -> Image.Image:
    image = Image.open(file, formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise PictureFault(f"{image.width} by {image.height} pixels are too many")
    image.load()
    return image


def _plain(image: Image.Image) -> Image.Image:
    """The picture as red, green and blue, on white where it is transparent."""
    if image.mode == "RGB":
        return image.copy()
    layered = image.convert("RGBA")
    ground = Image.new("RGBA", layered.size, (255, 255, 255, 255))
    return Image.alpha_composite(ground, layered).convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=85)
    return written.getvalue()


def _taken(image: Image.Image) -> dict[str, str]:
    """Time, place and camera, where the file says so. A file may say anything."""
    try:
        exif = image.getexif()
        inner, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
        found = {
            "time": _time(inner.get(ExifTags.Base.DateTimeOriginal)),
            "zone": inner.get(ExifTags.Base.OffsetTimeOriginal),
            "place": _place(gps),
            "maker": exif.get(ExifTags.Base.Make),
            "camera": exif.get(ExifTags.Base.Model),
        }
    except (OSError, ValueError, TypeError, SyntaxError, KeyError, ZeroDivisionError):
        return {}
    shown = {name: _shown(value) for name, value in found.items() if value}
    return {name: value for name, value in shown.items() if value}


def _shown(value: Any) -> str:
    """A value that is safe to show."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return "".join(sign for sign in text if sign.isprintable())[:LONGEST_VALUE].strip()


def _time(value: Any) -> str | None:
    """The camera's own clock, without a zone."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.strptime(value.strip("\0 "), "%Y:%m:%d %H:%M:%S").isoformat(" ")  # noqa: DTZ007
    except ValueError:
        return None


def _place(gps: dict[int, Any]) -> str | None:
    """Latitude and longitude in degrees."""
    latitude = _degrees(gps.get(2), negative=gps.get(1) == "S")
    longitude = _degrees(gps.get(4), negative=gps.get(3) == "W")
    if latitude is None or longitude is None:
        return None
    return f"{latitude:.5f}, {longitude:.5f}"


def _degrees(value: Any, *, negative: bool) -> float | None:
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    degrees, minutes, seconds = (float(part) for part in value)
    found = degrees + minutes / 60 + seconds / 3600
    return -found if negative else found
