"""The local certificate authority: what a browser checks, checked with a real handshake."""

import ssl
import stat
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from config.tls import certificates, names_of

NOW = datetime.now(UTC)


@pytest.fixture
def made(tmp_path):
    return certificates(tmp_path / "tls", ["phong-hop.local", "192.0.2.7"], NOW)


def test_keys_are_private(made):
    assert stat.S_IMODE(made.key.stat().st_mode) == 0o600
    assert stat.S_IMODE((made.ca.parent / "ca.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(made.ca.parent.stat().st_mode) == 0o700


def test_openssl_accepts_the_chain_for_name_and_address(made):
    for flag, name in (("-verify_hostname", "phong-hop.local"), ("-verify_ip", "192.0.2.7")):
        command = ["openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", made.ca, flag, name]
        subprocess.run([*command, made.certificate], check=True, capture_output=True)


def test_another_name_is_refused(made):
    command = ["openssl", "verify", "-CAfile", made.ca, "-verify_hostname", "khac.local", made.certificate]
    assert subprocess.run(command, capture_output=True).returncode != 0


def test_a_handshake_succeeds(made):
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(made.certificate, made.key)
    client_side = ssl.create_default_context(cafile=str(made.ca))
    client = client_side.wrap_bio(outgoing, incoming, server_hostname="phong-hop.local")
    server = server_side.wrap_bio(incoming, outgoing, server_side=True)
    for _ in range(4):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    assert client.getpeercert()["subjectAltName"][0] == ("DNS", "phong-hop.local")


def test_is_kept_until_it_nears_its_end_or_a_name_is_added(made):
    folder = made.ca.parent
    before, authority = made.certificate.read_bytes(), made.ca.read_bytes()
    assert certificates(folder, ["192.0.2.7"], NOW).certificate.read_bytes() == before
    assert certificates(folder, ["192.0.2.8"], NOW).certificate.read_bytes() != before
    renewed = certificates(folder, ["192.0.2.8"], NOW + timedelta(days=350)).certificate.read_bytes()
    assert renewed != before
    assert made.ca.read_bytes() == authority


def test_names_include_this_machine():
    names = names_of("0.0.0.0")
    assert "localhost" in names
    assert "127.0.0.1" in names
    assert "0.0.0.0" not in names
    assert names_of("phong-hop.local")[0] == "phong-hop.local"
