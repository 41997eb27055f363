"""The places these pages add to the navigation."""

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.shell import Place, add_place
from huiyin.people.roles import can

add_place(
    Place(
        key="people",
        label=_("People"),
        icon="users",
        url_name="people:list",
        group="house",
        order=10,
        allowed=lambda person: can(person, "people.manage"),
    )
)
add_place(
    Place(
        key="access_log",
        label=_("Access log"),
        icon="eye",
        url_name="people:log",
        group="house",
        order=20,
        allowed=lambda person: can(person, "log.read"),
    )
)
