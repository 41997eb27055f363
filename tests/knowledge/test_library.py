"""The library of the coach: compiled from the shelf, once for each state of it, asked for by one short query."""

import pytest

from huiyin.knowledge import editing, library
from huiyin.knowledge.coach import Context, check, shipped
from tests.knowledge.conftest import entry, seed, why


def words(found) -> list[str]:
    return [phrase.pattern for phrase in found.phrases]


def test_s4_112_the_library_holds_the_phrases_in_use(shelves):
    shelves(seed("phrase", "a"), seed("phrase", "b", pattern="你自己看着办", category="stiff"))
    editing.retire(entry("phrase", "b").pk, why("太宽"))

    assert words(library.current()) == ["这不归我管"]


def test_the_library_is_compiled_once_and_asked_for_by_one_query(shelves, django_assert_num_queries):
    shelves(seed("phrase", "a"))
    first = library.current()

    with django_assert_num_queries(1):
        assert library.current() is first


def test_c13_an_edited_phrase_is_in_force_at_once(shelves):
    shelves(seed("phrase", "a"))
    library.current()
    editing.edit(entry("phrase", "a").pk, {"pattern": "这事跟我们没关系"}, why())

    assert words(library.current()) == ["这事跟我们没关系"]


def test_before_anything_is_loaded_the_shipped_phrases_speak(shelves):
    assert library.current() is shipped()


@pytest.mark.usefixtures("db")
def test_the_shipped_shelf_gives_the_same_library_as_the_files():
    key = lambda phrase: (phrase.category, phrase.code)  # noqa: E731

    assert sorted(library.current().phrases, key=key) == sorted(shipped().phrases, key=key)


def test_s4_112_words_on_the_shelf_are_found_by_the_coach(shelves):
    shelves(seed("phrase", "a"))
    marks = check("您好,这不归我管。", Context(), library=library.current())

    assert [mark.rule.code for mark in marks if mark.start == 3] == ["用语-06"]
