"""What the events of an inquiry say besides their title; `facts.py` holds the others."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from huiyin.complaints.guards import weighing
from huiyin.complaints.models import FeeBearer, FieldVisit, NetworkTriage, Stance, StationStep

if TYPE_CHECKING:
    from huiyin.interfaces.web.desk.presenters.facts import Told


def matter(told: "Told") -> str:
    """The cause or the account an event is about, in words."""
    about = told.data.get("about", "")
    try:
        return weighing.title_of(told.pack, about)
    except KeyError:
        return ""


def _bears(told: "Told") -> list[str]:
    return [told.texts.get("title", ""), told.label(Stance, "stance"), matter(told)]


def _weighed(told: "Told") -> list[str]:
    return [matter(told)]


def _appraisal(told: "Told") -> list[str]:
    fee = told.money("fee")
    bearer = told.label(FeeBearer, "bearer")
    paid = _("fee %(fee)s, borne by: %(bearer)s") % {"fee": fee, "bearer": bearer} if fee else ""
    return [told.texts.get("body", ""), paid]


def _partner(told: "Told") -> list[str]:
    due = told.moment("due")
    until = _("until %(time)s") % {"time": due} if due else ""
    return [told.texts.get("party", ""), str(told.data.get("reference", "")), until]


def _visit(told: "Told") -> list[str]:
    return [told.label(FieldVisit.Verdict, "verdict"), told.texts.get("place", ""), told.texts.get("met", "")]


def _bill(told: "Told") -> list[str]:
    known = told.data.get("minimum_met")
    met = "" if known is None else _("minimum spend met") if known else _("minimum spend not met")
    return [_("due %(amount)s") % {"amount": told.money("due")}, met, told.texts.get("source", "")]


def _part(told: "Told") -> list[str]:
    titles = {leaf.code: str(leaf.title) for leaf in told.pack.leaves}
    return [titles.get(told.data.get("category", ""), ""), told.departments.get(told.data.get("department", 0), "")]


def _meeting(told: "Told") -> list[str]:
    names = "、".join(told.people[one] for one in told.data.get("people", ()) if one in told.people)
    return [_("One voice: %(voice)s") % {"voice": told.texts.get("voice", "")}, names]


def _past(told: "Told") -> list[str]:
    return [told.departments.get(told.data.get("department", 0), "")]


def _network(told: "Told") -> list[str]:
    known = (told.label(NetworkTriage.Stream, "stream"), told.label(StationStep.Kind, "step"))
    return [*known, told.texts.get("place", ""), told.texts.get("what", "")]


SAYS: "dict[str, Callable[[Told], list[str]]]" = {
    "visit.reported": _visit,
    "bill.recalculated": _bill,
    "part.added": _part,
    "network.triaged": _network,
    "site.demanded": _network,
    "network.tested": _network,
    "station.step": _network,
    "meeting.recorded": _meeting,
    "contact.direct": _past,
    "partner.asked": _partner,
    "partner.reminded": _partner,
    "partner.withdrawn": _partner,
    "partner.answered": _partner,
    "evidence.bears": _bears,
    "evidence.weighed": _weighed,
    "appraisal.commissioned": _appraisal,
    "appraisal.concluded": _appraisal,
    "appraisal.abandoned": _appraisal,
}
