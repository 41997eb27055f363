"""What every benchmark shares: interleaved pairs, medians with their range, and figures that say where they come from.

A benchmark is a module with a `main()`; `python3 x bench NAME` gives it a fresh database through HUIYIN_DATABASE and
HUIYIN_DATA, and takes both away afterwards.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tools import serving
from tools.environment import ROOT, Stop, variables

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")

PAIRS = 7
Figure = float | int | str | Mapping[str, "Figure"] | Sequence["Figure"]


@dataclass(frozen=True)
class Spread:
    """Several measurements of one thing: what is told is the median and how far they lay apart."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def figures(self) -> dict[str, Figure]:
        return {"median": self.median, "low": min(self.values), "high": max(self.values), "values": list(self.values)}

    def __str__(self) -> str:
        return f"{self.median:.4g} ({min(self.values):.4g} … {max(self.values):.4g})"


@dataclass(frozen=True)
class Comparison:
    """Two things measured in turn, so that whatever else the machine did fell on both."""

    first: Spread
    second: Spread

    @property
    def ratio(self) -> Spread:
        """First divided by second, pair by pair."""
        return Spread(tuple(a / b for a, b in zip(self.first.values, self.second.values, strict=True)))

    def figures(self) -> dict[str, Figure]:
        return {"first": self.first.figures(), "second": self.second.figures(), "ratio": self.ratio.figures()}


def compare(first: Callable[[], float], second: Callable[[], float], *, pairs: int = PAIRS) -> Comparison:
    """Measure A B A B …: each call does its work once and returns its figure (seconds, or work per second)."""
    measured = [(first(), second()) for _ in range(pairs)]
    return Comparison(Spread(tuple(a for a, _ in measured)), Spread(tuple(b for _, b in measured)))


def parser(about: str | None, *, cases: int) -> argparse.ArgumentParser:
    """Make the parser every benchmark starts from; it may add arguments of its own."""
    made = argparse.ArgumentParser(description=about)
    made.add_argument("--cases", type=int, default=cases, help=f"how many complaints ({cases})")
    made.add_argument("--pairs", type=int, default=PAIRS, help=f"how many interleaved pairs ({PAIRS})")
    made.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    made.add_argument("--json", type=Path, help="where the figures go")
    return made


def report(name: str, arguments: argparse.Namespace, figures: Mapping[str, Figure]) -> None:
    """Print the figures, and write them with commit, date, command and machine where --json asks for it."""
    print(json.dumps(figures, indent=2, ensure_ascii=False))
    if arguments.json is None:
        return
    kept = {
        "name": name,
        "commit": commit(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command(name, arguments),
        "machine": machine(),
        "figures": figures,
    }
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Written to {arguments.json}")


def command(name: str, arguments: argparse.Namespace) -> str:
    """Tell how to run this again; a file or folder is told by its last name, not by where it lies on this machine."""
    kind = "prove" if "proofs" in str(getattr(sys.modules["__main__"], "__file__", "")) else "bench"
    told = {key: Path(value).name if isinstance(value, Path) else value for key, value in vars(arguments).items()}
    options = (f"--{key.replace('_', '-')} {value}" for key, value in told.items() if value not in (None, False))
    return f"python3 x {kind} {name} {' '.join(options)}"


def commit() -> str:
    """Name the commit measured, with a plus when something was not committed."""
    found = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    changed = subprocess.run(
        ["git", "status", "--porcelain", "src"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return found.stdout.strip() + ("+" if changed.stdout.strip() else "")


def machine() -> dict[str, Figure]:
    """Describe the shape of the machine, never its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": os.cpu_count() or 0,
        "memory_gib": round(memory),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


@contextmanager
def served(*, worker: bool = True) -> Iterator[tuple[str, list[int]]]:
    """Prepare the database, run the real server (and worker), give its address and its processes' numbers."""
    data = Path(os.environ["HUIYIN_DATA"])
    (data / "logs").mkdir(parents=True, exist_ok=True)
    port = next(port for port in range(8700, 8900) if serving.is_free(port))
    chosen = {"HUIYIN_PORT": str(port)}
    if subprocess.run(
        [sys.executable, "-m", "huiyin", "prepare"], cwd=ROOT, env=variables(chosen), check=False
    ).returncode:
        raise Stop("`huiyin prepare` failed.")
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name in ("serve", "worker") if worker else ("serve",):
            children[name] = serving.start(name, data / "logs", chosen)
        serving.wait_until_ready(port, children, data)
        yield f"http://127.0.0.1:{port}", [child.pid for child in children.values()]
    finally:
        serving.stop(children)


def memory_mib(roots: Sequence[int]) -> float:
    """Add up the proportional set size of these processes and all below them (Linux)."""
    parents = {int(p.name): _parent(p) for p in Path("/proc").iterdir() if p.name.isdigit()}
    wanted = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in wanted} - wanted:
        wanted |= more
    return sum(_pss_kib(pid) for pid in wanted) / 1024


def _parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def _pss_kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
