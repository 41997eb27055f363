"""Shipped entries on their shelves: once, quickly, and never over what a person wrote (decision 2)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.knowledge import editing, finding, loading, stamps
from huiyin.knowledge.models import Entry, EntryText, Origin, Version, VersionKind
from tests import factories
from tests.knowledge.conftest import entry, seed, why


def versions(row: Entry) -> list[tuple[int, str, str]]:
    return list(Version.objects.filter(entry=row).order_by("number").values_list("number", "kind", "why"))


def test_decision_2_what_is_new_is_put_on_its_shelf_as_authored_here(shelves):
    done = shelves(seed("script", "soothe.a"))
    row = entry("script", "soothe.a")

    assert (len(done.added), row.origin, row.version, row.topic) == (1, Origin.SHIPPED, 1, "soothe")
    assert versions(row) == [(1, VersionKind.SHIPPED, "")]
    assert EntryText.objects.filter(entry=row).exists()


def test_decision_2_what_nobody_touched_is_renewed_and_keeps_its_past(shelves):
    shelves(seed("script", "soothe.a"))
    done = shelves(seed("script", "soothe.a", text="您先坐,慢慢说,我记着。"))
    row = entry("script", "soothe.a")

    assert [one.code for one in done.renewed] == ["soothe.a"]
    assert (row.content["text"], row.version) == ("您先坐,慢慢说,我记着。", 2)
    assert [kind for _n, kind, _w in versions(row)] == [VersionKind.SHIPPED, VersionKind.RENEWED]


def test_decision_2_what_a_person_edited_is_never_overwritten_by_a_newer_seed(shelves):
    shelves(seed("script", "soothe.a"))
    editing.edit(entry("script", "soothe.a").pk, {"text": "我们自己的说法。"}, why())
    done = shelves(seed("script", "soothe.a", text="新版说法。"))
    row = entry("script", "soothe.a")

    assert [one.code for one in done.offered] == ["soothe.a"]
    assert (row.content["text"], row.offered["text"]) == ("我们自己的说法。", "新版说法。")


def test_decision_2_a_newer_wording_is_offered_once(shelves):
    shelves(seed("script", "soothe.a"))
    row = entry("script", "soothe.a")
    editing.edit(row.pk, {"text": "我们自己的说法。"}, why())
    shelves(seed("script", "soothe.a", text="新版说法。"))
    editing.keep_own(row.pk, why())

    again = shelves(seed("script", "soothe.a", text="新版说法。"))
    newer = shelves(seed("script", "soothe.a", text="再新一版。"))

    assert (again.offered, [one.code for one in newer.offered]) == ([], ["soothe.a"])


def test_decision_2_an_adopted_wording_follows_newer_ones_again(shelves):
    shelves(seed("script", "soothe.a"))
    row = entry("script", "soothe.a")
    editing.edit(row.pk, {"text": "我们自己的说法。"}, why())
    shelves(seed("script", "soothe.a", text="新版说法。"))
    editing.adopt(row.pk, why("新版更好"))
    shelves(seed("script", "soothe.a", text="再新一版。"))
    row.refresh_from_db()

    assert (row.content["text"], row.by_hand, row.offered) == ("再新一版。", False, None)


def test_what_is_shipped_no_more_is_retired_unless_a_person_changed_it(shelves):
    shelves(seed("script", "a"), seed("script", "b"))
    editing.edit(entry("script", "b").pk, {"text": "我们自己的说法。"}, why())
    done = shelves()

    assert [one.code for one in done.gone] == ["a"]
    assert (entry("script", "a").retired_at, entry("script", "b").retired_at) == (factories.LONG_AGO, None)


def test_what_a_person_retired_stays_retired(shelves):
    shelves(seed("script", "a"))
    editing.retire(entry("script", "a").pk, why("不合我们的做法"))
    shelves(seed("script", "a", text="新版说法。"))

    assert entry("script", "a").retired_at == factories.TUESDAY_10


def test_an_entry_of_the_house_stays_though_no_file_holds_it(shelves):
    editing.write("script", "own", {"title": "自己的", "step": "soothe", "text": "自己写的。"}, why())
    shelves(seed("script", "a"))

    assert entry("script", "own").retired_at is None


def test_a_second_loading_asks_one_query_and_changes_nothing(shelves, django_assert_num_queries, tmp_path):
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "a.toml").write_text('[[script]]\ncode="a"\ntitle="x"\nstep="soothe"\ntext="x"\n', encoding="utf-8")
    assert loading.load_shipped(at=factories.LONG_AGO, folder=tmp_path)

    with django_assert_num_queries(1):
        assert not loading.load_shipped(at=factories.LONG_AGO, folder=tmp_path)


def test_all_that_is_shipped_is_loaded_in_a_few_statements(shelves):
    with CaptureQueriesContext(connection) as asked:
        done = loading.load_shipped(at=factories.LONG_AGO)

    assert (len(done.added) > 1_500, len(asked) < len(done.added) / 10) == (True, True)


def test_every_change_gives_a_shelf_another_stamp_and_no_other(shelves):
    shelves(seed("script", "a"), seed("card", "b"))
    before = stamps.stamp("script"), stamps.stamp("card")
    editing.edit(entry("script", "a").pk, {"text": "换一种说法。"}, why())

    assert (stamps.stamp("script") != before[0], stamps.stamp("card") == before[1]) == (True, True)
    assert stamps.stamp("fact") == ""


@pytest.mark.parametrize("asked", ["换一种", "換一種"])
def test_a_change_is_found_at_once(shelves, asked):
    shelves(seed("script", "a"))
    editing.edit(entry("script", "a").pk, {"text": "换一种说法。"}, why())

    assert [hit.entry.code for hit in finding.find(asked, on=factories.TUESDAY_10.date())] == ["a"]
