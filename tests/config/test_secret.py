"""The installation's secret: one for all processes, readable by its owner alone."""

import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from config.secret import installation_secret


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
