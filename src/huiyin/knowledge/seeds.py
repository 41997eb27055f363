"""The entries that come with the product, read from `data/`; every error is named with its file and entry.

`phrases/<category>.tsv` hold one phrase a line; `scripts/`, `cards/`, `playbooks/`, `facts/` and `advice.toml` hold one
table for each entry.
"""

import csv
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin.knowledge.kinds import Content, Kind
from huiyin.knowledge.reading import read
from huiyin.knowledge.slots import slots_of

DATA = Path(__file__).parent / "data"
CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
TABLES = {
    "scripts": Kind.SCRIPT,
    "cards": Kind.CARD,
    "playbooks": Kind.PLAYBOOK,
    "facts": Kind.FACT,
    "advice": Kind.ADVICE,
}


@dataclass(frozen=True)
class Seed:
    """One entry as a file has it."""

    kind: Kind
    code: str
    content: Content

    @property
    def hash(self) -> str:
        text = json.dumps(self.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class SeedError(Exception):
    """The files do not hold what they should; every line names file, entry and what is wrong."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def files(folder: Path = DATA) -> list[Path]:
    """The files that hold entries, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".toml", ".tsv"))


def digest(folder: Path = DATA) -> str:
    """The hash over all files: equal means that nothing has to be read."""
    found = hashlib.sha256()
    for path in files(folder):
        found.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def shipped(folder: Path = DATA) -> list[Seed]:
    """Every entry of the files; raises SeedError with everything that is wrong."""
    seeds: list[Seed] = []
    problems: list[str] = []
    taken: dict[tuple[str, str], str] = {}
    for path in files(folder):
        name = path.relative_to(folder).as_posix()
        for seed in _of_file(path, name, problems):
            if (seed.kind, seed.code) in taken:
                problems.append(f"{name}: {seed.code}: stands in {taken[seed.kind, seed.code]} already")
            taken[seed.kind, seed.code] = name
            seeds.append(seed)
    if problems:
        raise SeedError(problems)
    return seeds


def _of_file(path: Path, name: str, problems: list[str]) -> Iterator[Seed]:
    try:
        rows = _phrases(path) if path.suffix == ".tsv" else _tables(path, name)
        for kind, row in rows:
            yield _seed(kind, row, name, problems)
    except (ValueError, LookupError) as error:
        problems.append(f"{name}: {error}")


def _phrases(path: Path) -> Iterator[tuple[Kind, dict[str, Any]]]:
    with path.open(encoding="utf-8", newline="") as opened:
        lines = (line for line in opened if line.strip() and not line.startswith("#"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if None in row or None in row.values():
                raise ValueError(f"{row.get('code')}: the line has more or fewer columns than the first one")
            yield Kind.PHRASE, {**row, "category": path.stem}


def _tables(path: Path, name: str) -> Iterator[tuple[Kind, dict[str, Any]]]:
    top = name.split("/")[0].removesuffix(".toml")
    if top not in TABLES:
        raise LookupError(f"entries stand under {', '.join(TABLES)} and phrases")
    kind = TABLES[top]
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := set(document) - {kind.value}:
        raise ValueError(f"holds [[{kind.value}]] alone, not {', '.join(sorted(unknown))}")
    for row in document.get(kind.value, ()):
        yield kind, dict(row)


def _seed(kind: Kind, row: Mapping[str, Any], name: str, problems: list[str]) -> Seed:
    given = dict(row)
    code = str(given.pop("code", "") or _own_code(kind, given)).strip()
    declared = given.pop("slots", None)
    content, wrong = read(kind, given)
    said = [f"{one.field}: {one.what}" for one in wrong]
    if not CODE.fullmatch(code):
        said.append("code: small letters, digits, dot, hyphen and underscore, at most 80")
    if declared is not None and set(declared) != set(slots_of(content.get("text", ""))):
        said.append(f"slots: the words hold {', '.join(slots_of(content['text'])) or 'none'}")
    problems += [f"{name}: {code or '?'}: {what}" for what in said]
    return Seed(kind, code, content)


def _own_code(kind: Kind, given: Mapping[str, Any]) -> str:
    """Advice is found by what it is for."""
    if kind is not Kind.ADVICE:
        return ""
    return ".".join(str(given.get(part, "")) for part in ("content", "purpose", "personality"))
