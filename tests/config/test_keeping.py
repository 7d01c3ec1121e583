"""Backup, restore and demo reset as an administrator does them, on the demo's data."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from config.backup import DATABASE
from tests.servers.app import app_server, give_tables, installation_environment, run_manage
from tests.servers.run import demo_data

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A data folder with the demo in it, its server stopped, and a backup of it."""
    folder = tmp_path_factory.mktemp("installation")
    data = demo_data(folder / "data")
    with app_server(data_dir=data, DEMO="1") as running:
        backup = running.manage("backup", "--to", str(folder / "backups")).split()[0]
    return data, backup


def people(environment) -> list[dict]:
    return json.loads(run_manage(environment, "demo", "--json"))


def test_a_restored_installation_serves_what_was_there(filled, tmp_path):
    _, backup = filled
    restored = installation_environment(tmp_path / "data", DEMO="1")
    said = run_manage(restored, "restore", backup, "--keys", f"{backup}-keys.tar")
    assert "Restored the state of" in said
    run_manage(restored, "verify_audit")
    assert counts(tmp_path / "data" / DATABASE) == counts(Path(backup) / DATABASE)


def counts(database: Path) -> dict[str, int]:
    """Return how many rows each table of people, documents and meetings has."""
    with closing(sqlite3.connect(database)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [name for name in names if name.startswith(("people_", "documents_", "meetings_"))]
        assert ours
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ours}


def test_pages_load_afresh_after_a_restore(filled, tmp_path):
    _, backup = filled
    epochs = []
    for name in ("one", "two"):
        restored = installation_environment(tmp_path / name)
        run_manage(restored, "restore", backup)
        epochs.append(run_manage(restored, "shell", "-v", "0", "-c", EPOCHS))
    assert epochs[0] != epochs[1] or epochs[0].strip() == "set()"


EPOCHS = "from live.models import Stream; print(set(Stream.objects.values_list('epoch', flat=True)))"


def test_a_reset_demo_has_the_same_people_and_new_passwords(tmp_path):
    demo = installation_environment(demo_data(tmp_path / "data"), DEMO="1")
    first = people(demo)
    assert people(demo) == first
    run_manage(demo, "demo_reset")
    again = people(demo)
    assert [person["username"] for person in again] == [person["username"] for person in first]
    assert [person["password"] for person in again] != [person["password"] for person in first]


def test_only_a_demo_is_reset(tmp_path):
    give_tables(tmp_path / "data")
    real = installation_environment(tmp_path / "data")
    with pytest.raises(RuntimeError, match="does not hold demo data"):
        run_manage(real, "demo_reset")


def test_a_missing_backup_is_said_in_a_sentence(tmp_path):
    with pytest.raises(RuntimeError, match="is not a backup of this program") as raised:
        run_manage(installation_environment(tmp_path / "data"), "restore", str(tmp_path / "nothing"))
    assert "Traceback" not in str(raised.value)


def test_servers_elsewhere_are_backed_up_elsewhere(tmp_path):
    grown = installation_environment(tmp_path / "data", S3_ENDPOINT="127.0.0.1:9")
    with pytest.raises(RuntimeError, match="Back those up where they are"):
        run_manage(grown, "backup")
