"""What a file really is, told from its content and never from its name.

A library knows the signatures; containers (ZIP, media boxes, text) are opened and looked at here, because a signature
calls any ZIP a Word document and knows neither HTML nor a file that is two types at once.
"""

import re
import zipfile
from typing import BinaryIO

import puremagic

from huiyin.files.refused import FileRefused, Why

LOOK_BYTES = 65_536
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

EXTENSIONS: dict[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "image/avif": (".avif",),
    "application/pdf": (".pdf",),
    WORD: (".docx",),
    SHEET: (".xlsx",),
    SLIDES: (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "application/msword": (".doc",),
    "application/vnd.ms-excel": (".xls",),
    "text/plain": (".txt", ".csv", ".log", ".md", ".eml"),
    "text/html": (".html", ".htm"),
    "image/svg+xml": (".svg",),
    "text/xml": (".xml",),
    "application/zip": (".zip",),
    "audio/mpeg": (".mp3",),
    "audio/wav": (".wav",),
    "audio/mp4": (".m4a",),
    "audio/amr": (".amr",),
    "audio/ogg": (".ogg", ".oga", ".opus"),
    "video/mp4": (".mp4",),
    "video/quicktime": (".mov",),
    "video/3gpp": (".3gp",),
}
# What runs or styles itself in a browser: kept as evidence where staff add it, never shown in one.
ACTIVE = frozenset({"text/html", "image/svg+xml", "text/xml"})
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})

_BRANDS = {
    b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"msf1": "image/heic", b"avif": "image/avif",
    b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4",
    b"3gp4": "video/3gpp", b"3gp5": "video/3gpp", b"3gp6": "video/3gpp",
    b"isom": "video/mp4", b"iso2": "video/mp4", b"iso4": "video/mp4", b"iso5": "video/mp4", b"iso6": "video/mp4",
    b"mp41": "video/mp4", b"mp42": "video/mp4", b"avc1": "video/mp4", b"M4V ": "video/mp4", b"dash": "video/mp4",
}  # fmt: skip
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!", b"dex\n")
_AMR = b"#!AMR"
_SOUNDS = (
    (_AMR, "audio/amr"),
    (b"OggS", "audio/ogg"),
    *((mark, "audio/mpeg") for mark in (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
)
_PROGRAM_PARTS = re.compile(r"(^|/)(vbaProject\.bin|META-INF/MANIFEST\.MF|AndroidManifest\.xml)$")
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|svg|object|embed)\b", re.IGNORECASE)
# Long enough not to turn up by chance in compressed bytes.
_HIDDEN = re.compile(rb"<\s*(script|html|iframe)\b|<\?php|%PDF-\d", re.IGNORECASE)


def detect(content: BinaryIO) -> str:
    """Give the media type; refuses programs, unknown types, and a file that is two types at once."""
    head, tail = _ends(content)
    if head.startswith(_PROGRAMS) and not head.startswith(_AMR):
        raise FileRefused(Why.PROGRAM)
    if head.startswith(b"PK\x03\x04"):
        return _zip_type(content)
    media_type = _boxed_type(head) or _signed_type(head) or _text_type(head, tail)
    if media_type is None:
        raise FileRefused(Why.UNKNOWN_TYPE)
    if media_type not in ACTIVE and not media_type.startswith("text/"):
        _refuse_second_type(content, media_type, head, tail)
    return media_type


def _ends(content: BinaryIO) -> tuple[bytes, bytes]:
    """Read the beginning and the end."""
    content.seek(0, 2)
    size = content.tell()
    content.seek(0)
    head = content.read(LOOK_BYTES)
    content.seek(max(0, size - LOOK_BYTES))
    return head, content.read(LOOK_BYTES)


def _zip_type(content: BinaryIO) -> str:
    """Open the ZIP and tell which document it holds; refuses macros, packaged programs and broken archives."""
    try:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
            first = min((entry.header_offset for entry in archive.infolist()), default=0)
            declared = archive.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names[:1] else ""
            commented = bool(archive.comment)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError, EOFError):
        raise FileRefused(Why.BROKEN) from None
    if first != 0 or commented:  # another file in front of it, or words behind it
        raise FileRefused(Why.TWO_TYPES)
    if any(_PROGRAM_PARTS.search(name) for name in names) and "META-INF/manifest.xml" not in names:
        raise FileRefused(Why.PROGRAM)
    if "[Content_Types].xml" in names:
        parts = {"word/document.xml": WORD, "xl/workbook.xml": SHEET, "ppt/presentation.xml": SLIDES}
        for part, media_type in parts.items():
            if part in names:
                return media_type
    if declared in EXTENSIONS:
        return declared
    return "application/zip"


def _boxed_type(head: bytes) -> str | None:
    """Tell pictures, sound and film that share the ISO box format by their brand."""
    if head[4:8] != b"ftyp":
        return None
    return _BRANDS.get(head[8:12])


def _signed_type(head: bytes) -> str | None:
    """Tell by signature; only one at the very beginning counts. Pictures and PDF are the library's to know."""
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office_type(head)
    if head.startswith(b"RIFF"):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12])
    for mark, media_type in _SOUNDS:
        if head.startswith(mark):
            return media_type
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    signed = {match.mime_type for match in matches if match.offset == 0 and len(match.byte_match) >= 3}
    known = [kind for kind in ("image/jpeg", "image/png", "image/gif", "application/pdf") if kind in signed]
    return known[0] if known else None


def _old_office_type(head: bytes) -> str | None:
    """Tell a Word document from a workbook of the years before 2007 by the names of its streams."""
    if "WordDocument".encode("utf-16-le") in head:
        return "application/msword"
    if "Workbook".encode("utf-16-le") in head:
        return "application/vnd.ms-excel"
    return None


def _text_type(head: bytes, tail: bytes) -> str | None:
    """Tell text from bytes, and markup from text."""
    for encoding, mark in (("utf-16", (b"\xff\xfe", b"\xfe\xff")), ("utf-8-sig", ()), ("gb18030", ())):
        if mark and not head.startswith(mark):
            continue
        # A character may be cut at the edge of what was read: up to three bytes of it are forgiven.
        for cut in range(4):
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return _markup_type(text, tail) if _is_readable(text) else None
    return None


def _is_readable(text: str) -> bool:
    return not any(ord(character) < 32 and character not in "\t\n\r\f\x1b" for character in text)


def _markup_type(text: str, tail: bytes) -> str:
    """Tell web pages and drawings from plain text; whatever a browser might run counts as a page."""
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith("<?xml") or start.startswith("<svg"):
        return "image/svg+xml" if "<svg" in start[:4_096] else "text/xml"
    if _MARKUP.search(text.encode()) or _MARKUP.search(tail):
        return "text/html"
    return "text/plain"


def _refuse_second_type(content: BinaryIO, media_type: str, head: bytes, tail: bytes) -> None:
    """Refuse a picture that is also a page, a recording with a ZIP behind it, and the like."""
    if zipfile.is_zipfile(content):
        raise FileRefused(Why.TWO_TYPES)
    inside = head[8:] + tail
    for found in _HIDDEN.finditer(inside):
        if media_type == "application/pdf" and found[0].startswith(b"%PDF"):
            continue
        raise FileRefused(Why.TWO_TYPES)
