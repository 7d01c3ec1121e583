"""Why something about a room is refused: what is wrong, and what to do."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "room_taken": _("The room %(room)s is taken then: %(clashes)s. Choose another time or another room."),
    "room_closed": _("This room is closed and cannot be booked any more. Choose another room."),
    "room_not_yours": _("This room belongs to an agency whose rooms cannot be booked from here."),
    "room_not_managed": _("Only those who look after the rooms of this agency may do this."),
    "room_in_use": _("The room is still booked: %(bookings)s. Move these first, then close the room."),
    "room_name_missing": _("The room has no name. Write one, then save."),
    "room_name_taken": _("The agency already has a room of this name. Choose another name."),
    "room_changed": _(
        "Somebody else saved this room meanwhile. What you wrote is still here: compare, then save again."
    ),
    "booking_day_wrong": _("Rooms can be booked in the years from %(first)s to %(last)s. Correct the day."),
    "booking_times_wrong": _("The booking ends before it begins. Correct the times."),
    "booking_too_long": _("A booking may last %(days)s days at most. Split it into shorter ones."),
    "booking_title_missing": _("Say what the room is booked for."),
    "booking_not_yours": _("Only those who booked the room, or who look after it, may change this booking."),
    "booking_of_a_meeting": _("This booking belongs to a meeting. Change it where the meeting is prepared."),
    "plan_changed": _(
        "Somebody else saved this plan meanwhile. Your drawing is kept: look at theirs, or save yours as a new plan."
    ),
    "plan_name_missing": _("The plan has no name. Write one, then save."),
    "plan_name_taken": _("The room already has a plan of this name. Choose another name."),
    "plan_unreadable": _("The plan cannot be read. Reload the page and draw again."),
    "plan_text_wrong": _("A name or label holds a character that cannot be stored. Write it anew, then save."),
    "plan_area": _("A wall or table is too short or too long: from %(least)s to %(most)s metres."),
    "plan_many_seats": _("A plan has at most %(most)s seats. Remove some, then save."),
    "plan_many_things": _("A plan has at most %(most)s tables and other things. Remove some, then save."),
    "plan_number_twice": _("Two seats have the number %(number)s. Change one of them, then save."),
    "plan_number_wrong": _("“%(number)s” cannot be the number of a seat. Use at most ten letters and digits."),
    "plan_outside": _("%(what)s stands outside the room. Move it inside, then save."),
    "plan_count_wrong": _("Choose how the seats stand, and from 1 to %(most)s seats."),
    "room_form_invalid": _("%(field)s: %(error)s"),
    "plan_last": _("A room keeps at least one plan."),
}
