"""Who may see which file. What somebody may do in it stands in the tables of the core."""

from fairhold.core.cases.decide import NOTHING_THERE
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.values.roles import Role
from fairhold.core.values.sentence import sentence
from fairhold.flow.request import Request, Viewer

# Staff who work on any case. Inspectors and rights holders see none until a case is given to them.
SEE_EVERY_CASE = frozenset({Role.SPECIALIST, Role.OPERATOR, Role.PLATFORM})
# Who keeps the books knows every order by its sums, and nothing of what was said or shown in it.
SEE_EVERY_SUM = frozenset({Role.FINANCE})


def may_see(viewer: Viewer, file: CaseFile) -> bool:
    """Whether the viewer may read the case: a party its own, and the desk's staff every one."""
    if viewer.role in SEE_EVERY_CASE:
        return True
    if file.order is None or viewer.party_id is None:
        return False
    return viewer.party_id == party_of(file, viewer.role)


def may_know(viewer: Viewer, file: CaseFile) -> bool:
    """Whether the order exists for this viewer, if only by its sums."""
    return viewer.role in SEE_EVERY_SUM or may_see(viewer, file)


def party_of(file: CaseFile, role: Role) -> str | None:
    """The party that stands in `role` on this file."""
    agreement = file.the_order.agreement
    return {Role.BUYER: agreement.buyer_id, Role.SELLER: agreement.seller_id}.get(role)


def refusal_for(request: Request, file: CaseFile) -> Refusal | None:
    """The refusal before any decision: nothing there for this viewer, or a stale version."""
    named = request.case_id is not None and (
        file.dispute is None or file.dispute.id != request.case_id
    )
    if file.order is not None and (named or not may_know(request.viewer, file)):
        return NOTHING_THERE
    expected = request.expected_version
    if expected is not None and expected != file.version:
        return Refusal(
            Code.VERSION_STALE,
            sentence(
                "You saw version {expected}; the case is at version {present}.",
                expected=expected,
                present=file.version,
            ),
            "Read the case again, then repeat what you still want.",
            details={"expected": expected, "present": file.version},
        )
    return None
