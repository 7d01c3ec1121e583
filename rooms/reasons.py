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
    "plan_unsound": _("The plan cannot be saved: %(why)s"),
    "plan_last": _("A room keeps at least one plan."),
}
