"""Do pages stay fast? The same pages over HTTP at one thousand cases and at many, asked in turn.

Each size has a database and a server of its own. What is told is the time of the large one over the small one, and
how many queries a page takes.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import requests

from bench import harness
from tools.environment import ROOT, variables

SMALL = 1_000
REQUESTS = 15
FILL = "from bench.filling import population; population.fill({cases})"


class Desk:
    """One agent at one server: asks for a page and tells how long it took."""

    def __init__(self, address: str, made: dict[str, str]) -> None:
        self.address, self.case = address, made["case"]
        self.http = requests.Session()
        self.http.cookies.set("huiyin_session", made["session"])

    def seconds(self, path: str) -> float:
        """The median of several requests for a page."""
        times = []
        for _number in range(REQUESTS):
            begin = time.perf_counter()
            answer = self.http.get(self.address + path.format(case=self.case), allow_redirects=False, timeout=60)
            times.append(time.perf_counter() - begin)
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
        return statistics.median(times)


PAGES = {
    "queue": "/desk/",
    "queue_all": "/desk/?view=all",
    "case": "/desk/{case}/",
    "search": "/search/?q=退款",
    "overview": "/overview/",
}


@contextmanager
def desk(cases: int, database: str, folder: Path) -> Iterator[tuple[Desk, list[int]]]:
    """A server over a database of its own with so many cases."""
    before = dict(os.environ)
    os.environ |= {"HUIYIN_DATA": str(folder)}
    if database == "postgresql":
        os.environ["HUIYIN_DATABASE"] = _own_postgresql(before["HUIYIN_DATABASE"], cases)
    try:
        with harness.served(worker=True) as (address, processes):
            made = subprocess.run(
                [sys.executable, "-c", FILL.format(cases=cases)],
                cwd=ROOT, env=variables({}), stdout=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
            yield Desk(address, json.loads(made.stdout.splitlines()[-1])), processes
    finally:
        os.environ.clear()
        os.environ.update(before)


def _own_postgresql(address: str, cases: int) -> str:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "huiyin_{cases}"')
    return re.sub(r"@/huiyin\w*\?", f"@/huiyin_{cases}?", address)


def measure(cases: int, database: str, pairs: int) -> dict[str, Any]:
    """Ask each page of both servers in turn; gives ratios, medians and memory."""
    root = Path(os.environ["HUIYIN_DATA"])
    figures: dict[str, Any] = {"cases": cases, "small": SMALL, "pages": {}}
    with ExitStack() as stack:
        large, processes = stack.enter_context(desk(cases, database, root / "large"))
        small, _other = stack.enter_context(desk(SMALL, database, root / "small"))
        for name, path in PAGES.items():
            for one in (large, small):
                one.seconds(path)
            compared = harness.compare(partial(large.seconds, path), partial(small.seconds, path), pairs=pairs)
            figures["pages"][name] = {
                "ratio": compared.ratio.figures(),
                "large_ms": round(compared.first.median * 1_000, 2),
                "small_ms": round(compared.second.median * 1_000, 2),
            }
            print(f"{name:<10} {compared.ratio}   {compared.first.median * 1_000:.1f} ms at {cases}", flush=True)
        figures["memory_mib"] = round(harness.memory_mib(processes))
    shutil.rmtree(root / "large", ignore_errors=True)
    return figures


def main() -> int:
    """Measure and report; the targets are for people to read."""
    arguments = harness.parser(__doc__, cases=100_000).parse_args()
    harness.report("pages", arguments, measure(arguments.cases, arguments.database, arguments.pairs))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
