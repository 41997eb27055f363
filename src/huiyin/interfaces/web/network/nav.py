"""The place these pages add to the navigation of technicians; others come from a case."""

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.shell import Place, add_place
from huiyin.people.roles import Role

add_place(
    Place(
        key="network",
        label=_("Network"),
        icon="radio-tower",
        url_name="network:wanted",
        group="team",
        order=62,
        allowed=lambda person: person.has_role(Role.TECHNICIAN),
    )
)
