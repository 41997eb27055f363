"""`huiyin serve` answers over HTTP and leaves cleanly when asked."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests
from django.core.management import execute_from_command_line as main

from huiyin.interfaces.jobs import serving
from tests import factories

pytestmark = pytest.mark.django_db  # has the database made of which own_database is a copy


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def answer_of(address, process):
    """Wait for the first answer."""
    for _try in range(200):
        assert process.poll() is None
        try:
            return requests.get(address, timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("no answer")


def test_the_server_answers_and_stops_on_sigterm(own_database, tmp_path):
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": "src", "HUIYIN_DATABASE": own_database, "HUIYIN_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "huiyin", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answer = answer_of(f"http://127.0.0.1:{port}/healthz", process)
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=30)
    finally:
        process.kill()

    assert sorted(answer.json()) == ["lacking", "ready"]
    assert code == 0


@pytest.mark.parametrize("start", [lambda: serving.main([]), lambda: main(["huiyin", "worker", "--once"])])
def test_c27_production_does_not_start_on_a_demonstration_database(settings, capsys, start):
    lina = factories.person("lina")
    lina.password_is_demo = True
    lina.save(update_fields=["password_is_demo"])
    settings.PRODUCTION = True

    with pytest.raises(SystemExit) as ended:
        start()

    assert ended.value.code == 1
    assert "password of the demonstration, which everybody knows: lina" in capsys.readouterr().err
