"""The rules of sale a purchase stands under: those of the day it was made, not those of today (S2-39)."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import promises, rules
from huiyin.complaints.models import Complaint
from huiyin.policy.packs import store
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

MIDDAY = time(12)


class PurchasedLater(Refusal):
    rule = rules.PURCHASED_BEFORE
    sentence = _("The purchase is dated after the complaint was received.")
    unblock = _("Correct the day of the purchase, or leave it open.")


def of(complaint: Complaint, pack: Pack | None = None) -> Pack:
    """The pack whose catalogue applies: the version in force on the day of the purchase.

    The pack the case began with where no day is known, or where no version of that day was ever loaded. Clocks, limits
    and settings stay those of the case, which may be given where it was read already.
    """
    pack = pack or promises.pack_of(complaint)
    version = version_of(complaint, pack)
    return pack if version is None else store.parsed(version)


def version_of(complaint: Complaint, pack: Pack) -> int | None:
    """The pack version of the purchase day, where another than the case's own may apply."""
    if complaint.purchased_on is None:
        return None
    midday = datetime.combine(complaint.purchased_on, MIDDAY, tzinfo=ZoneInfo(pack.zone))
    return store.version_on(pack.code, midday)


def require_before(purchased_on: date | None, received_at: datetime, pack: Pack) -> None:
    """Refuse a purchase after the complaint about it."""
    if purchased_on is not None and purchased_on > received_at.astimezone(ZoneInfo(pack.zone)).date():
        raise PurchasedLater(missing=("purchased_on",))
