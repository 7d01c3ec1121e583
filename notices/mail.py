"""Mail: a sentence and a link in the reader's language, over the installation's SMTP server."""

import smtplib
from email.utils import format_datetime
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from notices import calendar_files, channels, kinds
from notices.models import Notice

LONGEST_SUBJECT = 150
FOR_GOOD = range(550, 555)  # RFC 5321: no such mailbox, refused; other codes may pass


class Refusal(Exception):
    """The receiving server will never take this mail; the text says why."""


class Postbox:
    """One connection to the mail server, opened when the first mail is due and again after it broke."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the mail server, whatever it says to that."""
        connection, self.connection = self.connection, None
        if connection:
            connection.close()

    def opened(self) -> BaseEmailBackend:
        """Return the open connection."""
        if self.connection is None:
            self.connection = get_connection()
            self.connection.open()
        return self.connection

    def post(self, notice: Notice) -> None:
        """Send one notice; `Refusal` when trying again is no use, any other exception when it may be."""
        try:
            self.opened().send_messages([letter(notice)])
        except smtplib.SMTPRecipientsRefused as error:
            raise refusal(error) from error
        except Exception:
            self.close()
            raise


def refusal(error: smtplib.SMTPRecipientsRefused) -> Exception:
    """Return whether the address is refused for good or only for now."""
    code, text = next(iter(error.recipients.values()))
    said = f"{code} {text.decode('utf-8', 'replace')}"
    return Refusal(said) if code in FOR_GOOD else OSError(said)


def letter(notice: Notice) -> EmailMultiAlternatives:
    """Write the mail in the reader's language."""
    with translation.override(notice.user.language):
        sentence = " ".join(kinds.sentence(notice.kind, notice.values).split())
        facts = {"notice": notice, "sentence": sentence, "link": channels.link(notice), "site": channels.site()}
        mail = EmailMultiAlternatives(
            subject=cut(sentence),
            body=render_to_string("notices/mail.txt", facts),
            from_email=_("Nghi Su notices <%(address)s>") % {"address": channels.sender()},
            to=[notice.user.email],
            headers=headers(notice),
        )
        mail.attach_alternative(render_to_string("notices/mail.html", facts), "text/html")
    return with_calendar(mail, notice)


def cut(sentence: str) -> str:
    """Return a subject that fits a list of mails."""
    return sentence if len(sentence) <= LONGEST_SUBJECT else sentence[: LONGEST_SUBJECT - 1] + "…"


def headers(notice: Notice) -> dict[str, str]:
    """Return what tells machines that a machine wrote this; the same id each time, so a repeat is recognised."""
    return {
        "Message-ID": f"<{notice.public_id}@{channels.site_host()}>",
        "Date": format_datetime(notice.created_at),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def with_calendar(mail: EmailMultiAlternatives, notice: Notice) -> EmailMultiAlternatives:
    """Add the calendar file twice, as calendars expect it: as a form of the mail, and as a file to save."""
    if notice.ics:
        kind = f"text/calendar; method={calendar_files.method(notice.ics)}"
        mail.attach_alternative(notice.ics, kind)
        mail.attach("lich.ics", notice.ics, kind)
    return mail
