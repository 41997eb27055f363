"""Attached files are downloads only, for those who may read them; pages show pictures drawn anew."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from huiyin.files import permission, store
from huiyin.people.models import Person

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@dataclass
class Agent:
    label: str = "person:7"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def li(client):
    person = Person.objects.create(username="li", name="李娜")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


@pytest.fixture(autouse=True)
def _owners(monkeypatch):
    """Case 5 is Li's; nobody reads anything else."""
    monkeypatch.setattr(permission, "_asked", {})
    permission.register("test.case", lambda reader, owner_id: reader.username == "li" and owner_id == 5)


def keep(content=b"<!doctype html><script>alert(1)</script>", name="聊天 记录.html", owner_id=5):
    upload = SimpleUploadedFile(name, content)
    return store.save(upload, owner_kind="test.case", owner_id=owner_id, by=Agent(), at=AT, limits=store.FROM_STAFF)


def photo():
    drawn = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(drawn, "JPEG")
    return keep(drawn.getvalue(), "现场.jpg")


def body(answer):
    return b"".join(answer.streaming_content)


def test_a_file_is_given_as_a_download_that_no_browser_runs_and_no_cache_shares(client, li):
    answer = client.get(f"/files/{keep().pk}/")

    assert body(answer) == b"<!doctype html><script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%81%8A")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, max-age=0, must-revalidate"


def test_a_file_one_may_not_read_is_answered_like_one_that_is_not_there(client, li):
    others = keep(owner_id=6)

    for address in (f"/files/{others.pk}/", f"/files/{others.pk}/picture/", "/files/999999/", f"/files/{10**30}/"):
        assert client.get(address).status_code == 404


def test_without_signing_in_no_file_is_given(client):
    file = keep()

    for part in ("", "picture/", "thumbnail/"):
        assert client.get(f"/files/{file.pk}/{part}").status_code == 302


def test_a_picture_is_shown_drawn_anew_in_two_sizes(client, li):
    file = photo()
    large, small = client.get(f"/files/{file.pk}/picture/"), client.get(f"/files/{file.pk}/thumbnail/")

    assert (large["Content-Type"], large["Content-Disposition"]) == ("image/jpeg", f'inline; filename="{file.pk}.jpg"')
    assert Image.open(io.BytesIO(body(large))).size == (900, 600)
    assert Image.open(io.BytesIO(body(small))).size == (320, 213)


def test_what_is_no_picture_is_not_shown(client, li):
    assert client.get(f"/files/{keep().pk}/picture/").status_code == 404


def test_a_file_changed_on_disk_is_refused_with_its_rule(client, li, tmp_path):
    file = keep()
    (tmp_path / file.stored_as[:2] / file.stored_as).write_bytes(b"other")
    answer = client.get(f"/files/{file.pk}/")

    assert answer.status_code == 409
    assert "附件-04" in answer.content.decode()


def test_a_file_can_only_be_fetched(client, li):
    assert client.post(f"/files/{keep().pk}/").status_code == 405
