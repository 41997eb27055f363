"""The place this page adds to the navigation; how many plans wait is counted with the lists of the desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.shell import Place, add_place
from huiyin.people.roles import can

KEY = "approvals"


def may_approve(person: Any) -> bool:
    return can(person, "complaint.approve")


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
