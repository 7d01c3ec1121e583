"""Odd and broken PDFs other programs collected for their own tests, fetched from Debian's source archive."""

import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

KEPT = Path(__file__).resolve().parents[2] / "build" / "outside-pdfs"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
ARCHIVE = f"deb-src [signed-by={KEYRING}] http://deb.debian.org/debian bookworm main"
# The archive a package's own test files come in, and its SHA-256.
SOURCES = {
    "libpdfbox2-java": (
        "libpdfbox2-java_2.0.27.orig.tar.xz",
        "d935d1b222a638f7d8fcde5653ff74bd41f3b73bd8ec5e010bd56e67afa18b90",
    ),
    "pdf.js": (
        "pdf.js_2.14.305+dfsg.orig.tar.xz",
        "c6248d0b329c9edbea169740571561fd0941d9ff634c1b4c7bdaca5d681f34ce",
    ),
    "pdf2djvu": (
        "pdf2djvu_0.9.18.2.orig.tar.xz",
        "9ea03f21d841a336808d89d65015713c0785e7295a6559d77771dc795333a9fa",
    ),
    "pdfminer": (
        "pdfminer_20221105+dfsg.orig.tar.xz",
        "f1f162956168a27fb3be36072f2cc746d2a2de8a6dd2d44c60a6cc6f21c62f9c",
    ),
    "pikepdf": (
        "pikepdf_6.0.0+dfsg.orig.tar.xz",
        "eafb9426030404593164613abcd8e032954e10bcbe175a891002e4f9aeba0e97",
    ),
    "pypdf": (
        "pypdf_3.4.1.orig.tar.xz",
        "97fba6fca8f51945bc44a7875dec9c21d670a08a4b0f045e1360f2803ec6abc6",
    ),
    "qpdf": (
        "qpdf_11.3.0.orig.tar.gz",
        "547cee67de77b5c4ef4917e57d2db9c848cfe3aa950361f68d36367a3a03936e",
    ),
}
WANTED = (".pdf", ".fuzz")


def outside_pdfs() -> Iterator[tuple[str, bytes]]:
    """Yield every different file of every archive that is here or can be had, with where it comes from."""
    seen: set[bytes] = set()
    for package in sorted(SOURCES):
        path = archive(package)
        if path is None:
            continue
        for name, data in files(path):
            digest = hashlib.sha256(data).digest()
            if data and digest not in seen:
                seen.add(digest)
                yield f"{package}/{name}", data


def lacking() -> list[str]:
    """Return the packages whose archive is neither here nor to be had."""
    return [package for package in sorted(SOURCES) if archive(package) is None]


def archive(package: str) -> Path | None:
    """Return a package's archive, fetched once and never believed without its SHA-256."""
    name, digest = SOURCES[package]
    path = KEPT / name
    if not path.exists() and shutil.which("apt-get"):
        fetch(package, name)
    if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
        return path
    return None


def fetch(package: str, name: str) -> None:
    """Have apt fetch the archive, with lists of its own: nothing of the system changes."""
    lists = KEPT / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (lists / folder).mkdir(parents=True, exist_ok=True)
    (lists / "sources.list").write_text(f"{ARCHIVE}\n", encoding="utf-8")
    where = {
        "Dir::Etc::SourceList": lists / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": lists / "lists",
        "Dir::Cache": lists / "cache",
        "APT::Sandbox::User": "",
    }
    options = [part for key, value in where.items() for part in ("-o", f"{key}={value}")]
    if not any((lists / "lists").glob("*Sources*")):
        subprocess.run(["apt-get", *options, "update"], cwd=KEPT, capture_output=True, check=False)
    said = ["apt-get", *options, "source", "--download-only", "--tar-only", package]
    subprocess.run(said, cwd=KEPT, capture_output=True, check=False)
    for other in KEPT.glob(f"{name.partition('_')[0]}_*.asc"):
        other.unlink()


def files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the PDFs of an archive, with their names without the first folder."""
    with tarfile.open(path) as packed:
        for member in packed:
            if member.isfile() and member.name.lower().endswith(WANTED):
                content = packed.extractfile(member)
                assert content is not None
                yield member.name.partition("/")[2], content.read()
