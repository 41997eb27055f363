"""The place this page adds to the navigation, with how many plans wait."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.steps import approval
from huiyin.interfaces.web.shell import Count, Place, add_counts, add_place
from huiyin.people.roles import can

KEY = "approvals"


def may_approve(person: Any) -> bool:
    return can(person, "complaint.approve")


def counts(person: Any, now: datetime) -> Mapping[str, Count]:
    return {KEY: Count(approval.waiting_approvals(person).count())} if may_approve(person) else {}


add_place(
    Place(
        key=KEY,
        label=_("Approvals"),
        icon="stamp",
        url_name="approvals:list",
        order=1,
        allowed=may_approve,
    )
)
add_counts(counts)
