"""A log line tells what happened, never whom it happened to."""

import json
import logging

import pytest
from django.http import HttpResponse
from django.urls import path

from huiyin.config import logs

SECRET = "13812341234"


def breaks(request, secret):
    raise ValueError(f"李娜 {secret}")


def refuses(request, secret):
    return HttpResponse(status=403)


urlpatterns = [path("broken/<str:secret>", breaks), path("refused/<str:secret>", refuses)]


@pytest.fixture
def lines(caplog):
    told = []

    class Keep(logging.Handler):
        def emit(self, record):
            told.append(json.loads(self.format(record)))

    configuration = logs.settings("INFO")
    formatter = dict(configuration["formatters"]["json"])
    keep = Keep()
    keep.setFormatter(formatter.pop("()")(**formatter))
    for name in ("", "django", "huiyin.request"):
        caplog.set_level("INFO", logger=name)
    logging.getLogger().addHandler(keep)
    yield told
    logging.getLogger().removeHandler(keep)


@pytest.mark.urls(__name__)
def test_an_exception_is_told_by_kind_and_frames_without_its_message_or_the_address(client, lines):
    client.raise_request_exception = False

    answer = client.get(f"/broken/{SECRET}?phone={SECRET}")

    assert [line["event"] for line in lines] == ["Internal Server Error: /broken/<str:secret>", "request"]
    assert lines[0]["exception"] == "ValueError"
    assert lines[0]["frames"][-1].endswith(" breaks")
    assert lines[1]["status"] == 500
    assert {line["request_id"] for line in lines} == {answer["X-Request-ID"]}
    assert SECRET not in json.dumps(lines)
    assert "李娜" not in json.dumps(lines, ensure_ascii=False)


@pytest.mark.urls(__name__)
def test_a_refused_request_is_one_line_with_its_route(client, lines):
    client.get(f"/refused/{SECRET}")

    assert [(line["route"], line["status"]) for line in lines] == [("/refused/<str:secret>", 403)]
