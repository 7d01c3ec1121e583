"""Why something in a meeting is refused: what is wrong, and what to do."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "agenda_empty": _("The agenda has no item yet. Add at least one item, then submit."),
    "chair_missing": _("Nobody chairs the meeting yet. Add a participant as chair, then submit."),
    "times_wrong": _("The meeting ends before it starts. Correct the times."),
    "kind_unknown": _("This kind of meeting is not in force on that day. Choose another kind or another day."),
    "rule_unknown": _("This kind of meeting has no such voting rule. Choose one from the list."),
    "title_missing": _("A title is missing. Write one, then save."),
    "reason_too_short": _("Say why in at least ten characters, so that the others know what to change."),
    "reason_too_long": _("The reason is too long. Say it in at most %(most)d characters."),
    "already_invited": _("This person already takes part. Change the role in the list instead."),
    "person_unknown": _("This person cannot be invited. Choose somebody from the search list."),
    "chair_taken": _("The meeting already has a chair. Give that person another role first."),
    "guest_cannot_vote": _("A guest has no vote. Choose another role, or take the vote away."),
    "chair_stays": _("The chair cannot be removed. Make somebody else the chair first."),
    "item_in_use": _("Papers, votes or conclusions hang on this item. Move or withdraw them first."),
    "item_unknown": _("This item is no longer on the agenda. Reload the page."),
    "not_a_participant": _("You do not take part in this meeting. Ask the clerk if you should."),
    "vote_still_open": _("A vote is still open. Close it first."),
    "another_vote_open": _("Another vote is open. Close it before you open the next one."),
    "no_voters": _("Nobody in this meeting has a vote. Give participants the right to vote first."),
    "quorum_missing": _(
        "Not enough members are in the room: %(present)s present, %(needed)s needed. Check in those who are here."
    ),
    "vote_not_open": _("The vote has not been opened yet. Wait for the chair."),
    "vote_closed": _("The vote is closed; your choice came too late and was not counted."),
    "not_on_roll": _("You have no vote in this question. Ask the secretary if that is wrong."),
    "check_in_first": _("Check in first, then vote."),
    "no_such_option": _("There is no such choice in this vote. Reload the page and choose again."),
    "already_voted": _("Your vote was already counted and cannot be changed."),
    "not_known_yet": _("It is not known yet whether your vote was counted. Send the same choice again in a moment."),
    "not_checked_in": _("This person is not in the room. Nothing to change."),
    "minutes_missing": _("The minutes are not there yet. Draft them first."),
    "notice_drafted": _("The conclusion notice was already drafted. Open it from the meeting's page."),
    "no_conclusions": _("There is no conclusion yet. Write at least one, then draft the notice."),
    "signer_missing": _("Your agency has no leader who could sign. Ask the administrator to record the post."),
    "form_invalid": _("%(field)s: %(error)s"),
    "text_missing": _("The text is empty. Write something, then save."),
    "secret_vote_later": _("Secret votes are not possible here yet. Hold the ballot on paper."),
}
