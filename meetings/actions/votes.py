"""Named votes: prepared in advance, opened with the roll frozen, closed with the result fixed."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from ledger.door import action, nothing_changed
from ledger.verdict import YES, Refused, first_no, no
from meetings.counting import Rule, result
from meetings.models import AgendaItem, RollEntry, Vote
from meetings.patches import announce, vote_patch
from meetings.positions import moved, positions
from meetings.queries.room import frozen_rule, quorum_of, roll_counts, rules_for, voters_of
from meetings.records import locked, locked_item, locked_vote, note
from meetings.rules.agenda import is_shown
from meetings.rules.meeting import may
from meetings.rules.people import is_present
from meetings.rules.voting import can_decide, may_with_vote, no_vote_open
from meetings.rules.words import has_text
from meetings.snapshot.views import CHAIR
from people.models import User
from search.fold import composed


@action
def prepare(item: AgendaItem, *, question: str, rule: str = "ordinary", by: User, at: datetime) -> Vote:
    """Prepare a question on an item; labels and rule of the kind are copied in."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    meeting = found.meeting
    first_no(may(by, meeting, "prepare_vote"), YES if question.strip() else no("text_missing")).require()
    options = [dict(option) for option in rules_for(meeting).options]
    vote = Vote.objects.create(
        meeting=meeting,
        item=found,
        position=(found.votes.aggregate(last=Max("position"))["last"] or 0) + 1,
        question=composed(question).strip(),
        options=options,
        rule=frozen_rule(meeting, rule),
    )
    note(meeting, "prepare_vote", by=by, at=at, about=vote, data=_asked(vote), moved=("", "prepared"))
    announce(meeting, "vote.prepared", vote_patch(vote), by=by, at=at)
    return vote


def _asked(vote: Vote) -> dict[str, Any]:
    """Return the question and its rule for the record."""
    return {"question": vote.question, "rule": vote.rule}


@action
def edit(vote: Vote, *, question: str, rule: str, revision: int = 0, by: User, at: datetime) -> Vote:
    """Change a question that has not been opened, unless somebody else did since `revision` (0: not asked) was read."""
    locked(vote.meeting)
    vote = locked_vote(vote)
    same = YES if revision in (0, vote.revision) else no("changed_meanwhile")
    first_no(may_with_vote(by, vote, "edit"), same, has_text(question)).require()
    vote.question, vote.rule = composed(question).strip(), frozen_rule(vote.meeting, rule)
    vote.revision += 1
    vote.save(update_fields=["question", "rule", "revision"])
    note(vote.meeting, "edit_vote", by=by, at=at, about=vote, data=_asked(vote))
    announce(vote.meeting, "vote.edited", vote_patch(vote), by=by, at=at)
    return vote


@action
def place(vote: Vote, *, position: int, by: User, at: datetime) -> None:
    """Put a question at another place (from 1) among those of its item."""
    locked(vote.meeting)
    vote = locked_vote(vote)
    may_with_vote(by, vote, "edit").require()
    known = {one.pk: one for one in vote.item.votes.exclude(state="dropped").select_related("item", "meeting")}
    before = sorted(known, key=lambda key: (known[key].position, key))
    after = positions(moved(before, vote.pk, position))
    changed = [known[key] for key, number in after.items() if known[key].position != number]
    if moved(before, vote.pk, position) == before:
        return nothing_changed()
    for one in changed:
        one.position = after[one.pk]
    Vote.objects.bulk_update(changed, ["position"])
    note(vote.meeting, "place_vote", by=by, at=at, about=vote, data={"position": after[vote.pk]})
    lines = {str(one.public_id): {"position": one.position} for one in changed}
    hidden = vote.item.hidden
    return announce(
        vote.meeting, "vote.placed", lambda view: {"votes": {} if hidden and view != CHAIR else lines}, by=by, at=at
    )


@action
def drop(vote: Vote, *, by: User, at: datetime) -> None:
    """Drop a question that has not been opened."""
    locked(vote.meeting)
    vote = locked_vote(vote)
    may_with_vote(by, vote, "drop").require()
    vote.state = "dropped"
    vote.save(update_fields=["state"])
    note(vote.meeting, "drop_vote", by=by, at=at, about=vote, moved=("prepared", "dropped"))
    gone = {str(vote.public_id): None}
    hidden = vote.item.hidden
    told: dict[str, None] = {} if hidden else gone
    announce(vote.meeting, "vote.dropped", lambda view: {"votes": gone if view == CHAIR else told}, by=by, at=at)


@action
def open_vote(vote: Vote, *, by: User, at: datetime) -> Vote:
    """Open the question: the roll of those entitled is frozen here, whoever is present is marked."""
    locked(vote.meeting)
    vote = locked_vote(vote)
    meeting = vote.meeting
    alone = no_vote_open(meeting, "another_vote_open")
    first_no(may_with_vote(by, vote, "open"), is_shown(vote.item), alone, can_decide(quorum_of(meeting))).require()
    roll = [RollEntry(vote=vote, participant=place, present=is_present(place)) for place in voters_of(meeting)]
    RollEntry.objects.bulk_create(roll)
    vote.state, vote.opened_at = "open", at
    vote.save(update_fields=["state", "opened_at"])
    counts = {"members": len(roll), "present": sum(entry.present for entry in roll)}
    note(meeting, "open_vote", by=by, at=at, about=vote, data=_asked(vote) | counts, moved=("prepared", "open"))
    announce(meeting, "vote.opened", vote_patch(vote), by=by, at=at)
    return vote


@action
def close_vote(vote: Vote, *, by: User, at: datetime) -> Vote:
    """Close the question and fix its result; the same lock as casting, so no ballot slips in after the count."""
    vote = locked_vote(vote)
    may_with_vote(by, vote, "close").require()
    codes = [option["code"] for option in vote.options]
    choices = list(vote.ballots.values_list("choice", flat=True))
    vote.result = result(Rule.from_data(vote.rule), codes, choices, roll_counts(vote)).as_data()
    vote.state, vote.closed_at = "closed", at
    vote.save(update_fields=["result", "state", "closed_at"])
    data = {"question": vote.question, "result": vote.result}
    note(vote.meeting, "close_vote", by=by, at=at, about=vote, data=data, moved=("open", "closed"))
    announce(vote.meeting, "vote.closed", vote_patch(vote), by=by, at=at)
    return vote
