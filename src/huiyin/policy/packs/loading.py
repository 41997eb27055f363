"""A pack folder read from disk: every error at once, and nothing but a whole pack comes out."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.policy.packs import sections
from huiyin.policy.packs import vocabulary as words
from huiyin.policy.packs.amounts import read_goodwill, read_limits, read_loss_bands, read_remedies
from huiyin.policy.packs.clocks import read_clocks
from huiyin.policy.packs.complete import check_complete
from huiyin.policy.packs.head import read_head
from huiyin.policy.packs.problems import PackError, Problem
from huiyin.policy.packs.quality import read_checklists, read_dimensions
from huiyin.policy.packs.reading import Table
from huiyin.policy.packs.schema import Pack, codes

DATA = Path(__file__).parent / "data"
FILES = (
    "pack",
    "settings",
    "lists",
    "profiles",
    "categories",
    "clocks",
    "remedies",
    "authority",
    "letters",
    "quality",
)
OVERLAY_FILES = ("pack", "settings", "lists", "clocks", "authority", "letters", "quality")
SIZE_LIMIT_BYTES = 1_000_000

Documents = dict[str, dict[str, Any]]


def load_folder(folder: Path) -> Pack:
    """Read a pack folder; raises PackError with every error found (file, key, what is wrong, what is allowed)."""
    return read_folder(folder)[0]


def read_folder(folder: Path) -> tuple[Pack, Documents]:
    """Give the pack of a folder, and what it is made of as plain JSON values with its standard profiles written out."""
    if not (folder / "pack.toml").is_file():
        wrong = _("The file is missing from %(folder)s.")
        raise PackError(folder.name, [Problem("pack.toml", "-", wrong, params={"folder": str(folder)})])
    problems: list[Problem] = []
    documents: Documents = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".toml" and path.stem in FILES:
            documents[path.stem] = _read_file(path, problems)
        elif not path.name.startswith(".") and path.name != "README.md":
            allowed = " | ".join(f"{file}.toml" for file in FILES)
            problems.append(Problem(path.name, "-", _("A pack has no such file."), allowed))
    _write_out_profiles(documents, problems)
    if problems:
        raise PackError(folder.name, [*problems, *_also_wrong(documents, {problem.file for problem in problems})])
    return parse(documents, name=folder.name), documents


def _also_wrong(documents: Documents, broken: set[str]) -> list[Problem]:
    """Give what is wrong in the other files, without what only follows from the broken ones."""
    problems: list[Problem] = []
    _parse({file: values for file, values in documents.items() if f"{file}.toml" not in broken}, problems)
    # A reference into a broken file finds nothing that would be allowed.
    return [problem for problem in problems if problem.file not in broken and problem.allowed]


def _read_file(path: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        if path.stat().st_size > SIZE_LIMIT_BYTES:
            raise ValueError(f"> {SIZE_LIMIT_BYTES} bytes")
        # Amounts must never pass through a binary float, so they stay text until Decimal reads them.
        values = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)
    except (OSError, ValueError) as error:
        wrong = _("The file cannot be read: %(error)s.")
        problems.append(Problem(path.name, "-", wrong, "TOML, UTF-8", {"error": str(error)}))
        return {}
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    """Turn TOML dates and times into text, so that the same reader reads files and the database."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, time):
        return value.isoformat("minutes") if not value.second else value.isoformat()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


def _write_out_profiles(documents: Documents, problems: list[Problem]) -> None:
    sheet = documents.get("profiles", {})
    used = Table(sheet, "profiles.toml", "", problems).choices("use", known := standard_profiles())
    sheet.pop("use", None)
    if used and isinstance(sheet.setdefault("profile", []), list):
        sheet["profile"] += [{"code": name, **_read_file(known[name], problems)} for name in used]


def standard_profiles() -> dict[str, Path]:
    """Give the profiles that any pack may use by name."""
    return {path.stem: path for path in sorted((DATA / "profiles").glob("*.toml"))}


def content_hash(documents: Documents) -> str:
    """Give the hash of what the pack says; comments, order of keys and line ends do not count."""
    canonical = json.dumps(documents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def parse(documents: Mapping[str, dict[str, Any]], *, name: str, complete: bool = True) -> Pack:
    """Turn documents into a Pack; raises PackError with every error found.

    Without `complete` it is not asked whether anything is missing: a version that was loaded once stays readable when
    a later product asks for more.
    """
    problems: list[Problem] = []
    pack = _parse(documents, problems)
    if complete and not pack.is_overlay:
        check_complete(pack, problems)
    if problems:
        raise PackError(name, problems)
    return pack


def _parse(documents: Mapping[str, dict[str, Any]], problems: list[Problem]) -> Pack:
    sheets = {file: Table(documents.get(file, {}), f"{file}.toml", "", problems) for file in FILES}
    overlay = documents.get("pack", {}).get("kind") == "overlay"
    for file in documents:
        if overlay and file not in OVERLAY_FILES:
            allowed = " | ".join(f"{known}.toml" for known in OVERLAY_FILES)
            problems.append(Problem(f"{file}.toml", "-", _("An overlay has no such file."), allowed))
    pack = _read(sheets, documents, overlay)
    for file in FILES[2:]:
        sheets[file].finish()
    return pack


def _read(sheets: dict[str, Table], documents: Mapping[str, dict[str, Any]], overlay: bool) -> Pack:
    lists, order = sheets["lists"], sheets["categories"]
    head = read_head(sheets["pack"], overlay)
    departments = sections.read_departments(lists)
    proofs, events = sections.read_items(lists, "proof_kind"), sections.read_items(lists, "event")
    event_codes = (*words.EVENTS, *codes(events))
    problem_types = sections.read_problem_types(order)
    categories = sections.read_categories(order, codes(departments), problem_types)
    causes = [cause.code for listed in problem_types for cause in listed.causes]
    remedies = read_remedies(sheets["remedies"], codes(proofs), codes(departments), codes(categories))
    settings, given = sections.read_settings(_flat_settings(documents, sheets["settings"]))
    return Pack(
        **head,
        settings=settings,
        settings_given=given,
        departments=departments,
        profiles=sections.read_profiles(sheets["profiles"]),
        clocks=read_clocks(
            sheets["clocks"],
            events=event_codes,
            categories=None if overlay else codes(categories),
            warn_marks=head["warn_marks"],
            escalate_to=head["escalate_to"],
        ),
        problem_types=problem_types,
        categories=categories,
        remedies=remedies,
        goodwill=read_goodwill(sheets["remedies"], codes(proofs), (*codes(categories), *causes)),
        authority=read_limits(sheets["authority"], None if overlay else codes(remedies)),
        loss_bands=read_loss_bands(sheets["authority"]),
        letters=sections.read_letters(sheets["letters"], event_codes),
        channels=sections.read_items(lists, "channel"),
        evidence_kinds=sections.read_items(lists, "evidence_kind"),
        proof_kinds=proofs,
        wants=sections.read_items(lists, "want"),
        events=events,
        sensitive_days=sections.read_sensitive_days(lists),
        dimensions=read_dimensions(sheets["quality"]),
        checklists=read_checklists(sheets["quality"]),
    )


def _flat_settings(documents: Mapping[str, dict[str, Any]], sheet: Table) -> Table:
    """Give the settings under their dotted keys, as ack.cutoff for [ack] cutoff."""
    return sheet.renamed(_flatten(documents.get("settings", {})))


def _flatten(values: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Turn nested tables into dotted keys: [ack] cutoff becomes ack.cutoff."""
    flat: dict[str, Any] = {}
    for key, value in values.items():
        name = f"{above}{key}"
        flat |= _flatten(value, f"{name}.") if isinstance(value, Mapping) else {name: value}
    return flat
