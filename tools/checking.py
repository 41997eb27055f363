"""`x test` and `x lint`: everything that must hold, on both databases, in one run that ends with one line."""

import os
import subprocess
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools import environment, services
from tools.environment import PYTHON, ROOT, Stop, say, variables

JOURNEYS = "tests/journeys"
PICTURES = "docs/pictures"
STAGE_SECONDS = 15 * 60
STATIC = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "imports": ["lint-imports"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "words": ["python", "-m", "tools.words", "--check"],
    "types": ["mypy"],
}


@dataclass(frozen=True)
class Result:
    """What one stage found."""

    title: str
    passed: int
    failed: int
    skipped: int
    seconds: float

    @property
    def line(self) -> str:
        return (
            f"{self.title:<22} {self.passed} passed, {self.failed} failed, {self.skipped} skipped  {self.seconds:.0f} s"
        )


def lint(_: list[str]) -> int:
    """Run the checks that need no test."""
    environment.ready(dev=True)
    result = check_source()
    say(result.line)
    return 1 if result.failed else 0


def test(arguments: list[str]) -> int:
    """Run everything; with `arguments`, pytest alone with them on SQLite."""
    environment.ready(dev=True)
    if arguments:
        return environment.run("-m", "pytest", *arguments)
    strict = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    lacking = services.provide()
    with ThreadPoolExecutor(1) as beside:
        source = beside.submit(check_source)
        results = [run_tests("tests on SQLite", ["tests", f"--ignore={JOURNEYS}"], {})]
        results += on_postgresql(lacking)
        results += in_browser(lacking)
        results.append(finished(source))
    for service in lacking:
        say(f"NOT CHECKED: {service.title} is missing; on Debian or Ubuntu: sudo apt install {service.package}")
    say("\n".join(["", *(result.line for result in results)]))
    failed = sum(result.failed for result in results)
    skipped = sum(result.skipped for result in results) + len(lacking)
    say(f"{sum(result.passed for result in results)} passed, {failed} failed, {skipped} skipped")
    if strict and skipped:
        say("With CI=true nothing may be skipped.")
        return 1
    return 1 if failed else 0


def pictures(_: list[str]) -> int:
    """Take the pictures of the product that the README shows, from the demo in the browser of the journeys."""
    environment.ready(dev=True)
    services.provide()
    browser = services.browser()
    if browser is None or not services.chinese_fonts():
        raise Stop("Pictures need Chromium and Chinese fonts (on Debian or Ubuntu: chromium, fonts-noto-cjk).")
    chosen = {"HUIYIN_CHROMIUM": browser, "HUIYIN_PICTURES": str(ROOT / PICTURES), "HUIYIN_DATABASE": ""}
    return environment.run("-m", "pytest", "-q", f"{JOURNEYS}/test_demo.py", "-k", "pictures", extra=chosen)


def on_postgresql(lacking: list[services.Service]) -> list[Result]:
    if services.POSTGRESQL in lacking:
        return []
    with services.postgresql() as address:
        return [run_tests("tests on PostgreSQL", ["tests", f"--ignore={JOURNEYS}"], {"HUIYIN_DATABASE": address})]


def in_browser(lacking: list[services.Service]) -> list[Result]:
    browser = services.browser()
    if browser is None or services.FONTS in lacking or not (ROOT / JOURNEYS).is_dir():
        return []
    return [run_tests("journeys", [JOURNEYS], {"HUIYIN_CHROMIUM": browser})]


def run_tests(title: str, what: list[str], extra: dict[str, str]) -> Result:
    """Run pytest with one process per core and count what it reports; a run that breaks off counts as failed."""
    say(f"\n— {title} —")
    started = time.monotonic()
    processes = min(max(os.cpu_count() or 2, 2), 8)
    with tempfile.TemporaryDirectory(prefix="huiyin-report-") as folder:
        report = Path(folder, "report.xml")
        command = ["-m", "pytest", "-q", "-n", str(processes), "--dist", "worksteal", f"--junitxml={report}", *what]
        environment_of = variables({"HUIYIN_DATABASE": "", **extra})
        try:
            code = subprocess.run(
                [str(PYTHON), *command], cwd=ROOT, env=environment_of, check=False, timeout=STAGE_SECONDS
            ).returncode
        except subprocess.TimeoutExpired:
            say(f"{title} did not end in {STAGE_SECONDS // 60} minutes.")
            code = 1
        passed, failed, skipped = counts(report)
    if code and not failed:
        failed = 1
    return Result(title, passed, failed, skipped, time.monotonic() - started)


def counts(report: Path) -> tuple[int, int, int]:
    """Read passed, failed and skipped from pytest's report; nothing when there is none."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314 — written by our own pytest
    total, errors, failures, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites) for name in ("tests", "errors", "failures", "skipped")
    )
    return total - errors - failures - skipped, errors + failures, skipped


def check_source() -> Result:
    """Run each check of STATIC and show what those that fail have to say."""
    started = time.monotonic()
    failed = 0
    for title, command in STATIC.items():
        done = subprocess.run(
            command, cwd=ROOT, env=variables(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            failed += 1
            say(f"\n— {title}: {' '.join(command)} —\n{done.stdout.strip()[-6000:]}")
    return Result("source", len(STATIC) - failed, failed, 0, time.monotonic() - started)


def finished(source: "Future[Result]") -> Result:
    try:
        return source.result(timeout=STAGE_SECONDS)
    except TimeoutError:
        raise Stop("The checks of the source did not end.") from None
