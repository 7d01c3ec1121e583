"""Reading a request that brings operations: what it says, and for whom its page was made."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from ledger.verdict import YES, Refused, Verdict, no
from people.models import User


def operations_in(request: HttpRequest) -> list[Any]:
    """Return the operations a page or a program sends, or refuse what is no list of them."""
    try:
        said = json.loads(request.body, parse_constant=no_constant)
    except RequestDataTooBig as error:
        raise Refused("operations_too_large") from error
    except (ValueError, RecursionError) as error:
        raise Refused("bad_frame") from error
    operations = said.get("operations") if isinstance(said, dict) else None
    if not isinstance(operations, list):
        raise Refused("bad_frame")
    return operations


def no_constant(name: str) -> Any:
    """Refuse NaN and Infinity, which JSON does not know."""
    raise ValueError(name)


def is_page_of(request: HttpRequest, user: User) -> Verdict:
    """Was the page that asks made for who is signed in? One left open on a shared tablet says for whom it was."""
    return YES if request.GET.get("as", "") in ("", str(user.public_id)) else no("page_of_another")
