"""Steps inside the actions that count a vote: its result, its digest, what its options are called."""

from typing import Any

from meetings.counting import Roll, Rule, Tally, result
from meetings.digest import digest_of, shown_result
from meetings.models import Vote
from meetings.queries.room import roll_counts


def fix_result(vote: Vote, given: Tally, *, roll: Roll | None = None) -> dict[str, Any]:
    """Write result and digest of what was given into the vote, unsaved; return the result."""
    aside = [option["code"] for option in vote.options if option.get("aside")]
    counted = result(Rule.from_data(vote.rule), given, roll or roll_counts(vote), aside=aside)
    found = counted.as_data()
    vote.result = found
    vote.digest = digest_now(vote)
    return found


def digest_now(vote: Vote) -> str:
    """Return the digest of the result as every page shows it."""
    annulled = vote.annulled_at is not None
    shown = shown_result(str(vote.public_id), vote.question, vote.options, vote.result, annulled=annulled)
    return digest_of(shown)


def chosen_labels(vote: Vote) -> list[str] | None:
    """Return what the options that carry are called; None where one question was for or against."""
    labels = {option["code"]: option["label"] for option in vote.options}
    chosen = vote.result.get("chosen")
    return None if chosen is None else [labels[code] for code in chosen]
