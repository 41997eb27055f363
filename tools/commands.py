"""The commands of `x`, one line each."""

import signal
import sys
from collections.abc import Callable
from types import FrameType

from tools import checking, environment, locking, measuring, requirements, serving
from tools.environment import Stop, say


def setup(arguments: list[str]) -> int:
    environment.ready(dev="--dev" in arguments)
    return 0


def run(_: list[str]) -> int:
    return serving.run()


def words(arguments: list[str]) -> int:
    environment.ready(dev=True)
    return environment.run("-m", "tools.words", *arguments)


def manage(arguments: list[str]) -> int:
    environment.ready()
    return environment.run("manage.py", *arguments)


COMMANDS: dict[str, tuple[Callable[[list[str]], int], str]] = {
    "setup": (setup, "make the environment in .venv (--dev: with the tools that check)"),
    "run": (run, "start Huiyin with its demo organisation; HUIYIN_PORT and HUIYIN_DATA choose port and data folder"),
    "test": (checking.test, "check everything; with arguments, run pytest with them on SQLite"),
    "lint": (checking.lint, "check style, types, import contracts, migrations and words, without running a test"),
    "lock": (locking.lock, "pin every package anew by hash (--upgrade: newest versions)"),
    "words": (words, "collect the words on screen, make traditional from simplified Chinese (--check: only look)"),
    "pictures": (checking.pictures, "take the pictures of the README anew, from the demo in a real browser"),
    "requirements": (
        requirements.command,
        "count the requirements that tests meet (--write: make the page anew)",
    ),
    "bench": (measuring.bench, "run a benchmark: NAME --cases N --database sqlite|postgresql --json FILE"),
    "prove": (measuring.prove, "run a long proof: NAME --database sqlite|postgresql --json FILE"),
    "manage": (manage, "Django's own command line"),
}


def end(_: int, __: FrameType | None) -> None:
    """Let SIGTERM and a closed terminal end `x` the way Ctrl-C does, so that nothing is left running."""
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Run one command and give its exit code: 2 for an unknown one, 1 for one that could not be done."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        say("Usage: python3 x COMMAND\n")
        say("\n".join(f"  {name:<12} {what}" for name, (_, what) in COMMANDS.items()))
        return 0
    if arguments[0] not in COMMANDS:
        print(f"x: there is no command {arguments[0]!r}; `python3 x --help` lists them.", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, end)
    try:
        return COMMANDS[arguments[0]][0](arguments[1:])
    except Stop as reason:
        print(f"x: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
