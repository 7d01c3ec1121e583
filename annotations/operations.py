"""Reading operations as pages send them, before any row is looked at. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from annotations.shapes import body_problem, quote_problem, rounded, shape_problem, style_problem
from annotations.written import is_short
from live.frames import compact
from search.fold import composed

MOST_AT_ONCE = 500
MOST_PEOPLE = 50
LARGEST_COUNTER = 2**48
VERBS = frozenset({"put", "erase", "restore", "say", "restyle", "share", "reply", "erase_reply"})
ASKED_OF = {
    "put": {"version", "page", "kind", "shape", "style"},
    "say": {"body"},
    "restyle": {"style"},
    "reply": {"reply", "body"},
    "erase_reply": {"reply"},
}


class Bad(ValueError):
    """This operation cannot be read, or not be done whatever the rows say; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Operation:
    """One operation with its ids; `data` is what `merging.applied` takes."""

    id: UUID
    do: str
    note: UUID
    data: Mapping[str, Any]

    @property
    def to(self) -> Mapping[str, Any] | None:
        """Return whom it shares the note with."""
        return self.data.get("to")

    @cached_property
    def shape_text(self) -> str:
        """Return the shape of the note it makes as JSON; empty where it makes none."""
        return compact(self.data["shape"]) if "shape" in self.data else ""


def id_of(raw: Any) -> str:
    """Return the id an answer names, as far as one can be read."""
    given = raw.get("id") if isinstance(raw, Mapping) else None
    return given[:60] if isinstance(given, str) else ""


def operation(raw: Any) -> Operation:
    """Return one operation, or raise `Bad`; texts in one spelling, ids in lower case."""
    if not isinstance(raw, Mapping) or raw.get("do") not in VERBS or not is_clean(raw):
        raise Bad("bad_operation")
    do, asked = raw["do"], {name: raw[name] for name in ASKED_OF.get(raw["do"], set()) if name in raw}
    if ASKED_OF.get(do, set()) - set(asked):
        raise Bad("bad_operation")
    data: dict[str, Any] = {**asked, "id": str(uuid(raw.get("id"))), "stamp": counter(raw.get("stamp")), "do": do}
    data["note"] = str(uuid(raw.get("note")))
    for name in {"reply", "version"} & set(asked):
        data[name] = str(uuid(asked[name]))
    if do == "put":
        data |= {"body": raw.get("body", ""), "quote": raw.get("quote")}
    if do in ("put", "share"):
        data["to"] = target(raw.get("to"))
    return in_short(Operation(UUID(data["id"]), do, UUID(data["note"]), checked(data)))


def in_short(read: Operation) -> Operation:
    """Return the operation with its shape as it is kept; most devices send it so, and its text tells."""
    if is_short(read.shape_text):
        return read
    return Operation(read.id, read.do, read.note, {**read.data, "shape": rounded(read.data["shape"])})


def checked(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data with its text in one spelling, or raise `Bad`."""
    problems = [style_problem(data["style"])] if "style" in data else []
    if data["do"] == "put":
        problems += [shape_problem(data["kind"], data["shape"]), quote_problem(data["kind"], data["quote"])]
    if "body" in data:
        problems.append(body_problem(data["body"]))
        if not any(problems):
            data["body"] = composed(data["body"])
            problems.append(body_problem(data["body"]))
        if data["do"] == "reply" and not str(data["body"]).strip():
            problems.append("reply_empty")
    for problem in filter(None, problems):
        raise Bad(problem)
    return {**data, "style": rounded(data["style"])} if "style" in data else data


def uuid(value: Any) -> UUID:
    """Return an id, or raise `Bad`."""
    try:
        return UUID(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise Bad("bad_operation") from error


def counter(value: Any) -> int:
    """Return a device's counter, or raise `Bad`."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LARGEST_COUNTER:
        raise Bad("bad_operation")
    return value


def target(value: Any) -> dict[str, Any] | None:
    """Return whom a note goes to: nobody, one circle, or named people; or raise `Bad`."""
    if value is None:
        return None
    if not isinstance(value, Mapping) or len(value) != 1:
        raise Bad("bad_operation")
    circle, people = value.get("circle"), value.get("people")
    if isinstance(circle, str) and 0 < len(circle) <= 120:
        return {"circle": circle}
    if not isinstance(people, list) or not people:
        raise Bad("bad_operation")
    if len(people) > MOST_PEOPLE:
        raise Bad("too_many_people")
    return {"people": sorted({str(uuid(one)) for one in people})}


def is_clean(value: Any) -> bool:
    """Can all its texts be kept (no NUL, no half of a surrogate pair), and is nothing nested deeper than notes are?"""
    todo, depth = [value], 0
    while todo:
        depth += 1
        if depth > 6:
            return False
        texts = [one for one in todo if isinstance(one, str)]
        if any("\x00" in text or not is_unicode(text) for text in texts):
            return False
        maps = [one for one in todo if isinstance(one, Mapping)]
        lists = [one for one in todo if isinstance(one, list) and not set(map(type, one)) <= {int, float}]
        inside = [part for one in lists for part in one]
        todo = inside + [part for one in maps for pair in one.items() for part in pair]
    return True


def is_unicode(text: str) -> bool:
    """Can the text be written down at all?"""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
