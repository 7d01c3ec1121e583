"""A demonstration PKI: root, issuing authority, time stamps, people, agencies, revocation lists.

Runs only inside the signer process: authority keys never exist in a web process.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from signing.keys import SealedKey, seal, unseal

LABEL = "DEMO – không có giá trị pháp lý"
CRL_URL = "http://demo-pki.invalid/{name}.crl"
CRL_LIFE = timedelta(days=7)
CRL_MARGIN = timedelta(days=2)
BACKDATE = timedelta(minutes=5)
README = f"""{LABEL}

Hạ tầng khóa này chỉ để dùng thử và kiểm thử. Chữ ký tạo bằng khóa ở đây không phải chữ ký số chuyên dùng công vụ.
"""


LONGEST_NAME = 64  # octets, as the library that writes certificates counts


def fitting(text: str) -> str:
    """Return as much of the text as a part of a certificate's name holds, counted in octets of UTF-8."""
    return text.encode()[:LONGEST_NAME].decode(errors="ignore").rstrip()


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a certificate names."""

    common_name: str
    organization: str
    title: str = ""

    def name(self) -> x509.Name:
        """The X.509 name, marked as demonstration."""
        parts = [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, fitting(self.organization)),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, LABEL),
            x509.NameAttribute(NameOID.COMMON_NAME, fitting(self.common_name)),
        ]
        if self.title:
            parts.append(x509.NameAttribute(NameOID.TITLE, fitting(self.title)))
        return x509.Name(parts)


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate that issues others, with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """A new certificate and its sealed key."""

    certificate_pem: str
    sealed: SealedKey


def build(folder: Path, *, kek: bytes, at: datetime) -> None:
    """Make root, issuing authority, time-stamp unit and first revocation lists, unless they are there."""
    if (folder / "issuing.crl").exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "README.txt").write_text(README, encoding="utf-8")
    root_key = _new_key()
    root_name = Subject("Nghị Sự DEMO Root CA", "Nghị Sự DEMO").name()
    root = _authority_certificate(root_name, root_key, None, at, years=15, path_length=1)
    _keep(folder, "root", root, root_key, kek)
    issuing_key = _new_key()
    issuing_name = Subject("Nghị Sự DEMO CA", "Nghị Sự DEMO").name()
    issuing = _authority_certificate(issuing_name, issuing_key, Authority(root, root_key), at, years=10, path_length=0)
    _keep(folder, "issuing", issuing, issuing_key, kek)
    tsa_key = _new_key()
    stamp = Subject("Nghị Sự DEMO TSA", "Nghị Sự DEMO").name()
    tsa = _end_certificate(stamp, tsa_key, Authority(issuing, issuing_key), at, stamps=True)
    _keep(folder, "tsa", tsa, tsa_key, kek)
    refresh_lists(folder, kek=kek, at=at)


def issue(folder: Path, subject: Subject, *, kek: bytes, pin: str, at: datetime) -> Issued:
    """Make a key and certificate for a person or an agency; the key leaves only sealed."""
    key = _new_key()
    certificate = _end_certificate(subject.name(), key, _authority(folder, "issuing", kek), at, stamps=False)
    label = f"{certificate.serial_number:x}"
    return Issued(_pem(certificate), seal(_pkcs8(key), kek=kek, pin=pin, label=label))


def revoke(folder: Path, serials: Sequence[int], *, kek: bytes, at: datetime) -> None:
    """Put certificates on the issuing authority's list from `at` on."""
    register = _revoked(folder)
    for serial in serials:
        register.setdefault(f"{serial:x}", at.astimezone(UTC).isoformat())
    (folder / "revoked.json").write_text(json.dumps(register), encoding="ascii")
    _write_list(folder, "issuing", kek=kek, at=at, revoked=register)


def refresh_lists(folder: Path, *, kek: bytes, at: datetime) -> None:
    """Publish new revocation lists where the old ones are about to run out."""
    for name, revoked in (("root", {}), ("issuing", _revoked(folder))):
        if _runs_out(folder / f"{name}.crl", at):
            _write_list(folder, name, kek=kek, at=at, revoked=revoked)


def load_key(folder: Path, name: str, kek: bytes) -> rsa.RSAPrivateKey:
    """Open one of the PKI's own keys (root, issuing, tsa)."""
    sealed = SealedKey.from_json((folder / f"{name}.key.json").read_text(encoding="ascii"))
    return load_private(unseal(sealed, kek=kek, pin=None))


def load_private(pkcs8: bytes) -> rsa.RSAPrivateKey:
    """Load an RSA key whose integrity AES-GCM already vouched for."""
    key = serialization.load_der_private_key(pkcs8, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("only RSA keys are kept here")
    return key


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _base(
    name: x509.Name, key: rsa.RSAPrivateKey, issuer: x509.Name, at: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - BACKDATE)
        .not_valid_after(at + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _authority_certificate(
    name: x509.Name, key: rsa.RSAPrivateKey, above: Authority | None, at: datetime, *, years: int, path_length: int
) -> x509.Certificate:
    signer = above.key if above else key
    builder = _base(name, key, above.certificate.subject if above else name, at, years * 365)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
    builder = builder.add_extension(_usage(certs=True), critical=True)
    builder = builder.add_extension(_authority_identifier(signer), critical=False)
    if above:
        builder = builder.add_extension(_list_address("root"), critical=False)
    return builder.sign(signer, hashes.SHA256())


def _end_certificate(
    name: x509.Name, key: rsa.RSAPrivateKey, above: Authority, at: datetime, *, stamps: bool
) -> x509.Certificate:
    builder = _base(name, key, above.certificate.subject, at, 5 * 365 if stamps else 3 * 365)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(certs=False), critical=True)
    builder = builder.add_extension(_authority_identifier(above.key), critical=False)
    builder = builder.add_extension(_list_address("issuing"), critical=False)
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(above.key, hashes.SHA256())


def _usage(*, certs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certs,
        content_commitment=not certs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certs,
        crl_sign=certs,
        encipher_only=False,
        decipher_only=False,
    )


def _authority_identifier(key: rsa.RSAPrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _list_address(name: str) -> x509.CRLDistributionPoints:
    address = x509.UniformResourceIdentifier(CRL_URL.format(name=name))
    return x509.CRLDistributionPoints([x509.DistributionPoint([address], None, None, None)])


def _write_list(folder: Path, name: str, *, kek: bytes, at: datetime, revoked: dict[str, str]) -> None:
    authority = _authority(folder, name, kek)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(at - BACKDATE)
        .next_update(at + CRL_LIFE)
        .add_extension(_authority_identifier(authority.key), critical=False)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    )
    for serial, since in revoked.items():
        entry = x509.RevokedCertificateBuilder().serial_number(int(serial, 16))
        builder = builder.add_revoked_certificate(entry.revocation_date(datetime.fromisoformat(since)).build())
    published = builder.sign(authority.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    _replace(folder / f"{name}.crl", published)


def _runs_out(path: Path, at: datetime) -> bool:
    if not path.exists():
        return True
    due = x509.load_der_x509_crl(path.read_bytes()).next_update_utc
    return due is None or due - at < CRL_MARGIN


def _revoked(folder: Path) -> dict[str, str]:
    path = folder / "revoked.json"
    return dict(json.loads(path.read_text(encoding="ascii"))) if path.exists() else {}


def _authority(folder: Path, name: str, kek: bytes) -> Authority:
    certificate = x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())
    return Authority(certificate, load_key(folder, name, kek))


def _keep(folder: Path, name: str, certificate: x509.Certificate, key: rsa.RSAPrivateKey, kek: bytes) -> None:
    sealed = seal(_pkcs8(key), kek=kek, pin=None, label=name)
    _replace(folder / f"{name}.key.json", sealed.to_json().encode("ascii"))
    _replace(folder / f"{name}.pem", _pem(certificate).encode("ascii"))


def _replace(path: Path, data: bytes) -> None:
    scratch = path.with_name(path.name + ".new")
    scratch.write_bytes(data)
    scratch.chmod(0o600)
    scratch.replace(path)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def _pkcs8(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
