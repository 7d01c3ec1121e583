"""Finds the state-secret marks MẬT, TỐI MẬT and TUYỆT MẬT where they mark a document, never in prose.

State secrets are outside every e-document rule (QĐ 28/2018/QĐ-TTg; NĐ 30/2020/NĐ-CP leaves them to the law on
protecting state secrets). The mark is a stamp in capitals that stands alone. "Bí mật", "mật khẩu" or a heading
"QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC", wherever its lines break, are ordinary words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum


class SecrecyMark(StrEnum):
    """The three degrees, as they are stamped."""

    SECRET = "MẬT"
    HIGH_SECRET = "TỐI MẬT"
    TOP_SECRET = "TUYỆT MẬT"


_MARKS = {mark.value.replace(" ", ""): mark for mark in SecrecyMark}
# The same stamps in fonts from before Unicode: TCVN3 (.VnTime, capitals by font) and VNI.
_LEGACY = {
    "mËt": SecrecyMark.SECRET,
    "MËT": SecrecyMark.SECRET,
    "tèimËt": SecrecyMark.HIGH_SECRET,
    "TèIMËT": SecrecyMark.HIGH_SECRET,
    "tuyÖtmËt": SecrecyMark.TOP_SECRET,
    "TUYÖTMËT": SecrecyMark.TOP_SECRET,
    "MAÄT": SecrecyMark.SECRET,
    "TOÁIMAÄT": SecrecyMark.HIGH_SECRET,
    "TUYEÄTMAÄT": SecrecyMark.TOP_SECRET,
}
_STAMPS = {**_MARKS, **_LEGACY}
# Stamps that may share the line with the mark.
_COMPANIONS = re.compile(r"HỎATỐC|HOẢTỐC|THƯỢNGKHẨN|KHẨN|XEMXONGTRẢLẠI|LƯUHÀNHNỘIBỘ")
_LABEL = re.compile(
    r"(?:mức\s+|cấp\s+)?độ\s+(?:bảo\s+)?mật\s*:\s*[\W_]*(tuyệt\s*mật|tối\s*mật|mật)[\W_]*", re.IGNORECASE
)
# A line that ends so goes on: its next line is the rest of a phrase, not a stamp. No word here ends a place name:
# "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI" above a stamp must not hide it.
_LEADS_IN = frozenset(
    "BÍ BẢO GIẢI TÚI TRĂNG NGỌT ĐỘ CẤP MỨC DẤU LOẠI VÀ HOẶC LÀ CỦA VỀ THUỘC CÓ CÁC NHỮNG KHÔNG TỐI TUYỆT".split()  # noqa: SIM905
)
# Before "MẬT" inside a name these make another word as well.
_COMPOUNDS = _LEADS_IN | {"CƠ", "THÂN", "LỘ", "NỘI", "ĐƯỜNG", "GẤU", "HŨ", "DƯ"}
# "MẬT" before these is the beginning of another word: khẩu, mã, ong, độ…
_LEADS_ON = frozenset(
    "KHẨU MÃ ONG ĐỘ VỤ THƯ THIẾT DANH BÁO MÍA GẤU THÁM NGHỊ LỆNH ƯỚC NGỮ HOA ĐÀM PHỤC KẾ HIỆU TÔNG VIỆN CHÚ HÀM".split()  # noqa: SIM905
)
_IGNORED = {"Cf", "Cc", "Cn"}


def find_mark(lines: Iterable[str]) -> SecrecyMark | None:
    """Return the mark some line consists of, alone as a stamp is, or None."""
    before = ""
    for line in _joined_letters(_tidy(line) for line in lines):
        mark = _stamp(line, before) or _label(line)
        if mark:
            return mark
        before = line or before
    return None


def may_hold_mark(text: str) -> bool:
    """Tell quickly whether a page is worth a closer look."""
    packed = "".join(_tidy(text).split())
    return any(stamp in packed for stamp in _STAMPS) or "mật" in packed.casefold()


def find_mark_in_name(file_name: str) -> SecrecyMark | None:
    """Return the mark a file name carries as a word of its own, or None."""
    name = _tidy(file_name.rpartition(".")[0] or file_name)
    bracketed = re.search(r"[(\[{]\s*(tuyệt\s*mật|tối\s*mật|mật)\s*[)\]}]", name, re.IGNORECASE)
    if bracketed:
        return _MARKS["".join(bracketed[1].upper().split())]
    return _mark_among(_words(name))


def _mark_among(words: Sequence[str]) -> SecrecyMark | None:
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        if after.upper() in _LEADS_ON:
            continue
        if before.upper() in {"TỐI", "TUYỆT"} and word.upper() == "MẬT":
            return _MARKS[before.upper() + "MẬT"]
        if word in _STAMPS and before.upper() not in _COMPOUNDS:
            return _STAMPS[word]
    return None


def _words(name: str) -> list[str]:
    """Split a name into words, putting spaced-out capitals ("M Ậ T") together again."""
    spaced = re.sub(r"[\W_]+", " ", name)
    return re.sub(r"\b(?:\w )+\w\b", lambda run: run[0].replace(" ", ""), spaced).split()


def _stamp(line: str, before: str) -> SecrecyMark | None:
    """Return the mark when the line is nothing else, and does not end a phrase the line before began."""
    packed = "".join(char for char in line if char.isalpha())
    if len(packed) > 40:
        return None
    mark = _STAMPS.get(packed) or _STAMPS.get(_COMPANIONS.sub("", packed))
    return None if mark and _goes_on(before) else mark


def _goes_on(before: str) -> bool:
    words = re.findall(r"\w+", before)
    return before.endswith(",") or (bool(words) and words[-1].upper() in _LEADS_IN)


def _label(line: str) -> SecrecyMark | None:
    """Return the mark of a filled-in field such as "Độ mật: Tối mật"."""
    found = _LABEL.fullmatch(line)
    return _MARKS["".join(found[1].upper().split())] if found else None


def _tidy(text: str) -> str:
    """Compose the letters, drop what is invisible, keep one space between words."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in _IGNORED else "" for char in composed
    ).strip()


def _joined_letters(lines: Iterable[str]) -> Iterator[str]:
    """Put letters that stand one below the other (a turned or upright stamp) together on one line."""
    run: list[str] = []
    for line in lines:
        if len(line) == 1 and line.isalpha():
            run.append(line)
            continue
        if run:
            yield "".join(run)
            run = []
        yield line
    if run:
        yield "".join(run)
