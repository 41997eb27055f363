"""The place these pages add to the navigation."""

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.shell import Place, add_place
from huiyin.people.roles import can

add_place(
    Place(
        key="lessons",
        label=_("Lessons"),
        icon="graduation-cap",
        url_name="lessons:avoidable",
        group="team",
        order=66,
        allowed=lambda person: can(person, "report.read"),
    )
)
