"""The minutes as sections of blocks. A block keeps what the ledger said (`fact`) beside what is written (`text`). Pure.

A block with a fact is linked: written otherwise than the ledger has it, it counts as edited by hand, and can be put
back. Drafting again renews what nobody touched and never loses a word somebody wrote.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

Block = dict[str, Any]
Body = dict[str, Any]

LONGEST = 60_000


class NoBlock(LookupError):
    """There is no such block."""


def linked(key: str, fact: str, *, label: str = "", **extra: Any) -> Block:
    """Return a block the ledger fills."""
    return {"key": key, "label": label, "fact": fact, "text": fact, "free": False, "revision": 1, **extra}


def free(key: str, *, label: str = "", **extra: Any) -> Block:
    """Return an empty block the secretary fills."""
    return {"key": key, "label": label, "fact": "", "text": "", "free": True, "revision": 1, **extra}


def section(key: str, title: str, blocks: Iterable[Block]) -> dict[str, Any]:
    """Return one section."""
    return {"key": key, "title": title, "blocks": list(blocks)}


def body_of(sections: Iterable[dict[str, Any]]) -> Body:
    """Return a whole body."""
    return {"sections": list(sections)}


def blocks(body: Mapping[str, Any]) -> Iterator[Block]:
    """Yield every block in order."""
    for part in body["sections"]:
        yield from part["blocks"]


def find(body: Mapping[str, Any], key: str) -> Block:
    """Return the block of that key."""
    for block in blocks(body):
        if block["key"] == key:
            return block
    raise NoBlock(key)


def section_keys(body: Mapping[str, Any]) -> list[str]:
    """Return the keys of the sections."""
    return [part["key"] for part in body["sections"]]


def by_hand(block: Mapping[str, Any]) -> bool:
    """Is this block linked to the ledger, and written otherwise?"""
    return not block["free"] and block["text"] != block["fact"]


def written(body: Body, key: str, text: str) -> Body:
    """Return the body with this text in the block, one revision on."""
    return _with(body, key, lambda block: block.update(text=text, revision=block["revision"] + 1))


def restored(body: Body, key: str) -> Body:
    """Return the body with the block as the ledger has it."""
    return _with(body, key, lambda block: block.update(text=block["fact"], revision=block["revision"] + 1))


def _with(body: Body, key: str, change: Callable[[Block], None]) -> Body:
    made = deepcopy(body)
    change(find(made, key))
    return made


def redrafted(old: Body, fresh: Body) -> Body:
    """Return the fresh draft with everything that was written by hand; what the ledger dropped stays if edited."""
    before = {block["key"]: block for block in blocks(old)}
    known = {block["key"] for block in blocks(fresh)}
    made = deepcopy(fresh)
    for part in made["sections"]:
        part["blocks"] = [_renewed(before.get(block["key"]), block) for block in part["blocks"]]
    for part in old["sections"]:
        left = [_unlinked(block) for block in part["blocks"] if block["key"] not in known and _is_worth_keeping(block)]
        _section_for(made, part)["blocks"] += left
    return made


def _renewed(before: Block | None, fresh: Block) -> Block:
    """Return the fresh block, with the text of before where that was somebody's own."""
    if before is None:
        return fresh
    own = before["free"] or by_hand(before)
    text = before["text"] if own else fresh["text"]
    changed = text != before["text"] or fresh["fact"] != before["fact"]
    return {**fresh, "text": text, "revision": before["revision"] + changed}


def _is_worth_keeping(block: Block) -> bool:
    return bool(block["text"].strip()) and (block["free"] or by_hand(block))


def _unlinked(block: Block) -> Block:
    """Return a block the ledger knows nothing of any more."""
    return {**block, "fact": "", "free": True, "row": None}


def _section_for(body: Body, part: Mapping[str, Any]) -> dict[str, Any]:
    """Return the section of the same key, added at the end where the fresh draft has none."""
    same: list[dict[str, Any]] = [mine for mine in body["sections"] if mine["key"] == part["key"]]
    if same:
        return same[0]
    made = section(part["key"], part["title"], [])
    body["sections"].append(made)
    return made
