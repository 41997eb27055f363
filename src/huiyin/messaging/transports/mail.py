"""By e-mail to the server named in HUIYIN_SMTP_URL."""

import hashlib
import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage

from huiyin.messaging.models import Outgoing
from huiyin.messaging.transports.result import Rejected, Unreachable

TEMPORARY = range(400, 500)


def send(letter: Outgoing) -> str:
    """Hand the message to the server; a message sent twice carries the same Message-ID, so that readers see one."""
    message = EmailMessage(letter.subject, letter.body, to=[letter.to], headers=_headers(letter))
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        _give_up_unless_temporary(code, text)
    except smtplib.SMTPResponseException as error:
        _give_up_unless_temporary(error.smtp_code, error.smtp_error)
    except (BadHeaderError, UnicodeError) as error:
        raise Rejected(f"not a sendable message: {type(error).__name__}") from None
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from None
    return "accepted by the mail server"


def _headers(letter: Outgoing) -> dict[str, str]:
    digest = hashlib.sha256(letter.key.encode()).hexdigest()[:32]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return {
        "Message-ID": f"<{digest}@{domain}>",
        "Content-Language": letter.language,
        "X-Huiyin-Reference": letter.reference,
    }


def _give_up_unless_temporary(code: int, text: bytes | str) -> None:
    """Turn the server's answer into one of the two ways of failing."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if code in TEMPORARY:
        raise Unreachable(f"{code} {said}") from None
    raise Rejected(f"{code} {said}") from None
