"""The house as it runs anywhere: the real server and the real worker, each in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests


@contextmanager
def running(database: str, folder: Path, **more: str) -> Iterator[str]:
    """Prepare the database, start server and worker, give the address, and stop both."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(("src", ".")),
        "HUIYIN_DATABASE": database,
        "HUIYIN_DATA": str(folder),
        **more,
    }
    subprocess.run([sys.executable, "-m", "huiyin", "prepare"], env=environment, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with open(folder / "log", "ab") as log:
        children = [
            subprocess.Popen([sys.executable, "-m", "huiyin", *command], env=environment, stdout=log, stderr=log)
            for command in (["serve", "--port", str(port)], ["worker"])
        ]
        try:
            wait_for(f"{address}/healthz")
            yield address
        finally:
            for child in children:
                child.send_signal(signal.SIGTERM)
            for child in children:
                child.wait(timeout=30)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_for(address: str) -> None:
    for _try in range(600):
        try:
            if requests.get(address, timeout=30).status_code == 200:
                return
        except requests.RequestException:
            pass
        time.sleep(0.1)
    raise AssertionError("the house does not answer")
