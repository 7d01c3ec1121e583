"""The notices of meetings: what people are told, in a sentence each."""

from django.utils.translation import gettext_lazy as _

from notices.kinds import NoticeKind, register_kind

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


def register() -> None:
    """Register every kind of notice; called once from `AppConfig.ready`."""
    for kind in PEOPLE:
        register_kind(kind)
