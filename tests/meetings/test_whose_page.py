"""A page left open on a shared tablet does nothing as whoever signed in there since."""

import json
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator

from config.asgi import application
from meetings.models import Ballot
from tests.meetings.factories import running_vote
from tests.meetings.transports import TRANSPORTS, page_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nothing_left")]


@pytest.mark.parametrize("over", TRANSPORTS)
async def test_a_page_is_let_in_as_the_person_it_was_made_for_alone(made, over):
    before, since = made.members[:2]
    own = await (await page_of(over, made.meeting, since, query=f"?as={since.public_id}")).settle()
    assert own.states
    left_open = await page_of(over, made.meeting, since, query=f"?as={before.public_id}")
    assert await left_open.ending() == 4401
    assert left_open.frames == []


async def test_a_ballot_that_waited_is_not_said_as_somebody_else(made):
    await sync_to_async(running_vote)(made)
    before, since = made.members[:2]
    page = await (await page_of("polling", made.meeting, since)).settle()
    data = {"vote": str(made.votes[0].public_id), "choice": "no"}
    body = json.dumps({"id": str(uuid4()), "do": "cast", "data": data}).encode()
    scope = page.scope("say", "POST", f"line=gone&as={before.public_id}")
    request = ApplicationCommunicator(application, scope)
    await request.send_input({"type": "http.request", "body": body})
    assert (await request.receive_output(5))["status"] == 401
    assert json.loads((await request.receive_output(5))["body"]) == {"close": 4401}
    assert not await Ballot.objects.aexists()


async def test_the_page_says_whom_it_was_made_for(made):
    from meetings.views.room import bootstrap

    given = await sync_to_async(bootstrap)(made.meeting, made.members[0])
    assert given["urls"]["socket"].endswith(f"/?as={made.members[0].public_id}")
