"""Letters exist in three languages and never reach a customer with a gap."""

import pytest

from huiyin.messaging import letters

VALUES = {
    "number": "HY-260302-000017",
    "name": "张先生",
    "promised_at": "3 月 2 日 18:00",
    "sender": "汇音优选客服中心",
    "link": "https://shop.example/f/abc",
    "code": "482913",
    "minutes": 10,
    "progress": "已调取物流记录",
    "carrier": "顺丰",
    "tracking_number": "SF123",
    "amount": "¥88.00",
    "expected_at": "3 月 5 日",
    "options": "一、换货\n二、退款",
    "valid_until": "3 月 9 日",
    "outcome": "已换货",
    "party": "顺丰速运",
    "reference": "P-7QK3M2XA",
    "until": "2025-03-14",
}


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("name", sorted(letters.names()))
def test_every_letter_is_complete_in_every_language(name, language):
    assert (letters.FOLDER / language / f"{name}.txt").is_file()

    subject, body = letters.render(name, language, **VALUES)

    assert "{" not in subject + body
    assert "\n" not in subject
    assert VALUES["sender"] in body


def test_every_language_names_the_same_values():
    for name in letters.names():
        named = {
            language: [letters.names_in(part) for part in letters._load(name, language)]
            for language in ("zh-hans", "zh-hant", "en")
        }
        assert named["zh-hans"][1] == named["zh-hant"][1] == named["en"][1]


@pytest.mark.parametrize("gap", [None, ""])
def test_a_letter_with_a_gap_is_refused(gap):
    with pytest.raises(letters.LetterIncomplete, match="received: promised_at"):
        letters.render("received", "en", **(VALUES | {"promised_at": gap}))


def test_what_a_letter_says_only_sometimes_may_be_left_out():
    _subject, body = letters.render("received", "zh-hans", **(VALUES | {"link": ""}))

    assert "随时" not in body


def test_values_are_written_as_they_are():
    subject, _body = letters.render("received", "en", **(VALUES | {"number": "A&B <1>"}))

    assert subject == "We have received your complaint A&B <1>"


def test_a_letter_nobody_wrote_is_refused():
    with pytest.raises(letters.LetterUnknown):
        letters.render("farewell", "en")
