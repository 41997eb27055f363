"""Who stands behind these pages, as the notice must say it (个人信息保护法 17)."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from huiyin.policy.packs import store


@dataclass(frozen=True)
class Organisation:
    """Name, contact about personal data, how long a case is kept, the outside body's telephone."""

    name: str
    contact: str
    retention_years: int
    outside_phone: str


def name() -> str:
    """The name of the house: as set, else the sender of its mail."""
    return settings.HUIYIN_ORGANISATION or parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or _("this organisation")


def current(at: datetime) -> Organisation:
    """The organisation as it stands now, with the numbers of the pack a portal complaint comes under."""
    version = store.pick(at, base_code=settings.HUIYIN_PACK, channel="portal", category="").base
    chosen = store.parsed(version.pk).settings
    return Organisation(
        name=name(),
        contact=settings.HUIYIN_CONTACT or parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        retention_years=chosen.privacy_retention_years,
        outside_phone=chosen.outside_phone,
    )
