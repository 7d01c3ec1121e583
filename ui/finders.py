"""Lets collectstatic take along the few files of a package that the program uses, not the thousands there are."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

from ui.icons import STATIC_PREFIX, source_folder

_QUOTED = re.compile(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""")
_SOURCES = ("*.html", "*.py", "*.js")


def own_packages() -> list[Path]:
    """The folders of the project's own packages."""
    base = Path(settings.BASE_DIR)
    return [path for config in apps.get_app_configs() if (path := Path(config.path)).parent == base]


def quoted_words() -> set[str]:
    """Every quoted word of the sources that could name an icon."""
    words: set[str] = set()
    for package in own_packages():
        for pattern in _SOURCES:
            for path in package.rglob(pattern):
                words.update(_QUOTED.findall(path.read_text(encoding="utf-8")))
    return words


def used_icons() -> list[str]:
    """The names among those words that are icons."""
    folder = source_folder()
    return sorted(word for word in quoted_words() if (folder / f"{word}.svg").is_file())


class IconFinder(BaseFinder):
    """Finds `npm/lucide/<name>.svg`."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        prefix, _, name = path.rpartition("/")
        file = source_folder() / name
        if prefix != STATIC_PREFIX or not file.is_file():
            return [] if find_all else None
        return [str(file)] if find_all else str(file)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        storage = FileSystemStorage(location=source_folder())
        storage.prefix = STATIC_PREFIX  # type: ignore[attr-defined]
        for name in used_icons():
            yield f"{name}.svg", storage


class LibraryFinder(BaseFinder):
    """Finds the modules of browser libraries that `NPM_FILES` names: static folder → (source folder, file names)."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        prefix, _, name = path.rpartition("/")
        folder, names = settings.NPM_FILES.get(prefix, (Path(), ()))
        if name not in names or not (folder / name).is_file():
            return [] if find_all else None
        return [str(folder / name)] if find_all else str(folder / name)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for prefix, (folder, names) in settings.NPM_FILES.items():
            storage = FileSystemStorage(location=folder)
            storage.prefix = prefix  # type: ignore[attr-defined]
            yield from ((name, storage) for name in names)
