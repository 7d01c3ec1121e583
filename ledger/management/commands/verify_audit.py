"""Vouch for the audit chains: exit 0 with counts and the last anchor, or exit 1 and the first broken entry."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.anchors import export_folder, exported
from ledger.verify import Report, verify
from ledger.walk import Broken

SENTENCES = {
    "missing": gettext_lazy("An entry has been removed here."),
    "misplaced": gettext_lazy("An entry stands in the wrong place."),
    "changed": gettext_lazy("This entry, or the change of state it records, was altered after it was written."),
    "cut_off": gettext_lazy("The chain is cut off: from this entry on, everything is gone."),
    "head": gettext_lazy("The stored head does not belong to the last entry."),
    "anchor": gettext_lazy("The chain was rewritten: a signed anchor says something else about this entry."),
    "forged_anchor": gettext_lazy("This anchor is not signed by a key of this installation."),
    "unknown_chain": gettext_lazy("The whole chain is gone: a signed anchor still names it."),
}


class Command(BaseCommand):
    help = "Check every audit entry, head and anchor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchors", type=Path, action="append", default=[], metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        files = [*sorted(export_folder().glob("*.jsonl")), *options["anchors"]]
        missing = [str(path) for path in files if not path.is_file()]
        if missing:
            self.stderr.write(_("There is no anchor file %(path)s.") % {"path": missing[0]})
            raise SystemExit(1)
        report = verify(exported(files))
        self.tell(report)
        if report.broken:
            raise SystemExit(1)

    def tell(self, report: Report) -> None:
        """Write what was checked, and what is broken."""
        if report.broken:
            self.stderr.write(broken_line(report.broken))
            return
        counts = {"chains": report.chains, "entries": report.entries, "anchors": report.anchors}
        self.stdout.write(_("Intact: %(entries)d entries in %(chains)d chains, %(anchors)d anchors.") % counts)
        self.stdout.write(reach_line(report))


def broken_line(broken: Broken) -> str:
    """Return the sentence about the first broken entry."""
    place = _("Broken at %(chain)s, entry %(seq)d.") % {"chain": broken.chain, "seq": broken.seq}
    return f"{place} {SENTENCES[broken.fault]}"


def reach_line(report: Report) -> str:
    """Return how far the anchors vouch."""
    if report.last_anchor is None:
        return _(
            "No anchor yet: the entries follow from one another, but whoever rewrote all of them together with"
            " the heads would not be noticed. Anchors are made every hour while the server runs."
        )
    values = {"at": localtime(report.last_anchor).isoformat(timespec="seconds"), "count": report.unanchored}
    return _("Last anchor: %(at)s. Not yet anchored: %(count)d entries, vouched for by the chain alone.") % values
