"""Reading the body of a request that brings operations."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from ledger.verdict import Refused


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
