"""The signature of the paper in a case file, checked by the certificate that lies beside it."""

import io
from typing import Any

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from fairhold.adapters.casefile import layout
from fairhold.adapters.casefile.container import Broken


def signature_holds(content: bytes, certificate: bytes) -> None:
    """Whether a PDF carries one signature, by this certificate, over every byte of it.

    Raises: Broken.
    """
    try:
        _, _, der = pem.unarmor(certificate)
        named = Certificate.load(der)
        status = _status(content, named)
    except (PdfError, SignatureValidationError, ValueError, TypeError, KeyError) as error:
        raise Broken(f"{layout.PAPER}: its signature cannot be read: {error}") from error
    if status is None:
        raise Broken(f"{layout.PAPER}: expected one signature")
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not (status.intact and status.valid and whole):
        raise Broken(f"{layout.PAPER}: its signature does not hold, or does not cover all of it")
    if status.signing_cert.dump() != named.dump():
        raise Broken(f"{layout.PAPER}: signed by another certificate than the one beside it")


def _status(content: bytes, named: Certificate) -> Any:
    reader = PdfFileReader(io.BytesIO(content))
    if len(reader.embedded_signatures) != 1:
        return None
    trusted = ValidationContext(trust_roots=[named], allow_fetching=False)
    return validate_pdf_signature(reader.embedded_signatures[0], trusted)
