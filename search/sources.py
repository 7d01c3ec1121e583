"""Who feeds the index: how each package puts its objects in anew, for `manage.py reindex`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Source:
    """One table whose rows are found: `after(last, most)` gives keys in order, `put(keys)` makes them findable anew."""

    key: str
    label: str | Promise
    after: Callable[[int, int], Sequence[int]]
    put: Callable[[Sequence[int]], None]


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Name a source; called from the package's `AppConfig.ready`."""
    _sources[source.key] = source


def known_sources() -> list[Source]:
    """Return the sources in the order they were named."""
    return list(_sources.values())
