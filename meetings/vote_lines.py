"""The votes of a meeting as its pages list them: what is asked, by which rule, and the result as far as one sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from meetings.digest import short
from meetings.forms.votes import FORM_NAMES
from meetings.kinds import APPROVE, Kind
from meetings.labels import VOTE_STATES, rule_name
from meetings.minutes.tally import arithmetic_of, outcome_of
from meetings.models import AgendaItem, Meeting, Vote
from meetings.outline import labels
from meetings.queries.visible import visible_items
from meetings.queries.votes import shown_votes
from meetings.snapshot.views import page_view
from meetings.snapshot.votes import sees_result
from people.models import User


@dataclass(frozen=True)
class VoteLine:
    """A vote with its rule in words; `counts` (label, number, share of all members) once this person sees them."""

    vote: Vote
    rule: str
    state: Any
    form: Any
    counts: list[tuple[str, int, str]]
    outcome: str = ""
    arithmetic: str = ""
    digest: str = ""

    @property
    def written(self) -> list[str]:
        """The options that were written for this question."""
        return [] if self.vote.form == APPROVE else [one["label"] for one in self.vote.options if not one.get("aside")]

    @property
    def lines(self) -> str:
        """The same, one a line, as a form writes them."""
        return "\n".join(self.written)


@dataclass(frozen=True)
class Asked:
    """One item of the agenda with the questions on it."""

    item: AgendaItem
    label: str
    votes: list[VoteLine]


def vote_line(vote: Vote, kind: Kind | None, *, sees: bool) -> VoteLine:
    """Return a vote's line."""
    form = dict(FORM_NAMES)[vote.form]
    line = VoteLine(vote, rule_name(vote, kind), VOTE_STATES.get(vote.state, vote.state), form, [])
    if not sees:
        return line
    found = vote.result
    counts = [
        (option["label"], found["counts"][option["code"]], found["shares"][option["code"]].replace(".", ","))
        for option in vote.options
    ]
    words = outcome_of(vote), arithmetic_of(vote), short(vote.digest) if vote.digest else ""
    return VoteLine(vote, line.rule, line.state, form, counts, *words)


def vote_lines(user: User, meeting: Meeting, kind: Kind | None) -> Iterator[VoteLine]:
    """Yield the votes of the meeting in their order, results as this person sees them."""
    view = page_view(user, meeting)
    for vote in shown_votes(meeting).order_by("position", "pk"):
        yield vote_line(vote, kind, sees=sees_result(vote, view))


def asked_by_item(user: User, meeting: Meeting, kind: Kind | None) -> list[Asked]:
    """Return the agenda as the person sees it, with the questions on each item."""
    lines: dict[int, list[VoteLine]] = {}
    for line in vote_lines(user, meeting, kind):
        lines.setdefault(line.vote.item_id, []).append(line)
    items = list(visible_items(user, meeting))
    numbers = labels([item.depth for item in items])
    return [Asked(item, number, lines.get(item.pk, [])) for number, item in zip(numbers, items, strict=True)]
