"""What this installation signs and checks with: its trust list, its time stamps, its demonstration PKI."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from pyhanko.sign.timestamps import TimeStamper

from signing import trust
from signing.signer_client import SignerProcess
from signing.timestamps import DemoTimeStamper, over_http

DEMO_FOLDER = "demo-pki"


def demo_folder() -> Path:
    """Return where the demonstration PKI lives."""
    return Path(settings.KEYS_DIR) / DEMO_FOLDER


def signer_process() -> SignerProcess:
    """Return a signer process for this installation's keys, to be used in a `with`."""
    return SignerProcess(Path(settings.KEYS_DIR))


def trust_list() -> trust.TrustList:
    """Return the operator's roots (DATA_DIR/trust) and, outside production, those of the demonstration PKI."""
    found = trust.installed(Path(settings.DATA_DIR) / "trust")
    return found if settings.PRODUCTION else found.merged(trust.demo(demo_folder()))


def timestamper(signer: SignerProcess) -> TimeStamper:
    """Return the service of TSA_URL, or the demonstration unit."""
    url = settings.TSA_URL
    return over_http(url) if url else DemoTimeStamper(signer, demo_folder(), timezone.now)


def refresh_lists(signer: SignerProcess, *, at: datetime) -> None:
    """Renew the demonstration PKI's revocation lists before they run out; it must exist already."""
    if (demo_folder() / "issuing.crl").exists():
        signer.build_pki(demo_folder(), at=at)
