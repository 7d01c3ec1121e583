"""What is closed, thrown away or destroyed takes its notes along: on open pages at once, in rows after a while."""

import asyncio
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async

from annotations import jobs
from annotations.actions.sweeping import sweep
from annotations.models import Annotation
from annotations.queries import personal_snapshot, seen_snapshot
from documents.actions import grants, intake, library, trash
from documents.actions.purge import purge
from ledger.commands import KEPT
from people.queries import system_user
from tests.annotations.factories import codes, do, named, noted, op, put
from tests.annotations.test_live import act, opened, shows
from tests.meetings.factories import now, received, world
from tests.people.factories import AgencyFactory, fresh, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nothing_left")]


def shared_file():
    """A personal file shared with a colleague who noted on it, also for its owner."""
    agency = AgencyFactory()
    owner, friend = person(agency), person(agency)
    item = library.keep_file(
        received("Sổ tay.pdf"), agency_id=agency.pk, title="Sổ tay", folder=None, by=owner, at=now()
    )
    grants.share(item.document, user=friend, by=fresh(owner), at=now())
    noted(item.document, friend, body="của bạn", to=named(owner))
    noted(item.document, owner, body="của tôi")
    return item, owner, friend


async def reading(document, user):
    page = await opened(type("Nowhere", (), {"meeting": type("M", (), {"public_id": "x"})}), user)
    await page.do("read", document=str(document.public_id))
    return page


async def gone(page, label):
    async with asyncio.timeout(1.5):
        await page.hear(lambda frame: frame.get("gone") is True and frame["stream"] == label)


async def test_sharing_taken_back_ends_the_readers_notes_alone():
    item, owner, friend = await act(shared_file)
    label = f"notes:{item.document.public_id}"
    theirs, mine = await reading(item.document, friend), await reading(item.document, owner)
    await act(lambda: grants.unshare(item.document, user=friend, by=fresh(owner), at=now()))
    await gone(theirs, label)
    assert await act(lambda: seen_snapshot(fresh(friend), item.document)) == {"notes": {}}
    assert len(mine.states[label]["notes"]) == 2
    assert (await theirs.do("read", document=str(item.document.public_id)))["code"] == "unseen"
    await mine.do("stop_reading", document=str(item.document.public_id))
    assert not [frame for frame in mine.frames if frame.get("gone")]


async def test_the_trash_closes_for_everybody_and_opens_again():
    item, owner, friend = await act(shared_file)
    label = f"notes:{item.document.public_id}"
    pages = [await reading(item.document, user) for user in (friend, owner)]
    await act(lambda: trash.trash_items([item], by=fresh(owner), at=now()))
    for page in pages:
        await gone(page, label)
    await act(lambda: trash.restore_item(item, by=fresh(owner), at=now()))
    again = await reading(item.document, friend)
    assert len(again.states[label]["notes"]) == 1


def test_a_file_removed_for_good_takes_its_notes_along():
    item, owner, _ = shared_file()
    trash.trash_items([item], by=fresh(owner), at=now())
    item.refresh_from_db()
    trash.remove_item(item, by=fresh(owner), at=now())
    assert not Annotation.objects.exists()


async def test_a_destroyed_version_takes_its_notes_off_open_pages():
    there = await sync_to_async(world)("published")
    document, member = there.papers[0].document, there.members[0]
    old = await act(noted, document, member, body="trích dẫn cũ")
    await act(lambda: intake.add_version(document, received("Bản hai.pdf"), by=there.clerk, at=now()))
    kept = await act(noted, document, member, body="bản mới")
    page, label = await reading(document, member), f"notes:{document.public_id}"
    await shows(page, label, str(old.public_id), str(kept.public_id))
    administrator = await act(person, there.agency, "admin")
    blob = await act(lambda: document.versions.get(number=1).rendition)
    await act(lambda: purge(blob, reason="Lộ thông tin cá nhân của công dân", by=administrator, at=now()))
    await shows(page, label, str(kept.public_id))
    version = await act(lambda: str(document.versions.get(number=1).public_id))
    assert codes(await act(lambda: do(document, member, put(document, version=version)))) == ["purged"]
    assert codes(await act(lambda: do(document, member, op("say", str(old.public_id), body="x")))) == ["note_unknown"]
    await act(lambda: jobs.daily(at=now()))
    assert [row.pk async for row in Annotation.objects.all()] == [kept.pk]


def test_erased_ones_can_be_taken_back_for_a_day_and_go_with_their_commands():
    there = world("published")
    document, member = there.papers[0].document, there.members[0]
    row = noted(document, member)
    do(document, member, op("erase", str(row.public_id)))
    assert str(row.public_id) in personal_snapshot(fresh(member), document, now())["notes"]
    assert personal_snapshot(fresh(member), document, now() + timedelta(days=2)) == {"notes": {}}
    assert sweep(by=system_user(), at=now() + KEPT) == 0
    assert sweep(by=system_user(), at=now() + KEPT + timedelta(days=2)) == 1
