"""The demo: built once, in the shape programs rely on, never in production."""

import json
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from people import demo
from people.models import Agency, User
from people.queries import system_user
from tests.people.factories import now, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


def test_it_is_built_once_with_passwords_only_the_owner_reads() -> None:
    people = demo.build(now())
    assert demo.build(now()) == people
    assert User.objects.filter(is_demo=True).count() == len(people)
    assert stat.S_IMODE(demo.path().stat().st_mode) == 0o600
    for known in people:
        assert User.objects.get(username=known.username).check_password(known.password)
    assert Agency.objects.count() == len(demo.data()["agencies"])
    assert str(demo.holder("clerk")).endswith("(demo)")


def test_everybody_the_road_needs_is_there() -> None:
    demo.build(now())
    for role in ("clerk", "leader", "chair", "secretary", "guest", "stranger", "admin"):
        assert demo.holder(role)
    assert len(demo.holders("member")) >= 5
    assert len(demo.holders("receiving-clerk")) == 2


def test_an_interrupted_build_is_finished() -> None:
    people = demo.keep(demo.drawn())
    by = system_user()
    for agency in demo.data()["agencies"][:2]:
        demo.found(agency, by, now())
    assert demo.build(now()) == people
    assert demo.is_built()


def test_production_has_no_demo(settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("demo")
    assert not demo.path().exists()


def test_real_people_are_left_alone() -> None:
    from tests.people.factories import AgencyFactory

    person(AgencyFactory())
    with pytest.raises(CommandError):
        call_command("demo", stdout=StringIO())


def test_the_json_has_exactly_these_keys(monkeypatch) -> None:
    from config.management.commands import demo as command

    monkeypatch.setattr(command, "BUILDERS", [])
    out = StringIO()
    call_command("demo", "--json", stdout=out)
    rows = json.loads(out.getvalue())
    assert all(set(row) == {"username", "password", "name", "agency", "roles"} for row in rows)
