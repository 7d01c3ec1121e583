"""An installation that would run insecurely does not start; each reason has its id."""

from pathlib import Path

import pytest

from config import checks

SECURE = {
    "PRODUCTION": True,
    "ALLOWED_HOSTS": ["hop.example.gov.vn"],
    "HTTPS": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "DEMO": False,
    "DEBUG": False,
    "PUBLIC_URL": "https://hop.example.gov.vn",
    "S3_ENDPOINT": "",
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "nghi-su",
}


@pytest.fixture
def production(settings, tmp_path):
    """Settings of a sound installation; a test spoils one of them."""
    for name, value in SECURE.items():
        setattr(settings, name, value)
    tmp_path.chmod(0o700)
    settings.DATA_DIR = tmp_path
    settings.KEYS_DIR = tmp_path / "keys"
    settings.KEYS_DIR.mkdir(mode=0o700)
    return settings


def ids() -> set[str]:
    return {message.id for message in checks.in_production()}


def test_a_sound_installation_has_nothing_to_say(production):
    assert ids() == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ALLOWED_HOSTS", ["*"], "nghisu.E002"),
        ("ALLOWED_HOSTS", [], "nghisu.E002"),
        ("HTTPS", False, "nghisu.E003"),
        ("SESSION_COOKIE_SECURE", False, "nghisu.E003"),
        ("DEMO", True, "nghisu.E004"),
        ("DEBUG", True, "nghisu.E005"),
        ("PUBLIC_URL", "", "nghisu.E006"),
        ("PUBLIC_URL", "http://hop.example.gov.vn", "nghisu.E006"),
        ("S3_ENDPOINT", "s3.example.gov.vn", "nghisu.E009"),
        ("OIDC_ISSUER", "http://sso.example.gov.vn", "nghisu.E010"),
    ],
)
def test_each_weakness_is_named(production, name, value, expected):
    setattr(production, name, value)
    assert expected in ids()


def test_an_identity_provider_has_to_know_this_server(production):
    production.OIDC_ISSUER = "https://sso.example.gov.vn"
    assert ids() == set()
    production.OIDC_CLIENT_ID = ""
    assert ids() == {"nghisu.E010"}


def test_nothing_is_asked_outside_production(production):
    production.PRODUCTION = False
    production.DEMO = True
    assert ids() == set()


def test_a_short_secret_is_refused(production, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "short")
    assert "nghisu.E001" in ids()


def test_a_secret_others_can_read_is_refused(production):
    path = production.KEYS_DIR / "django.secret"
    path.write_text("x" * 50)
    path.chmod(0o644)
    assert "nghisu.E001" in ids()


def test_keys_others_can_list_are_refused(production):
    production.KEYS_DIR.chmod(0o755)
    assert "nghisu.E008" in ids()


def test_documents_others_can_list_are_refused(production, tmp_path):
    tmp_path.chmod(0o755)
    assert ids() == {"nghisu.E011"}


def test_demo_data_left_behind_is_refused(production, tmp_path):
    (tmp_path / "demo-people.json").write_text("[]")
    assert "nghisu.E004" in ids()


def test_several_processes_without_a_bell_are_warned(production):
    production.DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "nghisu"}}
    assert ids() == {"nghisu.W001"}


def test_sqlite_on_a_network_file_system_is_refused(production, monkeypatch):
    production.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/data/nghisu.sqlite3"}}
    monkeypatch.setattr(checks, "file_system", lambda folder: "nfs4")
    assert [message.id for message in checks.everywhere()] == ["nghisu.E007"]


def test_the_file_system_of_a_folder_is_told(tmp_path):
    assert checks.file_system(Path("/proc")) == "proc"
    assert checks.file_system(tmp_path) != ""
