"""Warnings and breaches fire exactly once, whatever happens to the workers."""

import json
import os
import subprocess
import sys

import pytest

RUN = [sys.executable, "-m", "bench.proofs.kills", "--cases", "20"]


@pytest.mark.django_db
def test_s0_45_each_alarm_fires_once_though_workers_run_twice_and_are_killed_twenty_times(own_database):
    """Slow because twenty processes are killed while they work."""
    environment = {**os.environ, "HUIYIN_DATABASE": own_database, "PYTHONPATH": "src"}
    del environment["DJANGO_SETTINGS_MODULE"]

    told = subprocess.run(RUN, env=environment, stdout=subprocess.PIPE, text=True, check=True)

    figures = json.loads(told.stdout)
    wrong = {name: figures[name] for name in figures if name.endswith("wrong") or name.startswith(("not_", "chains_"))}
    assert wrong == dict.fromkeys(wrong, 0)
    assert figures["promises"] == 240
    assert figures["killed_with_work_left"] >= 5
