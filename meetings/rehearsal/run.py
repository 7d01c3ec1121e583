"""The rehearsal itself: connect, check in, vote, send twice, declare, lose the line and come back."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from meetings.rehearsal.delegate import Delegate, Refusal

PATIENCE = 60.0
# How long each step may take before it counts as failed, in seconds.
CONNECTED, CHECKED_IN, VOTED, DECLARED, RETURNED = 10.0, 10.0, 1.5, 1.0, 10.0


@dataclass(frozen=True)
class Finding:
    """What one step showed: its sentence, whether it passed, and how long the last delegate took."""

    passed: bool
    text: str
    seconds: float | None = None


@dataclass(frozen=True)
class Cast:
    """A ballot as its tablet sent it."""

    by: Delegate
    choice: str
    key: str


async def rehearse(delegates: Sequence[Delegate], item: str) -> AsyncIterator[Finding]:
    """Go through a session with these delegates (the first chairs); yields what each step showed."""
    chair, voters = delegates[0], [delegates[0], *delegates[2:]]
    yield await together(
        delegates,
        lambda one: one.come(within=PATIENCE),
        CONNECTED,
        _("%(count)d of %(all)d tablets connected, the last after %(seconds)s s"),
    )
    yield await together(
        delegates,
        lambda one: one.ask("check_in", {}, within=PATIENCE),
        CHECKED_IN,
        _("%(count)d of %(all)d people checked in, the last after %(seconds)s s"),
    )
    await chair.ask("open_meeting", {}, within=PATIENCE)
    vote = await put(chair, item)
    codes = [option["code"] for option in chair.room["votes"][vote]["options"] if not option.get("remark")]
    casts = [Cast(one, codes[number % 10 % len(codes)], str(uuid4())) for number, one in enumerate(voters)]
    yield await cast_all(casts, vote)
    yield await sent_twice(casts, vote)
    async for finding in declared(chair, delegates, casts, vote):
        yield finding
    yield await came_back(delegates)


async def put(chair: Delegate, item: str) -> str:
    """Put a question to the vote; return it."""
    answer = await chair.ask("prepare_vote", {"item": item, "question": _("Rehearsal question?")}, within=PATIENCE)
    vote = str(answer["data"]["vote"])
    await chair.ask("open_vote", {"vote": vote}, within=PATIENCE)
    await chair.until(lambda me: vote in me.room["votes"], within=PATIENCE)
    return vote


async def cast_all(casts: Sequence[Cast], vote: str) -> Finding:
    """Everybody votes in the same moment."""
    for cast in casts:
        await cast.by.until(lambda me: me.room["votes"].get(vote, {}).get("state") == "open", within=PATIENCE)
    return await together(
        casts,
        lambda cast: cast.by.ask("cast", {"vote": vote, "choice": cast.choice}, key=cast.key, within=PATIENCE),
        VOTED,
        _("%(count)d of %(all)d ballots counted, the last after %(seconds)s s"),
    )


async def sent_twice(casts: Sequence[Cast], vote: str) -> Finding:
    """A tablet that was not answered sends again: the same ballot, counted once."""
    again = [
        cast.by.ask("cast", {"vote": vote, "choice": cast.choice}, key=cast.key, within=PATIENCE) for cast in casts[:20]
    ]
    answers = await asyncio.gather(*again, return_exceptions=True)
    accepted = sum(not isinstance(answer, BaseException) for answer in answers)
    chair = casts[0].by
    with suppress(TimeoutError):  # counts go out four times a second
        await chair.until(lambda me: me.room["votes"][vote].get("cast") == len(casts), within=PATIENCE)
    counted = chair.room["votes"][vote].get("cast")
    passed = accepted == len(again) and counted == len(casts)
    text = _("%(count)d ballots sent twice were counted once: %(counted)d ballots in all")
    return Finding(passed, text % {"count": len(again), "counted": counted or 0})


async def declared(
    chair: Delegate, delegates: Sequence[Delegate], casts: Sequence[Cast], vote: str
) -> AsyncIterator[Finding]:
    """Close and declare; every screen shows the same, right result."""
    await chair.ask("close_vote", {"vote": vote}, within=PATIENCE)
    begun = monotonic()

    def shows(me: Delegate) -> bool:
        return bool(me.room["votes"][vote].get("state") == "declared")

    waiting = [asyncio.ensure_future(one.until(shows, within=PATIENCE)) for one in delegates]
    await asyncio.gather(chair.ask("declare_vote", {"vote": vote}, within=PATIENCE), return_exceptions=True)
    moments = await asyncio.gather(*waiting, return_exceptions=True)
    shown = [moment for moment in moments if isinstance(moment, float)]
    took = max(shown, default=begun + PATIENCE) - begun
    text = _("%(count)d of %(all)d tablets show the result, the last after %(seconds)s s")
    values = {"count": len(shown), "all": len(delegates), "seconds": shown_seconds(took)}
    yield Finding(len(shown) == len(delegates) and took <= DECLARED, text % values, took)
    expected = Counter(cast.choice for cast in casts)
    found = [one.room["votes"][vote] for one in delegates]
    right = sum(same_counts(line.get("result", {}), expected) for line in found)
    digests = {line.get("digest") for line in found}
    text = _("%(count)d of %(all)d tablets show the right count and the same digest")
    passed = right == len(delegates) and len(digests) == 1
    yield Finding(passed, text % {"count": right, "all": len(delegates)})


def same_counts(result: Any, expected: "Counter[str]") -> bool:
    """Does the result count what was sent?"""
    return +Counter(result.get("counts", {})) == expected


async def came_back(delegates: Sequence[Delegate]) -> Finding:
    """Every line is cut in the same moment; everybody comes back and shows the room as the others do."""
    before = delegates[-1].room
    await asyncio.gather(*(one.go() for one in delegates))
    finding = await together(
        delegates,
        lambda one: one.come(within=PATIENCE),
        RETURNED,
        _("%(count)d of %(all)d tablets came back after a lost line, the last after %(seconds)s s"),
    )
    same = delegates[-1].room == before
    return finding if same else Finding(False, _("After coming back a tablet shows another room than before"))


async def together(many: Sequence[Any], work: Callable[[Any], Any], limit: float, text: str) -> Finding:
    """Have all do something in the same moment; passed when everybody was done within the limit."""
    begun = monotonic()

    async def timed(one: Any) -> float:
        await work(one)
        return monotonic() - begun

    results = await asyncio.gather(*(timed(one) for one in many), return_exceptions=True)
    times = [result for result in results if isinstance(result, float)]
    last = max(times, default=PATIENCE)
    values = {"count": len(times), "all": len(many), "seconds": shown_seconds(last)}
    refused = sorted({str(result) for result in results if isinstance(result, Refusal)})
    sentence = text % values + (f" ({', '.join(refused)})" if refused else "")
    return Finding(len(times) == len(many) and last <= limit, sentence, last)


def shown_seconds(seconds: float) -> str:
    """Return seconds as people write them."""
    return f"{seconds:.2f}".replace(".", ",")
