"""The place these pages add to the navigation."""

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.shell import Place, add_place
from huiyin.people.roles import can

add_place(
    Place(
        key="figures",
        label=_("Figures"),
        icon="chart-column",
        url_name="figures:figures",
        group="team",
        order=55,
        allowed=lambda person: can(person, "report.read"),
    )
)
