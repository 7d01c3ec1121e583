"""The notices of meetings: what people are told, in a sentence each."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from notices.kinds import KindGroup, NoticeKind, register_group, register_kind

# Who takes part, and what was answered.
PEOPLE = [
    NoticeKind("meetings.invited", _("Invitation: “%(title)s”, %(when)s"), "calendar-plus"),
    NoticeKind("meetings.place_changed", _("Role or vote changed in the meeting “%(title)s”, %(when)s"), "user-cog"),
    NoticeKind("meetings.removed", _("No longer invited to the meeting “%(title)s”, %(when)s"), "user-minus"),
    NoticeKind("meetings.called_off", _("Called off: “%(title)s”, %(when)s. %(reason)s"), "calendar-x", urgent=True),
    NoticeKind("meetings.absence_asked", _("%(name)s asks to be absent from “%(title)s”, %(when)s"), "user-x"),
    NoticeKind("meetings.absence_excused", _("The chair agrees to the absence from “%(title)s”, %(when)s"), "check"),
    NoticeKind(
        "meetings.absence_refused", _("The chair does not agree to the absence from “%(title)s”: %(words)s"), "x"
    ),
    NoticeKind("meetings.delegated", _("To attend “%(title)s”, %(when)s, in place of %(name)s"), "user-check"),
    NoticeKind("meetings.stood_in_for", _("%(name)s will attend “%(title)s” as the substitute"), "user-check"),
    NoticeKind("meetings.delegation_ended", _("%(name)s is no longer the substitute in “%(title)s”"), "user-minus"),
    NoticeKind("meetings.substitute_declined", _("%(name)s, the substitute, cannot attend “%(title)s”"), "user-x"),
    NoticeKind("meetings.unit_invited", _("%(unit)s is invited to “%(title)s”, %(when)s: name its people"), "users"),
    NoticeKind("meetings.unit_removed", _("%(unit)s is no longer invited to “%(title)s”, %(when)s"), "user-minus"),
    NoticeKind("meetings.named", _("%(unit)s sends you to the meeting “%(title)s”, %(when)s"), "calendar-plus"),
    NoticeKind("meetings.unit_declined", _("%(unit)s does not attend “%(title)s”: %(reason)s"), "user-x"),
    NoticeKind("meetings.reply_reminder", _("Please answer the invitation to “%(title)s”, %(when)s"), "bell"),
    NoticeKind("meetings.unit_reminder", _("Please name the people of %(unit)s for “%(title)s”, %(when)s"), "bell"),
]

# What units prepare, and the papers of a meeting.
PAPERS = [
    NoticeKind("meetings.duty_assigned", _("%(unit)s prepares papers for “%(item)s” before %(due)s"), "file-clock"),
    NoticeKind("meetings.duty_changed", _("Changed: papers for “%(item)s” are due before %(due)s"), "file-clock"),
    NoticeKind("meetings.duty_given", _("In charge of papers for “%(item)s”, due before %(due)s"), "file-clock"),
    NoticeKind("meetings.duty_waived", _("%(unit)s no longer has to prepare papers for “%(item)s”"), "file-check"),
    NoticeKind("meetings.duty_soon", _("Papers for “%(item)s” are due before %(due)s"), "bell"),
    NoticeKind("meetings.duty_late", _("Papers for “%(item)s” are overdue since %(due)s"), "alarm-clock", urgent=True),
    NoticeKind("meetings.paper_handed_in", _("%(unit)s handed in “%(paper)s” for “%(item)s”"), "file-up"),
    NoticeKind("meetings.paper_returned", _("“%(paper)s” was returned: %(reason)s"), "undo-2"),
    NoticeKind("meetings.paper_accepted", _("“%(paper)s” is approved and laid before the meeting"), "file-check"),
    NoticeKind("meetings.paper_added", _("Added to “%(meeting)s”: “%(paper)s”"), "file-plus"),
    NoticeKind("meetings.paper_replaced", _("“%(paper)s” was replaced. What changed: %(change)s"), "file-diff"),
]

# What is asked of people before the meeting.
BEFORE = [
    NoticeKind("meetings.read_papers", _("A paper for “%(title)s” is waiting to be read"), "book-open"),
]

# What a meeting leaves.
OUTCOME = [
    NoticeKind(
        "meetings.comments_asked", _("Please read the draft minutes of “%(title)s” and comment"), "message-square"
    ),
    NoticeKind("meetings.minutes_approved", _("The minutes of “%(title)s” have been approved"), "file-check"),
    NoticeKind("meetings.conclusions_published", _("The conclusions of “%(title)s” are published"), "gavel"),
    NoticeKind("meetings.record_ready", _("The packed record of “%(title)s” is ready to download"), "package"),
    NoticeKind("meetings.book_ready", _("The book of papers of “%(title)s” is ready to download"), "book-marked"),
]

# What changed in a meeting people are already invited to.
CHANGES = [
    NoticeKind("meetings.agenda_changed", _("The agenda of “%(title)s”, %(when)s, has changed"), "list-ordered"),
    NoticeKind("meetings.time_changed", _("New time: “%(title)s” begins at %(when)s"), "calendar-clock", urgent=True),
    NoticeKind("meetings.where_changed", _("New place: “%(title)s”, %(when)s, at %(where)s"), "map-pin", urgent=True),
    NoticeKind("meetings.title_changed", _("The meeting “%(before)s” is now called “%(title)s”"), "pencil"),
]


# What people switch mail and push by, in the order of their page.
GROUPS = [
    (KindGroup("meetings.called", _("Invitations, replies and changes of meetings"), order=10), [*CHANGES, *PEOPLE]),
    (KindGroup("meetings.papers", _("Papers of meetings and what units prepare"), order=20), [*PAPERS, *BEFORE]),
    (KindGroup("meetings.outcome", _("Minutes and conclusions"), order=30), OUTCOME),
]


# What people still have to know of a meeting that was called off; all else told of it before is taken back.
LASTING = {"meetings.called_off", "meetings.removed", "meetings.unit_removed", "meetings.stood_in_for"}


def ended_by_calling_off() -> list[str]:
    """Return the kinds that are no longer true once a meeting is called off."""
    return [kind.code for kind in [*CHANGES, *PEOPLE, *PAPERS, *BEFORE] if kind.code not in LASTING]


def register() -> None:
    """Register every kind of notice; called once from `AppConfig.ready`."""
    for group, held in GROUPS:
        register_group(group)
        for kind in held:
            register_kind(replace(kind, group=group.code))
