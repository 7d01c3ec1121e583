"""What the administration's page says of the reading of scans: is a reader there, how far is it, what to do."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext

from documents.reading_scans import Reading, reading
from people.administration import Condition

_MISSING = gettext_lazy(
    "Scanned pages are not found by their text. Install the packages tesseract-ocr and tesseract-ocr-vie on the server "
    "and start the system again; waiting pages are then read one after the other."
)
_FAILED = gettext_lazy(
    "Pages that gave nothing are mostly blank, blurred or written by hand; a clearer scan (300 dots per inch) can be "
    "uploaded as a new version."
)
_WAITING = gettext_lazy("Waiting pages are read in the background; the files stay as they are.")


def reading_condition() -> Condition:
    """Return the line on reading scans."""
    now = reading()
    tone = "warning" if not now.installed or now.failed else "info" if now.waiting else "success"
    return Condition(_("Recognition of letters in scans"), _figures(now), "scan-text", _advice(now), tone)


def _figures(now: Reading) -> str:
    counts = [
        npgettext("scans", "%(count)d page read", "%(count)d pages read", now.read) % {"count": now.read},
        npgettext("scans", "%(count)d page waits", "%(count)d pages wait", now.waiting) % {"count": now.waiting},
        npgettext("scans", "%(count)d page gave nothing", "%(count)d pages gave nothing", now.failed)
        % {"count": now.failed},
    ]
    return " · ".join([_("Installed") if now.installed else _("Not installed"), *counts])


def _advice(now: Reading) -> str:
    if not now.installed:
        return str(_MISSING)
    said = [(_WAITING, now.waiting), (_FAILED, now.failed)]
    sentences = [str(sentence) for sentence, pages in said if pages]
    if now.newest:
        most = number_format(now.newest, force_grouping=True)
        sentences.append(_("Counted are the newest %(count)s pages that were read.") % {"count": most})
    return " ".join(sentences)
