"""The grown topology: only environment variables change."""

import json
import shutil
import urllib.request

import pytest

from tests.browsing import Visitor
from tests.servers.app import installation_environment, run_manage
from tests.servers.cluster import Cluster, cluster
from tests.servers.postgres import postgres_programs
from tests.servers.seaweed import weed_binary

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.redis, pytest.mark.s3]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    if not (postgres_programs() and shutil.which("redis-server") and weed_binary()):
        pytest.skip("needs PostgreSQL, Redis and SeaweedFS: apt-get install postgresql redis-server")
    with cluster(tmp_path_factory.mktemp("cluster"), DEMO="1") as found:
        yield found


def test_every_process_stands_on_the_same_servers(running: Cluster):
    for url in running.web:
        found = json.load(urllib.request.urlopen(f"{url}/readyz", timeout=10))
        assert found["status"] == "ok", found
        assert found["checks"]["database"]["vendor"] == "postgresql"
        assert found["checks"]["blobs"]["store"] == "s3"
        assert found["checks"]["bell"]["layer"] == "redis"


def test_who_signs_in_at_one_process_is_known_to_the_other(running: Cluster):
    settings = {"DATABASE_URL": running.database, "DEMO": "1"}
    people = json.loads(run_manage(installation_environment(running.data_dir, **settings), "demo", "--json"))
    first, second = running.web
    visitor = Visitor(first)
    fields = {"login": people[0]["username"], "password": people[0]["password"]}
    assert visitor.post("/accounts/login/", fields).path != "/accounts/login/"
    visitor.url = second  # cookies know no ports
    assert visitor.get("/").path == "/"
