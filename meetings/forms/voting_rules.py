"""How votes run in a kind of meeting of an agency: what of it differs from the law, for every way of deciding alike."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.kinds import Kind

SAME = ""
SHORTEST, LONGEST = 10, 3600
AS_BASE = (SAME, _("As the kind it derives from"))
BOARD_NAMES = [
    AS_BASE,
    ("after", pgettext_lazy("board", "When the result is declared")),
    ("live", pgettext_lazy("board", "While the vote runs")),
]
WHO_NAMES = [
    AS_BASE,
    ("voters", pgettext_lazy("roll", "Everybody with a vote")),
    ("members", pgettext_lazy("roll", "Members, without chair and secretary")),
]
CHANGE_NAMES = [AS_BASE, ("yes", pgettext_lazy("rule", "Yes")), ("no", pgettext_lazy("rule", "No"))]


class VotingFields(forms.Form):
    """The questions about votes in the form of a kind."""

    vote_who = forms.ChoiceField(label=pgettext_lazy("kind", "Who votes"), choices=WHO_NAMES, required=False)
    vote_board = forms.ChoiceField(
        label=pgettext_lazy("kind", "Members see the counts"), choices=BOARD_NAMES, required=False
    )
    vote_change = forms.ChoiceField(
        label=pgettext_lazy("kind", "A vote may be changed until closing"), choices=CHANGE_NAMES, required=False
    )
    vote_seconds = forms.IntegerField(
        label=pgettext_lazy("kind", "Usual countdown of a vote, in seconds"),
        min_value=SHORTEST,
        max_value=LONGEST,
        required=False,
        help_text=_("Empty: until the chair closes the vote."),
    )

    def voting_changes(self) -> dict[str, Any]:
        """Return what differs, under the names data/kinds.json has for it."""
        data = self.cleaned_data
        found: dict[str, Any] = {key: data[f"vote_{key}"] for key in ("who", "board", "seconds") if data[f"vote_{key}"]}
        return found | ({"change": data["vote_change"] == "yes"} if data["vote_change"] else {})


def voting_in_words(kind: Kind) -> str:
    """Return how votes run in a kind: who votes, who sees the counts when, one chance or more, the countdown."""
    first = kind.rules[0]
    said = [
        dict(WHO_NAMES)[first.data["who"]],
        _("counts: %(when)s") % {"when": dict(BOARD_NAMES)[first.data["board"]]},
    ]
    said.append(_("may be changed until closing") if first.data["change"] else _("voted once"))
    said += [_("countdown of %(n)d seconds") % {"n": first.seconds}] if first.seconds else []
    return " · ".join(str(part) for part in said)


def voting_written(changes: dict[str, Any]) -> dict[str, Any]:
    """Return what the form shows of a row's changes."""
    voting = changes.get("voting", {})
    shown = {f"vote_{key}": voting[key] for key in ("who", "board", "seconds") if key in voting}
    return shown | ({"vote_change": "yes" if voting["change"] else "no"} if "change" in voting else {})
