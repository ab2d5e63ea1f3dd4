"""The desk's signature on a PDF: PAdES (baseline B), with a key of its own.

Signing is repeatable: RSA with PKCS #1 v1.5 has no random part, the moment is given, and the ids
that a PDF carries come from its content. A key is made once and kept with a certificate that it
signs itself; an operator with a certificate of an authority names both files instead.
"""

import hashlib
import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.metadata.model import DocumentMetadata
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from fairhold.adapters.notary.kept import kept

KEY_BITS = 3072
LIFE = timedelta(days=3650)
FIELD = "DeskSignature"


class SealFault(Exception):
    """A key or a certificate cannot be used; the message says which file and why."""


@dataclass(frozen=True, slots=True)
class PdfSeal:
    """A key and its certificate, as PEM."""

    # Never shown where a value is printed: a kept seal holds its key in both.
    key: bytes = field(repr=False)
    certificate: bytes = field(repr=False)

    @property
    def public_part(self) -> bytes:
        """The certificate alone, as PEM."""
        certificate = x509.load_pem_x509_certificate(self.certificate)
        return certificate.public_bytes(serialization.Encoding.PEM)

    def signed(self, content: bytes, moment: datetime, reason: str) -> bytes:
        """The PDF with our signature. Same PDF, moment and reason: same bytes."""
        metadata = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
        )
        source = io.BytesIO(content)
        writer = _Repeatable(source)
        writer._meta = _as_of(moment)
        written = io.BytesIO()
        signer = _Dated(metadata, _signer(self))
        signer.moment = moment
        signer.sign_pdf(writer, output=written)
        return written.getvalue()


class _Repeatable(IncrementalPdfFileWriter):
    """A writer whose new id follows from what it writes upon."""

    @classmethod
    def _handle_id(cls, prev: Any) -> Any:
        prev.stream.seek(0)
        digest = hashlib.sha256(prev.stream.read()).digest()
        try:
            first = prev.trailer["/ID"][0]
        except KeyError:
            first = generic.ByteStringObject(digest[16:])
        return generic.ArrayObject([first, generic.ByteStringObject(digest[:16])])


def _as_of(moment: datetime) -> DocumentMetadata:
    """Metadata whose time of change is always this one; the writer would set the present."""

    class AsOf(DocumentMetadata):
        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, moment if name == "last_modified" else value)

    return AsOf()


class _Dated(PdfSigner):
    """A signer that signs as of one moment."""

    moment: datetime

    def init_signing_session(self, *given: Any, **options: Any) -> Any:
        """The session, with its time."""
        session = super().init_signing_session(*given, **options)
        session.system_time = self.moment
        return session


class _KeptSigner(signers.SimpleSigner):
    """A signer that keeps its key read: reading one checks its primes, which takes longest."""

    key: rsa.RSAPrivateKey

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """The signature of PKCS #1 v1.5 over the digest that was asked for."""
        return self.key.sign(data, padding.PKCS1v15(), DIGESTS[digest_algorithm])


DIGESTS = {"sha256": hashes.SHA256()}


@cache
def _signer(seal: PdfSeal) -> signers.SimpleSigner:
    key: Any = serialization.load_pem_private_key(seal.key, None)
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    certificate = x509.load_pem_x509_certificate(seal.certificate)
    named = Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    made = _KeptSigner(
        signing_cert=named,
        signing_key=PrivateKeyInfo.load(private),
        cert_registry=_registry(named),
    )
    made.key = key
    return made


def _registry(certificate: Certificate) -> Any:
    made: Any = SimpleCertificateStore
    return made.from_certs([certificate])


def kept_seal(path: Path, name: str, now: datetime) -> PdfSeal:
    """The key and certificate kept in one file, made once.

    Raises: SealFault.
    """
    content = kept(path, lambda: _made(name, now))
    return _checked(PdfSeal(content, content), str(path))


def _made(name: str, now: datetime) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + _self_signed(key, name, now)


def read_seal(key_path: Path, certificate_path: Path) -> PdfSeal:
    """The key and certificate of two PEM files.

    Raises: SealFault.
    """
    try:
        seal = PdfSeal(key_path.read_bytes(), certificate_path.read_bytes())
    except OSError as error:
        raise SealFault(str(error)) from error
    return _checked(seal, f"{key_path}, {certificate_path}")


def _checked(seal: PdfSeal, where: str) -> PdfSeal:
    """The seal, if its two halves belong together."""
    try:
        key = serialization.load_pem_private_key(seal.key, None)
        certificate = x509.load_pem_x509_certificate(seal.certificate)
    except (ValueError, TypeError) as error:
        raise SealFault(f"{where}: {error}") from error
    if not isinstance(key, rsa.RSAPrivateKey) or key.public_key() != certificate.public_key():
        raise SealFault(f"{where}: expected an RSA key and its own certificate")
    return seal


def _self_signed(key: rsa.RSAPrivateKey, name: str, now: datetime) -> bytes:
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=True,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)
