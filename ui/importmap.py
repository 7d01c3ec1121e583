"""The import map: every module of a package is importable as `<package>/<path>`, libraries under registered names.

`<package>/static/<package>/js/room/board.js` is `import … from "<package>/room/board"`. Workers see no import map:
they stay self-contained.
"""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

from ui.finders import own_packages

_libraries: dict[str, str] = {}


def register(specifier: str, static_path: str) -> None:
    """Makes a library importable: `register("pdfjs", "npm/pdfjs-…/build/pdf.min.mjs")`."""
    _libraries[specifier] = static_path
    _built.cache_clear()


def libraries() -> dict[str, str]:
    """Specifier → static path of the registered libraries."""
    return dict(_libraries)


def own_modules() -> dict[str, str]:
    """Specifier → static path of the modules of the project's own packages."""
    return {
        f"{package.name}/{path.relative_to(folder).with_suffix('').as_posix()}": _static_path(package, path)
        for package in own_packages()
        for folder in [package / "static" / package.name / "js"]
        for path in sorted(folder.rglob("*.js"))
    }


def import_map() -> str:
    """The map as JSON, addresses from the static manifest; built once outside of development."""
    return build() if settings.DEBUG else _built()


def build() -> str:
    """The map as JSON that is safe inside a script element."""
    addresses = {name: static(path) for name, path in {**own_modules(), **_libraries}.items()}
    text = json.dumps({"imports": addresses}, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c")


@lru_cache(maxsize=1)
def _built() -> str:
    return build()


def _static_path(package: Path, path: Path) -> str:
    return path.relative_to(package / "static").as_posix()
