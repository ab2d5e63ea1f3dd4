"""What a side may not see of a journal: files for the platform only, and all that is said of them.

One place for pages, API, letters and case files.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from fairhold.core.journal.chain import Entry
from fairhold.core.values.roles import PARTIES, Role
from fairhold.flow.narrate_inquiry import hushed

PLATFORM_ONLY, INSIDE = "for the platform only", "not yet decided inside the desk"
REDACTED = "its owner shows a redacted copy of it"
NAMES_ONE = "it names a file that is not shown"
SUBMITTED, FILED, PURGED = "EvidenceSubmitted", "OutsideFiled", "MaterialPurged"
# What history tells of without naming a file, whatever is withheld of it.
TOLD = {SUBMITTED, FILED, PURGED}
REDACTION = "EvidenceRedacted"
ABOUT_ONE = {"EvidenceWithdrawn", "EvidenceNamed", REDACTION}
# An exhibit of an order: the dispute it belongs to, and its number there.
Name = tuple[str | None, int]


@dataclass(frozen=True, slots=True)
class Hidden:
    """The exhibits of the other side that a viewer may not see, or sees as a copy only.

    Of the latter `copies` names the digest of the copy that is shown now; an earlier one hid less.
    """

    role: Role
    files: frozenset[Name]
    copies: dict[Name, str]

    def why(self, entry: Entry) -> str | None:
        """Why an entry is withheld from the viewer; None where it is shown."""
        if hushed(entry, self.role):
            return INSIDE
        if entry.type == SUBMITTED:
            names = {(entry.case_id, one["number"]) for one in entry.payload["exhibits"]}
            if names & self.files:
                return PLATFORM_ONLY
            # A fingerprint of the original would let anybody try what was blacked out.
            return REDACTED if names & self.copies.keys() else None
        if entry.type == PURGED:
            return NAMES_ONE if entry.payload["files"] and (self.files or self.copies) else None
        if entry.type == FILED:
            return NAMES_ONE if self._names_raw(entry) else None
        if entry.type == REDACTION and self._superseded(entry):
            return REDACTED
        about = entry.type in ABOUT_ONE and (entry.case_id, entry.payload["exhibit"])
        return PLATFORM_ONLY if about in self.files else None

    def silences(self, entry: Entry) -> bool:
        """Whether history keeps quiet about an entry; that a file was submitted it tells."""
        return entry.type not in TOLD and self.why(entry) is not None

    def keeps(self, name: Name, sha256: str) -> str | None:
        """Why these bytes of an exhibit are kept from the viewer; None where they are shown."""
        if name in self.files:
            return PLATFORM_ONLY
        return REDACTED if self.copies.get(name, sha256) != sha256 else None

    def hides(self, case_id: str | None, numbers: Iterable[int]) -> bool:
        """Whether the viewer does not see one of these exhibits as it was submitted."""
        return any((case_id, one) in {*self.files, *self.copies} for one in numbers)

    def _names_raw(self, entry: Entry) -> bool:
        told = entry.payload["outside"]
        return bool(told.get("mail")) and self.hides(entry.case_id, told["exhibits"])

    def _superseded(self, entry: Entry) -> bool:
        shown = self.copies.get((entry.case_id, entry.payload["exhibit"]))
        return shown is not None and entry.payload["copy"]["sha256"] != shown


def hidden_from(role: Role, entries: Iterable[Entry]) -> Hidden:
    """What these entries make hidden from somebody in this role."""
    files: set[Name] = set()
    others: set[Name] = set()
    redacted: dict[Name, str] = {}
    for entry in entries if role in PARTIES else ():
        if entry.type == SUBMITTED:
            theirs = [one for one in entry.payload["exhibits"] if one["side"] != role.value]
            others |= {(entry.case_id, one["number"]) for one in theirs}
            files |= {(entry.case_id, one["number"]) for one in theirs if one.get("platform_only")}
        elif entry.type == REDACTION:
            name = (entry.case_id, entry.payload["exhibit"])
            redacted[name] = entry.payload["copy"]["sha256"]
    copies = {name: copy for name, copy in redacted.items() if name in others}
    return Hidden(role, frozenset(files), copies)
