"""The one place that chooses adapters."""

from fairhold.adapters.blobs.folder import FolderBlobs
from fairhold.adapters.clock import SystemClock
from fairhold.adapters.ids import RandomIds
from fairhold.adapters.mail import DjangoMail
from fairhold.adapters.rulebook.shelf import Shelf
from fairhold.config.environment import Environment
from fairhold.flow.desk import Desk


def wire(environment: Environment) -> Desk:
    """The desk as this environment wants it.

    Raises: RulebookError when the rulebook in force cannot be read.
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
    )
