"""Fill the demo: people first, then what they have done."""

import json
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from people import demo
from people.demo import DemoPerson

# Each has build(at), which fills in what is missing.
BUILDERS = [
    "documents.demo",
    "documents.demo_library",
    "signing.demo",
    "rooms.demo",
    "meetings.demo",
    "meetings.demo_seats",
    "meetings.demo_sites",
]


class Command(BaseCommand):
    """`manage.py demo`."""

    help = "Fills the demo where something is missing and tells who can sign in; never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the demo people as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("There is no demo in production (PRODUCTION=1).")
        try:
            people = demo.build(timezone.now())
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        for name in BUILDERS:
            if find_spec(name):
                import_module(name).build(timezone.now())
        self.stdout.write(as_json(people) if options["json"] else as_table(people))


def as_json(people: list[DemoPerson]) -> str:
    """Return the people for programs."""
    return json.dumps([asdict(person) for person in people], ensure_ascii=False)


def as_table(people: list[DemoPerson]) -> str:
    """Return the people for whoever has just started the server."""
    lines = [
        f"    {person.username:<13} {person.password}  {', '.join(person.roles):<16} {person.name} – {person.agency}"
        for person in people
    ]
    return "\n".join(lines)
