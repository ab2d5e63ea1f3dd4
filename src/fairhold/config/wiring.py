"""The one place that chooses adapters."""

from fairhold.adapters.blobs.folder import FolderBlobs
from fairhold.adapters.clock import SystemClock
from fairhold.adapters.ids import RandomIds
from fairhold.adapters.mail import DjangoMail
from fairhold.adapters.rulebook.merits import load_book
from fairhold.adapters.rulebook.shelf import Shelf
from fairhold.config.environment import Environment, SettingError
from fairhold.flow.desk import Desk


def wire(environment: Environment) -> Desk:
    """The desk as this environment wants it.

    Raises: RulebookError when the rulebook in force cannot be read, SettingError.
    """
    return Desk(
        clock=SystemClock(),
        ids=RandomIds(),
        shelf=Shelf(
            environment.rulebooks,
            in_force=environment.rulebook,
            proposal_phase_days=environment.proposal_phase_days,
        ),
        blobs=FolderBlobs(environment.data / "evidence"),
        mail=DjangoMail(environment.mail_from),
        fee_basis_points=environment.fee_basis_points,
        outage_seconds=environment.outage_seconds,
        public_url=environment.public_url,
        test_mode=environment.test_mode,
        alone=_alone(environment),
    )


def _alone(environment: Environment) -> frozenset[str]:
    """The clauses that may decide without a person; each must be one of the book in force."""
    if not environment.decide_alone:
        return frozenset()
    book = load_book((environment.rulebooks / environment.rulebook).resolve())
    known = {clause.id.partition("/")[0] for clause in book.clauses if not clause.adds}
    unknown = sorted(set(environment.decide_alone) - known)
    if unknown:
        raise SettingError(
            f"FAIRHOLD_DECIDE_ALONE: expected clauses of {environment.rulebook} like N-2a; "
            f"got {', '.join(unknown)}"
        )
    return frozenset(environment.decide_alone)
