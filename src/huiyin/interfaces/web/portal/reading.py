"""Everything a page of the complainant is made of, read once: his own case, and of it only what is his to see.

Public events and messages alone are read; notes, evidence, tasks, findings and approvals never leave the database here.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Max, Q

from huiyin.complaints import promises
from huiyin.complaints.kinds import KINDS, Audience
from huiyin.complaints.models import (
    Action,
    Callback,
    Complaint,
    CustomerAnswer,
    Direction,
    Event,
    Interaction,
    Option,
    Plan,
    Promise,
    PromiseKind,
)
from huiyin.complaints.permissions import CASE
from huiyin.complaints.states import State
from huiyin.files.models import StoredFile
from huiyin.people.actors import Actor, ActorKind
from huiyin.people.models import Customer, Person
from huiyin.policy.packs.schema import Pack

PUBLIC = tuple(kind.code for kind in KINDS.values() if kind.audience is Audience.PUBLIC)
FILE_ADDED = "file.added"
SHOWN_OPTIONS = (Option.Status.OFFERED, Option.Status.CHOSEN, Option.Status.EXECUTED)


@dataclass(frozen=True)
class Facts:
    """The rows behind the complainant's pages, and the moment they were read."""

    complaint: Complaint
    customer: Customer
    now: datetime
    pack: Pack
    promises: tuple[Promise, ...]
    options: tuple[Option, ...]
    actions: tuple[Action, ...]
    callbacks: tuple[Callback, ...]
    answers: tuple[CustomerAnswer, ...]
    events: tuple[Event, ...]
    messages: tuple[Interaction, ...]
    files: tuple[StoredFile, ...]
    people: dict[int, Person]

    @property
    def state(self) -> State:
        return State(self.complaint.state)

    @cached_property
    def offered(self) -> tuple[Option, ...]:
        """What he may choose from now."""
        return tuple(
            row
            for row in self.options
            if row.status == Option.Status.OFFERED and row.plan.status == Plan.Status.OFFERED
        )

    @property
    def seen(self) -> int:
        """The newest thing on this page that is his to see; a form carries it back."""
        return max((event.number for event in self.events), default=0)

    @cached_property
    def of_round(self) -> tuple[CustomerAnswer, ...]:
        return tuple(row for row in self.answers if row.round == self.complaint.round)

    def answered(self, kind: CustomerAnswer.Kind) -> CustomerAnswer | None:
        """His last answer of this kind in this round."""
        return next((row for row in reversed(self.of_round) if row.kind == kind), None)

    @cached_property
    def owner(self) -> Person | None:
        return self.people.get(self.complaint.owner_id)

    @cached_property
    def latest_from_us(self) -> Interaction | None:
        return next((row for row in reversed(self.messages) if row.direction == Direction.OUT), None)


def load(complaint: Complaint, now: datetime) -> Facts:
    """Read what the pages show of one case; a fixed number of queries however long its story is."""
    messages = tuple(
        Interaction.objects.filter(complaint=complaint)
        .exclude(direction=Direction.NOTE)
        .defer("salt")
        .order_by("at", "pk")
    )
    wanted = {complaint.owner_id} | {row.person_id for row in messages if row.direction == Direction.OUT}
    people = Person.objects.filter(pk__in=[one for one in wanted if one]).prefetch_related("roles")
    return Facts(
        complaint=complaint,
        customer=complaint.customer,
        now=now,
        pack=promises.pack_of(complaint),
        promises=tuple(_promises(complaint)),
        options=tuple(_options(complaint)),
        actions=tuple(
            Action.objects.filter(complaint=complaint, round=complaint.round).exclude(status=Action.Status.CANCELLED)
        ),
        callbacks=tuple(Callback.objects.filter(complaint=complaint, round=complaint.round)),
        answers=tuple(CustomerAnswer.objects.filter(complaint=complaint)),
        events=tuple(_events(complaint)),
        messages=messages,
        files=tuple(his_files(complaint)),
        people={person.pk: person for person in people},
    )


def _promises(complaint: Complaint) -> list[Promise]:
    """What was said to him, in the order it was said, and the clock of the stage he waits in."""
    rows = Promise.objects.filter(complaint=complaint)
    rows = rows.filter(Q(kind=PromiseKind.SPOKEN) | Q(kind=PromiseKind.STAGE, ended_at=None))
    return list(rows.order_by("made_at", "pk"))


def _options(complaint: Complaint) -> list[Option]:
    rows = Option.objects.filter(plan__complaint=complaint, plan__round=complaint.round, status__in=SHOWN_OPTIONS)
    return list(rows.select_related("plan").prefetch_related("lines", "answers").order_by("plan__number", "rank"))


def _events(complaint: Complaint) -> list[Event]:
    """Public events, and the files he brought himself."""
    his_own = Q(kind=FILE_ADDED, actor_kind=ActorKind.CUSTOMER)
    return list(Event.objects.filter(Q(kind__in=PUBLIC) | his_own, complaint=complaint).order_by("number"))


def his_files(complaint: Complaint) -> list[StoredFile]:
    """What he brought himself, and what was marked for him to see."""
    his = Q(public_to_customer=True) | Q(uploaded_by=Actor.customer(complaint.customer).label)
    rows = StoredFile.objects.filter(his, owner_kind=CASE, owner_id=complaint.pk, disposed_at=None)
    return list(rows.order_by("pk"))


def newest_public(complaint: Complaint) -> int:
    """The number of the newest event that is his to see."""
    his_own = Q(kind=FILE_ADDED, actor_kind=ActorKind.CUSTOMER)
    rows = Event.objects.filter(Q(kind__in=PUBLIC) | his_own, complaint=complaint)
    return int(rows.aggregate(newest=Max("number"))["newest"] or 0)
