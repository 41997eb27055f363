"""The places these pages add to the navigation."""

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.shell import Place, add_place
from huiyin.people.roles import can

add_place(
    Place(
        key="improvements",
        label=_("Improvements"),
        icon="sprout",
        url_name="improvement:items",
        group="team",
        order=60,
        allowed=lambda person: can(person, "complaint.note") or can(person, "report.read"),
    )
)
add_place(
    Place(
        key="signals",
        label=_("Early warning"),
        icon="radar",
        url_name="improvement:signals",
        group="work",
        order=70,
        allowed=lambda person: can(person, "complaint.receive"),
    )
)
add_place(
    Place(
        key="groups",
        label=_("Frequent complaints"),
        icon="layers",
        url_name="improvement:groups",
        group="team",
        order=65,
        allowed=lambda person: can(person, "report.read"),
    )
)
