"""The demonstration PKI's own time-stamp unit (RFC 3161), run inside the signer process."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes

POLICY = "1.3.6.1.4.1.99999.1.1"  # an unassigned arc: this unit is a demonstration


def answer(request: bytes, *, certificate: x509.Certificate, sign: Callable[[bytes], bytes], at: datetime) -> bytes:
    """Answer a TimeStampReq (DER) with a granted TimeStampResp (DER) dated `at`."""
    info = _info(tsp.TimeStampReq.load(request), at).dump()
    attributes = _attributes(info, certificate, at)
    token = _token(info, attributes, sign(attributes.dump()), certificate)
    granted = tsp.PKIStatusInfo({"status": tsp.PKIStatus("granted")})
    return bytes(tsp.TimeStampResp({"status": granted, "time_stamp_token": token}).dump())


def _info(request: tsp.TimeStampReq, at: datetime) -> tsp.TSTInfo:
    fields = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": request["message_imprint"],
        "serial_number": secrets.randbits(120),
        "gen_time": core.GeneralizedTime(at.astimezone(UTC).replace(microsecond=0)),
    }
    if request["nonce"].native is not None:
        fields["nonce"] = request["nonce"]
    return tsp.TSTInfo(fields)


def _attributes(info: bytes, certificate: x509.Certificate, at: datetime) -> cms.CMSAttributes:
    reference = tsp.ESSCertIDv2({"cert_hash": _sha256(certificate.dump())})
    return cms.CMSAttributes(
        [
            _attribute("content_type", "tst_info"),
            _attribute("signing_time", cms.Time({"utc_time": core.UTCTime(at.astimezone(UTC))})),
            _attribute("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [reference]})),
            _attribute("message_digest", _sha256(info)),
        ]
    )


def _token(info: bytes, attributes: cms.CMSAttributes, value: bytes, certificate: x509.Certificate) -> cms.ContentInfo:
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    issuer = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": issuer}),
            "digest_algorithm": digest,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
            "signed_attrs": attributes,
            "signature": value,
        }
    )
    content = cms.EncapsulatedContentInfo(
        {"content_type": cms.ContentType("tst_info"), "content": cms.ParsableOctetString(info)}
    )
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": cms.DigestAlgorithms((digest,)),
            "encap_content_info": content,
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    return cms.ContentInfo({"content_type": cms.ContentType("signed_data"), "content": signed})


def _attribute(name: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": cms.CMSAttributeType(name), "values": (value,)})


def _sha256(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(data)
    return digest.finalize()
