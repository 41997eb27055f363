"""`x requirements`: which of the requirements hold, read off the names of the tests, as a page and as counts.

docs/requirements.tsv lists every requirement; a test meets one by carrying its id in its name (`test_s2_31_…`). What
waits for a room that is not built says so in the list and does not count, whatever a test is called. A soft skill
(kind S) that no test names, but for which there is authored material to read, is advisory.
"""

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.environment import ROOT, say

LIST = "docs/requirements.tsv"
PAGE = "docs/requirements.md"
MATERIAL = "src/huiyin/knowledge/data"
ID = re.compile(r"(?<![a-z0-9])s([0-4])_(\d{2,3})(?![0-9])")
SHOWN = 3
MET, NOT_YET, ADVISORY = "met", "not yet", "advisory"
SOURCES = {
    "S0": "Complaint process and service skills",
    "S1": "Steps, consumer association, enterprise",
    "S2": "Lessons learnt",
    "S3": "Quality service and expectations",
    "S4": "Rule book of a service department",
}
HEAD = """# The requirements, one by one

Made by `python3 x requirements --write` from the names of the tests; do not edit. *Met*: at least one test carries the
id. *Advisory*: a soft skill for which there is material to read, and nothing in the software that a test could hold to.
*Not yet*: everything else; the last column says what it waits for.

"""
COLUMNS = "| id | kind | requirement | status | tests |\n|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Row:
    """One requirement and what is known of it: its tests as (file, name)."""

    id: str
    kind: str
    capability: str
    waits: str
    text: str
    tests: tuple[tuple[str, str], ...]
    authored: bool

    @property
    def status(self) -> str:
        if self.waits and not self.waits.startswith("part:"):
            return NOT_YET
        if self.tests:
            return MET
        return ADVISORY if self.kind == "S" and self.authored else NOT_YET


def command(arguments: list[str]) -> int:
    """Print the counts; with --write make the page anew, without it fail when the page is stale."""
    found = rows(ROOT)
    page = as_page(found)
    file = ROOT / PAGE
    if "--write" in arguments:
        file.write_text(page, encoding="utf-8")
    counts = {status: sum(row.status == status for row in found) for status in (MET, NOT_YET, ADVISORY)}
    say(", ".join(f"{status} {count}" for status, count in counts.items()))
    if not file.exists() or file.read_text(encoding="utf-8") != page:
        say(f"{PAGE} is stale: python3 x requirements --write")
        return 1
    return 0


def rows(root: Path) -> list[Row]:
    """Read the list, the tests and the authored material below this folder."""
    tests: dict[str, list[tuple[str, str]]] = {}
    for file, name in test_names(root):
        for one in sorted({f"S{source}-{number}" for source, number in ID.findall(name)}):
            tests.setdefault(one, []).append((file, name))
    authored = set(authored_ids(root / MATERIAL))
    with (root / LIST).open(encoding="utf-8", newline="") as lines:
        return [
            Row(
                row["id"],
                row["kind"],
                row["capability"],
                row["waits_for"],
                row["requirement"],
                tuple(tests.get(row["id"], ())),
                row["id"] in authored,
            )
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def test_names(root: Path) -> Iterator[tuple[str, str]]:
    """Give every test function as (file, name), in the order of files and lines."""
    for path in sorted((root / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield path.relative_to(root).as_posix(), node.name


def authored_ids(folder: Path) -> Iterator[str]:
    """Give the requirement ids that scripts, cards and playbooks name."""
    for path in sorted(folder.rglob("*.toml")):
        for entries in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for entry in entries if isinstance(entries, list) else ():
                named = entry.get("requirement", ()) if isinstance(entry, dict) else ()
                yield from [named] if isinstance(named, str) else named


def as_page(found: list[Row]) -> str:
    parts = [HEAD, overview(found)]
    for source, title in SOURCES.items():
        parts.append(
            f"\n## {source} — {title}\n\n| id | kind | requirement | status | tests |\n|---|---|---|---|---|\n"
        )
        parts += [line(row) for row in found if row.id.startswith(source)]
    return "".join(parts)


def overview(found: list[Row]) -> str:
    lines = ["| capability | met | not yet | advisory |\n|---|---|---|---|\n"]
    for capability in sorted({code for row in found for code in row.capability.split()}):
        own = [row.status for row in found if capability in row.capability.split()]
        lines.append(f"| {capability} | {own.count(MET)} | {own.count(NOT_YET)} | {own.count(ADVISORY)} |\n")
    return "".join(lines)


def line(row: Row) -> str:
    told = [f"[{name}](../{file})" for file, name in row.tests[:SHOWN]]
    if len(row.tests) > SHOWN:
        told.append(f"and {len(row.tests) - SHOWN} more")
    if row.waits:
        told.append(f"*waits: {row.waits.removeprefix('part: ')}*")
    return f"| {row.id} | {row.kind} | {row.text} | {row.status} | {'<br>'.join(told)} |\n"
