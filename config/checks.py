"""System checks: an installation that would run insecurely does not start. Each has an id `nghisu.…`."""

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

SHORTEST_SECRET = 32
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs"}
Check = Callable[[], Iterable[CheckMessage]]


def secret_key() -> Iterable[CheckMessage]:
    """The secret comes from the environment, or from a file only its owner reads."""
    if os.environ.get("SECRET_KEY"):
        if len(os.environ["SECRET_KEY"]) < SHORTEST_SECRET:
            yield Error("SECRET_KEY is shorter than 32 characters.", hint="Set a long random one.", id="nghisu.E001")
        return
    path = Path(settings.KEYS_DIR) / "django.secret"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Error(f"{path} can be read by others.", hint=f"chmod 600 {path}", id="nghisu.E001")


def allowed_hosts() -> Iterable[CheckMessage]:
    """Only the names this server is reached by are answered."""
    if not settings.ALLOWED_HOSTS or any(host in {"*", "."} for host in settings.ALLOWED_HOSTS):
        yield Error(
            "ALLOWED_HOSTS is empty or allows every name.",
            hint="Set ALLOWED_HOSTS=hop.example.gov.vn (several: separated by commas).",
            id="nghisu.E002",
        )


def https() -> Iterable[CheckMessage]:
    """Sign-in and documents travel over TLS only."""
    if not settings.HTTPS or not settings.SESSION_COOKIE_SECURE or not settings.CSRF_COOKIE_SECURE:
        yield Error("HTTPS is switched off.", hint="Remove HTTPS=0 from the environment.", id="nghisu.E003")


def demo_off() -> Iterable[CheckMessage]:
    """Demo people and their keys never stand in a real installation."""
    if settings.DEMO or (Path(settings.DATA_DIR) / "demo-people.json").exists():
        yield Error(
            "The demo is switched on, or this data folder holds demo data.",
            hint="Set DEMO=0 and start with an empty DATA_DIR.",
            id="nghisu.E004",
        )


def debug_off() -> Iterable[CheckMessage]:
    """Error pages show nothing of the inside."""
    if settings.DEBUG:
        yield Error("DEBUG is on.", hint="Remove DEBUG from the environment.", id="nghisu.E005")


def public_url() -> Iterable[CheckMessage]:
    """The address printed on documents and QR codes is the real one."""
    address = urlsplit(settings.PUBLIC_URL)
    if address.scheme != "https" or not address.hostname:
        yield Error(
            "PUBLIC_URL is missing or does not begin with https://.",
            hint="Set PUBLIC_URL=https://hop.example.gov.vn",
            id="nghisu.E006",
        )


def database_place() -> Iterable[CheckMessage]:
    """SQLite's locks do not hold on network file systems."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return
    kind = file_system(Path(database["NAME"]).parent)
    if kind in NETWORK_FILE_SYSTEMS:
        yield Error(
            f"The SQLite database lies on a network file system ({kind}).",
            hint="Put DATA_DIR on a local disk, or set DATABASE_URL to a PostgreSQL server.",
            id="nghisu.E007",
        )


def keys_folder() -> Iterable[CheckMessage]:
    """Keys are readable by the server's own account alone."""
    yield from open_to_others(Path(settings.KEYS_DIR), "nghisu.E008")


def data_folder() -> Iterable[CheckMessage]:
    """So are the database and the documents."""
    yield from open_to_others(Path(settings.DATA_DIR), "nghisu.E011")


def open_to_others(path: Path, number: str) -> Iterable[CheckMessage]:
    """Say when a folder lets other accounts in."""
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Error(f"{path} can be read by others.", hint=f"chmod 700 {path}", id=number)


def processes() -> Iterable[CheckMessage]:
    """Several processes on PostgreSQL ring each other's bell through Redis."""
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and not settings.REDIS_URL:
        yield Caution(
            "PostgreSQL without REDIS_URL: other processes hear of events only by polling.",
            hint="Set REDIS_URL when more than one web process runs.",
            id="nghisu.W001",
        )


def object_store() -> Iterable[CheckMessage]:
    """An object store is used only with keys, and over TLS."""
    if settings.S3_ENDPOINT and not (settings.S3_ACCESS_KEY and settings.S3_SECRET_KEY):
        yield Error("S3_ENDPOINT is set without keys.", hint="Set S3_ACCESS_KEY, S3_SECRET_KEY.", id="nghisu.E009")
    if settings.S3_ENDPOINT and not settings.S3_SECURE:
        yield Caution("The object store is reached without TLS.", hint="Set S3_SECURE=1.", id="nghisu.W002")


def identity_provider() -> Iterable[CheckMessage]:
    """Who the identity provider says somebody is travels over TLS, and it knows this server."""
    if not settings.OIDC_ISSUER:
        return
    if urlsplit(settings.OIDC_ISSUER).scheme != "https" or not settings.OIDC_CLIENT_ID:
        yield Error(
            "OIDC_ISSUER does not begin with https://, or OIDC_CLIENT_ID is missing.",
            hint="Set OIDC_ISSUER=https://sso.example.gov.vn and the client this server is registered as.",
            id="nghisu.E010",
        )


PRODUCTION_CHECKS: list[Check] = [
    secret_key,
    allowed_hosts,
    https,
    demo_off,
    debug_off,
    public_url,
    keys_folder,
    data_folder,
    processes,
    object_store,
    identity_provider,
]


def everywhere(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Return what would lose data in any installation."""
    return list(database_place())


def in_production(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Return everything that is not secure, when `PRODUCTION=1`."""
    if not settings.PRODUCTION:
        return []
    return [message for check in PRODUCTION_CHECKS for message in check()]


def file_system(folder: Path) -> str:
    """Return the type of the file system a folder lies on, or an empty text where that cannot be told."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    rows = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    within = [(row[1], row[2]) for row in rows if len(row) > 2 and folder.resolve().is_relative_to(row[1])]
    return max(within, key=lambda mount: len(mount[0]), default=("", ""))[1]


def register_checks() -> None:
    """Called once, when the package is ready."""
    register(everywhere)
    register(in_production, Tags.security)
