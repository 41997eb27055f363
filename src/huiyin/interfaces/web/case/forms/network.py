"""Technical triage of a network complaint: the stream, the field test, the plan of the week, the station repair."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.models import NetworkTriage, StationStep, WeeklyItem
from huiyin.complaints.steps import network
from huiyin.complaints.steps.network import NewTest, NewTriage
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import TimeField, YesNoField, line_field, radio_field, words_field
from huiyin.interfaces.web.case.items import ItemForm, chosen


class DegreesField(forms.DecimalField):
    """Decimal degrees, as a map or a telephone shows them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num"})
        super().__init__(max_digits=10, decimal_places=7, required=False, widget=widget, **kwargs)


class TriageForm(StepForm):
    """Which of the three streams a network complaint goes down."""

    stream = radio_field(gettext_lazy("What it is"), NetworkTriage.Stream.choices)
    place = line_field(gettext_lazy("Where"))
    latitude = DegreesField(label=gettext_lazy("Latitude"))
    longitude = DegreesField(label=gettext_lazy("Longitude"))
    grounds = words_field(gettext_lazy("What it rests on"), rows=3)

    button = gettext_lazy("Keep the triage")
    intro = gettext_lazy("Weak coverage at one place by several customers becomes a reason for a new station.")
    beside: ClassVar = (("place", "latitude", "longitude"),)
    optional = frozenset({"latitude", "longitude"})
    about: ClassVar = {rules.NETWORK_TRIAGE.code: "stream"}

    def take(self, complaint_id: int) -> object:
        names = ("stream", "place", "grounds", "latitude", "longitude")
        new = NewTriage(**{name: self.cleaned_data[name] for name in names})
        return network.triage(complaint_id, new, actor=self.here.actor, at=self.here.at)


class OfTriage(ItemForm):
    """A step about one triage of a stream."""

    item_label = gettext_lazy("Which triage")
    stream: ClassVar[str] = ""

    def items(self) -> list[tuple[int, str]]:
        rows = NetworkTriage.objects.filter(complaint=self.here.complaint, stream=self.stream)
        return [(row.pk, row.place) for row in rows]

    def triage(self, complaint_id: int) -> int:
        return chosen(NetworkTriage, complaint_id, self.cleaned_data["item"]).pk


class FieldTestForm(OfTriage):
    """What was measured; what helps goes into next week's plan."""

    stream = NetworkTriage.Stream.OPTIMISE

    tested_at = TimeField(label=gettext_lazy("When"))
    measured = words_field(gettext_lazy("What was measured"), rows=3)
    helps = YesNoField(label=gettext_lazy("Does optimising help?"))
    what = line_field(gettext_lazy("What is to be done next week"))

    button = gettext_lazy("Keep the test")
    optional = frozenset({"what"})
    about: ClassVar = {rules.TEST_TO_PLAN.code: "measured"}

    def prepare(self) -> None:
        self.initial["tested_at"] = self.here.at

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        new = NewTest(given["tested_at"], given["measured"], given["helps"] is True, given["what"])
        return network.record_test(self.triage(complaint_id), new, actor=self.here.actor, at=self.here.at)


class WeekDoneForm(ItemForm):
    """An item of the weekly plan ends with its result."""

    result = words_field(gettext_lazy("What came of it"), rows=3)

    item_label = gettext_lazy("Which item")
    button = gettext_lazy("Finish the item")
    about: ClassVar = {rules.TEST_TO_PLAN.code: "result"}

    def items(self) -> list[tuple[int, str]]:
        rows = WeeklyItem.objects.filter(complaint=self.here.complaint, done_at=None)
        return [(row.pk, row.what) for row in rows]

    def take(self, complaint_id: int) -> object:
        item, result = chosen(WeeklyItem, complaint_id, self.cleaned_data["item"]), self.cleaned_data["result"]
        return network.finish_item(item.pk, result=result, actor=self.here.actor, at=self.here.at)


class StationForm(OfTriage):
    """The next step of a station repair."""

    stream = NetworkTriage.Stream.STATION

    kind = radio_field(gettext_lazy("Which step"), StationStep.Kind.choices)
    text = words_field(gettext_lazy("What was found or done"), rows=3)
    works = YesNoField(label=gettext_lazy("Does it work, says the customer?"))

    button = gettext_lazy("Keep the step")
    intro = gettext_lazy("Indicators, then the fault point, then the repair on site, then the check with the customer.")
    optional = frozenset({"works"})
    about: ClassVar = {rules.STATION_ORDER.code: "kind"}

    def prepare(self) -> None:
        rows = NetworkTriage.objects.filter(complaint=self.here.complaint, stream=self.stream)
        meant = rows.filter(pk=self.here.item).first() if self.here.item.isdecimal() else rows.first()
        following = network.next_step(meant)[1] if meant is not None else None
        if following is not None:
            self.initial["kind"] = following
            self.fields["kind"].help_text = _("Next: %(step)s") % {"step": following.label}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return network.take_station_step(
            self.triage(complaint_id),
            given["kind"],
            text=given["text"],
            works=given["works"],
            actor=self.here.actor,
            at=self.here.at,
        )
