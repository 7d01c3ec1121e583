"""Every sentence of the interface exists in Vietnamese, in the catalogue of the package that says it."""

import re
import subprocess
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_from_file
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.source import PACKAGES, ROOT

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LETTERS = set("ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
Entry = tuple[str, str]


@cache
def said_by(package: str) -> dict[Entry, str]:
    """Return every msgid (with its context) a package's Python files and templates say, with the place."""
    found: dict[Entry, str] = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        if "migrations" not in path.parts:
            found |= in_python(path)
    for path in sorted((ROOT / package).rglob("templates/**/*.*")):
        if path.suffix in {".html", ".txt", ".svg"}:
            found |= in_template(path)
    return found


def in_python(path: Path) -> dict[Entry, str]:
    found = {}
    for line, message, _comments, context in extract_from_file("python", path, keywords=KEYWORDS):
        first = message[0] if isinstance(message, tuple) else message
        found[(context or "", first)] = f"{path.relative_to(ROOT)}:{line}"
    return found


def in_template(path: Path) -> dict[Entry, str]:
    """Let Django turn the template into what looks like Python, as its makemessages does."""
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    flat = "\n".join(line.strip() for line in text.splitlines())  # indentation means nothing here
    found = {}
    for line, message, _comments, context in extract("python", BytesIO(flat.encode()), keywords=KEYWORDS):
        first = message[0] if isinstance(message, tuple) else message
        found[(context or "", first)] = f"{path.relative_to(ROOT)}:{line}"
    return found


@cache
def catalogue(package: str) -> Catalog:
    path = ROOT / package / "locale/vi/LC_MESSAGES/django.po"
    if not path.exists():
        return Catalog(locale="vi")
    with path.open("rb") as file:
        return read_po(file, locale="vi")


def messages(package: str) -> list[Message]:
    return [message for message in catalogue(package) if message.id]


def translations(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (list, tuple)) else [message.string or ""]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_sentence_has_its_vietnamese(package: str) -> None:
    missing = [f"{place}: {entry[1]!r}" for entry, place in said_by(package).items() if not translated(package, entry)]
    assert not missing, f"add to {package}/locale/vi/LC_MESSAGES/django.po:\n" + "\n".join(missing)


def translated(package: str, entry: Entry) -> bool:
    context, msgid = entry
    message = catalogue(package).get(msgid, context or None)
    return bool(message and all(translations(message)) and not message.fuzzy)


def test_packages_agree_on_a_sentence() -> None:
    """Django merges the catalogues: of two translations of one msgid only the upper package's is ever seen."""
    seen: dict[tuple[str, str], dict[str, list[str]]] = {}
    for package in PACKAGES:
        for message in messages(package):
            key = (message.context or "", str(message.id))
            seen.setdefault(key, {}).setdefault(" | ".join(translations(message)), []).append(package)
    apart = [f"{key}: {found}" for key, found in seen.items() if len(found) > 1]
    assert not apart, "use one translation, or a context (pgettext):\n" + "\n".join(apart)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_entry_is_empty_or_doubtful(package: str) -> None:
    wrong = [message.id for message in messages(package) if message.fuzzy or not all(translations(message))]
    assert not wrong


@pytest.mark.parametrize("package", PACKAGES)
def test_gettext_compiles_it(package: str) -> None:
    """What is defined twice or has a broken format keeps `make` from writing the catalogue at all."""
    path = ROOT / package / "locale/vi/LC_MESSAGES/django.po"
    command = ["msgfmt", "--check-format", "-o", "/dev/null", path]
    done = subprocess.run(command, capture_output=True, text=True) if path.exists() else None
    assert done is None or done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_placeholders_are_kept(package: str) -> None:
    wrong = [message.id for message in messages(package) if not same_placeholders(message)]
    assert not wrong


def same_placeholders(message: Message) -> bool:
    sources = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    wanted = set(PLACEHOLDERS.findall(sources[-1]))
    return all(set(PLACEHOLDERS.findall(text)) == wanted for text in translations(message))


@pytest.mark.parametrize("package", PACKAGES)
def test_long_sentences_carry_vietnamese_marks(package: str) -> None:
    """A sentence of five words without one marked letter is not Vietnamese."""
    texts = [text for message in messages(package) for text in translations(message) if len(text.split()) >= 5]
    plain = [text for text in texts if not LETTERS & set(text.lower())]
    assert not plain


@pytest.mark.parametrize("package", PACKAGES)
def test_one_language_per_sentence_in_nfc(package: str) -> None:
    texts = [text for message in messages(package) for text in translations(message)]
    assert [text for text in texts if unicodedata.normalize("NFC", text) != text] == []
