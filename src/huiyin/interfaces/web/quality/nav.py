"""The place these pages add to the navigation."""

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.shell import Place, add_place
from huiyin.people.roles import can

add_place(
    Place(
        key="quality",
        label=_("Service quality"),
        icon="gauge",
        url_name="quality:cases",
        group="work",
        order=75,
        allowed=lambda person: can(person, "rating.give"),
    )
)
