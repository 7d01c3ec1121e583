"""A database with every table and nothing else in it: made once by the migrations of this tree, copied from then on."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.source import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "test-databases"
IMPORT = re.compile(rf"^from ((?:{'|'.join(PACKAGES)})\.[\w.]+) import", re.MULTILINE)


@cache
def fingerprint() -> str:
    """Return a name for what the migrations make; another one when a migration, its data or its library changes."""
    digest = hashlib.sha256()
    for path in sorted(ingredients()):
        digest.update(f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:32]


def ingredients() -> set[Path]:
    """Return the files a migrated database depends on."""
    found = {ROOT / "requirements.txt"}
    for package in PACKAGES:
        migrations = set((ROOT / package).glob("migrations/*.py"))
        found |= migrations | set((ROOT / package).glob("data/*.json"))
        for migration in migrations:
            for module in IMPORT.findall(migration.read_text(encoding="utf-8")):
                found |= sources(ROOT / module.replace(".", "/"))
    return found


def sources(module: Path) -> set[Path]:
    """Return the files of a module: its own, and those beside it unless that is a whole package of ours."""
    beside = set() if module.parent.parent == ROOT else set(module.parent.glob("*.py"))
    own = set(module.glob("*.py")) if module.is_dir() else {module.with_suffix(".py")}
    return own | beside


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process at a time do what is in the block."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def put_database(target: Path) -> None:
    """Put a migrated SQLite file at `target`; whoever opens it may migrate again, which finds nothing to do."""
    made = KEPT / f"{fingerprint()}.sqlite3"
    with alone(KEPT / "lock"):
        if not made.exists():
            for old in KEPT.glob("*.sqlite3"):
                old.unlink()
            make_database(made)
        shutil.copyfile(made, target)
    target.chmod(0o600)


def fill_postgres(database: str, programs: Path) -> None:
    """Fill an empty PostgreSQL database with the tables; the migrations run once, a dump is read from then on."""
    made = KEPT / f"{fingerprint()}.postgres"
    if made.exists():
        run([programs / "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-1", "-f", made, database])
        return
    migrate(database)
    with alone(KEPT / "lock"):
        for old in KEPT.glob("*.postgres"):
            old.unlink()
        half = made.with_suffix(".pg-half")
        run([programs / "pg_dump", "--inserts", "-f", half, database])
        half.rename(made)


def run(command: list[Path | str]) -> None:
    """Run a program of PostgreSQL."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def make_database(made: Path) -> None:
    """Let the migrations make the file."""
    with tempfile.TemporaryDirectory(prefix="nghisu-migrated-") as folder:
        half = Path(folder) / "half.sqlite3"
        migrate(f"sqlite:///{half}")
        assert not half.with_name(f"{half.name}-wal").exists(), "the database was not closed"
        shutil.copyfile(half, made.with_suffix(".half"))
        made.with_suffix(".half").rename(made)


def migrate(database: str) -> None:
    """Run the migrations on a database."""
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--skip-checks", "--verbosity", "0"]
    environment = {**os.environ, "TEST_DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
