"""A partner's way to his one question: a secret link, and one-time codes to the address the link went to.

Every link is answered alike, whether it was ever given out, is still open or not: the door asks for a code, and the
worker alone looks whether there is anybody to send one to. Only keyed digests are kept.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from huiyin.complaints.models import PartnerRequest
from huiyin.complaints.states import OPEN_STATES
from huiyin.messaging import letters, outbox
from huiyin.queue import jobs

CODE = "complaints.partner_code"
CODE_MINUTES = 10
CODE_TRIES = 5
# Letters and digits that cannot be taken for each other on the telephone.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
# Where the link of a secret leads; only the ways in know addresses.
LinkTo = Callable[[str], str]


def register_all() -> None:
    jobs.register(CODE)(deliver_code)


def new_reference() -> str:
    return "P-" + "".join(secrets.choice(ALPHABET) for _place in range(8))


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest(purpose: str, value: str) -> str:
    """Keyed with the house's secret: six digits alone would be found from a stolen table in a moment."""
    return salted_hmac(f"huiyin.partner.{purpose}", value, algorithm="sha256").hexdigest()


def send_link(row: PartnerRequest, link: str, *, at: datetime) -> None:
    """Put the letter with the link into the outbox; it names nobody but us and the party."""
    subject, body = letters.render(
        "partner_question",
        row.language,
        party=row.party,
        reference=row.reference,
        link=link,
        until=row.expires_at.date().isoformat(),
        sender=_sender(),
    )
    _put(row, f"partner:{row.pk}:{row.links_sent}", subject, body, at)


def ask_code(secret: str, at: datetime) -> None:
    """Have a code sent to whoever was given this link; never says whether there is such a link."""
    wanted = digest("link", secret)
    # One a minute for a link: whoever asks again at once gets the code that is on its way.
    jobs.enqueue(CODE, {"link": wanted}, key=f"{CODE}:{wanted}:{at:%Y%m%d%H%M}", run_at=at)


def deliver_code(payload: jobs.Payload, *, at: datetime) -> None:
    """Make the code and put it into the outbox, where the question is still open.

    Tries count on while a code before it is still valid, so asking again buys no more guesses.
    """
    row = open_rows(at).select_for_update(of=("self",)).filter(link_hash=payload["link"]).first()
    if row is None:
        return
    code = f"{secrets.randbelow(1_000_000):06d}"
    if row.code_expires_at is None or row.code_expires_at <= at:
        row.code_tries = 0
    row.code_hash = digest("code", f"{row.pk}:{code}")
    row.code_expires_at = at + timedelta(minutes=CODE_MINUTES)
    row.save(update_fields=["code_hash", "code_expires_at", "code_tries"])
    subject, body = letters.render(
        "partner_code", row.language, code=code, reference=row.reference, minutes=CODE_MINUTES, sender=_sender()
    )
    _put(row, f"partner-code:{row.pk}:{at.isoformat()}", subject, body, at)


def by_code(secret: str, code: str, at: datetime) -> PartnerRequest | None:
    """The question this link and code open, once; nothing for every other reason, and a wrong code costs a try."""
    with transaction.atomic():
        row = open_rows(at).select_for_update(of=("self",)).filter(link_hash=digest("link", secret)).first()
        given = digest("code", f"{row.pk if row else 0}:{code.strip()}")
        right = constant_time_compare(given, row.code_hash if row else "-")
        if row is None or row.code_expires_at is None:
            PartnerRequest.objects.filter(pk=0).update(code_tries=0)  # as much work as noting a spent try
            return None
        usable = at < row.code_expires_at and row.code_tries < CODE_TRIES
        if right and usable:
            row.code_hash, row.code_expires_at, row.code_tries = "", None, 0
            row.opened_at = row.opened_at or at
        else:
            row.code_tries = min(row.code_tries + 1, CODE_TRIES)
        row.save(update_fields=["code_hash", "code_expires_at", "code_tries", "opened_at"])
        return row if right and usable else None


def open_rows(at: datetime) -> QuerySet[PartnerRequest]:
    """Questions that may still be answered: asked, not expired, of a case that goes on somewhere."""
    goes_on = Q(complaint__state__in=OPEN_STATES) | Q(complaint__merged_into__state__in=OPEN_STATES)
    return PartnerRequest.objects.filter(goes_on, status=PartnerRequest.Status.ASKED, expires_at__gt=at)


def by_link(secret: str) -> PartnerRequest | None:
    """The question a link leads to, in whatever state; for a session that a code has opened."""
    return PartnerRequest.objects.filter(link_hash=digest("link", secret)).first()


def _sender() -> str:
    return settings.HUIYIN_ORGANISATION or parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or "Huiyin"


def _put(row: PartnerRequest, key: str, subject: str, body: str, at: datetime) -> None:
    outbox.put(
        key=key,
        at=at,
        reference=row.reference,
        channel=row.channel,
        to=row.address,
        subject=subject,
        body=body,
        language=row.language,
    )
