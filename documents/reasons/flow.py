"""Why a step of an outgoing or incoming document is refused: codes and their sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "agency_dissolved": _("This agency has been dissolved. Draft the document in its successor."),
    "signer_not_leader": _("The signer must be a leader who holds a post in the agency today. Choose another."),
    "type_unknown": _("This type of document is not in force. Choose another type."),
    "subject_missing": _("Write a subject (trích yếu) of at most %(most)s characters."),
    "content_empty": _("The document has no text yet. Write it, then submit again."),
    "content_invalid": _("The text cannot be typeset. Check tables and special characters, then try again."),
    "recipient_dissolved": _("One of the recipients has been dissolved. Choose its successor instead."),
    "secrecy_mark_in_text": _(
        "The text carries the state-secret mark “%(mark)s”. This system must not hold state secrets: nothing was "
        "stored. Handle the document by the rules on protecting state secrets."
    ),
    "reason_too_short": _("Write a reason of at least %(least)s characters, so that others know what to do."),
    "signature_not_valid": _("The signature in the file does not verify. Nothing was changed; sign again."),
    "signatures_missing": _(
        "The document needs the valid signature of the competent person and the agency's seal before it is issued."
    ),
    "not_sharer": _("Only a clerk or leader of the agency that owns the document can share it. Ask one of them."),
    "not_owner": _("This is a personal file: only its owner can share it."),
    "personal_file": _("This is a personal file. Share it with single people instead."),
    "library_full": _("Your library is full (%(quota)s MB). Empty the trash or remove files, then send it again."),
    "folder_name": _("Write a name for the folder, of at most %(most)s characters."),
    "folder_name_taken": _("There is a folder “%(name)s” here already. Choose another name."),
    "folder_too_deep": _("Folders can lie in each other %(most)s deep at most. Choose a place further up."),
    "folder_in_itself": _("A folder cannot be put into itself or into a folder under it. Choose another place."),
    "folders_too_many": _("A library holds at most %(most)s folders. Remove some that you no longer need."),
    "type_incomplete": _("Write a name (80 characters at most) and the basis (120 at most)."),
    "type_pattern": _("The pattern begins with {number}/ and knows only {number}, {year}, {type}, {body} and {unit}."),
    "type_in_the_past": _("A type begins today or later: what was numbered before stays as it is."),
    "type_day_taken": _("This type has a wording that begins on that day or later. Choose a later day."),
    "issuer_taken": _("A body with this name or identifier is in the catalogue already."),
    "start_number": _("Write a number from 0 to %(most)s."),
    "start_moved": _("Meanwhile number %(last)s was given. Look at the register, then set the start again."),
    "start_below": _("The system has given numbers up to %(last)s; the last number on paper can only be higher."),
    "title_missing": _("Write a name."),
    "in_trash": _("This file is in your trash. Restore it there."),
    "not_entruster": _("Only a clerk or leader of the agency of the register can entrust it. Ask one of them."),
    "grant_to_self": _("You cannot give this to yourself. Choose another person."),
    "grantee_without_post": _("This person holds no post today. Choose a person in office."),
    "file_missing": _("No file was sent. Choose a file and send it again."),
    "copies_busy": _("Many copies are being made at this moment. Try again in a minute."),
    "not_marked": _("The name of its reader cannot be put on the pages of this file, so it is not handed out."),
    "pictures_only": _(
        "This document is read on the screen only: its file, its text and offline copies are not handed out. "
        "Whoever keeps the document can change that."
    ),
    "protection_unknown": _("Choose what readers get: everything, a watermark, or pictures of the pages alone."),
    "purged": _("The content of this file was removed for a recorded reason and cannot be stored or shown again."),
}
