"""Forms that measure service: a rating on the case page, an inspector's rating, a checklist."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.forms import WantedLine
from huiyin.interfaces.web.quality import points
from huiyin.interfaces.web.quality.points import Rating
from huiyin.people import roles
from huiyin.policy.packs.schema import Checklist, Pack
from huiyin.quality.assessing import Answer, NotWeighed
from huiyin.quality.models import Assessment


def callers(here: Here) -> None:
    """Whoever calls back, on a case whose packs weigh service."""
    roles.require(here.person, "complaint.follow_up")
    if not here.pack.dimensions:
        raise NotWeighed()


class CustomerRatingForm(StepForm):
    """What the customer expected and how it felt, by dimension, as he says when called back (S3-08, S3-19)."""

    button = gettext_lazy("Record the rating")
    intro = gettext_lazy(
        "Ask for points from 0 to 100: first what the customer expected, then how it was. One side may come later."
    )

    def prepare(self) -> None:
        self.fields.update(points.fields(self.here.pack))
        self.beside = points.pairs(self.here.pack)  # type: ignore[misc]  # the pack of this case names them
        self.optional = frozenset(self.fields)  # type: ignore[misc]

    def take(self, complaint_id: int) -> object:
        rating = Rating(Assessment.Rater.CUSTOMER, self.here.actor, self.here.at)
        return rating.record(self.here.complaint, self.cleaned_data)


class InspectorRatingForm(forms.Form):
    """What an inspector expected of the handling, and what he found."""

    def __init__(self, pack: Pack, data: Any = None) -> None:
        super().__init__(data)
        self.fields.update(points.fields(pack))


class ChecklistForm(forms.Form):
    """The items of a checklist, each kept or not, with what shows it (S3-15, S3-17, S3-18)."""

    def __init__(self, listed: Checklist, data: Any = None) -> None:
        super().__init__(data)
        self.listed = listed
        for item in listed.items:
            self.fields[kept(item.code)] = forms.BooleanField(
                label=_("%(item)s: kept") % {"item": item.title}, required=False
            )
            self.fields[item.code] = WantedLine(
                label=_("%(item)s: what was seen or heard") % {"item": item.title}, max_length=500
            )

    def answers(self) -> dict[str, Answer]:
        given = self.cleaned_data
        return {item.code: Answer(given[kept(item.code)], given[item.code]) for item in self.listed.items}


def kept(code: str) -> str:
    return f"{code}-kept"
