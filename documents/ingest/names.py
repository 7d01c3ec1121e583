"""File names as they are kept: composed, on one line, with the extension of what the file is."""

import re
import unicodedata

from documents.ingest.sniff import BY_EXTENSION, FileType

MAX_LENGTH = 200
_NAMELESS = "tài liệu"
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(name: str) -> str:
    """Return the name in NFC, without folders, control or direction marks; never empty."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(
        " " if char in "\t\n" else char for char in name if char in "\t\n" or unicodedata.category(char) not in _HIDDEN
    )
    name = " ".join(_FORBIDDEN.sub("_", name).split()).lstrip(".").strip()
    return _shortened(name) or _NAMELESS


def extension_of(name: str) -> str:
    """Return what stands after the last dot, in lower case; empty when there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if stem and dot else ""


def disagrees(name: str, kind: FileType) -> bool:
    """Tell whether the name says something else than the content."""
    return extension_of(name) not in kind.extensions


def named_as(name: str, kind: FileType) -> str:
    """Return the name with the extension of what the file is."""
    if not disagrees(name, kind):
        return name
    stem = name.rpartition(".")[0] if extension_of(name) in BY_EXTENSION else name
    return _shortened(f"{stem}.{kind.extensions[0]}")


def _shortened(name: str) -> str:
    """Cut a long name in its stem, not in its extension."""
    if len(name) <= MAX_LENGTH:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:MAX_LENGTH].rstrip()
    return f"{stem[: MAX_LENGTH - len(extension) - 1].rstrip()}.{extension}"
