"""The installation's secret: one for all processes, readable by its owner alone."""

import os
import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from config.secret import installation_secret
from tests.servers.app import installation_environment, run_manage


def test_is_made_once_and_private(tmp_path):
    first = installation_secret(tmp_path / "keys")
    assert len(first) > 50
    assert installation_secret(tmp_path / "keys") == first
    assert stat.S_IMODE((tmp_path / "keys" / "django.secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_processes_starting_together_agree(tmp_path: Path):
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:
        found = set(pool.map(installation_secret, [tmp_path / "keys"] * 16))
    assert len(found) == 1
    assert "" not in found
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["django.secret"]


def test_the_data_folder_made_on_the_way_is_private(tmp_path):
    before = os.umask(0o022)
    try:
        installation_secret(tmp_path / "data" / "keys")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_what_the_commands_write_is_private(tmp_path):
    environment = installation_environment(tmp_path / "data")
    run_manage(environment, "migrate", "ledger", "0001", "--verbosity", "0")
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "data", *(tmp_path / "data").iterdir()]
    }
    assert modes["nghisu.sqlite3"] == 0o600
    assert not any(mode & 0o077 for mode in modes.values()), modes
