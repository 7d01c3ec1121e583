"""`manage.py reindex`: makes everything findable anew, a little at a time, while people work."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.rebuilding import begin, completing, go_on, is_due, merging, waiting
from search.sources import known_sources

TOGETHER = 25


class Command(BaseCommand):
    """Rebuilds the search; stopped at any moment, it goes on where it was."""

    help = "Reads titles, audiences and texts of all objects into the search anew; may be stopped and started again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--words", action="store_true", help="only the full-text tables, from the texts kept")
        parser.add_argument(
            "--missing", action="store_true", help="only what does not stand in the full-text tables yet"
        )
        parser.add_argument("--after", default="", help="go on after this place, as printed: document:1200")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["missing"]:
            self._put_in(fresh=is_due())
        else:
            if not options["words"]:
                self._sources(options["after"])
            self._put_in(fresh=options["words"] or is_due())

    def _sources(self, after: str) -> None:
        wanted, _, place = after.partition(":")
        for source in known_sources():
            if wanted not in ("", source.key):
                continue
            last = int(place) if wanted else 0
            wanted = ""
            while keys := source.after(last, TOGETHER):
                source.put(keys)
                last = keys[-1]
                self.stdout.write(f"{source.key}:{last}")

    def _put_in(self, *, fresh: bool) -> None:
        if fresh:
            begin()
        left = waiting()
        for done in go_on():
            left -= done
            self.stdout.write(f"words: {max(left, 0)}")
        for _ in completing():
            pass
        for _ in merging():
            pass
        self.stdout.write(self.style.SUCCESS("done"))
