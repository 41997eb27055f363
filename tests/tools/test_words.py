"""`x words` finds every marked sentence and makes traditional from simplified Chinese."""

import polib

from tools import words
from tools.environment import ROOT

PAGE = """{% load i18n %}
<p>{% translate "Promise kept" %}</p>
  {% blocktranslate trimmed count days=days %}
    One day left for {{ name }}
  {% plural %}
    {{ days }} days left
  {% endblocktranslate %}
    <p title="{% translate 'Due' context 'clock' %}">{{ _("Owner") }}</p>
"""
MODULE = """
from django.utils.translation import gettext_lazy as _, gettext as at_once, ngettext, pgettext
TITLE = _("Promise " "kept")
def told(n):
    at_once("Now")
    return ngettext("one", "many", n), pgettext("clock", "Due"), f"{_('Inside')}"
"""


def catalogue(*pairs):
    made = words.empty("zh_Hans")
    for words_said, chinese in pairs:
        made.append(words.made(("", words_said, ""), chinese, {}))
    return made


def test_words_are_found_in_python_and_in_templates(tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "module.py").write_text(MODULE)

    assert words.collect(tmp_path) == {
        ("", "Promise kept", ""),
        ("", "One day left for %(name)s", "%(days)s days left"),
        ("clock", "Due", ""),
        ("", "Owner", ""),
        ("", "one", "many"),
        ("", "Inside", ""),
        ("", "Now", ""),
    }


def test_what_is_missing_unsure_unused_or_lost_its_placeholder_is_named():
    known = catalogue(("Kept", "已兑现"), ("Old", "旧"), ("%(name)s is here", "%(nom)s 在"), ("Unsure", "也许"))
    known.find("Unsure").flags = ["fuzzy"]
    keys = {("", said, "") for said in ("Kept", "New", "%(name)s is here", "Unsure")}

    assert words.problems(keys, known) == [
        "no Chinese: 'New'",
        "no longer said anywhere: 'Old'",
        "a placeholder that the sentence does not have: '%(name)s is here'",
        "unsure (fuzzy): 'Unsure'",
    ]


def test_collecting_keeps_what_is_translated_and_drops_what_is_no_longer_said():
    known = catalogue(("Kept", "已兑现"), ("Old", "旧"))

    kept = words.simplified({("", "Kept", ""), ("", "New", "")}, known)

    assert [(entry.msgid, entry.msgstr) for entry in kept] == [("Kept", "已兑现"), ("New", "")]


def test_traditional_chinese_uses_taiwans_terms_unless_an_override_says_otherwise():
    simple = catalogue(("Software", "软件信息"), ("Board", "看板"), ("Filled", "%(name)s 的投诉"))

    made = words.traditional(list(simple), {"看板": "進度板"})

    assert [entry.msgstr for entry in made] == ["軟體資訊", "進度板", "%(name)s 的投訴"]
    assert isinstance(made, polib.POFile)


def test_overrides_are_lines_of_simplified_and_traditional(tmp_path):
    file = tmp_path / "overrides.tsv"
    file.write_text("# remark\n看板\t進度板\n\nno tab\n", encoding="utf-8")

    assert words.read_overrides(file) == {"看板": "進度板"}


def test_the_house_overrides_what_opencc_would_say_like_a_programmer():
    overrides = words.read_overrides(ROOT / "src" / "huiyin" / "locale" / "overrides_zh_Hant.tsv")
    simple = catalogue(("a", "“账号”类型：投诉程序与应用程序"))

    assert words.traditional(list(simple), overrides)[0].msgstr == "「帳號」類型：投訴程序與應用程式"
