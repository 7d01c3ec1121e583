"""What a certificate says about itself."""

from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import x509

from signing.pades import Signatory
from signing.trust import TrustList, read_certificates


@dataclass(frozen=True, slots=True)
class Described:
    """The parts of a certificate that are kept beside it."""

    subject: str
    serial: str
    not_after: datetime


def described(pem: str) -> Described:
    """Return what the first certificate of a PEM text says."""
    leaf = _leaf(pem)
    names = leaf.subject.native
    shown = [names.get("common_name"), names.get("title"), names.get("organization_name")]
    subject = ", ".join(dict.fromkeys(str(each) for each in shown if each))
    return Described(subject, f"{leaf.serial_number:x}", leaf.not_valid_after.astimezone(UTC))


def signatory(pem: str, trust: TrustList) -> Signatory:
    """Return the certificate with the intermediates this installation knows."""
    return Signatory(_leaf(pem).dump(), trust.intermediates)


def _leaf(pem: str) -> x509.Certificate:
    return x509.Certificate.load(read_certificates(pem.encode())[0])
