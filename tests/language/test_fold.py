import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.fold import fold, query, tokens

TEXTS = [
    "手機殼裂開了，退款慢。",
    "退货运费谁出？款式不对",
    "iPhone15手机壳",
    "客户投诉物流慢，退款慢慢等",
    "HY-260101-000013",
]


@pytest.mark.parametrize(
    ("written", "folded"),
    [("手機殼", "手机壳"), ("ＡＢＣ１２３", "abc123"), ("退貨運費", "退货运费"), ("Straße", "straße"), ("", "")],
)
def test_spellings_that_mean_the_same_become_equal(written, folded):
    assert fold(written) == folded


def test_runs_are_indexed_as_bigrams_with_their_last_character():
    assert tokens("手機殼iPhone，慢") == "手机 机壳 壳 iphone 慢"


def test_a_query_is_phrases_that_must_all_be_found():
    asked = query("手機殼 款 HY-260101")

    assert asked.fts5 == '"手机 机壳" AND "款"* AND "hy 260101"*'
    assert asked.tsquery == "('手机' <-> '机壳') & ('款':*) & ('hy' <-> '260101':*)"


def test_a_query_of_punctuation_alone_asks_for_nothing():
    assert not query(" ，。 ''\" * ")


@pytest.fixture(scope="module")
def index():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(words, prefix='1')")
    database.executemany("INSERT INTO t(rowid, words) VALUES (?, ?)", [(i, tokens(t)) for i, t in enumerate(TEXTS)])
    return database


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("退款", [0, 3]),
        ("退款慢", [0, 3]),
        ("慢退", []),
        ("款", [0, 1, 3]),
        ("出", [1]),
        ("手机壳", [0, 2]),
        ("15手", [2]),
        ("iph", [2]),
        ("HY-260101-000013", [4]),
        ("退款 物流", [3]),
        ("壳裂开了", [0]),
    ],
)
def test_every_substring_of_two_characters_is_found_and_nothing_joins_over_punctuation(index, asked, expected):
    rows = index.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", [query(asked).fts5])

    assert [row for (row,) in rows] == expected


@given(st.text())
def test_whatever_is_typed_makes_a_query_the_index_accepts(typed):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(words)")
    asked = query(typed)

    if asked:
        assert database.execute("SELECT count(*) FROM t WHERE t MATCH ?", [asked.fts5]).fetchone() == (0,)
