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
ABOUT_ONE = {"EvidenceWithdrawn", "EvidenceNamed", "EvidenceRedacted"}
# An exhibit of an order: the dispute it belongs to, and its number there.
Name = tuple[str | None, int]


@dataclass(frozen=True, slots=True)
class Hidden:
    """The exhibits of the other side that a viewer may not see, or sees as a copy only.

    `digests` are those of the bytes that are kept from the viewer.
    """

    role: Role
    files: frozenset[Name]
    copies: frozenset[Name]
    digests: frozenset[str]

    def why(self, entry: Entry) -> str | None:
        """Why an entry is withheld from the viewer; None where it is shown."""
        if hushed(entry, self.role):
            return INSIDE
        if entry.type == SUBMITTED:
            names = {(entry.case_id, one["number"]) for one in entry.payload["exhibits"]}
            if names & self.files:
                return PLATFORM_ONLY
            # A fingerprint of the original would let anybody try what was blacked out.
            return REDACTED if names & self.copies else None
        if self.digests.intersection(_named_in(entry)):
            return NAMES_ONE
        about = entry.type in ABOUT_ONE and (entry.case_id, entry.payload["exhibit"])
        return PLATFORM_ONLY if about in self.files else None

    def silences(self, entry: Entry) -> bool:
        """Whether history keeps quiet about an entry; that a file was submitted it tells."""
        return entry.type not in TOLD and self.why(entry) is not None


def _named_in(entry: Entry) -> list[str]:
    """The digests that an exchange from elsewhere, or a deletion, names."""
    if entry.type == PURGED:
        return list(entry.payload["files"])
    mail = entry.type == FILED and entry.payload["outside"].get("mail")
    return [mail["raw"]] if mail else []


def hidden_from(role: Role, entries: Iterable[Entry]) -> Hidden:
    """What these entries make hidden from somebody in this role."""
    files: set[Name] = set()
    others: dict[Name, str] = {}
    redacted: set[Name] = set()
    for entry in entries if role in PARTIES else ():
        if entry.type == SUBMITTED:
            theirs = [one for one in entry.payload["exhibits"] if one["side"] != role.value]
            others |= {(entry.case_id, one["number"]): one["sha256"] for one in theirs}
            files |= {(entry.case_id, one["number"]) for one in theirs if one.get("platform_only")}
        elif entry.type == "EvidenceRedacted":
            redacted.add((entry.case_id, entry.payload["exhibit"]))
    copies = redacted & others.keys()
    digests = frozenset(others[name] for name in files | copies)
    return Hidden(role, frozenset(files), frozenset(copies), digests)
