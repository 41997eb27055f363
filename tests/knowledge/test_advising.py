"""The method by content, purpose and personality: the same three always give the same advice, with its source."""

import pytest

from huiyin.knowledge import advising
from huiyin.knowledge.advising import Asked
from huiyin.knowledge.vocabulary import CONTENTS, PERSONALITIES, PURPOSES
from tests.knowledge.conftest import seed


def card(content: str, purpose: str, personality: str):
    return seed(
        "advice", f"{content}.{purpose}.{personality}", content=content, purpose=purpose, personality=personality
    )


@pytest.fixture
def matrix(shelves):
    shelves(
        card("product", "solution", "hot"),
        card("product", "solution", "any"),
        card("any", "solution", "hot"),
        card("any", "any", "any"),
        card("service", "respect", "hot"),
    )


def test_s2_13_the_closest_card_comes_first_then_those_that_leave_something_open(matrix):
    found = [row.code for row in advising.advice(Asked("product", "solution", "hot"))]

    assert found == ["product.solution.hot", "any.solution.hot", "product.solution.any", "any.any.any"]


def test_s2_13_the_same_inputs_give_the_same_advice(matrix):
    asked = Asked("product", "solution", "hot")

    assert [row.pk for row in advising.advice(asked)] == [row.pk for row in advising.advice(asked)]


def test_s2_13_what_is_not_known_is_left_open(matrix):
    assert [row.code for row in advising.advice(Asked())] == ["any.any.any"]


def test_s2_13_every_shipped_card_names_its_source_and_every_choice_has_advice(db):
    without = [
        (content, purpose, personality)
        for content in CONTENTS
        for purpose in PURPOSES
        for personality in PERSONALITIES
        if not (found := advising.advice(Asked(content, purpose, personality))) or not found[0].content["source"]
    ]

    assert without == []
