"""Benchmarks measure in turn and say where their figures come from."""

import json

import pytest

from bench import harness
from tests.architecture.source import ROOT


def test_two_things_are_measured_in_turn_and_compared_pair_by_pair():
    order = []

    def measured(name, values):
        def once():
            order.append(name)
            return values.pop(0)

        return once

    found = harness.compare(measured("A", [2.0, 4.0, 9.0]), measured("B", [1.0, 1.0, 3.0]), pairs=3)

    assert order == ["A", "B", "A", "B", "A", "B"]
    assert found.ratio.values == (2.0, 4.0, 3.0)
    assert found.ratio.figures() == {"median": 3.0, "low": 2.0, "high": 4.0, "values": [2.0, 4.0, 3.0]}
    assert str(found.first) == "4 (2 … 9)"


def test_a_result_carries_commit_date_command_and_machine_but_no_path(tmp_path, capsys):
    arguments = harness.parser("about", cases=10).parse_args(["--json", str(tmp_path / "out" / "told.json")])

    harness.report("receive", arguments, {"per_second": 12.5})

    told = json.loads((tmp_path / "out" / "told.json").read_text())
    assert list(told) == ["name", "commit", "date", "command", "machine", "figures"]
    assert told["command"] == "python3 x bench receive --cases 10 --pairs 7 --database sqlite --json told.json"
    assert told["figures"] == {"per_second": 12.5}
    assert set(told["machine"]) == {"cores", "memory_gib", "system", "python"}
    assert str(ROOT) not in json.dumps(told)
    assert "12.5" in capsys.readouterr().out


@pytest.mark.skipif(not harness.Path("/proc/self/smaps_rollup").exists(), reason="proportional set size is Linux's")
def test_memory_is_that_of_a_process_and_all_below_it():
    assert 5 < harness.memory_mib([harness.os.getpid()]) < 4000
