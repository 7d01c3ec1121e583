"""How long lists and calendar of meetings take as the meetings grow: one, three, ten thousand.

The reference is the same page with one meeting; that the statements stay as many is a test (test_lists, test_calendar).
Half of the meetings lie behind, half ahead, six a day; twelve people take part in each.
"""

import os
import statistics
import tempfile
import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.load.report import report

SIZES = (1, 3, 10_000)
PEOPLE, ROUNDS = 12, 5
PAGES = {
    "upcoming": "/meetings/",
    "past": "/meetings/?tab=past",
    "unit": "/meetings/?tab=unit",
    "keyword": "/meetings/?tab=past&q=quyet+dinh",
    "filters": "/meetings/?state=published&kind=department_meeting&since=01/01/2026&sort=title",
    "week": "/meetings/calendar/?of=unit",
    "month": "/meetings/calendar/?view=month&of=unit",
}


def prepare(folder: str) -> None:
    """Point Django at a database of its own and make it."""
    os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="config.settings", DEMO="0", DEBUG="0")
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURE_SSL_REDIRECT = False
    call_command("migrate", verbosity=0)


def people() -> tuple[Any, list[Any]]:
    """Make an agency with its clerk, and a unit whose people are invited; return the agency and the people."""
    from tests.people.factories import AgencyFactory, person

    agency, unit = AgencyFactory(), AgencyFactory()
    return agency, [person(agency, "clerk"), person(unit, "clerk"), *(person(unit) for _ in range(PEOPLE - 2))]


def fill(count: int, agency: Any, invited: list[Any]) -> None:
    """Add meetings until there are `count`, half behind and half ahead, two an hour at most."""
    from django.utils import timezone

    from meetings.models import Meeting, Participant

    now, have = timezone.now(), Meeting.objects.count()
    made = []
    for number in range(have, count):
        start = now + timedelta(hours=4 * (number // 2 + 1) * (1 if number % 2 else -1))
        made.append(
            Meeting(
                agency=agency, kind="department_meeting", title=f"Họp xem xét quyết định số {number}", starts_at=start,
                ends_at=start + timedelta(hours=2), state="published", published_at=now, created_by=invited[0],
                created_at=now, public_id=uuid4(),
            )
        )  # fmt: skip
    rows = Meeting.objects.bulk_create(made, batch_size=500)
    places = (Participant(meeting=one, user=user, role="member") for one in rows for user in invited)
    Participant.objects.bulk_create(places, batch_size=2000)


def measure(user: Any, path: str) -> float:
    """Return the middle time of the page in milliseconds."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print one line per page and size."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        agency, invited = people()
        first: dict[str, float] = {}
        for size in SIZES:
            fill(size, agency, invited)
            for page, path in PAGES.items():
                taken = measure(invited[1], path)
                first.setdefault(page, taken)
                report("lists", {"page": page, "n": size, "db": "sqlite"}, taken, "ms", first[page])


if __name__ == "__main__":
    main()
