"""The one place that chooses adapters."""

from collections.abc import Callable

from fairhold.adapters.blobs.folder import FolderBlobs
from fairhold.adapters.blobs.partial import Partials
from fairhold.adapters.clock import SystemClock
from fairhold.adapters.ids import RandomIds
from fairhold.adapters.mail import DjangoMail
from fairhold.adapters.notary.notes import kept_seed, seed_of, signer
from fairhold.adapters.notary.seal import SealFault, kept_seal, read_seal
from fairhold.adapters.notary.stamps import HttpStamper, roots_of
from fairhold.adapters.rulebook.carriers import read_register
from fairhold.adapters.rulebook.merits import load_book
from fairhold.adapters.rulebook.shelf import Shelf
from fairhold.adapters.scanning import NoScanner
from fairhold.adapters.scanning.clamd import Clamd
from fairhold.adapters.tracking import Webhook
from fairhold.adapters.tracking.aftership import AfterShip
from fairhold.adapters.tracking.asking import SeventeenTrackSource
from fairhold.adapters.tracking.easypost import EasyPost
from fairhold.adapters.tracking.meanings import Meanings
from fairhold.adapters.tracking.routes import load_routes
from fairhold.adapters.tracking.seventeentrack import SeventeenTrack
from fairhold.config.environment import Environment, SettingError
from fairhold.core.journal.note import NoteError, read_key
from fairhold.flow.desk import Desk
from fairhold.flow.parcels.room import Nudging, ParcelRoom
from fairhold.flow.proofroom import ProofRoom


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
        partials=Partials(environment.data / "uploads"),
        mail=DjangoMail(environment.mail_from),
        fee_basis_points=environment.fee_basis_points,
        outage_seconds=environment.outage_seconds,
        public_url=environment.public_url,
        test_mode=environment.test_mode,
        alone=_alone(environment),
        parcels=_parcels(environment),
        proofs=_proofs(environment),
        scanner=Clamd(environment.clamd) if environment.clamd else NoScanner(),
        retention_days=environment.retention_days,
        mail_domain=environment.mail_domain,
    )


def _proofs(environment: Environment) -> ProofRoom:
    """The keys that sign the log and the papers, the witnesses, the outside clock.

    Raises: SettingError for a key, a certificate or a witness that cannot be used.
    """
    data, given = environment.data, environment.log_key
    try:
        seed = seed_of(given) if given else kept_seed(data / "log_key")
        for line in environment.witnesses:
            read_key(line)
        if environment.seal_key and environment.seal_certificate:
            seal = read_seal(environment.seal_key, environment.seal_certificate)
        else:
            seal = kept_seal(data / "seal.pem", environment.log_name, SystemClock().now())
        roots = roots_of(environment.tsa_roots) if environment.tsa_roots else []
    except (NoteError, SealFault, ValueError) as error:
        raise SettingError(
            f"FAIRHOLD_LOG_KEY, FAIRHOLD_WITNESSES, FAIRHOLD_SEAL_* or FAIRHOLD_TSA_ROOTS: {error}"
        ) from error
    return ProofRoom(
        signer=signer(environment.log_name, seed),
        seal=seal,
        checkpoints=environment.checkpoints,
        witnesses=environment.witnesses,
        stamper=HttpStamper(environment.tsa_url) if environment.tsa_url else None,
        roots=tuple(roots),
    )


def _parcels(environment: Environment) -> ParcelRoom:
    """The register of the book in force, the meanings of texts, and the providers."""
    folder = (environment.rulebooks / environment.rulebook).resolve()
    secrets = environment.tracking_secrets
    made: dict[str, Callable[[str], Webhook]] = {
        "aftership": AfterShip,
        "17track": SeventeenTrack,
        "easypost": lambda secret: EasyPost(secret, environment.test_mode),
    }
    key = secrets.get("17track")
    asked = SeventeenTrackSource(environment.tracking_url, key) if key else None
    return ParcelRoom(
        register=read_register(folder, load_book(folder).documents, environment.carriers),
        meanings=Meanings(environment.logistics),
        routes=load_routes(environment.logistics / "routes.yaml"),
        nudging=Nudging(environment.nudging),
        webhooks={name: made[name](secret) for name, secret in secrets.items()},
        source=asked if environment.tracking_url else None,
        budget=environment.tracking_budget,
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
