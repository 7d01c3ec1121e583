"""What devices keep: every module the pages import, every sheet and font, and a version that tells them apart."""

import json
import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from ui import importmap, offline

pytestmark = pytest.mark.django_db


def listed() -> dict:
    answer = Client().get("/offline/shell.json")
    assert answer.status_code == 200
    assert Client().get("/offline/shell.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    return answer.json()


def test_everything_the_pages_name_is_kept():
    shell = listed()
    for path in shell["pages"]:
        page = Client().get(path).content.decode()
        named = re.findall(r"""(?:href|src)="(/static/[^"]+)\"""", page)
        assert named
        assert not set(named) - set(shell["files"])
        roots = re.findall(r'import "([^"]+)";', page)
        addresses = json.loads(importmap.import_map())["imports"]
        assert {addresses[root] for root in roots} <= set(shell["files"])


def test_modules_are_found_however_far_down():
    files = listed()["files"]
    for part in (
        "pdf.min",
        "pdf.worker.min",
        "noble-hashes-2.4.0/utils.js",
        "idb-8.0.4",
        "UniCNS-UTF16-H.bcmap",
        ".wasm",
    ):
        assert any(part in name for name in files), part
    assert any(name.endswith(".woff2") for name in files)
    assert not any("meetings/js/agenda/" in name for name in files)


def test_every_file_there_is():
    for address in listed()["files"]:
        assert Client().get(address).status_code == 200 or staticfiles_storage.exists(address.removeprefix("/static/"))


def test_another_page_makes_another_version(monkeypatch):
    before = listed()["version"]
    monkeypatch.setattr(offline, "_pages", offline._pages[:1])
    offline.shell.cache_clear()
    assert listed()["version"] != before
    offline.shell.cache_clear()
