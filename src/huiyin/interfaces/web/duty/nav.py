"""The place this page adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.shell import Place, add_place
from huiyin.people.roles import can

add_place(
    Place(
        key="absences",
        label=_("Who is away"),
        icon="calendar-off",
        url_name="duty:absences",
        group="team",
        order=80,
        allowed=lambda person: can(person, "complaint.read"),
    )
)
