"""Sentences about evidence: files in the store, a case full of everything, its file on disk."""

import io
from pathlib import Path
from typing import Any

from PIL import Image

from fairhold.adapters.ids import words
from fairhold.core.cases.disputes import commands as asked
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.evidence.exhibit import Upload
from fairhold.core.evidence.message import Tag
from fairhold.core.evidence.outside import Channel
from fairhold.core.values.roles import Role
from fairhold.flow.casefile.assembled import CaseBag, case_bag
from fairhold.flow.desk import current
from fairhold.flow.query import View, view_of_case
from world import BUYER, SELLER, SPECIALIST, VIEWERS, Case, text


def upload(content: bytes, media_type: str = "text/plain", **more: Any) -> tuple[Upload, ...]:
    """A file that is in the store, as a command carries it."""
    digest, size = current().blobs.put([content], most_bytes=10**9)
    name = words(current().ids, more.pop("name", "note.txt"))
    return (Upload(digest, size, media_type, name, **more),)


def picture(seed: int = 1, size: tuple[int, int] = (320, 240), kind: str = "PNG") -> bytes:
    """A picture with something to tell apart, the same for the same seed."""
    small = Image.effect_mandelbrot((64, 48), (-2.0 + seed / 7, -1.2, 0.6 + seed / 9, 1.2), 40)
    kept = io.BytesIO()
    small.resize(size).convert("RGB").save(kept, kind)
    return kept.getvalue()


def full_case() -> Case:
    """A case with chat, messages, evidence of all kinds, words from elsewhere, a hidden file."""
    case = Case().registered()
    case.do(BUYER, ordered.WriteMessage(text("Where is it? 你好 مرحبا"), evidence=upload(b"chat")))
    case.do(SELLER, ordered.ProposeAmendment(text("ships later"), promise_days=30))
    case.do(BUYER, ordered.AcceptAmendment(1))
    case.opened(evidence=upload(picture(), "image/png", shows=text("nine lamps")))
    case.do(SELLER, asked.PostMessage(text("We look into it."), Tag.FEEDBACK, "en"))
    case.do(SELLER, asked.AddEvidence(upload(b"SECRET-CANARY-42", platform_only=True)))
    mail = upload(b"From: a@b.example\n\nagreed", "message/rfc822")
    case.do(SELLER, asked.FileOutside(Channel.EMAIL, text("They agreed."), evidence=mail))
    case.do(BUYER, asked.ConfirmOutside(1))
    case.do(BUYER, asked.AddEvidence(upload(b"call +49 170 1234567", name="calls.txt")))
    case.do(BUYER, asked.WithdrawEvidence(4, text("by mistake")))
    case.do(SPECIALIST, asked.StepIn())
    return case


def seen_by(case: Case, role: Role) -> View:
    """The dispute as somebody sees it."""
    view = view_of_case(current(), case.file.the_dispute.id, VIEWERS[role])
    assert view is not None
    return view


def bag_of(case: Case, role: Role = BUYER, **more: Any) -> CaseBag:
    """The file of the case for a side."""
    return case_bag(current(), seen_by(case, role), **more)


def on_disk(bag: CaseBag, folder: Path) -> Path:
    """The archive as a file."""
    path = folder / bag.name
    path.write_bytes(b"".join(bag.chunks()))
    return path
