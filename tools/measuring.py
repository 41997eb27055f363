"""`x bench` and `x prove`: long measurements by hand, each with a database of its own that is removed afterwards."""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tools import environment, services
from tools.environment import ROOT


def bench(arguments: list[str]) -> int:
    """Run bench/NAME.py."""
    return measure("bench", ROOT / "bench", arguments)


def prove(arguments: list[str]) -> int:
    """Run bench/proofs/NAME.py."""
    return measure("prove", ROOT / "bench" / "proofs", arguments)


OWN = "Most measurements also take --cases N (how many complaints) and --pairs N (how many interleaved pairs)."


def names_in(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.glob("*.py") if file.stem not in ("__init__", "harness"))


def measure(command: str, folder: Path, arguments: list[str]) -> int:
    """Start the database asked for and run the named module with all other arguments passed on."""
    names = names_in(folder)
    parser = argparse.ArgumentParser(prog=f"x {command}", allow_abbrev=False, epilog=OWN)
    parser.add_argument("name", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--json", type=Path, help="where the figures go, with commit, date and machine")
    known, more = parser.parse_known_args(arguments)
    environment.ready(dev=True)
    module = ".".join((*folder.relative_to(ROOT).parts, known.name))
    passed = ["--database", known.database, *(["--json", str(known.json.absolute())] if known.json else []), *more]
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"huiyin-{command}-")))
        chosen = {
            "HUIYIN_DATA": str(data),
            "HUIYIN_DATABASE": "",
            "HUIYIN_MODE": "development",
            "HUIYIN_LOG_LEVEL": "ERROR",
        }
        if known.database == "postgresql":
            chosen["HUIYIN_DATABASE"] = stack.enter_context(services.postgresql(hasty=False))
        return environment.run("-m", module, *passed, extra=chosen)
