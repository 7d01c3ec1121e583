"""The sign-in log as a table for spreadsheets."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from people.forms import outcome_label
from people.models import SignIn
from ui.sheets import as_csv, as_xlsx

MOST = 50_000


def written(form: str, lines: Iterable[SignIn]) -> bytes:
    """Return the lines as `csv` or `xlsx`, headings in the active language."""
    head = [_("Time"), _("Sign-in name"), _("Full name"), _("Outcome"), _("Network address"), _("Device")]
    rows = rows_of(lines)
    return as_csv(head, rows) if form == "csv" else as_xlsx(_("Sign-in log"), head, rows)


def rows_of(lines: Iterable[SignIn]) -> Iterator[list[str]]:
    """Yield a row for each line."""
    for line in lines:
        name = line.user.full_name if line.user else ""
        when = timezone.localtime(line.at).strftime("%d/%m/%Y %H:%M:%S")
        yield [when, line.username, name, outcome_label(line), line.address or "", line.agent]
