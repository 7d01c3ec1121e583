"""The check itself, run inside the worker process: signatures first, then the file around them."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic
from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import ValidationInfoReadingError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from signing.algorithms import digest_allowed, key_allowed
from signing.trust import RevocationMode, TrustList
from signing.verification import looks, structure
from signing.verification.report import Reason, Report, SignatureReport, failed

# A hostile file may make the libraries raise anything: at these few places that is a finding, not a fault of ours.
READABLE = (Exception,)
USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
PROBLEMS: dict[AdESSubIndic, Reason] = {
    AdESFailure.REVOKED: Reason.CERTIFICATE_REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: Reason.CERTIFICATE_REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Reason.CERTIFICATE_REVOKED,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Reason.WRONG_KEY_USAGE,
    AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: Reason.WRONG_KEY_USAGE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Reason.WEAK_ALGORITHM,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Reason.WEAK_ALGORITHM,
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Reason.UNTRUSTED_ROOT,
    AdESIndeterminate.EXPIRED: Reason.CERTIFICATE_EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Reason.CERTIFICATE_EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Reason.CERTIFICATE_EXPIRED,
    AdESFailure.NOT_YET_VALID: Reason.CERTIFICATE_NOT_YET_VALID,
    AdESIndeterminate.NOT_YET_VALID: Reason.CERTIFICATE_NOT_YET_VALID,
    AdESIndeterminate.TRY_LATER: Reason.REVOCATION_UNKNOWN,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: Reason.REVOCATION_UNKNOWN,
}


class Evidence:
    """Certificates and revocation lists the file brings along; they prove, they are never trusted."""

    def __init__(self, reader: PdfFileReader) -> None:
        self.certificates: list[x509.Certificate] = []
        self.lists: list[crl.CertificateList] = []
        self.answers: list[ocsp.OCSPResponse] = []
        try:
            store = DocumentSecurityStore.read_dss(reader)
        except ValidationInfoReadingError:
            return
        self.certificates = list(store.load_certs())
        self.lists = [crl.CertificateList.load(each.get_object().data) for each in store.crls]
        self.answers = [ocsp.OCSPResponse.load(each.get_object().data) for each in store.ocsps]


def check(pdf: bytes, trust: TrustList, *, at: datetime, expected: Iterable[str] = ()) -> Report:
    """Return what holds of the file at `at`; whatever goes wrong is a finding, never an exception."""
    if b"%PDF-" not in pdf[:1024]:
        return _dated(failed(Reason.NOT_A_PDF), trust, at)
    try:
        return _dated(asyncio.run(_check(pdf, trust, at, frozenset(expected))), trust, at)
    except READABLE:
        return _dated(failed(Reason.UNREADABLE), trust, at)


def _dated(report: Report, trust: TrustList, at: datetime) -> Report:
    report.trust_version = trust.version
    report.checked_at = at.astimezone(UTC).isoformat()
    return report


async def _check(pdf: bytes, trust: TrustList, at: datetime, expected: frozenset[str]) -> Report:
    reader = PdfFileReader(BytesIO(pdf), strict=False)
    if reader.encrypted:
        return failed(Reason.ENCRYPTED)
    report = Report()
    report.reasons += _removed(reader)
    signed = [(str(name), field) for name, _, field in enumerate_sig_fields(reader, filled_status=True)]
    if expected - {name for name, _ in signed}:
        report.reasons.append(Reason.SIGNATURE_MISSING)
    if not signed:
        return report
    if structure.trailing_data(pdf):
        report.reasons.append(Reason.TRAILING_DATA)
    evidence = Evidence(reader)
    embedded = [_embedded(reader, name, field.get_object()) for name, field in signed]
    for name, each in embedded:
        await _take(report, name, each, trust, evidence, at)
    try:
        _look_around(report, pdf, reader, [each for _, each in embedded if each is not None])
    except READABLE:
        report.reasons.append(Reason.NOT_DETERMINED)
    return report


def _removed(reader: PdfFileReader) -> list[Reason]:
    try:
        return [Reason.SIGNATURE_REMOVED] if structure.removed_signatures(reader) else []
    except READABLE:
        return [Reason.NOT_DETERMINED]


def _embedded(reader: PdfFileReader, name: str, field: Any) -> tuple[str, EmbeddedPdfSignature | None]:
    try:
        return name, EmbeddedPdfSignature(reader, field, name)
    except READABLE:
        return name, None


async def _take(
    report: Report,
    name: str,
    embedded: EmbeddedPdfSignature | None,
    trust: TrustList,
    evidence: Evidence,
    at: datetime,
) -> None:
    """Add one signature, or count one archive time stamp, to the report."""
    if embedded is None:
        report.signatures.append(SignatureReport(name, reasons=[Reason.UNSUPPORTED_SIGNATURE]))
    elif embedded.sig_object_type == "/DocTimeStamp":
        report.stamps += 1
        report.reasons += await _stamp_reasons(embedded, trust, evidence, at)
    else:
        report.signatures.append(await _signature(embedded, trust, evidence, at))


async def _stamp_reasons(
    embedded: EmbeddedPdfSignature, trust: TrustList, evidence: Evidence, at: datetime
) -> list[Reason]:
    try:
        context = _context(trust, evidence, at, "soft-fail")
        status = await async_validate_pdf_timestamp(embedded, context)
    except READABLE:
        return [Reason.TIMESTAMP_BROKEN]
    if not (status.intact and status.valid):
        return [Reason.TIMESTAMP_BROKEN]
    return [] if status.trusted else [Reason.TIMESTAMP_UNTRUSTED]


async def _signature(
    embedded: EmbeddedPdfSignature, trust: TrustList, evidence: Evidence, at: datetime
) -> SignatureReport:
    report = _described(embedded)
    stamped = _stamped_at(embedded)
    moment = stamped or at
    try:
        status = await _status(embedded, trust, evidence, moment, "hard-fail")
    except READABLE:
        report.reasons += [Reason.NOT_DETERMINED, *_broken(embedded)]
        return report
    report.reasons += _integrity(status, embedded)
    report.reasons += _algorithms(embedded, moment)
    lists = [*evidence.lists, *map(crl.CertificateList.load, trust.lists)]
    revoked = any(_listed(unit, lists) for unit in _stamp_units(embedded))
    report.reasons += _time(report, status, stamped, at, revoked=revoked)
    report.reasons += await _trust(report, status, embedded, trust, evidence, moment, at)
    report.level = _level(report, evidence)
    return report


async def _status(
    embedded: EmbeddedPdfSignature,
    trust: TrustList,
    evidence: Evidence,
    moment: datetime,
    mode: RevocationMode,
) -> PdfSignatureStatus:
    return await async_validate_pdf_signature(
        embedded,
        signer_validation_context=_context(trust, evidence, moment, mode),
        ts_validation_context=_context(trust, evidence, moment, mode),
        key_usage_settings=USAGE,
    )


def _context(trust: TrustList, evidence: Evidence, moment: datetime, mode: RevocationMode):  # type: ignore[no-untyped-def]
    return trust.context(moment=moment, mode=mode, certificates=evidence.certificates, lists=evidence.lists)


def _integrity(status: PdfSignatureStatus, embedded: EmbeddedPdfSignature) -> list[Reason]:
    """Findings on bytes and later revisions."""
    found = []
    if not status.intact:
        found.append(Reason.DOCUMENT_CHANGED)
    elif not status.valid:
        found.append(Reason.SIGNATURE_BROKEN)
    if any(embedded.pkcs7_content[_der_length(embedded) :]):
        found.append(Reason.TRAILING_DATA)
    coverage, difference = _outcome(embedded)
    if coverage not in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION):
        found.append(Reason.PARTIAL_COVERAGE)
    elif isinstance(difference, SuspiciousModification) or status.docmdp_ok is False:
        found.append(Reason.FORBIDDEN_CHANGE)
    return found


def _outcome(embedded: EmbeddedPdfSignature) -> tuple[Any, Any]:
    """Return coverage and difference analysis, which the library sets while it validates."""
    return embedded.coverage, embedded.diff_result


def _broken(embedded: EmbeddedPdfSignature) -> list[Reason]:
    """Say at least whether the signed bytes are the ones that were signed, when nothing else can be said."""
    try:
        attributes = {each["type"].native: each["values"][0].native for each in embedded.signer_info["signed_attrs"]}
        return [] if attributes["message_digest"] == embedded.compute_digest() else [Reason.DOCUMENT_CHANGED]
    except READABLE:
        return [Reason.SIGNATURE_BROKEN]


def _der_length(embedded: EmbeddedPdfSignature) -> int:
    """Return where the signature container ends; the rest of its place must be zeros."""
    return len(cms.ContentInfo.load(embedded.pkcs7_content).dump())


def _algorithms(embedded: EmbeddedPdfSignature, moment: datetime) -> list[Reason]:
    key = embedded.signer_cert.public_key
    strong = digest_allowed(embedded.md_algorithm, moment) and key_allowed(key.algorithm, key.bit_size)
    return [] if strong else [Reason.WEAK_ALGORITHM]


def _time(
    report: SignatureReport, status: PdfSignatureStatus, stamped: datetime | None, at: datetime, *, revoked: bool
) -> list[Reason]:
    """Findings on the time stamp; only a trusted one proves when."""
    stamp = status.timestamp_validity
    if stamp is None or stamped is None:
        return [Reason.NO_TIMESTAMP]
    if not (stamp.intact and stamp.valid):
        return [Reason.TIMESTAMP_BROKEN]
    report.stamped_at = stamped.astimezone(UTC).isoformat()
    if not stamp.trusted or revoked:
        return [Reason.TIMESTAMP_UNTRUSTED]
    return [] if at < stamp.signing_cert.not_valid_after else [Reason.TIMESTAMP_CERTIFICATE_EXPIRED]


async def _trust(
    report: SignatureReport,
    status: PdfSignatureStatus,
    embedded: EmbeddedPdfSignature,
    trust: TrustList,
    evidence: Evidence,
    moment: datetime,
    at: datetime,
) -> list[Reason]:
    """Findings on the certificate path; an untrusted stamp proves no time, so the path must hold now."""
    if report.stamped_at and Reason.TIMESTAMP_UNTRUSTED in report.reasons and moment != at:
        status = await _status(embedded, trust, evidence, at, "hard-fail")
    if not (status.intact and status.valid):
        return []
    problem = status.trust_problem_indic
    if problem is None and status.validation_path is not None:
        return _rooted(report, status, trust)
    found = [PROBLEMS.get(problem, Reason.NOT_DETERMINED)] if problem else [Reason.UNTRUSTED_ROOT]
    if found == [Reason.NOT_DETERMINED]:
        lenient = await _status(embedded, trust, evidence, moment, "soft-fail")
        return [Reason.REVOCATION_UNKNOWN] if lenient.trusted else found
    if found == [Reason.CERTIFICATE_REVOKED] and status.revocation_details is None:
        return [Reason.REVOCATION_UNKNOWN]
    return found


def _rooted(report: SignatureReport, status: PdfSignatureStatus, trust: TrustList) -> list[Reason]:
    root = next(iter(status.validation_path)) if status.validation_path else None
    if isinstance(root, x509.Certificate):
        report.trust_class = trust.class_of(root)
        report.root = _named(root.subject)
    leaf = status.signing_cert
    declared = leaf.crl_distribution_points_value is not None or leaf.authority_information_access_value is not None
    return [] if declared else [Reason.REVOCATION_NOT_PUBLISHED]


def _look_around(report: Report, pdf: bytes, reader: PdfFileReader, signed: list[EmbeddedPdfSignature]) -> None:
    """Rules on what came after each signature, and on the last revision."""
    if not signed:
        return
    last = max(signed, key=lambda each: int(each.signed_revision))
    if not _only_evidence_after(last):
        report.reasons.append(Reason.UNSIGNED_CHANGES)
    by_field = {each.field: each for each in report.signatures}
    earliest = min(signed, key=lambda each: int(each.signed_revision))
    for each in signed:
        found = structure.changes(reader, each.signed_revision)
        if each.fq_name in by_field:
            by_field[each.fq_name].reasons += sorted(found.reasons)
        if each is earliest and _outcome(each)[0] is SignatureCoverageLevel.ENTIRE_REVISION:
            end = int(each.byte_range[2]) + int(each.byte_range[3])
            report.reasons += looks.compared(pdf[:end], pdf, structure.rectangles(reader, found.touched))


def _only_evidence_after(embedded: EmbeddedPdfSignature) -> bool:
    coverage, difference = _outcome(embedded)
    if coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    level = getattr(difference, "modification_level", ModificationLevel.OTHER)
    return bool(level <= ModificationLevel.LTA_UPDATES)


def _described(embedded: EmbeddedPdfSignature) -> SignatureReport:
    leaf = embedded.signer_cert
    names = leaf.subject.native
    claimed = embedded.self_reported_timestamp
    return SignatureReport(
        field=embedded.fq_name,
        signer=_first(names.get("common_name")),
        organization=_first(names.get("organization_name")),
        title=_first(names.get("title")),
        issuer=_named(leaf.issuer),
        serial=f"{leaf.serial_number:x}",
        certificate_sha256=leaf.sha256.hex(),
        claimed_at=claimed.isoformat() if claimed else None,
        covers="file" if embedded.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE else "revision",
        certifies=embedded.docmdp_level is not None,
        algorithm=f"{embedded.md_algorithm} {leaf.public_key.algorithm} {leaf.public_key.bit_size}",
    )


def _level(report: SignatureReport, evidence: Evidence) -> str:
    if not report.stamped_at:
        return "B-B"
    return "B-LT" if (evidence.lists or evidence.answers) and report.trust_class else "B-T"


def _token(embedded: EmbeddedPdfSignature) -> cms.SignedData | None:
    return next(iter(extract_tst_data_iter(embedded.signer_info, signed=False)), None)


def _stamped_at(embedded: EmbeddedPdfSignature) -> datetime | None:
    """Return the time a token claims; whether to believe it is decided later."""
    try:
        token = _token(embedded)
        moment = token["encap_content_info"]["content"].parsed["gen_time"].native if token else None
    except READABLE:
        return None
    return moment if isinstance(moment, datetime) else None


def _stamp_units(embedded: EmbeddedPdfSignature) -> list[x509.Certificate]:
    """Return the certificates a time-stamp token brings along."""
    token = _token(embedded)
    choices = token["certificates"] if token is not None else ()
    return [choice.chosen for choice in choices if isinstance(choice.chosen, x509.Certificate)]


def _listed(unit: x509.Certificate, lists: Iterable[crl.CertificateList]) -> bool:
    """Say whether any list at hand names this certificate: a revoked unit proves no time, whenever it was revoked."""
    for each in lists:
        body = each["tbs_cert_list"]
        if each.issuer == unit.issuer and any(
            entry["user_certificate"].native == unit.serial_number for entry in body["revoked_certificates"] or ()
        ):
            return True
    return False


def _named(name: x509.Name) -> str:
    """Return common name and organisation, without the field names, which are English."""
    parts = name.native
    return ", ".join(filter(None, (_first(parts.get("common_name")), _first(parts.get("organization_name")))))


def _first(value: object) -> str:
    return str(value[0] if isinstance(value, list) and value else value or "")
