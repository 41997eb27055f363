"""How much one request to the portal may carry."""

import pytest

from huiyin.complaints.models import Complaint
from huiyin.files.models import StoredFile
from huiyin.interfaces.web.portal import bodies
from tests.interfaces.web.portal.browsing import filled, photo

SAID = {
    "zh-hans": "一次发不了这么多",
    "zh-hant": "一次發不了這麼多",
    "en": "This is more than fits in one message",
}


def sent(browser, path, length):
    """A request that says how much is coming; what lies behind it is refused before it is read."""
    return browser.generic("POST", path, b"--x", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(length))


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("path", ["/p/", "/p/c/any-secret/do/write/"])
def test_more_than_any_form_takes_is_refused_unread_in_the_readers_language(browser, path, language):
    browser.cookies["huiyin_language"] = language

    answer = sent(browser, path, bodies.MOST_BYTES + 1)

    page = answer.content.decode()
    assert (answer.status_code, SAID[language] in page, "10 MB" in page) == (413, True, True)
    assert (Complaint.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_what_the_forms_promise_to_take_is_let_through(browser, monkeypatch):
    assert bodies.MOST_BYTES > 9 * 10 * 1024 * 1024

    monkeypatch.setattr(bodies, "MOST_BYTES", 20_000)

    assert browser.post("/p/", {**filled(), "photos": [photo()]}).status_code == 303


def test_other_pages_of_the_house_have_limits_of_their_own(client):
    assert sent(client, "/sign-in/", bodies.MOST_BYTES + 1).status_code != 413
