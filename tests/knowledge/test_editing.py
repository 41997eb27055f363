"""Changing the shelves: who, when, why; what is refused, and what can always be brought back."""

import pytest

from huiyin.knowledge import comparing, editing, queries
from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models import Version
from huiyin.people.roles import NotYourDuty, Role
from huiyin.rules import Refusal
from tests import factories
from tests.knowledge.conftest import NEEDED, entry, seed, why


@pytest.fixture
def script(shelves):
    shelves(seed("script", "a"))
    return entry("script", "a")


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value


def test_c13_an_edit_keeps_who_when_why_and_what_was_before(script):
    editing.edit(script.pk, {"text": "先听您说完。"}, why("更像人话"))
    newest, first = queries.versions(entry("script", "a"))

    assert (newest.number, newest.kind, newest.why, newest.made_by.username) == (2, "edited", "更像人话", "yexin")
    assert newest.made_at == factories.TUESDAY_10
    assert (first.content["text"], newest.content["text"]) == (NEEDED["script"]["text"], "先听您说完。")


def test_c13_a_field_that_is_not_given_stays(script):
    editing.edit(script.pk, {"title": "先安抚"}, why())

    assert entry("script", "a").content["text"] == NEEDED["script"]["text"]
    assert entry("script", "a").title == "先安抚"


def test_c13_the_difference_is_shown_field_by_field_and_letter_by_letter(script):
    editing.edit(script.pk, {"text": "您先消消气,我们马上看看怎么办。"}, why())
    newest, first = queries.versions(entry("script", "a"))
    (change,) = comparing.changes("script", first.content, newest.content)

    assert "".join(run.text for run in change.runs if run.what != "new") == first.content["text"]
    assert "".join(run.text for run in change.runs if run.what != "gone") == newest.content["text"]
    assert change.runs[0].what == ""


@pytest.mark.parametrize("reason", ["", "   "])
def test_c13_a_change_without_a_reason_is_refused(script, reason):
    refusal = refused(lambda: editing.edit(script.pk, {"text": "x"}, why(reason)))

    assert (refusal.rule.code, refusal.missing) == ("知识-01", ("why",))


def test_c13_nobody_overwrites_what_another_has_just_changed(script):
    editing.edit(script.pk, {"text": "先来的人写的。"}, why(who="first"))
    refusal = refused(lambda: editing.edit(script.pk, {"text": "后来的人写的。"}, why(who="second", seen=1)))

    assert refusal.rule.code == "知识-02"
    assert entry("script", "a").content["text"] == "先来的人写的。"


def test_c13_an_edit_that_changes_nothing_makes_no_version(script):
    refusal = refused(lambda: editing.edit(script.pk, {"text": NEEDED["script"]["text"]}, why()))

    assert (refusal.rule.code, Version.objects.filter(entry=script).count()) == ("知识-08", 1)


@pytest.mark.parametrize(
    ("kind", "without", "rule"),
    [
        ("script", "text", "知识-03"),
        ("card", "moment", "知识-03"),
        ("playbook", "must_not", "知识-03"),
        ("playbook", "steps", "知识-03"),
        ("advice", "source", "知识-03"),
        ("fact", "source", "知识-04"),
        ("fact", "valid_to", "知识-04"),
        ("phrase", "better", "知识-05"),
    ],
)
def test_s2_42_s0_39_s4_112_an_incomplete_entry_is_refused_with_its_rule(shelves, kind, without, rule):
    given = {**NEEDED[kind], without: [] if without in ("steps", "must_not") else ""}
    refusal = refused(lambda: editing.write(Kind(kind), "new", given, why()))

    assert (refusal.rule.code, without in refusal.missing) == (rule, True)


def test_s0_39_a_fact_that_ends_before_it_begins_is_refused(shelves):
    given = {**NEEDED["fact"], "valid_to": "2024-12-31"}

    assert refused(lambda: editing.write(Kind.FACT, "new", given, why())).missing == ("valid_to",)


def test_c13_a_phrase_whose_pattern_the_coach_cannot_read_is_refused(shelves):
    given = {**NEEDED["phrase"], "kind": "regex-lite", "pattern": "(不归…我"}
    refusal = refused(lambda: editing.write(Kind.PHRASE, "new", given, why()))

    assert (refusal.rule.code, refusal.missing) == ("用语-33", ("pattern",))


@pytest.mark.parametrize("code", ["a", "有空格", "UPPER", ""])
def test_c13_a_code_stands_for_one_entry_and_holds_plain_signs(script, code):
    refusal = refused(lambda: editing.write(Kind.SCRIPT, code, NEEDED["script"], why()))

    assert refusal.rule.code == "知识-06"


def test_c13_a_code_is_made_of_a_latin_title(shelves):
    row = editing.write(Kind.SCRIPT, "", {**NEEDED["script"], "title": "Calm first"}, why())

    assert (row.code, row.origin) == ("calm-first", "house")


def test_c13_what_is_retired_is_offered_to_nobody_and_can_be_brought_back(script):
    editing.retire(script.pk, why("过时了"))
    assert refused(lambda: editing.edit(script.pk, {"text": "x"}, why())).rule.code == "知识-07"
    assert refused(lambda: editing.retire(script.pk, why())).rule.code == "知识-07"

    editing.restore(script.pk, 1, why("还是有用"))
    row = entry("script", "a")

    assert (row.retired_at, row.version) == (None, 3)
    assert [one.kind for one in queries.versions(row)] == ["restored", "retired", "shipped"]


def test_c13_any_version_can_be_restored_and_that_is_a_version_too(script):
    editing.edit(script.pk, {"text": "第二版。"}, why())
    editing.edit(script.pk, {"text": "第三版。"}, why())
    editing.restore(script.pk, 2, why("第二版更好"))

    assert (entry("script", "a").content["text"], entry("script", "a").version) == ("第二版。", 4)


def test_c13_restoring_what_stands_there_is_refused(script):
    assert refused(lambda: editing.restore(script.pk, 1, why())).rule.code == "知识-07"


def test_c13_without_a_newer_wording_there_is_nothing_to_take_or_leave(script):
    assert refused(lambda: editing.adopt(script.pk, why())).rule.code == "知识-08"
    assert refused(lambda: editing.keep_own(script.pk, why())).rule.code == "知识-08"


@pytest.mark.parametrize("role", list(Role))
def test_s2_54_only_editors_and_heads_change_the_shelves(script, role):
    act = lambda: editing.edit(script.pk, {"text": "换一种说法。"}, why(who=f"one_{role}", role=role))  # noqa: E731
    if role in (Role.EDITOR, Role.SUPERVISOR, Role.MANAGER):
        assert act().version == 2
    else:
        with pytest.raises(NotYourDuty):
            act()
