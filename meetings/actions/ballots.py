"""Casting: ballots that arrive together are committed together, each judged and recorded for itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from ledger.commands import Asked, claimed_together, give_back, is_same
from ledger.door import action, nothing_changed
from ledger.hashing import entry_hash
from ledger.insert import Upsert, insert
from ledger.verdict import YES, Verdict, first_no, no
from meetings.balloting import AGAIN, Given, Place, Question, judged
from meetings.counting import count_choices
from meetings.models import Ballot, RollEntry, Vote
from meetings.patches import Patch, announce, tell
from meetings.records import locked_vote, note
from meetings.rules.voting import is_as_read, is_choice, is_running, is_told
from meetings.snapshot.views import CHAIR, GUEST
from meetings.snapshot.votes import ballot_data, sees_counts
from people.models import User
from search.fold import composed

LONGEST_REMARK = 1000
SAID = ("choice", "choices", "remark", "revision", "cast_at", "client_id")
COLUMNS = ("vote_id", "participant_id", "manner", *SAID)
ONE_EACH = ("vote_id", "participant_id")


@dataclass(frozen=True)
class Cast:
    """What one device sent: whose choice (or choices), received when, under which id of the device.

    `revision` is that of the question as the device showed it; 0: not said.
    """

    user: User
    choice: str
    at: datetime
    remark: str = ""
    client_id: UUID | None = None
    choices: tuple[str, ...] = ()
    revision: int = 0

    def given(self, revision: int) -> Given:
        """Return what it says."""
        codes = (self.choice,) if self.choice else tuple(sorted(self.choices))
        return Given(codes, composed(self.remark).strip()[:LONGEST_REMARK] if self.remark else "", revision)


@dataclass
class Batch:
    """Ballots of one vote that are judged together: who is entitled, what is there, what has been taken."""

    vote: Vote
    question: Question
    places: dict[int, Place]
    given: dict[int, Given]
    taken: list[tuple[Cast, Given]] = field(default_factory=list)

    def judge(self, cast: Cast) -> Verdict:
        """Say whether this ballot counts; one that does is taken."""
        before = self.given.get(cast.user.pk)
        wanted = cast.given(before.revision + 1 if before else 1)
        code = judged(self.question, self.places.get(cast.user.pk), before, wanted, cast.at)
        if code:
            return YES if code == AGAIN else no(code)
        answer = first_no(
            is_as_read(self.vote, cast.revision),
            is_choice(self.vote, wanted.codes),
            is_told(self.vote, wanted.codes, wanted.remark),
        )
        if answer:
            self.given[cast.user.pk] = wanted
            self.taken.append((cast, wanted))
        return answer

    @property
    def last(self) -> dict[int, tuple[Cast, Given]]:
        """The newest ballot taken of each person."""
        return {cast.user.pk: (cast, given) for cast, given in self.taken}


@action
def cast_together(vote: Vote, *, casts: Sequence[Cast], by: User | None, at: datetime) -> list[Verdict]:
    """Take the ballots of one vote in one transaction; the answers stand in the order of `casts`.

    The vote's lock is the one closing takes. A ballot that is refused is only refused itself. `by` is whoever the
    event names: nobody when several people vote at once, because every record names its own voter.
    """
    vote = locked_vote(vote)
    batch = _batch(vote, casts)
    answers = _judged_once(batch, casts) if batch.question.change else [batch.judge(cast) for cast in casts]
    if not batch.taken:
        nothing_changed()
        return answers
    _store(batch)
    _leave_traces(batch)
    _announce(batch, by=by, at=at)
    return answers


def _batch(vote: Vote, casts: Sequence[Cast]) -> Batch:
    """Read what these ballots are judged by; who lost account, place or vote meanwhile is not entitled."""
    users = {cast.user.pk for cast in casts}
    running = is_running(vote)
    question = Question("" if running else running.code, vote.closes_at, bool(vote.rule.get("change")))
    return Batch(vote, question, _places(vote, users), _given(vote, users))


def _places(vote: Vote, users: set[int]) -> dict[int, Place]:
    """Return the frozen roll's entries of these people."""
    roll = RollEntry.objects.filter(vote=vote, participant__user__in=users, participant__user__is_active=True)
    entitled = roll.filter(participant__removed_at__isnull=True, participant__votes=True)
    rows = entitled.values_list(
        "participant__user_id",
        "participant_id",
        "participant__public_id",
        "present",
        "participant__checked_in_at",
        "participant__left_at",
    )
    return {
        user: Place(participant, person, on_time, came is not None and left is None)
        for user, participant, person, on_time, came, left in rows
    }


def _given(vote: Vote, users: set[int]) -> dict[int, Given]:
    """Return the ballots that are there already, by person."""
    rows = vote.ballots.filter(participant__user__in=users).values_list(
        "participant__user_id", "choice", "choices", "remark", "revision", "manner"
    )
    return {
        user: Given((choice,) if choice else tuple(choices), remark, revision, manner != Ballot.Manner.DEVICE)
        for user, choice, choices, remark, revision, manner in rows
    }


def _judged_once(batch: Batch, casts: Sequence[Cast]) -> list[Verdict]:
    """Judge where ballots may be changed: an earlier choice that arrives once more must not undo a later one."""
    commands = [_command(batch.vote, cast) for cast in casts]
    claimed = claimed_together([command for command in commands if command])
    answers: list[Verdict] = []
    here: dict[Any, tuple[str, Verdict]] = {}
    refused: list[int] = []
    for cast, command in zip(casts, commands, strict=True):
        if command is not None and command.key in here:
            digest, before = here[command.key]
            answer = before if digest == command.digest else no("id_taken")
        elif command is not None and command.key not in claimed:
            answer = YES if is_same(command) else no("id_taken")
        else:
            answer = batch.judge(cast)
            if command is not None:
                here[command.key] = command.digest, answer
                refused += [] if answer else [claimed[command.key]]
        answers.append(answer)
    give_back(refused)
    return answers


def _command(vote: Vote, cast: Cast) -> Asked | None:
    """Return the device's command, as it is remembered; a ballot without an id is not."""
    if cast.client_id is None:
        return None
    given = cast.given(0)
    said = {"do": "cast", "vote": str(vote.public_id), "codes": given.codes, "remark": given.remark}
    return Asked(cast.user.pk, cast.client_id, cast.at, entry_hash("", {"asked": said}))


def _store(batch: Batch) -> None:
    """Write the ballots; the constraint stands behind the lock: one per person, whatever else goes wrong."""
    rows = [
        (
            batch.vote.pk,
            batch.places[user].participant,
            Ballot.Manner.DEVICE.value,
            *_chosen(given),
            given.remark,
            given.revision,
            cast.at,
            cast.client_id,
        )
        for user, (cast, given) in batch.last.items()
    ]
    insert(Ballot, COLUMNS, rows, Upsert(ONE_EACH, SAID if batch.question.change else ()))


def _chosen(given: Given) -> tuple[str, list[str]]:
    """Return the two columns of what was chosen: one code, or a list of several."""
    return (given.codes[0], []) if len(given.codes) == 1 else ("", list(given.codes))


def _leave_traces(batch: Batch) -> None:
    """Record every ballot for its own voter, and tell each voter in private."""
    vote, name = batch.vote, str(batch.vote.public_id)
    for cast, given in batch.taken:
        place = batch.places[cast.user.pk]
        choice, choices = _chosen(given)
        data: dict[str, Any] = {"person": str(place.person), **({"choice": choice} if choice else {"choices": choices})}
        data |= {} if place.on_time else {"late": True}
        data |= {"revision": given.revision} if given.revision > 1 else {}
        verb = "recast" if given.revision > 1 else "cast"
        note(vote.meeting, verb, by=cast.user, at=cast.at, about=vote, data=data)
        ballot = Ballot(choice=choice, choices=choices, remark=given.remark, cast_at=cast.at)
        patch = {"ballots": {name: ballot_data(ballot)}}
        tell(vote.meeting, cast.user, "ballot.counted", patch, by=cast.user, at=cast.at)


def _announce(batch: Batch, *, by: User | None, at: datetime) -> None:
    """Publish how far the vote is: who has voted now, and the counts to those whom the rule lets see them."""
    vote = batch.vote
    cast, counts = _counts(vote)
    new = {str(batch.places[one.user.pk].person): True for one, given in batch.taken if given.revision == 1}

    def patch(view: str) -> Patch:
        if vote.item.hidden and view != CHAIR:
            return {}
        shown: dict[str, object] = {"cast": cast}
        shown |= {"voted": new} if new and view != GUEST else {}
        shown |= {"counts": counts} if sees_counts(vote, view) else {}
        return {"votes": {str(vote.public_id): shown}}

    announce(vote.meeting, "vote.cast", patch, by=by, at=at)


def _counts(vote: Vote) -> tuple[int, dict[str, int]]:
    """Return how many have voted, and how often each option was chosen."""
    codes = [option["code"] for option in vote.options]
    if vote.form == Vote.Form.SEVERAL:
        rows = list(vote.ballots.values_list("choice", "choices"))
        return len(rows), count_choices(codes, [(choice,) if choice else choices for choice, choices in rows])
    found = dict(vote.ballots.order_by().values_list("choice").annotate(Count("pk")))
    return sum(found.values()), {code: found.get(code, 0) for code in codes}
