"""The signatures themselves: the leader certifies; number, date and seal close the file in one revision (PAdES B-LT).

Two phases, so that a signature may take minutes elsewhere: `begin_…` freezes what is to be signed, `complete` embeds
the value that came back. Uses `asyncio.run`, so call it from a thread without a running loop.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import cms, x509
from cryptography import x509 as pyca_x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError as LibrarySigningError
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfTBSDocument,
    SigDSSPlacementPreference,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.pdf_revision import Revision, appearance_stream, revision_of, stamp_style
from signing.prepare import AGENCY, LEADER, ClosingPolicy
from signing.trust import TrustList

DIGEST = "sha256"
RESERVED = 32_768  # hexadecimal digits: certificate, chain and a time stamp of a foreign service fit
SMALLEST_RSA = 2048
EVIDENCE = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)


class SigningFailed(Exception):
    """No signature was made; `code` says at which point."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code


@dataclass(frozen=True, slots=True)
class Signatory:
    """Whose certificate signs, and the certificates between it and its root."""

    certificate: bytes
    chain: tuple[bytes, ...] = ()

    @property
    def leaf(self) -> x509.Certificate:
        return x509.Certificate.load(self.certificate)

    def store(self) -> SimpleCertificateStore:
        """The chain as pyHanko wants it."""
        store = SimpleCertificateStore()
        for each in self.chain:
            store.register(x509.Certificate.load(each))
        return store


@dataclass(frozen=True, slots=True)
class Filled:
    """What the clerk's step writes into a prepared text field, with the looks that go with it."""

    value: str
    appearance: bytes


@dataclass(frozen=True, slots=True)
class Pending:
    """A file waiting for its signature value; all of it may be kept between two requests."""

    field: str
    output: bytes
    to_be_signed: bytes
    document_digest: bytes
    reserved: tuple[int, int]
    signatory: Signatory
    base_sha256: str
    base_size: int

    @property
    def sha256(self) -> str:
        """The fingerprint of the prepared file, bound to the signing session."""
        return hashlib.sha256(self.output).hexdigest()


def begin_leader(
    pdf: bytes, *, signatory: Signatory, trust: TrustList, timestamper: TimeStamper, appearance: bytes, at: datetime
) -> Pending:
    """Freeze the competent person's certification: form filling stays allowed, nothing else (DocMDP P=2)."""
    return _begin(
        revision_of(pdf),
        pdf,
        field=LEADER,
        certify=True,
        permissions=MDPPerm.FILL_FORMS,
        signatory=signatory,
        trust=trust,
        timestamper=timestamper,
        appearance=appearance,
        at=at,
    )


def begin_agency(
    pdf: bytes,
    *,
    filled: Mapping[str, Filled],
    signatory: Signatory,
    trust: TrustList,
    timestamper: TimeStamper,
    appearance: bytes,
    at: datetime,
    policy: ClosingPolicy = ClosingPolicy.OPEN,
) -> Pending:
    """Freeze number, date and the agency's seal in one revision; the leader must have signed (NĐ 30/2020, Art. 32)."""
    if not _is_signed(pdf, LEADER):
        raise SigningFailed("leader_first")
    revision = revision_of(pdf)
    for name, content in filled.items():
        _fill(revision, name, content)
    return _begin(
        revision,
        pdf,
        field=AGENCY,
        certify=False,
        permissions=MDPPerm.NO_CHANGES if policy is ClosingPolicy.CLOSED else MDPPerm.FILL_FORMS,
        signatory=signatory,
        trust=trust,
        timestamper=timestamper,
        appearance=appearance,
        at=at,
    )


def complete(pending: Pending, value: bytes, *, timestamper: TimeStamper) -> bytes:
    """Check the value against the certificate, time-stamp it, embed it, and return the signed file."""
    if not value_fits(pending, value):
        raise SigningFailed("value_does_not_fit")
    try:
        signed = asyncio.run(_complete(pending, value, timestamper))
    except (OSError, TimestampRequestError) as error:
        raise SigningFailed("no_timestamp", type(error).__name__) from error
    if hashlib.sha256(signed[: pending.base_size]).hexdigest() != pending.base_sha256:
        raise SigningFailed("base_changed")
    return signed


def value_fits(pending: Pending, value: bytes) -> bool:
    """Say whether a value made elsewhere is this certificate's signature over this file."""
    key = pyca_x509.load_der_x509_certificate(pending.signatory.certificate).public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    try:
        key.verify(value, pending.to_be_signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _begin(
    revision: Revision,
    base: bytes,
    *,
    field: str,
    certify: bool,
    permissions: MDPPerm,
    signatory: Signatory,
    trust: TrustList,
    timestamper: TimeStamper,
    appearance: bytes,
    at: datetime,
) -> Pending:
    _allow_key(signatory)
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        name=signatory.leaf.subject.native.get("common_name"),
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=permissions,
        embed_validation_info=True,
        validation_context=trust.context(moment=at, certificates=map(x509.Certificate.load, signatory.chain)),
        dss_settings=EVIDENCE,
    )
    signer = ExternalSigner(signatory.leaf, signatory.store())
    library = PdfSigner(metadata, signer, timestamper=timestamper, stamp_style=stamp_style(appearance))
    try:
        return asyncio.run(_freeze(library, revision, base, signatory, at))
    except LibrarySigningError as error:
        raise SigningFailed("certificate_not_usable", str(error)) from error
    except (OSError, TimestampRequestError) as error:
        raise SigningFailed("no_timestamp", type(error).__name__) from error
    except (PdfError, KeyError, ValueError) as error:
        raise SigningFailed("file_not_prepared", type(error).__name__) from error


async def _freeze(library: PdfSigner, revision: Revision, base: bytes, signatory: Signatory, at: datetime) -> Pending:
    session = library.init_signing_session(revision, existing_fields_only=True)
    session.system_time = at
    evidence = await session.perform_presign_validation(revision)
    document = session.prepare_tbs_document(evidence, bytes_reserved=RESERVED)
    prepared, output = document.digest_tbs_document(output=BytesIO())
    attributes = await library.signer.signed_attrs(prepared.document_digest, DIGEST, use_pades=True)
    output.seek(0)
    return Pending(
        field=library.signature_meta.field_name or "",
        output=output.read(),
        to_be_signed=attributes.dump(),
        document_digest=prepared.document_digest,
        reserved=(prepared.reserved_region_start, prepared.reserved_region_end),
        signatory=signatory,
        base_sha256=hashlib.sha256(base).hexdigest(),
        base_size=len(base),
    )


async def _complete(pending: Pending, value: bytes, timestamper: TimeStamper) -> bytes:
    signer = ExternalSigner(pending.signatory.leaf, pending.signatory.store(), signature_value=value)
    attributes = cms.CMSAttributes.load(pending.to_be_signed)
    container = await signer.async_sign_prescribed_attributes(DIGEST, attributes, timestamper=timestamper)
    output = BytesIO(pending.output)
    digest = PreparedByteRangeDigest(pending.document_digest, *pending.reserved)
    await PdfTBSDocument.async_finish_signing(output, digest, container)
    return output.getvalue()


def _fill(revision: Revision, name: str, content: Filled) -> None:
    for reference in revision.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if field.get("/T") == name and field.get("/FT") == "/Tx":
            field[pdf_name("/V")] = pdf_string(content.value)
            looks = appearance_stream(revision, content.appearance)
            field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): looks})
            revision.mark_update(reference)
            return
    raise SigningFailed("file_not_prepared", name)


def _is_signed(pdf: bytes, field: str) -> bool:
    try:
        return any(enumerate_sig_fields(revision_of(pdf), filled_status=True, with_name=field))
    except (PdfError, KeyError, ValueError) as error:
        raise SigningFailed("file_not_prepared", type(error).__name__) from error


def _allow_key(signatory: Signatory) -> None:
    key = signatory.leaf.public_key
    if key.algorithm != "rsa" or key.bit_size < SMALLEST_RSA:
        raise SigningFailed("weak_key", f"{key.algorithm} {key.bit_size}")
