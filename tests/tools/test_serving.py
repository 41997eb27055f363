"""`x run`: a start that says where it is, and an end that leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest

from tools import serving
from tools.environment import ROOT, Stop

START = (
    "from tools import commands, serving; import signal, sys; "
    "signal.signal(signal.SIGTERM, commands.end); sys.exit(serving.serve())"
)


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_busy_default_port_moves_to_the_next_free_one_and_says_so(monkeypatch, taken_port, capsys):
    monkeypatch.setattr(serving, "DEFAULT_PORT", taken_port)
    monkeypatch.setenv("HUIYIN_PORT", "")

    port = serving.choose_port()

    assert port > taken_port
    assert capsys.readouterr().out == f"Port {taken_port} is taken; using {port}.\n"


@pytest.mark.parametrize("value", ["eighty", "0", "65536"])
def test_a_port_that_is_none_is_refused_by_name(monkeypatch, value):
    monkeypatch.setenv("HUIYIN_PORT", value)

    with pytest.raises(Stop, match="HUIYIN_PORT must be a number between 1 and 65535"):
        serving.choose_port()


def test_a_chosen_port_that_is_taken_is_refused_rather_than_moved(monkeypatch, taken_port):
    monkeypatch.setenv("HUIYIN_PORT", str(taken_port))

    with pytest.raises(Stop, match=f"Port {taken_port} is taken"):
        serving.choose_port()


def test_a_data_folder_that_cannot_be_written_is_one_clear_line(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("HUIYIN_DATA", str(tmp_path / "file" / "data"))

    with pytest.raises(Stop, match=r"cannot be written .*HUIYIN_DATA names another"):
        serving.data_folder()


def test_the_data_folder_is_its_owners_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("HUIYIN_DATA", str(tmp_path / "data"))

    assert serving.data_folder().stat().st_mode & 0o777 == 0o700


def processes_of(data):
    """Find every process that was started for this data folder."""
    found = []
    for process in (entry for entry in os.listdir("/proc") if entry.isdigit()):
        try:
            with open(f"/proc/{process}/environ", "rb") as told:
                if f"HUIYIN_DATA={data}".encode() in told.read().split(b"\0"):
                    found.append(int(process))
        except OSError:
            continue
    return found


@pytest.mark.sqlite
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, and only Linux ends children with their parent")
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_a_start_takes_complaints_and_its_end_leaves_no_process(tmp_path, sign):
    """Slower than other tests: it prepares a whole database and starts the real server and worker."""
    data = tmp_path / "data"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUIYIN_", "DJANGO_"))}
    port = next(port for port in range(8400 + 100 * (os.getpid() % 2), 8600) if serving.is_free(port))
    chosen = {**kept, "HUIYIN_DATA": str(data), "HUIYIN_PORT": str(port), "HUIYIN_MODE": "development"}
    started = subprocess.Popen([sys.executable, "-c", START], cwd=ROOT, env=chosen, stdout=subprocess.PIPE, text=True)
    try:
        told = next(line for line in started.stdout if "ready" in line)
        with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            health = json.load(answer)
        alive = len(processes_of(data))
    finally:
        started.send_signal(sign)
        started.wait(30)
        started.stdout.close()
    until = time.monotonic() + 15
    while processes_of(data) and time.monotonic() < until:
        time.sleep(0.1)

    assert f"http://127.0.0.1:{port}" in told
    assert health == {"ready": True, "lacking": []}
    assert alive >= 4  # x itself, the server's two, the worker
    assert processes_of(data) == []
