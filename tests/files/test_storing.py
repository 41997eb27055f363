"""Files are taken by size and real type, kept under random names, verified, shown stripped, and disposed of."""

import io
import os
import random
import struct
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from huiyin.files import kinds, permission, store
from huiyin.files.models import StoredFile
from huiyin.files.refused import FileRefused, Why

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@dataclass
class Agent:
    label: str = "person:7"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def picture(kind="PNG", size=(40, 30), **details):
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, **details)
    return drawn.getvalue()


def archive(parts, comment=b""):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for name, text in parts.items():
            zipped.writestr(name, text)
        zipped.comment = comment
    return packed.getvalue()


def office(part):
    return archive({"[Content_Types].xml": "<Types/>", part: "<document/>"})


def box(brand):
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\0\0isommp42" + b"\0" * 64


PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000

REAL = {
    "image/png": picture("PNG"),
    "image/jpeg": picture("JPEG"),
    "image/gif": picture("GIF"),
    "image/webp": picture("WEBP"),
    "application/pdf": PDF,
    kinds.WORD: office("word/document.xml"),
    kinds.SHEET: office("xl/workbook.xml"),
    kinds.SLIDES: office("ppt/presentation.xml"),
    "application/vnd.oasis.opendocument.text": archive({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "application/vnd.oasis.opendocument.spreadsheet": archive(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": "<manifest/>"}
    ),
    "application/msword": OLE + "WordDocument".encode("utf-16-le"),
    "application/vnd.ms-excel": OLE + "Workbook".encode("utf-16-le"),
    "application/zip": archive({"readme.txt": "hello"}),
    "text/plain": "订单号,金额\nA-1,88 元\n".encode(),
    "text/html": b"<!DOCTYPE html><title>x</title>",
    "image/svg+xml": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "text/xml": b'<?xml version="1.0"?><order/>',
    "image/heic": box(b"heic"),
    "image/avif": box(b"avif"),
    "video/mp4": box(b"isom"),
    "video/quicktime": box(b"qt  "),
    "video/3gpp": box(b"3gp5"),
    "audio/mp4": box(b"M4A "),
    "audio/mpeg": b"ID3\x04" + b"\0" * 200,
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 40,
    "audio/amr": b"#!AMR\n" + b"\0" * 40,
    "audio/ogg": b"OggS" + b"\0" * 40,
}

DECEIVING = {
    "a program": (b"MZ\x90\0" + b"\0" * 60, Why.PROGRAM),
    "a script": (b"#!/bin/sh\nrm -rf /\n", Why.PROGRAM),
    "a document with macros": (
        archive({"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": ""}),
        Why.PROGRAM,
    ),
    "a packaged program": (archive({"META-INF/MANIFEST.MF": "", "A.class": ""}), Why.PROGRAM),
    "bytes of no known kind": (bytes(range(256)) * 4, Why.UNKNOWN_TYPE),
    "a picture with a ZIP behind it": (picture() + archive({"a.txt": "x"}), Why.TWO_TYPES),
    "a picture that is also a page": (picture("GIF") + b"<script>alert(1)</script>", Why.TWO_TYPES),
    "a picture with a PDF behind it": (picture() + PDF, Why.TWO_TYPES),
    "a PDF with a page inside": (PDF + b"<html><body>", Why.TWO_TYPES),
    "a ZIP with something before it": (b"PK\x03\x04junk" + archive({"a.txt": "x"}), Why.TWO_TYPES),
    "a ZIP with words behind it": (archive({"a.txt": "x"}, comment=b"<script>"), Why.TWO_TYPES),
    "a torn ZIP": (archive({"a.txt": "x" * 500})[:200], Why.BROKEN),
    "a torn picture": (picture(size=(400, 300))[:200], Why.BROKEN),
    "nothing": (b"", Why.EMPTY),
}


def keep(content=PDF, name="证据.pdf", limits=store.FROM_STAFF, owner_id=5):
    upload = SimpleUploadedFile(name, content)
    return store.save(upload, owner_kind="test.case", owner_id=owner_id, by=Agent(), at=AT, limits=limits)


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("media_type", REAL)
def test_the_type_is_told_from_the_content_whatever_the_name_says(media_type):
    assert keep(REAL[media_type], name="photo.jpg").media_type == media_type


def test_every_type_that_can_be_taken_is_recognised():
    assert set(REAL) == set(kinds.EXTENSIONS)


@pytest.mark.parametrize("what", DECEIVING)
def test_what_deceives_or_is_broken_is_refused_and_leaves_nothing_behind(folder, what):
    content, why = DECEIVING[what]
    with pytest.raises(FileRefused) as refused:
        keep(content)

    assert refused.value.why == why
    assert (on_disk(folder), StoredFile.objects.count()) == ([], 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_text_of_every_usual_encoding_is_text(encoding):
    assert keep(("客户要求退款。" * 20_000).encode(encoding)).media_type == "text/plain"


@pytest.mark.parametrize(
    "page", [b"\n\n <HTML>", b"hello <script>x</script>", b"x" * 70_000 + b"<iframe src=x>", b"<svg onload=x>"]
)
def test_text_a_browser_might_run_is_not_taken_from_outside(page):
    with pytest.raises(FileRefused) as refused:
        keep(page, name="note.txt", limits=store.FROM_OUTSIDE)

    assert refused.value.why == Why.TYPE_NOT_TAKEN


def test_real_photos_are_not_refused_by_chance():
    noise = random.Random(7)
    for _photo in range(60):
        drawn = io.BytesIO()
        Image.frombytes("RGB", (160, 120), noise.randbytes(160 * 120 * 3)).save(drawn, "JPEG", quality=95)
        assert kinds.detect(drawn) == "image/jpeg"


def test_the_limit_counts_what_arrives_and_not_what_is_announced(folder):
    limits = store.Limits(store.MEGABYTE, frozenset({"text/plain"}))
    assert keep(b"a" * store.MEGABYTE, limits=limits).size == store.MEGABYTE
    with pytest.raises(FileRefused) as refused:
        keep(b"a" * (store.MEGABYTE + 1), limits=limits)

    assert (refused.value.why, refused.value.params) == (Why.TOO_LARGE, {"most_megabytes": 1})
    assert len(on_disk(folder)) == 1


def test_a_picture_with_too_many_pixels_is_refused():
    flat = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(flat, "PNG")
    with pytest.raises(FileRefused) as refused:
        keep(flat.getvalue())

    assert refused.value.why == Why.TOO_MANY_PIXELS


def test_bytes_lie_under_a_random_name_that_only_the_owner_of_the_process_reads(folder):
    first, second = keep(), keep()

    assert first.sha256 == second.sha256
    assert first.stored_as != second.stored_as
    assert "证据" not in "".join(str(path) for path in on_disk(folder))
    assert {path.stat().st_mode & 0o777 for path in on_disk(folder)} == {0o600}
    assert (first.uploaded_by, first.owner_kind, first.owner_id, first.at) == ("person:7", "test.case", 5, AT)


def test_what_is_opened_is_what_was_taken():
    with store.open(keep()) as content:
        assert content.read() == PDF


def test_a_file_changed_on_disk_is_not_given_out(folder):
    file = keep()
    on_disk(folder)[0].write_bytes(PDF.replace(b"1.7", b"1.8"))
    with pytest.raises(FileRefused) as refused:
        store.open(file)

    assert refused.value.why == Why.CHANGED


def test_a_file_missing_on_disk_is_said_to_be_gone(folder):
    file = keep()
    on_disk(folder)[0].unlink()
    with pytest.raises(FileRefused) as refused:
        store.open(file)

    assert refused.value.why == Why.GONE


def test_s0_06_a_picture_shown_to_others_has_no_place_device_or_turn_left_in_it():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "HUAWEI"
    exif.get_ifd(0x8825)[2] = (26.0, 5.0, 0.0)  # latitude
    file = keep(picture("JPEG", size=(2_000, 1_000), exif=exif.tobytes()), name="现场.jpg")

    shown, small = Image.open(store.open_picture(file)), Image.open(store.open_picture(file, thumbnail=True))
    assert file.has_picture
    assert (shown.size, small.size) == ((800, 1600), (160, 320))
    assert (dict(shown.getexif()), dict(small.getexif())) == ({}, {})
    assert b"HUAWEI" not in store.open_picture(file).read()
    assert b"HUAWEI" in store.open(file).read()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colour_can_be_drawn_anew(mode):
    drawn = io.BytesIO()
    Image.new(mode, (30, 20)).save(drawn, "TIFF" if mode == "CMYK" else "PNG")
    if mode == "CMYK":
        drawn = io.BytesIO()
        Image.new(mode, (30, 20)).save(drawn, "JPEG")

    assert Image.open(store.open_picture(keep(drawn.getvalue()))).mode == "RGB"


def test_what_is_no_picture_has_none():
    file = keep()

    assert file.has_picture is False
    with pytest.raises(FileRefused):
        store.open_picture(file)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("..\\..\\Windows\\证据.pdf", "证据.pdf"),
        ("/etc/passwd", "passwd"),
        ("gpj.\u202efdp.exe", "gpj.fdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("...", ""),
        ("图" * 200 + ".pdf", "图" * 116 + ".pdf"),
        ("", ""),
    ],
)
def test_names_are_kept_without_what_could_mislead(given, kept):
    assert store.clean_name(given) == kept


@pytest.mark.parametrize(
    ("name", "media_type", "offered"),
    [
        ("a.pdf", "application/pdf", "a.pdf"),
        ("a.JPEG", "image/jpeg", "a.JPEG"),
        ("invoice.exe", "application/pdf", "invoice.exe.pdf"),
        ("订单", "image/png", "订单.png"),
    ],
)
def test_the_name_offered_ends_in_what_the_file_really_is(name, media_type, offered):
    assert store.download_name(StoredFile(name=name, media_type=media_type)) == offered


def test_the_owner_of_a_file_decides_who_reads_it(monkeypatch):
    monkeypatch.setattr(permission, "_asked", {})
    file = keep(owner_id=5)
    assert permission.may_read("li", file) is False

    permission.register("test.case", lambda reader, owner_id: (reader, owner_id) == ("li", 5))

    assert permission.may_read("li", file) is True
    assert permission.may_read("wang", file) is False
    with pytest.raises(permission.OwnerTaken):
        permission.register("test.case", lambda reader, owner_id: True)


def test_disposing_erases_bytes_and_name_and_keeps_the_proof(folder, monkeypatch):
    monkeypatch.setattr(permission, "_asked", {"test.case": lambda reader, owner_id: True})
    file = keep(picture("JPEG"))
    store.dispose(file, at=AT)

    kept = StoredFile.objects.get()
    assert (on_disk(folder), kept.name, kept.disposed_at, len(kept.sha256)) == ([], "", AT, 64)
    assert permission.may_read("li", kept) is False
    with pytest.raises(FileRefused):
        store.open(kept)


def test_bytes_whose_row_was_rolled_back_are_removed_after_a_day(folder):
    kept = keep(picture("JPEG"))
    with transaction.atomic():
        keep(picture("JPEG"))
        transaction.set_rollback(True)
    for path in on_disk(folder):
        os.utime(path, (AT.timestamp(), AT.timestamp()))

    assert store.remove_orphans(AT + timedelta(hours=23)) == 0
    assert store.remove_orphans(AT + timedelta(hours=25)) == 1
    assert {path.name.split(".")[0] for path in on_disk(folder)} == {kept.stored_as}
    assert len(on_disk(folder)) == 3


def test_a_file_may_be_shown_to_the_customer_and_hidden_again():
    file = keep()
    assert file.public_to_customer is False

    store.show_to_customer(file, shown=True)
    assert StoredFile.objects.get().public_to_customer is True
    store.show_to_customer(file, shown=False)
    assert StoredFile.objects.get().public_to_customer is False
