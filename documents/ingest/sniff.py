"""What a file is by its first bytes; its name is only compared, never believed."""

import mmap
import zipfile
from dataclasses import dataclass
from pathlib import Path

from documents.ingest.inspection import ProblemCode, Refusal
from documents.ingest.limits import LIMITS, Limits

PDF = "application/pdf"
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file the gate lets in; `export` is LibreOffice's PDF filter, `pillow` the image format."""

    media_type: str
    extensions: tuple[str, ...]
    export: str = ""
    pillow: str = ""


_TYPES = (
    FileType(PDF, ("pdf",)),
    FileType("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), pillow="JPEG"),
    FileType("image/png", ("png",), pillow="PNG"),
    FileType("image/tiff", ("tif", "tiff"), pillow="TIFF"),
    FileType("image/webp", ("webp",), pillow="WEBP"),
    FileType(f"{_OOXML}wordprocessingml.document", ("docx",), export="writer_pdf_Export"),
    FileType(f"{_OOXML}spreadsheetml.sheet", ("xlsx",), export="calc_pdf_Export"),
    FileType(f"{_OOXML}presentationml.presentation", ("pptx",), export="impress_pdf_Export"),
    FileType(f"{_ODF}text", ("odt",), export="writer_pdf_Export"),
    FileType(f"{_ODF}spreadsheet", ("ods",), export="calc_pdf_Export"),
    FileType(f"{_ODF}presentation", ("odp",), export="impress_pdf_Export"),
    FileType("application/msword", ("doc",), export="writer_pdf_Export"),
    FileType("application/vnd.ms-excel", ("xls",), export="calc_pdf_Export"),
    FileType("application/vnd.ms-powerpoint", ("ppt",), export="impress_pdf_Export"),
    FileType("application/rtf", ("rtf",), export="writer_pdf_Export"),
)
BY_EXTENSION = {extension: kind for kind in _TYPES for extension in kind.extensions}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in _TYPES}
ACCEPTED = tuple(kind.extensions[0] for kind in _TYPES)

_MAGIC = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"{\\rtf", "rtf"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", ""),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_OLE_MACROS = "_VBA_PROJECT"
_OOXML_PARTS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"))
_ODF_TYPES = {f"{_ODF}{name}".encode(): extension for name, extension in
              (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))}  # fmt: skip


def sniff(path: Path, limits: Limits = LIMITS) -> FileType:
    """Return what the file is, or raise `Refusal`: unknown, encrypted, with macros, or an archive bomb."""
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise Refusal(ProblemCode.EMPTY)
    if head.startswith(b"PK\x03\x04"):
        return _archive(path, limits)
    if head.startswith(_OLE):
        return _compound(path)
    return _by_magic(head)


def _by_magic(head: bytes) -> FileType:
    if b"%PDF-" in head:
        return BY_EXTENSION["pdf"]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return BY_EXTENSION["webp"]
    for magic, extension in _MAGIC:
        if head.startswith(magic):
            return BY_EXTENSION[extension]
    raise Refusal(ProblemCode.UNKNOWN_TYPE)


def _archive(path: Path, limits: Limits) -> FileType:
    """Tell office files from other ZIP archives by what they contain."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_size(entries, limits)
            return _office(archive, {entry.filename for entry in entries})
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, KeyError) as error:
        raise Refusal(ProblemCode.BROKEN) from error


def _check_size(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.max_archive_entries or sum(one.file_size for one in entries) > limits.max_archive_bytes:
        raise Refusal(ProblemCode.TOO_HEAVY)
    if any(one.flag_bits & 0x1 for one in entries):
        raise Refusal(ProblemCode.ENCRYPTED)


def _office(archive: zipfile.ZipFile, names: set[str]) -> FileType:
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        raise Refusal(ProblemCode.MACROS)
    for part, extension in _OOXML_PARTS:
        if part in names and "[Content_Types].xml" in names:
            return BY_EXTENSION[extension]
    return _opendocument(archive, names)


def _opendocument(archive: zipfile.ZipFile, names: set[str]) -> FileType:
    if not {"mimetype", "META-INF/manifest.xml"} <= names:
        raise Refusal(ProblemCode.UNKNOWN_TYPE)
    with archive.open("mimetype") as entry:
        extension = _ODF_TYPES.get(entry.read(200).strip())
    if extension is None:
        raise Refusal(ProblemCode.UNKNOWN_TYPE)
    with archive.open("META-INF/manifest.xml") as entry:
        if b"encryption-data" in entry.read(4_000_000):
            raise Refusal(ProblemCode.ENCRYPTED)
    return BY_EXTENSION[extension]


def _compound(path: Path) -> FileType:
    """Tell the office files of before 2007 apart by the names of their streams."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(_OLE_MACROS.encode("utf-16-le")) >= 0:
            raise Refusal(ProblemCode.MACROS)
        for stream, extension in _OLE_STREAMS:
            if data.find(stream.encode("utf-16-le") + b"\0\0") >= 0:
                if not extension:
                    raise Refusal(ProblemCode.ENCRYPTED)
                return BY_EXTENSION[extension]
    raise Refusal(ProblemCode.UNKNOWN_TYPE)
