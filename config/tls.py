"""A local certificate authority, so that tablets in a room without a public name get a secure context."""

import ipaddress
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_YEARS = 5
LEAF_DAYS = 365  # Apple's devices refuse server certificates of more than 825 days; browsers shorten further
RENEW_DAYS = 30


@dataclass(frozen=True)
class Certificates:
    """Where the authority's certificate and the server's certificate and key lie."""

    ca: Path
    certificate: Path
    key: Path


def certificates(folder: Path, names: list[str], at: datetime) -> Certificates:
    """Return certificates valid for `names`, making or renewing what is missing; keys are 0600."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = Certificates(folder / "ca.crt", folder / "server.crt", folder / "server.key")
    ca_key_path = folder / "ca.key"
    if not (found.ca.exists() and ca_key_path.exists()):
        make_authority(found.ca, ca_key_path, at)
    if not still_good(found, names, at):
        make_leaf(found, ca_key_path, names, at)
    return found


def still_good(found: Certificates, names: list[str], at: datetime) -> bool:
    """Does the server's certificate cover these names, come from this authority, and last another month?"""
    if not (found.certificate.exists() and found.key.exists()):
        return False
    leaf = x509.load_pem_x509_certificate(found.certificate.read_bytes())
    ca = x509.load_pem_x509_certificate(found.ca.read_bytes())
    covered = {
        general_text(name) for name in leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    }
    lasts = leaf.not_valid_after_utc > at + timedelta(days=RENEW_DAYS)
    return lasts and set(names) <= covered and leaf.issuer == ca.subject


def make_authority(certificate: Path, key_path: Path, at: datetime) -> None:
    """Make this installation's own authority; it can sign servers and nothing below itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    suffix = x509.random_serial_number() % 10**6
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Nghị Sự"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Nghị Sự – máy chủ nội bộ {suffix:06d}"),
        ]
    )
    builder = (
        started(name, name, key.public_key(), at, timedelta(days=365 * CA_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    store_key(key_path, key)
    store(certificate, builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM), 0o644)


def make_leaf(found: Certificates, ca_key_path: Path, names: list[str], at: datetime) -> None:
    """Make the server's certificate for these names."""
    ca = x509.load_pem_x509_certificate(found.ca.read_bytes())
    ca_key = serialization.load_pem_private_key(ca_key_path.read_bytes(), password=None)
    if not isinstance(ca_key, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is not one this program made")
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    builder = (
        started(subject, ca.subject, key.public_key(), at, timedelta(days=LEAF_DAYS))
        .add_extension(x509.SubjectAlternativeName([general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
    )
    pem = builder.sign(ca_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    store_key(found.key, key)
    store(found.certificate, pem + found.ca.read_bytes(), 0o644)


def started(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    """Begin a certificate valid from an hour ago, for tablets whose clock is late."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at.astimezone(UTC) - timedelta(hours=1))
        .not_valid_after(at.astimezone(UTC) + lasts)
    )


def usage(*, signs_certificates: bool) -> x509.KeyUsage:
    """Return what the key may be used for."""
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def general_name(text: str) -> x509.GeneralName:
    """Return an address or a host name as certificates name it."""
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        return x509.DNSName(text)


def general_text(name: x509.GeneralName) -> str:
    """Return the text `general_name` was made from."""
    return str(name.value)


def names_of(host: str) -> list[str]:
    """Return the host name asked for, the addresses it has here, and this machine's own names."""
    own = [] if host in {"0.0.0.0", "::"} else [host]
    addresses: list[str] = []
    for name in [*own, socket.gethostname()]:
        try:
            addresses += [str(found[4][0]) for found in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]
        except OSError:
            continue
    wanted = [*own, socket.gethostname(), *addresses, "localhost", "127.0.0.1", "::1"]
    return list(dict.fromkeys(name for name in wanted if "%" not in name))


def store_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """Write a private key only its owner may read."""
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    store(path, pem, 0o600)


def store(path: Path, content: bytes, mode: int) -> None:
    """Replace a file in one step."""
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    draft.replace(path)
