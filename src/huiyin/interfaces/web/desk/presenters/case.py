"""What the page of a case shows around its act area: header, promises, clocks, course, composer, who else is here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import lifecycle, preparation
from huiyin.complaints.models import Channel, Complaint, Event, Promise
from huiyin.complaints.states import GROUPS, Group, Outcome, Seat, State
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.components.shapes import Entry
from huiyin.interfaces.web.desk import acts, menu, reading
from huiyin.interfaces.web.desk.presenters.composer import Composer, composer
from huiyin.interfaces.web.desk.presenters.eyes import Eyes
from huiyin.interfaces.web.desk.presenters.live import tag_of
from huiyin.interfaces.web.desk.presenters.promises import Promised, promised
from huiyin.interfaces.web.desk.presenters.timeline import Course
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.policy.packs.schema import Pack

Words = str | LazyText
MARKS: tuple[tuple[str, Words, str], ...] = (
    ("escalated", gettext_lazy("Escalated"), "bad"),
    ("media", gettext_lazy("Media"), "bad"),
    ("external", gettext_lazy("Outside body"), "hold"),
    ("compound", gettext_lazy("Compound"), ""),
    ("minor", gettext_lazy("Minor"), ""),
    ("unreasonable", gettext_lazy("Unreasonable"), "warn"),
    ("wide", gettext_lazy("Wide"), ""),
    ("difficult", gettext_lazy("Hard to satisfy"), "warn"),
    ("admitted", gettext_lazy("Taken over"), "line"),
)
# The rail's names for the five groups.
RAIL = dict(zip(GROUPS, ("intake", "facts", "plan", "action", "wrap_up"), strict=True))


@dataclass(frozen=True)
class Tag:
    text: Words
    tone: str


@dataclass(frozen=True)
class Page:
    """One case as one person sees it now; parts are made when the page asks for them."""

    case: reading.Reading
    person: Person
    form_open: bool = False

    @property
    def complaint(self) -> Complaint:
        return self.case.complaint

    @property
    def now(self) -> datetime:
        return self.case.at

    @cached_property
    def pack(self) -> Pack:
        return self.case.pack

    @cached_property
    def eyes(self) -> Eyes:
        return Eyes(self.person, self.complaint)

    @cached_property
    def sits(self) -> set[Seat]:
        return self.case.seats

    @cached_property
    def story(self) -> reading.Story:
        return reading.story(self.complaint, self.person)

    @cached_property
    def onlookers(self) -> reading.Onlookers:
        return reading.among(self.story.words.looks, self.person, self.now)

    @property
    def others_tag(self) -> str:
        return tag_of(self.onlookers.others)

    @cached_property
    def promised(self) -> Promised:
        return promised(self.promises, self.eyes, self.now)

    @property
    def promises(self) -> list[Promise]:
        return self.case.promises

    @cached_property
    def next(self) -> acts.Next:
        return acts.next_act(self.case, self.sits)

    @cached_property
    def menu(self) -> list[tuple[Words, list[menu.Entry]]]:
        primary = None if self.form_open else self.next.act
        return menu.menu(self.complaint, self.person, self.sits, but=primary.step if primary else "")

    @cached_property
    def items(self) -> list[Entry]:
        seen = self.onlookers.mine.number if self.onlookers.mine else 0
        rows = {row.pk: row for row in self.promises}
        return Course(self.story, self.eyes, self.pack, rows, self.now, seen).entries()

    @cached_property
    def composer(self) -> Composer:
        return composer(self.complaint, self.eyes, self.sits, self.story.words)

    @property
    def title(self) -> str:
        return self.eyes.text(self.complaint.title)

    @property
    def tags(self) -> list[Tag]:
        found = [Tag(label, tone) for name, label, tone in MARKS if getattr(self.complaint, name)]
        if self.complaint.repeat_of_id is not None:
            found.insert(0, Tag(_("Repeated"), "warn"))
        return found

    @property
    def channel(self) -> str:
        return str(Channel(self.complaint.channel).label)

    @property
    def category(self) -> str:
        titles = {category.code: category.title for category in self.pack.categories}
        return str(titles.get(self.complaint.category, "")) if self.complaint.category else ""

    @property
    def outcome(self) -> str:
        return str(Outcome(self.complaint.outcome).label) if self.complaint.outcome else ""

    @property
    def followed(self) -> bool:
        return self.story.words.followed

    @property
    def before(self) -> int | None:
        """The number of the earliest event shown, when more lie before it."""
        return self.story.events[0].number if self.story.earlier and self.story.events else None

    @cached_property
    def moves(self) -> list[Event]:
        """The events that changed the state, as far as they are on the page."""
        return [
            event for event in self.story.events if event.data.get("state") and not event.kind.startswith("promise")
        ]

    @property
    def passed(self) -> set[str] | None:
        """The states the case has been in; unknown when its beginning is not on the page."""
        if not self.story.whole or self.complaint.admitted:
            return None
        been = {event.data["state"] for event in self.moves if event.data.get("round", 1) == self.complaint.round}
        return {*been, *(state.value for state in GROUPS[Group.INTAKE])}

    @property
    def rail_notes(self) -> Mapping[str, str]:
        """How long the case stayed in each group it has left."""
        return {RAIL[group]: times.duration(seconds) for group, seconds in self._stays().items() if seconds >= 60}

    def _stays(self) -> dict[Group, float]:
        stays: dict[Group, float] = {}
        if not self.story.whole or self.complaint.admitted:
            return stays
        for event, following in zip(self.moves, self.moves[1:], strict=False):
            group = lifecycle.group_of(event.data["state"])
            stays[group] = stays.get(group, 0) + (following.at - event.at).total_seconds()
        stays.pop(lifecycle.group_of(State(self.complaint.state)), None)
        return stays


def tabs_for(complaint: Complaint) -> Sequence[str]:
    """The side tabs that can have something to show at this point of the case."""
    known = ["overview", "guide", "promises", "evidence", "tasks"]
    again = complaint.round > 1 or complaint.state == State.CLOSED or complaint.admitted
    group = list(GROUPS).index(lifecycle.group_of(complaint.state))
    known += ["plan"] if again or group >= 2 else []
    known += ["negotiation"] if again or group >= 2 or complaint.bargained or preparation.is_hard(complaint) else []
    known += ["execution", "callbacks"] if again or group >= 3 else []
    known += ["claims"] if again or group >= 1 else []
    known += ["review"] if again or group >= 4 else []
    return [*known, "files", "people"]


def page(
    person: Person,
    complaint: Complaint,
    now: datetime,
    case: reading.Reading | None = None,
    *,
    form_open: bool = False,
) -> Page:
    """The page of a case; `case` is the reading its open form was made from, which is not read again."""
    return Page(case or reading.Reading(complaint, Actor.of(person), now), person, form_open)
