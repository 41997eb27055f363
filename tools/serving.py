"""`x run`: the web server and the worker as one thing that starts, says where it is, and stops as a whole."""

import ctypes
import errno
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tools import environment
from tools.environment import PYTHON, ROOT, Stop, say, variables

DEFAULT_PORT = 8000
READY_SECONDS = 90
STOP_SECONDS = 10


def run() -> int:
    """Prepare everything, serve until Ctrl-C or SIGTERM, and leave no process behind."""
    environment.ready()
    return serve()


def serve() -> int:
    """Serve in the environment as it is."""
    data = data_folder()
    port = choose_port()
    chosen = {
        "HUIYIN_DATA": str(data),
        "HUIYIN_PORT": str(port),
        "HUIYIN_MODE": os.environ.get("HUIYIN_MODE") or "demo",
    }
    if environment.run("-m", "huiyin", "prepare", extra=chosen):
        return 1
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name in ("serve", "worker"):
            children[name] = start(name, data / "logs", chosen)
        wait_until_ready(port, children, data)
        say(f"Huiyin is ready at http://127.0.0.1:{port} — Ctrl-C stops it. Logs are in {data / 'logs'}.")
        while True:
            time.sleep(0.5)
            require_alive(children, data)
    except KeyboardInterrupt:
        say("Stopping …")
        return 0
    finally:
        stop(children)


def data_folder() -> Path:
    """Make the data folder for its owner alone; refuses one that cannot be written."""
    named = os.environ.get("HUIYIN_DATA", "").strip()
    folder = Path(named).expanduser().absolute() if named else ROOT / "var"
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "logs").mkdir(mode=0o700, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Stop(
            f"The data folder {folder} cannot be written ({error.strerror}); HUIYIN_DATA names another."
        ) from None
    return folder


def choose_port() -> int:
    """Take HUIYIN_PORT, or 8000, or the next free one after it; refuses a chosen port that is taken."""
    named = os.environ.get("HUIYIN_PORT", "").strip()
    if named:
        if not named.isdigit() or not 1 <= int(named) <= 65535:
            raise Stop(f"HUIYIN_PORT must be a number between 1 and 65535; it is {named!r}.")
        if not is_free(int(named)):
            raise Stop(f"Port {named} is taken or not allowed; HUIYIN_PORT names another.")
        return int(named)
    port = next((port for port in range(DEFAULT_PORT, DEFAULT_PORT + 100) if is_free(port)), None)
    if port is None:
        raise Stop(f"No port from {DEFAULT_PORT} to {DEFAULT_PORT + 99} is free; HUIYIN_PORT names another.")
    if port != DEFAULT_PORT:
        say(f"Port {DEFAULT_PORT} is taken; using {port}.")
    return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def die_with_parent() -> None:
    """Ask Linux to end this process when `x` is killed without a chance to stop it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def start(name: str, logs: Path, chosen: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start `huiyin NAME` in a process group of its own, so that Ctrl-C reaches it through `x` alone."""
    with open(logs / f"{name}.log", "wb") as log:
        return subprocess.Popen(
            [str(PYTHON), "-m", "huiyin", name],
            cwd=ROOT,
            env=variables(chosen),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 — `x` has one thread
        )


def wait_until_ready(port: int, children: "dict[str, subprocess.Popen[bytes]]", data: Path) -> None:
    """Ask /healthz until a complaint can be taken."""
    until = time.monotonic() + READY_SECONDS
    lacking = "no answer"
    while time.monotonic() < until:
        require_alive(children, data)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            told = answer.read()
            if answer.status == 200:
                return
            lacking = "; ".join(json.loads(told).get("lacking", [])) or f"status {answer.status}"
        except (OSError, http.client.HTTPException, ValueError):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    raise Stop(f"Huiyin did not get ready in {READY_SECONDS} s: {lacking}. Logs are in {data / 'logs'}.")


def require_alive(children: "dict[str, subprocess.Popen[bytes]]", data: Path) -> None:
    """Refuse to go on without one of the processes, with the end of its log."""
    for name, child in children.items():
        if child.poll() is not None:
            log = data / "logs" / f"{name}.log"
            tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
            raise Stop(f"`huiyin {name}` ended with code {child.returncode}. The end of {log}:\n{tail}")


def stop(children: "dict[str, subprocess.Popen[bytes]]") -> None:
    """End each process group: asked first, forced after STOP_SECONDS."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        for child in children.values():
            try:
                os.killpg(child.pid, sign)
            except ProcessLookupError:
                continue
        until = time.monotonic() + STOP_SECONDS
        for child in children.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
