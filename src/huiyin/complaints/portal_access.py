"""The complainant's two ways in: a secret link shown once, and one-time codes. Only keyed digests are kept.

Asking for a code writes the same job whether the number exists or not, so neither answer nor time tells; the worker
finds the case and sends the code. Entering one does the same work for every wrong answer.
"""

import secrets
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from huiyin.complaints import addresses
from huiyin.complaints.models import Complaint, NumberAlias, PortalAccess
from huiyin.messaging import letters, outbox, transports
from huiyin.people.models import Identity, IdentityKind
from huiyin.queue import jobs

CODE = "complaints.portal_code"
CODE_MINUTES = 10
CODE_TRIES = 5
NUMBER_LENGTH = 64
CHANNELS = {IdentityKind.PHONE: "sms", IdentityKind.EMAIL: "email"}


def register_all() -> None:
    jobs.register(CODE)(deliver_code)


def open_access(complaint: Complaint, at: datetime) -> str:
    """Make the case's secret link and give its secret, once; a link made before stops working."""
    secret = secrets.token_urlsafe(32)
    PortalAccess.objects.update_or_create(
        complaint=complaint,
        defaults={"customer": complaint.customer, "link_hash": _digest("link", secret), "made_at": at},
    )
    return secret


def access_by_link(secret: str) -> PortalAccess | None:
    """The access this secret opens, or nothing."""
    rows = PortalAccess.objects.select_related("complaint", "customer")
    return rows.filter(link_hash=_digest("link", secret)).first()


def send_code(number: str, at: datetime) -> None:
    """Have a one-time code sent to whoever complained under this number; never says whether there is such a case."""
    wanted = normal(number)
    # One a minute for a number: whoever asks again at once gets the code that is on its way.
    jobs.enqueue(CODE, {"number": wanted}, key=f"{CODE}:{wanted}:{at:%Y%m%d%H%M}", run_at=at)


def deliver_code(payload: jobs.Payload, *, at: datetime) -> None:
    """Make the code and put it into the outbox, where there is a case and an address.

    Tries count on while a code before it is still valid, so asking again buys no more guesses.
    """
    complaint = _case(payload["number"])
    if complaint is None:
        return
    access = PortalAccess.objects.select_for_update().filter(complaint=complaint).first()
    if access is None:
        open_access(complaint, at)
        access = PortalAccess.objects.select_for_update().get(complaint=complaint)
    identity = _address(complaint)
    if identity is None:
        return
    code = f"{secrets.randbelow(1_000_000):06d}"
    if access.code_expires_at is None or access.code_expires_at <= at:
        access.code_tries = 0
    access.code_hash = _digest("code", f"{complaint.pk}:{code}")
    access.code_expires_at = at + timedelta(minutes=CODE_MINUTES)
    access.save(update_fields=["code_hash", "code_expires_at", "code_tries"])
    subject, body = letters.render(
        "follow_code",
        complaint.customer.language,
        code=code,
        number=complaint.number,
        minutes=CODE_MINUTES,
        sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or complaint.number,
    )
    outbox.put(
        key=f"code:{access.pk}:{at.isoformat()}",
        at=at,
        reference=complaint.number,
        channel=CHANNELS[IdentityKind(identity.kind)],
        to=identity.value,
        subject=subject,
        body=body,
        language=complaint.customer.language,
    )


def access_by_code(number: str, code: str, at: datetime) -> PortalAccess | None:
    """The access this number and code open, once; nothing for every other reason, and a wrong code costs a try.

    Gives nothing instead of raising, because the spent try must be written even when a caller's transaction is open.
    """
    with transaction.atomic():
        complaint = _case(normal(number))
        rows = PortalAccess.objects.select_for_update(of=("self",)).select_related("complaint", "customer")
        access = rows.filter(complaint=complaint).first()
        given = _digest("code", f"{complaint.pk if complaint else 0}:{code.strip()}")
        right = constant_time_compare(given, access.code_hash if access else "-")
        if access is None or access.code_expires_at is None:
            PortalAccess.objects.filter(pk=0).update(code_tries=0)  # as much work as noting a spent try
            return None
        usable = at < access.code_expires_at and access.code_tries < CODE_TRIES
        if right and usable:
            access.code_hash, access.code_expires_at, access.code_tries = "", None, 0
        else:
            access.code_tries = min(access.code_tries + 1, CODE_TRIES)
        access.save(update_fields=["code_hash", "code_expires_at", "code_tries"])
        return access if right and usable else None


def normal(number: str) -> str:
    return number.strip().upper()[:NUMBER_LENGTH]


def _case(number: str) -> Complaint | None:
    found = Complaint.objects.select_related("customer").filter(number=number).first()
    if found is not None:
        return found
    alias = NumberAlias.objects.select_related("complaint__customer").filter(number=number).first()
    return alias.complaint if alias else None


def _address(complaint: Complaint) -> Identity | None:
    """Where a code may go: a verified address before a claimed one, a telephone before an e-mail address.

    Only by ways that are set up: a code on a way without a provider reaches nobody.
    """
    return min(
        addresses.known(complaint, [kind for kind, channel in CHANNELS.items() if transports.leaves(channel)]),
        key=lambda row: (not row.verified, row.kind != IdentityKind.PHONE, row.pk),
        default=None,
    )


def _digest(purpose: str, value: str) -> str:
    """Keyed with the house's secret: six digits alone would be found from a stolen table in a moment."""
    return salted_hmac(f"huiyin.portal.{purpose}", value, algorithm="sha256").hexdigest()
