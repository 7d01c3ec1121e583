"""Why something about tablets is refused, and what to do about it."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "not_tablet_keeper": _("Only those who hand out the tablets of this agency can do this."),
    "tablet_label_taken": _("Another tablet of the agency has this name. Choose another one."),
    "tablet_label_missing": _("A tablet needs a name, as written on its back."),
    "tablet_retired": _("This tablet is no longer in use. Set it up again with a new code."),
    "tablet_unknown": _("This is not an office tablet. Seat cards work on tablets that the office has set up."),
    "tablet_code_wrong": _("This code is wrong or no longer valid. Ask for a new one."),
    "tablet_locked": _("Too many wrong PINs. Wait %(minutes)s minutes, or use the code on the card."),
    "card_wrong": _("This card or PIN opens no meeting now. Check the digits, or ask the secretary for a new card."),
    "card_too_early": _("This card is right, but too early: it opens the meeting from %(moment)s on."),
    "card_for_elsewhere": _("This card belongs to a meeting of another agency. Use one of its tablets."),
    "nobody_to_hand_to": _("Nobody takes part in this meeting yet. Invite people first, then make the cards."),
    "confined": _("This tablet is open for one meeting only. Hand it back, then sign in elsewhere for other work."),
}
