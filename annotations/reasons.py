"""Why something about annotations is refused, and what to do: codes and their sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "page_of_another": _("Somebody else has signed in on this device since the page was opened. Open the page again."),
    "bad_operation": _("This note could not be read. Reload the page; if it happens again, tell the administrator."),
    "too_many_operations": _("At most %(limit)s changes are taken at once. Send them in smaller parts."),
    "operations_too_large": _("More is sent at once than the server takes. Send it in smaller parts."),
    "too_many_notes": _("You have %(limit)s notes on this document, the most it keeps. Erase some first."),
    "too_many_replies": _("This note has %(limit)s replies, the most it keeps. Begin a new note."),
    "too_many_people": _("A note is shared with at most 50 people by name. Share it with the meeting instead."),
    "too_many_documents": _("Too many documents are open on this page. Close one first."),
    "note_kind_unknown": _("There is no such kind of note. Reload the page."),
    "note_shape_wrong": _("This mark could not be read. Draw it again."),
    "note_style_wrong": _("Colour, width or opacity is none of those offered. Choose another one."),
    "note_quote_wrong": _("The marked words could not be read. Select them again."),
    "note_off_page": _("The mark lies off the page. Draw it again on the page."),
    "note_too_large": _("The stroke is too long to be kept as one. Draw it in several strokes."),
    "note_text_long": _("The text is longer than 4,000 characters. Shorten it or write a second note."),
    "note_version_unknown": _("This version of the document is not there. Reload the page."),
    "note_page_unknown": _("This version has %(pages)s pages. Turn to one of them and note it there."),
    "note_taken": _("There is another note under this id already. Reload the page and note it again."),
    "note_unknown": _("This note is not there, or is not shared with you any more."),
    "note_not_yours": _("This was written by somebody else, who alone can change it. You can reply to it."),
    "note_circle_unknown": _("You cannot share notes on this document there. Choose with whom again."),
    "note_people_cannot_read": _(
        "Some of these people may not read this document. Share with others, or the document first."
    ),
    "reply_empty": _("A reply needs some text."),
    "not_reading": _("Open the document on this page first."),
    "pages_unread": _(
        "The pages cannot be read just now, so nobody knows where your notes stand on them. Try again later."
    ),
    "nothing_noted": _("There are no notes to take along here. Note something on this version first."),
    "notes_not_copied": _(
        "This PDF is built in a way that notes cannot be written into a copy. Take them as W3C or XFDF."
    ),
}
