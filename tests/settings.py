"""The settings of the tests: the real ones, with data in a temporary folder of this process."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="nghisu-test-", dir=os.environ.get("NGHISU_TEST_RUN"))
_owner = os.getpid()
os.environ["DATA_DIR"] = _data
_ours = (
    "PRODUCTION DEBUG DEMO HTTPS S3_ENDPOINT REDIS_URL SECRET_KEY PUBLIC_URL OIDC_ISSUER EMAIL_URL MAIL_FROM PUSH_HOSTS"
)
for _name in _ours.split():
    os.environ.pop(_name, None)
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", f"sqlite:///{_data}/nghisu.sqlite3")

from config.settings import *  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in an installation: an in-memory database has other locks.
    DATABASES["default"]["TEST"] = {"NAME": f"{_data}/test.sqlite3"}
elif "TEST_DATABASE_TEMPLATE" in os.environ:
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["TEST_DATABASE_TEMPLATE"]}
# Look for a static file when it is asked for, not for all of them whenever a test client begins.
WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def _clear() -> None:
    if os.getpid() == _owner:
        shutil.rmtree(_data, ignore_errors=True)


atexit.register(_clear)
