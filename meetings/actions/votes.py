"""Named votes: prepared in advance, opened with the roll frozen, closed with the result fixed, then declared."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from ledger.door import action, nothing_changed
from ledger.verdict import YES, Refused, first_no, no
from meetings.countdown import GRACE, close_when_due
from meetings.counting import tally
from meetings.details import Asked
from meetings.kinds import APPROVE, ONE, Kind
from meetings.models import AgendaItem, Participant, RollEntry, Vote
from meetings.patches import Patch, announce, vote_patch
from meetings.positions import moved, positions
from meetings.queries.room import counts_as_present, entitled_in, frozen_rule, quorum_for, rules_for
from meetings.queries.room import is_shown as is_shown_person
from meetings.records import locked, locked_item, locked_vote, note
from meetings.rules.agenda import is_shown
from meetings.rules.meeting import may
from meetings.rules.voting import (
    all_confirmed,
    can_decide,
    is_before_end,
    is_countdown,
    is_sound_question,
    is_untouched,
    may_with_vote,
    no_vote_open,
    unconfirmed,
)
from meetings.rules.words import is_reason
from meetings.snapshot.views import CHAIR
from meetings.tallying import chosen_labels, digest_now, fix_result
from people.models import User
from search.fold import composed


@action
def prepare(item: AgendaItem, *, asked: Asked, by: User, at: datetime) -> Vote:
    """Prepare a question on an item; labels and rule of the kind are copied in."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    meeting, kind = found.meeting, rules_for(found.meeting)
    first_no(may(by, meeting, "prepare_vote"), is_sound_question(asked, kind)).require()
    vote = Vote(meeting=meeting, item=found, position=_last_position(found) + 1)
    _write(vote, asked, kind)
    vote.save()
    note(meeting, "prepare_vote", by=by, at=at, about=vote, data=_asked(vote), moved=("", "prepared"))
    announce(meeting, "vote.prepared", vote_patch(vote), by=by, at=at)
    return vote


def _last_position(item: AgendaItem) -> int:
    """Return the place of the last question of an item."""
    return item.votes.aggregate(last=Max("position"))["last"] or 0


def _write(vote: Vote, asked: Asked, kind: Kind) -> None:
    """Copy what is asked, and the kind's rule for it, into the vote."""
    known = kind.rule(asked.rule)
    usual = known.seconds if known else None
    vote.question, vote.form = asked.question.strip(), asked.form
    vote.options = kind.options_for(asked.form, asked.options)
    vote.rule = {**frozen_rule(vote.meeting, asked.rule), **_limits(asked)}
    vote.seconds = (usual if asked.seconds is None else asked.seconds) or None


def _limits(asked: Asked) -> dict[str, int]:
    """Return how many options each person may choose, and so how many may carry; nothing where it is for or against."""
    if asked.form == APPROVE:
        return {}
    return {"min": 1, "max": 1} if asked.form == ONE else {"min": asked.least, "max": asked.most}


def _asked(vote: Vote) -> dict[str, Any]:
    """Return the question and its rule for the record."""
    written = {} if vote.form == APPROVE else {"form": vote.form, "options": vote.options}
    return {"question": vote.question, "rule": vote.rule, **written}


@action
def edit(vote: Vote, *, asked: Asked, revision: int = 0, by: User, at: datetime) -> Vote:
    """Change a question that has not been opened, unless somebody else did since `revision` (0: not asked) was read."""
    locked(vote.meeting)
    vote = locked_vote(vote)
    same = YES if revision in (0, vote.revision) else no("changed_meanwhile")
    kind = rules_for(vote.meeting)
    first_no(may_with_vote(by, vote, "edit"), same, is_sound_question(asked, kind)).require()
    _write(vote, asked, kind)
    vote.revision += 1
    vote.save(update_fields=["question", "form", "options", "rule", "seconds", "revision"])
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
    first_no(may_with_vote(by, vote, "open"), is_shown(vote.item), alone, can_decide(quorum_for(vote))).require()
    rules = rules_for(meeting)
    roll = [RollEntry(vote=vote, participant=one, present=counts_as_present(one, rules)) for one in entitled_in(vote)]
    (YES if roll else no("no_voters")).require()
    RollEntry.objects.bulk_create(roll)
    vote.state, vote.opened_at = "open", at
    vote.closes_at = at + timedelta(seconds=vote.seconds) if vote.seconds else None
    vote.save(update_fields=["state", "opened_at", "closes_at"])
    counts = {"members": len(roll), "present": sum(entry.present for entry in roll)}
    note(meeting, "open_vote", by=by, at=at, about=vote, data=_asked(vote) | counts, moved=("prepared", "open"))
    announce(meeting, "vote.opened", vote_patch(vote), by=by, at=at)
    close_when_due(vote)
    return vote


@action
def extend(vote: Vote, *, seconds: int, by: User, at: datetime) -> Vote:
    """Give a running vote more time; one without a countdown gets its first."""
    locked(vote.meeting)
    vote = locked_vote(vote)
    first_no(may_with_vote(by, vote, "extend"), is_before_end(vote, at), is_countdown(seconds)).require()
    vote.closes_at = (vote.closes_at or at) + timedelta(seconds=seconds)
    vote.save(update_fields=["closes_at"])
    data = {"seconds": seconds, "closes_at": vote.closes_at.isoformat()}
    note(vote.meeting, "extend_vote", by=by, at=at, about=vote, data=data)
    announce(vote.meeting, "vote.extended", vote_patch(vote), by=by, at=at)
    close_when_due(vote)
    return vote


@action
def take_back(vote: Vote, *, by: User, at: datetime) -> Vote:
    """Take a vote that was opened by mistake back among the prepared ones, while nobody has voted."""
    locked(vote.meeting)
    vote = locked_vote(vote)
    first_no(may_with_vote(by, vote, "take_back"), is_untouched(vote)).require()
    removed = list(Participant.objects.filter(pk__in=vote.roll.values("participant"), removed_at__isnull=False))
    vote.roll.all().delete()
    vote.state, vote.opened_at, vote.closes_at = "prepared", None, None
    vote.save(update_fields=["state", "opened_at", "closes_at"])
    data = {"question": vote.question}
    note(vote.meeting, "take_back_vote", by=by, at=at, about=vote, data=data, moved=("open", "prepared"))
    unnamed = {str(place.public_id): None for place in removed if not is_shown_person(place)}
    patch = vote_patch(vote)
    people: Patch = {"people": unnamed} if unnamed else {}
    announce(vote.meeting, "vote.taken_back", lambda view: {**patch(view), **people}, by=by, at=at)
    return vote


@action
def close_vote(vote: Vote, *, by: User, at: datetime) -> Vote:
    """Close the question and fix its result; the same lock as casting, so no ballot slips in after the count."""
    vote = locked_vote(vote)
    first_no(may_with_vote(by, vote, "close"), all_confirmed(vote)).require()
    return _closed(vote, closed_at=at, by=by, at=at)


@action
def run_out(vote: Vote, *, by: User, at: datetime) -> Vote:
    """Close a vote whose countdown is over, as the system; whoever comes second finds it done.

    Ballots entered by name and not confirmed keep it from closing: what a raised hand said is not lost to a clock.
    """
    vote = locked_vote(vote)
    due = vote.state == "open" and vote.closes_at is not None and vote.closes_at + GRACE <= at
    if not due or unconfirmed(vote):
        nothing_changed()
        return vote
    may_with_vote(by, vote, "close").require()
    return _closed(vote, closed_at=vote.closes_at or at, by=by, at=at)


def _closed(vote: Vote, *, closed_at: datetime, by: User, at: datetime) -> Vote:
    """Count, fix the result and its digest, and tell chair and secretary; the others see that it is over."""
    codes = [option["code"] for option in vote.options]
    given = tally(codes, [ballot.chosen for ballot in vote.ballots.all()])
    found = fix_result(vote, given)
    vote.state, vote.closed_at = "closed", closed_at
    vote.save(update_fields=["result", "digest", "state", "closed_at"])
    data = {"question": vote.question, "counted": found, "by_itself": by.is_system}
    note(vote.meeting, "close_vote", by=by, at=at, about=vote, data=data, moved=("open", "closed"))
    announce(vote.meeting, "vote.closed", vote_patch(vote), by=by, at=at)
    return vote


@action
def declare(vote: Vote, *, by: User, at: datetime) -> Vote:
    """Declare what was counted; from here on everybody sees it."""
    vote = locked_vote(vote)
    may_with_vote(by, vote, "declare").require()
    vote.state, vote.declared_at = "declared", at
    vote.save(update_fields=["state", "declared_at"])
    data = {"question": vote.question, "result": vote.result, "digest": vote.digest, "chosen": chosen_labels(vote)}
    note(vote.meeting, "declare_vote", by=by, at=at, about=vote, data=data, moved=("closed", "declared"))
    announce(vote.meeting, "vote.declared", vote_patch(vote), by=by, at=at)
    return vote


@action
def annul(vote: Vote, *, reason: str, by: User, at: datetime) -> Vote:
    """Annul a vote that was counted, saying why, and prepare the same question anew; return the new vote."""
    locked(vote.meeting)
    vote = locked_vote(vote)
    first_no(may_with_vote(by, vote, "annul"), is_reason(reason)).require()
    source, vote.state = vote.state, "annulled"
    vote.annulled_at, vote.annul_reason = at, composed(reason).strip()
    vote.digest = digest_now(vote)
    vote.save(update_fields=["state", "annulled_at", "annul_reason", "digest"])
    again = _again(vote)
    data = {"question": vote.question, "reason": vote.annul_reason, "again": str(again.public_id)}
    note(vote.meeting, "annul_vote", by=by, at=at, about=vote, data=data, moved=(source, "annulled"))
    note(vote.meeting, "prepare_vote", by=by, at=at, about=again, data=_asked(again), moved=("", "prepared"))
    announce(vote.meeting, "vote.annulled", vote_patch(vote), by=by, at=at)
    announce(vote.meeting, "vote.prepared", vote_patch(again), by=by, at=at)
    return again


def _again(vote: Vote) -> Vote:
    """Make the vote that is held in place of an annulled one."""
    kept = ("meeting", "item", "question", "form", "options", "rule", "seconds")
    fields = {name: getattr(vote, name) for name in kept}
    return Vote.objects.create(replaces=vote, position=_last_position(vote.item) + 1, **fields)
