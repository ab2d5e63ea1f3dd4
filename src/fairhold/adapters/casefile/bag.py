"""A bag (RFC 8493): bagit.txt, bag-info.txt, a manifest over the payload, one over the tag files.

The seal is a signed note over the digest of the tag manifest, which covers everything else.
"""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from fairhold.adapters.casefile.archive import CHUNK_BYTES, Member

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARED, INFO, MANIFEST, TAG_MANIFEST, SEAL = (
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
    "seal.txt",
)
# Chunks that hashing may be behind; they stay in memory until then.
MOST_BEHIND = 8
SEALED = "fairhold.case-file/1"


class PayloadChanged(Exception):
    """The bytes of a file are not those that were submitted; the message names it."""


@dataclass(frozen=True, slots=True)
class Payload:
    """One file of the payload, with the digest that it must have. Its path begins with data/."""

    member: Member
    sha256: str


def small(path: str, content: bytes) -> Payload:
    """A payload whose bytes are at hand."""
    digest = hashlib.sha256(content).hexdigest()
    return Payload(Member(path, len(content), lambda: (content,)), digest)


def manifest(digests: Iterable[tuple[str, str]]) -> str:
    """The lines of a manifest: digest and path, in the order of the paths."""
    return "".join(f"{digest}  {escaped(path)}\n" for path, digest in sorted(digests))


def escaped(path: str) -> str:
    """A path as a manifest writes it."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def info_lines(info: Mapping[str, str]) -> str:
    """The lines of bag-info.txt."""
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in info.items())


def sealed_text(case: str, moment: str, tag_manifest: str) -> str:
    """What the seal signs: the form, the case, the moment, and the digest of the tag manifest."""
    digest = hashlib.sha256(tag_manifest.encode()).hexdigest()
    return f"{SEALED}\n{case}\n{moment}\n{digest}\n"


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag about to be written. `tags` are the texts of its tag files, the manifests included."""

    folder: str
    payloads: tuple[Payload, ...]
    tags: Mapping[str, str]

    @property
    def digest(self) -> str:
        """The SHA-256 of the tag manifest: one number for the whole bag."""
        return hashlib.sha256(self.tags[TAG_MANIFEST].encode()).hexdigest()

    def members(self) -> Iterator[Member]:
        """The files of the archive: tag files first, then the payload.

        Raises, while the bytes are drawn: PayloadChanged.
        """
        for name, text in self.tags.items():
            yield _tag(f"{self.folder}/{name}", text.encode())
        for one in self.payloads:
            path = f"{self.folder}/{one.member.path}"
            yield Member(path, one.member.size, lambda one=one: verified(one))  # type: ignore[misc]


def _tag(path: str, content: bytes) -> Member:
    return Member(path, len(content), lambda: (content,))


def packed(folder: str, payloads: Iterable[Payload], info: Mapping[str, str]) -> Bag:
    """The bag over these payloads, still without its seal."""
    kept = tuple(sorted(payloads, key=lambda one: one.member.path))
    octets = sum(one.member.size for one in kept)
    tags = {
        DECLARED: DECLARATION,
        INFO: info_lines({**info, "Payload-Oxum": f"{octets}.{len(kept)}"}),
        MANIFEST: manifest((one.member.path, one.sha256) for one in kept),
    }
    return Bag(folder, kept, {**tags, TAG_MANIFEST: manifest(_digests(tags))})


def _digests(tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in tags.items():
        yield name, hashlib.sha256(text.encode()).hexdigest()


def with_seal(bag: Bag, seal: str) -> Bag:
    """The bag with the note that seals it."""
    return Bag(bag.folder, bag.payloads, {**bag.tags, SEAL: seal})


def verified(payload: Payload) -> Iterator[bytes]:
    """The bytes of a payload, hashed beside whoever draws them; a change is found at the end.

    Raises: PayloadChanged.
    """
    if payload.member.size <= CHUNK_BYTES:
        yield from _verified_small(payload)
        return
    digest, size = hashlib.sha256(), 0
    behind: deque[Future[None]] = deque()
    with ThreadPoolExecutor(1) as beside:
        for chunk in payload.member.chunks():
            behind.append(beside.submit(digest.update, chunk))
            size += len(chunk)
            yield chunk
            if len(behind) > MOST_BEHIND:
                behind.popleft().result()
    _held(payload, digest.hexdigest(), size)


def _verified_small(payload: Payload) -> Iterator[bytes]:
    content = b"".join(payload.member.chunks())
    _held(payload, hashlib.sha256(content).hexdigest(), len(content))
    yield content


def _held(payload: Payload, digest: str, size: int) -> None:
    if (digest, size) != (payload.sha256, payload.member.size):
        raise PayloadChanged(
            f"{payload.member.path}: expected {payload.sha256}, got {digest} in {size} bytes"
        )
