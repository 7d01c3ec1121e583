"""Operations of many pages at one moment share commits; what is refused to one spoils nothing for the others."""

import asyncio
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError

from annotations import inkwell as module
from annotations.inkwell import Inkwell
from annotations.models import Annotation
from ledger.verdict import Refused, Unseen
from tests.annotations.factories import meeting_circle, put
from tests.meetings.factories import now, world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db(transaction=True)


async def test_many_share_few_commits_and_each_gets_its_own_answer(monkeypatch):
    there = await sync_to_async(world)("published")
    document = there.papers[0].document
    commits, real = list[int](), module.done_together

    def counted(batch):
        commits.append(len(batch))
        return real(batch)

    monkeypatch.setattr(module, "done_together", counted)
    well = Inkwell()
    people = [*there.members, there.guest, there.chair, there.stranger]

    def prepared():
        return [(fresh(people[n % 6]), put(document, to=meeting_circle(there))) for n in range(30)]

    asked = await sync_to_async(prepared)()
    works = [well.put(user, document.public_id, [one], now()) for user, one in asked]
    works.append(well.put(asked[0][0], document.public_id, [{}] * 501, now()))
    works.append(well.put(asked[0][0], uuid4(), [], now()))
    found = await asyncio.gather(*works, return_exceptions=True)
    for (user, _), answers in zip(asked, found[:30], strict=True):
        if user == there.stranger:
            assert isinstance(answers, Unseen)
        else:
            assert answers[0]["ok"] is True
    assert isinstance(found[30], Refused)
    assert isinstance(found[31], Unseen)
    assert await Annotation.objects.acount() == 25
    assert sum(commits) == 32
    assert len(commits) <= 3


async def test_a_batch_the_database_refuses_is_done_one_by_one(monkeypatch):
    there = await sync_to_async(world)("published")
    document = there.papers[0].document
    real, calls = module.tried, []

    def once_broken(dip):
        calls.append(dip)
        if len(calls) == 2:
            raise OperationalError("deadlock")
        return real(dip)

    monkeypatch.setattr(module, "tried", once_broken)
    asked = await sync_to_async(lambda: [(fresh(user), put(document)) for user in there.members])()
    well = Inkwell()
    found = await asyncio.gather(*[well.put(user, document.public_id, [one], now()) for user, one in asked])
    assert [answers[0]["ok"] for answers in found] == [True] * 3
    assert await Annotation.objects.acount() == 3
