"""Rules are declared once and found by their code; refusals speak the language of whoever reads them."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from huiyin import rules
from huiyin.rules import registry


@pytest.fixture
def known(monkeypatch):
    monkeypatch.setattr(registry, "_rules", {})
    return rules.declare("试验-01", "One", requirements=("S0-01",))


def test_a_rule_is_found_by_its_code(known):
    assert rules.rule("试验-01") is known
    assert rules.all_rules() == [known]


def test_a_rule_is_the_same_rule_in_every_language(monkeypatch):
    monkeypatch.setattr(registry, "_rules", {})
    with translation.override("en"):
        some = {rules.declare("试验-03", _("The file is empty."), requirements=("S0-01",))}
    with translation.override("zh-hans"):
        assert rules.rule("试验-03") in some


def test_a_second_rule_of_the_same_code_is_refused(known):
    with pytest.raises(rules.RuleError, match="twice"):
        rules.declare("试验-01", "Other", requirements=("S0-02",))


def test_a_rule_nobody_declared_is_refused(known):
    with pytest.raises(rules.RuleError, match="试验-02"):
        rules.rule("试验-02")


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("evidence-02", {"requirements": ("S0-01",)}),
        ("证据2", {"requirements": ("S0-01",)}),
        ("试验-09", {"requirements": ()}),
        ("试验-09", {"requirements": "S0-01"}),
        ("试验-09", {"requirements": ("S0-01",), "evidence": "X"}),
        ("试验-09", {"requirements": ("S0-01",), "level": "forbid"}),
    ],
)
def test_a_rule_declared_wrongly_is_refused(known, code, details):
    with pytest.raises(rules.RuleError):
        rules.declare(code, "Title", **details)


def test_a_refusal_speaks_the_language_of_the_reader_not_of_the_one_who_raised_it(known):
    class FileRefused(rules.Refusal):
        rule = known
        sentence = _("The file is empty.")
        unblock = _("Send a smaller copy.")

    with translation.override("en"):
        refusal = FileRefused()
        english = (refusal.text, refusal.unblock_text)
    with translation.override("zh-hans"):
        chinese = (refusal.text, refusal.unblock_text)

    assert english == ("The file is empty.", "Send a smaller copy.")
    assert chinese == ("文件是空的。", "请发送较小的副本。")


def test_a_refusal_fills_its_sentence_and_names_what_is_missing(known):
    class ElementsMissing(rules.Refusal):
        rule = known
        sentence = "%(count)s of four elements are missing in %(number)s."

    refusal = ElementsMissing(count=2, number="HY-1", missing=["person", "demand"])

    assert refusal.text == "2 of four elements are missing in HY-1."
    assert (refusal.unblock_text, refusal.missing) == ("", ("person", "demand"))
    assert str(refusal) == "试验-01: 2 of four elements are missing in HY-1."


def test_a_refusal_without_a_rule_cannot_be_raised():
    class Nameless(rules.Refusal):
        sentence = "No."

    with pytest.raises(rules.RuleError, match="Nameless"):
        raise Nameless
