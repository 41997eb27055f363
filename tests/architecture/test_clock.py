"""Time enters through one file; everything else is told what time it is."""

import ast

CLOCK = "src/huiyin/interfaces/common/clock.py"
# Each as the last two parts of what is called; a name imported from its module counts as well.
READERS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
}
FIELDS = {"auto_now", "auto_now_add"}
DATABASE = {"Now", "TransactionNow", "CurrentTimestamp"}


def reads_clock(node: ast.Call) -> bool:
    called = node.func
    if isinstance(called, ast.Attribute):
        before = called.value
        owner = before.attr if isinstance(before, ast.Attribute) else getattr(before, "id", "")
        # timezone.localtime(value) only converts; without a value it reads the clock
        converts = called.attr in ("localtime", "localdate") and bool(node.args)
        return ((owner, called.attr) in READERS and not converts) or called.attr in DATABASE
    return isinstance(called, ast.Name) and called.id in DATABASE


def test_only_one_file_reads_the_clock(product):
    readers = [
        f"{source.name}:{node.lineno}"
        for source in product
        if source.name != CLOCK
        for node in source.walk(ast.Call)
        if reads_clock(node)
    ]

    assert readers == []


def test_no_file_takes_a_clock_reader_by_name(product):
    taken = [
        f"{source.name}:{node.lineno} {node.module}.{alias.name}"
        for source in product
        for node in source.walk(ast.ImportFrom)
        for alias in node.names
        if (str(node.module).rsplit(".", 1)[-1], alias.name) in READERS
    ]

    assert taken == []


def test_no_field_fills_itself_with_the_time(product):
    filled = [
        f"{source.name}:{node.value.lineno}"
        for source in product
        for node in source.walk(ast.keyword)
        if node.arg in FIELDS
    ]

    assert filled == []
