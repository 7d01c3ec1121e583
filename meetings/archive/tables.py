"""Roll, votes and course as tables: CSV that spreadsheets open without running anything, and JSON."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ledger.days import LEGAL_ZONE
from meetings.labels import MANNERS, role_name
from meetings.minutes.roll import Attended
from meetings.minutes.tally import annulment_of, manner_of, outcome_of
from meetings.minutes.words import clock_time
from meetings.models import Ballot, Vote
from ui.sheets import as_csv


def as_table(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return the rows, headings first, as CSV."""
    return as_csv(rows[0], rows[1:])


def as_json(data: Any) -> bytes:
    """Return the data as UTF-8 JSON people can read."""
    return (json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def roll_rows(everybody: Attended, *, reasons: bool) -> list[list[Any]]:
    """Return the roll; why somebody was absent is not for everybody."""
    head = [_("No."), _("Name"), _("Post"), _("Role"), _("Has a vote"), _("Seat"), pgettext("roll", "Present")]
    head += [pgettext("time", "From"), pgettext("time", "Until"), *([_("Reason of absence")] if reasons else [])]
    rows: list[list[Any]] = [head]
    for number, (place, was) in enumerate(everybody, start=1):
        row = [
            number,
            place.user.full_name,
            place.title,
            role_name(place.meeting, place.role),
            _("yes") if place.votes else _("no"),
            place.seat,
            _("yes") if was.present else _("no"),
            clock_time(was.since) if was.since else "",
            clock_time(was.until) if was.until else "",
        ]
        rows.append([*row, *([place.reply_reason] if reasons else [])])
    return rows


def ballot_rows(votes: Iterable[Vote], ballots: dict[int, list[Ballot]]) -> list[list[Any]]:
    """Return every ballot by name; no ballots where the person sees totals only."""
    rows = [
        [_("Question"), _("Name"), _("Choice"), _("Remark"), pgettext("vote", "Given"), pgettext("meeting", "Time")]
    ]
    for vote in votes:
        labels = {option["code"]: option["label"] for option in vote.options}
        for one in ballots.get(vote.pk, []):
            at = one.cast_at.astimezone(LEGAL_ZONE).strftime("%d/%m/%Y %H:%M:%S")
            name = one.participant.user.full_name
            chosen = "; ".join(labels.get(code, code) for code in one.chosen)
            rows.append([vote.question, name, chosen, one.remark, str(MANNERS[one.manner]), at])
    return rows


def total_rows(votes: Iterable[Vote]) -> list[list[Any]]:
    """Return one row for each choice of each vote."""
    rows: list[list[Any]] = [
        [_("Question"), _("Choice"), _("Votes"), _("Share of all members (%)"), _("Result"), _("Remark")]
    ]
    for vote in votes:
        remark = remark_on(vote)
        for option in vote.options:
            code = option["code"]
            counted = vote.result["counts"][code], vote.result["shares"][code]
            told = counted if vote.was_declared else ("", "")
            rows.append([vote.question, option["label"], *told, outcome_of(vote), remark])
    return rows


def remark_on(vote: Vote) -> str:
    """Return what one must know of a vote besides its counts: annulled and why, or held outside and how."""
    return " ".join([*manner_of(vote, {}), *([annulment_of(vote)] if vote.state == "annulled" else [])])


def votes_data(votes: Iterable[Vote], ballots: dict[int, list[Ballot]]) -> list[dict[str, Any]]:
    """Return the votes with rule and result, and who chose what as far as the person sees it."""
    return [
        {
            "vote": str(vote.public_id),
            "question": vote.question,
            "item": vote.item.title,
            "options": vote.options,
            "rule": vote.rule,
            "opened_at": vote.opened_at,
            "closed_at": vote.closed_at,
            "declared_at": vote.declared_at,
            "state": vote.state,
            "form": vote.form,
            "manner": vote.manner,
            "outside": vote.outside,
            "annulled_at": vote.annulled_at,
            "annul_reason": vote.annul_reason,
            "replaces": str(vote.replaces.public_id) if vote.replaces else None,
            "result": vote.result if vote.was_declared else None,
            "digest": vote.digest if vote.was_declared else "",
            "ballots": [
                {
                    "name": one.participant.user.full_name,
                    "choice": one.choice,
                    "choices": one.choices,
                    "remark": one.remark,
                    "manner": one.manner,
                }
                for one in ballots.get(vote.pk, [])
            ],
        }
        for vote in votes
    ]
