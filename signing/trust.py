"""Which roots a verdict may rest on: explicit files, each of one trust class; never the system's TLS roots."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

from asn1crypto import crl, pem, x509
from pyhanko_certvalidator import ValidationContext

RevocationMode = Literal["soft-fail", "hard-fail", "require"]


class TrustClass(StrEnum):
    """Law on E-Transactions 2023, Art. 22, plus roots named by whoever asks."""

    OFFICIAL = "official"
    PUBLIC = "public"
    INTERNAL = "internal"
    GIVEN = "given"


FOLDERS = {"cong-vu": TrustClass.OFFICIAL, "cong-cong": TrustClass.PUBLIC, "noi-bo": TrustClass.INTERNAL}


class BadCertificate(ValueError):
    """A file that should hold a certificate holds something else."""


@dataclass(frozen=True)
class TrustList:
    """Roots with their class, helpers for building paths, and revocation lists at hand."""

    roots: dict[bytes, TrustClass] = field(default_factory=dict)
    intermediates: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()

    @property
    def version(self) -> str:
        """A short fingerprint of the set of roots, kept with every verdict."""
        return hashlib.sha256(b"".join(sorted(self.roots))).hexdigest()[:12]

    def class_of(self, root: x509.Certificate) -> TrustClass | None:
        """Return the class of the root a path ended in."""
        return self.roots.get(root.dump())

    def context(
        self,
        *,
        moment: datetime,
        mode: RevocationMode = "require",
        certificates: Iterable[x509.Certificate] = (),
        lists: Sequence[crl.CertificateList] = (),
    ) -> ValidationContext:
        """Return what a certificate path may be built from; nothing is ever fetched."""
        return ValidationContext(
            trust_roots=[x509.Certificate.load(root) for root in self.roots],
            other_certs=[*(x509.Certificate.load(each) for each in self.intermediates), *certificates],
            crls=[*(crl.CertificateList.load(each) for each in self.lists), *lists],
            ocsps=[],
            moment=moment,
            allow_fetching=False,
            revocation_mode=mode,
            retroactive_revinfo=True,
        )

    def merged(self, other: "TrustList") -> "TrustList":
        """Return both lists as one."""
        return TrustList(
            {**self.roots, **other.roots}, self.intermediates + other.intermediates, self.lists + other.lists
        )


def read_certificates(data: bytes) -> list[bytes]:
    """Return every certificate of a PEM or DER file, as DER."""
    try:
        found = [body for _, _, body in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        return [x509.Certificate.load(body, strict=True).dump() for body in found if _is_certificate(body)]
    except (ValueError, TypeError) as error:
        raise BadCertificate("the file holds no certificate (PEM or DER)") from error


def given(files: Iterable[bytes]) -> TrustList:
    """Return a list that trusts exactly the certificates named by the caller."""
    roots: dict[bytes, TrustClass] = {}
    for data in files:
        certificates = read_certificates(data)
        if not certificates:
            raise BadCertificate("the file holds no certificate (PEM or DER)")
        roots.update(dict.fromkeys(certificates, TrustClass.GIVEN))
    return TrustList(roots)


def demo(folder: Path) -> TrustList:
    """Return the demonstration PKI as trust of class `internal`, if this installation has one."""
    if not (folder / "issuing.crl").exists():
        return TrustList()
    return TrustList(
        dict.fromkeys(read_certificates((folder / "root.pem").read_bytes()), TrustClass.INTERNAL),
        tuple(read_certificates((folder / "issuing.pem").read_bytes())),
        ((folder / "root.crl").read_bytes(), (folder / "issuing.crl").read_bytes()),
    )


def installed(folder: Path) -> TrustList:
    """Return the roots the operator put under `folder`/{cong-vu,cong-cong,noi-bo}."""
    trust = TrustList()
    for name, trust_class in FOLDERS.items():
        trust = trust.merged(_folder(folder / name, trust_class))
    return trust


def _folder(folder: Path, trust_class: TrustClass) -> TrustList:
    roots: dict[bytes, TrustClass] = {}
    intermediates: list[bytes] = []
    for path in sorted([*folder.glob("*.pem"), *folder.glob("*.crt"), *folder.glob("*.cer")]):
        for der in read_certificates(path.read_bytes()):
            if x509.Certificate.load(der).self_signed in ("yes", "maybe"):
                roots[der] = trust_class
            else:
                intermediates.append(der)
    return TrustList(roots, tuple(intermediates), tuple(path.read_bytes() for path in sorted(folder.glob("*.crl"))))


def _is_certificate(der: bytes) -> bool:
    return x509.Certificate.load(der)["tbs_certificate"]["subject"].native is not None
