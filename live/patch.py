"""JSON Merge Patch (RFC 7396). Pure; the browser's half is static/live/js/apply.js, on the same fixtures."""

from collections.abc import Mapping
from typing import Any


class NotOnePatch(Exception):
    """What two patches do one after the other, no single one does: `null` removes, but nothing says "anew"."""


def merged(target: Any, patch: Any) -> Any:
    """Return `target` with `patch` applied; neither is changed."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def composed(first: Any, second: Any) -> Any:
    """Return the patch that does what `first` and then `second` do, or raise `NotOnePatch`."""
    if not isinstance(second, Mapping):
        return second
    if not isinstance(first, Mapping):  # an object where `first` left nothing or a plain value begins empty
        raise NotOnePatch
    both = {name: composed(first[name], value) if name in first else value for name, value in second.items()}
    return {**first, **both}
