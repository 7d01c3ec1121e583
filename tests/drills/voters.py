"""A hall that votes while its server is killed again and again, and what must be true afterwards.

Every member casts one ballot after the other, each under an id of its own, and goes on once it is acknowledged. What
was not answered is sent again under the same id, after every return and whenever an answer takes long.
"""

import asyncio
import json
import random
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.load.files import allow_many_files
from tests.load.seats import Crowd, Seat, masked
from tests.servers.app import ROOT, AppServer, app_server

CHOICES = ("yes", "no", "abstain")
PATIENCE = 2.0
LONGEST_PAUSE = 0.15
LONGEST = 120.0  # on a machine that is busy with other things


@dataclass
class Member:
    """One person: what was cast, in order, and under which ids."""

    seat: Seat
    vote: str
    changes: bool
    cast: list[tuple[str, str]] = field(default_factory=list)
    acknowledged: int = 0
    unexpected: list[str] = field(default_factory=list)
    sent: int = 0

    def hear(self, _: Seat, text: bytes) -> None:
        """Take an answer; a second one to the same ballot changes nothing."""
        answer = json.loads(text)
        if "nack" in answer:
            self.unexpected.append(answer["code"])
        elif self.cast and answer["ack"] == self.cast[-1][0]:
            self.answered.set()

    async def vote_on(self, enough: asyncio.Event, chance: random.Random) -> None:
        """Cast until it is enough; the last ballot is acknowledged too."""
        self.answered = asyncio.Event()
        self.seat.answered = self.hear
        while not enough.is_set():
            await asyncio.sleep(chance.uniform(0, LONGEST_PAUSE))
            await self.cast_one(chance)
            if not self.changes:
                return

    async def cast_one(self, chance: random.Random) -> None:
        """Cast another choice than the last one, until it is acknowledged."""
        last = self.cast[-1][1] if self.cast else ""
        choice = chance.choice([code for code in CHOICES if code != last])
        ballot = f"{chance.getrandbits(128):032x}"
        ballot = f"{ballot[:8]}-{ballot[8:12]}-{ballot[12:16]}-{ballot[16:20]}-{ballot[20:]}"
        self.cast.append((ballot, choice))
        self.answered.clear()
        data = {"vote": self.vote, "choice": choice}
        frame = masked(json.dumps({"id": ballot, "do": "cast", "data": data}))
        while not self.answered.is_set():
            await self.seat.in_sync.wait()
            self.seat.say(frame)
            self.sent += 1
            try:
                await asyncio.wait_for(self.answered.wait(), PATIENCE)
            except TimeoutError:
                continue
        self.acknowledged += 1


@dataclass
class Drill:
    """One installation whose server is killed at seeded moments."""

    folder: Path
    members: int
    seed: int
    environment: dict[str, str] = field(default_factory=dict)
    stack: ExitStack = field(default_factory=ExitStack)
    kills: int = 0

    def serve(self, port: int = 0) -> AppServer:
        """Start the server, on the port it had before."""
        running = app_server(data_dir=self.folder, port=port, DEMO="0", **self.environment)
        self.server: AppServer = self.stack.enter_context(running)
        return self.server

    def fill(self) -> dict[str, Any]:
        """Make the meeting; return where it is, who is in it and its votes."""
        command = [sys.executable, "-m", "tests.load.hall", str(self.members), "3"]
        environment = {**self.server.environment, "PYTHONPATH": str(ROOT)}
        run = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        room: dict[str, Any] = json.loads(run.stdout)
        return room

    def kill(self) -> None:
        """Kill the server in the middle of whatever it does, and start it again."""
        port = self.server.port
        self.server.process.send_signal(signal.SIGKILL)
        self.server.process.wait()
        self.kills += 1
        self.serve(port)


async def voted(drill: Drill, kills: int) -> dict[str, list[Member]]:
    """Hold a vote whose ballots change and one where they do not, with so many kills in each; return who did what."""
    allow_many_files()
    chance = random.Random(drill.seed)
    room = drill.fill()
    crowd = Crowd(drill.server.port, room["path"], room["cookies"])
    await crowd.arrive()
    crowd.returning, crowd.longest_pause = True, PATIENCE
    done: dict[str, list[Member]] = {}
    for vote, changes in zip(room["votes"][:2], (True, False), strict=True):
        await asked(crowd, "open_vote", vote)
        done[vote] = [Member(seat, vote, changes) for seat in crowd.seats]
        enough = asyncio.Event()
        voting = [asyncio.ensure_future(one.vote_on(enough, random.Random(chance.random()))) for one in done[vote]]
        for _ in range(kills if changes else 1):
            await asyncio.sleep(chance.uniform(0.4, 1.2) if changes else chance.uniform(0.02, 0.12))
            await asyncio.to_thread(drill.kill)
            await asyncio.wait_for(crowd.all_in_sync(), LONGEST)
        await asyncio.sleep(0.5)
        enough.set()
        await asyncio.wait_for(asyncio.gather(*voting), LONGEST)
        await asked(crowd, "close_vote", vote)
        await asked(crowd, "declare_vote", vote)
    return done


async def asked(crowd: Crowd, verb: str, vote: str) -> None:
    """Let the chair do something."""
    await crowd.ask(verb, {"vote": vote})


STANDS = """
import json
from django.db.models import F
from ledger.models import AuditEntry
from meetings.models import Ballot, Vote
told = {}
acts = AuditEntry.objects.filter(verb__in=("cast", "recast")).order_by("chain", "seq")
for vote, by, data in acts.values_list("object_id", "by__username", "data"):
    told.setdefault(str(vote), {}).setdefault(by, []).append(data["choice"])
held = {}
fields = ("vote__public_id", "participant__user__username", "choice", "revision", "client_id")
for vote, who, choice, revision, ballot in Ballot.objects.values_list(*fields):
    held.setdefault(str(vote), {}).setdefault(who, []).append([choice, revision, str(ballot)])
results = {str(vote.public_id): vote.result for vote in Vote.objects.filter(state="declared")}
print(json.dumps({"told": told, "held": held, "results": results}))
"""


def prove(drill: Drill, done: dict[str, list[Member]]) -> None:
    """Every acknowledged ballot was counted exactly once, none was invented, and the record says the same."""
    stands = json.loads(drill.server.manage("shell", "-v0", "-c", STANDS).splitlines()[-1])
    for vote, members in done.items():
        told, held, result = stands["told"][vote], stands["held"][vote], stands["results"][vote]
        for number, member in enumerate(members):
            who, choices = f"dai.bieu{number:04d}", [choice for _, choice in member.cast]
            assert not member.unexpected, (who, member.unexpected)
            assert member.acknowledged == len(choices) > 0
            assert told[who] == choices, f"{who}: recorded {told[who]}, acknowledged {choices}"
            assert held[who] == [[choices[-1], len(choices), member.cast[-1][0]]]
        assert len(told) == len(held) == len(members) == result["cast"]
        last = [member.cast[-1][1] for member in members]
        assert result["counts"] == {code: last.count(code) for code in CHOICES}
    drill.server.manage("verify_audit")


def run(folder: Path, *, members: int, kills: int, seed: int, **environment: str) -> Drill:
    """Hold the drill and prove what must be true; return it for figures."""
    drill = Drill(folder, members, seed, environment)
    with drill.stack:
        drill.serve()
        done = asyncio.run(voted(drill, kills))
        prove(drill, done)
        ballots = sum(len(one.cast) for members in done.values() for one in members)
        again = sum(one.sent for members in done.values() for one in members) - ballots
        print(f"\n{ballots} ballots of {drill.members} people over {drill.kills} kills, {again} sent again")
    return drill
