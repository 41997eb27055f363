"""`x lock`: pin every package by hash, for every platform, without the address of any index."""

import subprocess

from tools import environment
from tools.environment import DEV_LOCK, PYTHON, ROOT, RUN_LOCK, UV_LOCK, Stop, say

COMPILE = [
    "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header",
    "--python-version", "3.11",
]  # fmt: skip


def lock(arguments: list[str]) -> int:
    """Make the three locks; refuses one that carries an address."""
    environment.ready()
    more = ["--upgrade"] if "--upgrade" in arguments else []
    found = subprocess.run([str(PYTHON), "-m", "uv", "--version"], capture_output=True, text=True, check=False)
    if found.returncode:
        raise Stop("`x lock` needs the uv that `x setup` brings; it could not be installed on this machine.")
    wanted = "uv\n" if more else f"uv=={found.stdout.split()[1]}\n"
    compile_lock(["-"], UV_LOCK, more, wanted)
    compile_lock(["pyproject.toml"], RUN_LOCK, more)
    compile_lock(["pyproject.toml", "--group", "dev", "--constraint", RUN_LOCK], DEV_LOCK, more)
    return 0


def compile_lock(what: list[str], name: str, more: list[str], text: str | None = None) -> None:
    """Resolve `what` into the lock `name`; what is already pinned there stays unless `more` says otherwise."""
    command = [str(PYTHON), "-m", "uv", "pip", "compile", *COMPILE, *more, *what, "--output-file", name]
    if subprocess.run(command, cwd=ROOT, input=text, text=True, check=False).returncode:
        raise Stop(f"{name} could not be made.")
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    if any("://" in line for line in lines):
        raise Stop(f"{name} carries an address; a lock must hold names, versions and hashes alone.")
    say(f"{name}: {sum('==' in line for line in lines)} packages")
