"""A real mail server that accepts, defers or refuses as the test asks."""

import email
import email.policy
import socket
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller

from huiyin.messaging import outbox


class MailServer:
    """Keeps what it was given; `answers` are said instead of accepting, in order."""

    def __init__(self):
        self.letters, self.answers = [], []

    async def handle_DATA(self, _server, _session, envelope):
        answer = self.answers.pop(0) if self.answers else "250 accepted"
        if answer.startswith("250"):
            self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return answer


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


@pytest.fixture
def server(settings):
    mail = MailServer()
    controller = Controller(mail, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_TIMEOUT = 5
    settings.DEFAULT_FROM_EMAIL = "客服 <desk@shop.example>"
    mail.controller = controller
    yield mail
    if controller.server is not None:
        controller.stop()


@pytest.fixture
def at():
    return datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def put(at):
    def put(key="one", **changes):
        letter = {
            "channel": "email",
            "to": "zhang@customer.example",
            "subject": "您的投诉 HY-1",
            "body": "张先生，您好：\n\n我们会在 18:00 前给您答复。\n",
            "language": "zh-hans",
            "reference": "HY-1",
            "at": at,
        }
        return outbox.put(key=key, **(letter | changes))

    return put
