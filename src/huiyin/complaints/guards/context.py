"""What a guard is given: the case, who acts, when, and one reading of what is written about it.

Whoever asks several guards asks them with one `Case`, so that each table is read once however many of them look at it:
a page for as long as it is made, a step for one check. What was written since is seen by the next reading.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, Max, OuterRef, Subquery, prefetch_related_objects

from huiyin.complaints import entitlement, expecting, promises
from huiyin.complaints.expecting import Talks
from huiyin.complaints.guards import proof
from huiyin.complaints.guards.proof import Proof
from huiyin.complaints.models import (
    Action,
    Approval,
    Callback,
    CallbackAttempt,
    CauseVerdict,
    Complaint,
    ContactAttempt,
    CustomerAnswer,
    Demand,
    Direction,
    Finding,
    Interaction,
    Interest,
    Option,
    Override,
    Plan,
    Promise,
    Registration,
    ResponsiblePerson,
    Review,
)
from huiyin.complaints.states import Seat
from huiyin.people.actors import Actor, ActorKind
from huiyin.people.models import Person
from huiyin.people.roles import Role, can
from huiyin.policy.compensation import Assessment
from huiyin.policy.packs.schema import Pack
from huiyin.workforce import availability


@dataclass(frozen=True)
class Said:
    """A message to the customer: when, and how it apologised."""

    at: datetime
    apology: str


@dataclass(frozen=True)
class Case:
    complaint: Complaint
    actor: Actor
    at: datetime

    @cached_property
    def pack(self) -> Pack:
        return promises.pack_of(self.complaint)

    @cached_property
    def seats(self) -> set[Seat]:
        return seats_of(self.complaint, self.actor, self.at)

    @cached_property
    def interest(self) -> Interest | None:
        """What whoever acts has to do with the matter himself (ENG-15)."""
        return interest_of(self.complaint, self.actor.person)

    @cached_property
    def blamed_in(self) -> frozenset[int]:
        """The rounds whose finding names whoever acts responsible (ENG-15)."""
        named = ResponsiblePerson.objects.filter(finding__complaint=self.complaint, person=self.actor.person)
        return frozenset(named.values_list("finding__round", flat=True)) if self.actor.person else frozenset()

    @cached_property
    def overridden(self) -> frozenset[str]:
        """Codes of the rules a leader let pass in this round."""
        rows = Override.objects.filter(complaint=self.complaint, round=self.complaint.round)
        return frozenset(rows.values_list("rule", flat=True))

    @cached_property
    def form(self) -> Registration | None:
        return getattr(self.complaint, "registration", None)

    @cached_property
    def demands(self) -> list[Demand]:
        """What the customer demands and has not dropped, in his order."""
        return list(self.complaint.demands.filter(dropped_at=None))

    @cached_property
    def spoken(self) -> list[Promise]:
        """Promises to the customer that run, the nearest first."""
        return promises.running_spoken(self.complaint)

    @property
    def ahead(self) -> list[Promise]:
        """What was promised to the customer for a time still ahead."""
        return [row for row in self.spoken if row.due_at > self.at]

    @cached_property
    def finding(self) -> Finding | None:
        """What was established in the present round."""
        return self.complaint.findings.filter(round=self.complaint.round).first()

    @cached_property
    def verdicts(self) -> list[CauseVerdict]:
        """The causes judged in the present round."""
        return list(self.complaint.causes.filter(round=self.complaint.round))

    @cached_property
    def proof(self) -> Proof:
        """What the register of proof says: kinds of evidence, what they bear on, what was weighed in this round."""
        return proof.read(self.complaint)

    @cached_property
    def plan(self) -> Plan | None:
        """The newest plan of the present round."""
        before = Approval.objects.filter(plan=OuterRef("pk"), afterwards=False)
        pending = before.filter(decision=Approval.Decision.PENDING).values("asked_by")
        rows = self.complaint.plans.filter(round=self.complaint.round).exclude(status=Plan.Status.SUPERSEDED)
        signed = Exists(before.filter(decision=Approval.Decision.APPROVED))
        return rows.annotate(signed=signed, asked_by=Subquery(pending[:1])).order_by("-number").first()

    @property
    def signed(self) -> bool:
        """Whether that plan was approved before it was offered."""
        return self.plan is not None and bool(vars(self.plan)["signed"])

    @property
    def asked_by(self) -> int | None:
        """Who put that plan up for the approval it waits for."""
        asked: int | None = vars(self.plan)["asked_by"] if self.plan is not None else None
        return asked

    @property
    def options(self) -> list[Option]:
        """The options of that plan, best first, with their remedies and answers."""
        return options_of(self.plan) if self.plan is not None else []

    @cached_property
    def talks(self) -> Talks:
        """What the customer expects, the sheet of the conversation and its bottom lines."""
        return expecting.talks(self.complaint)

    @cached_property
    def law(self) -> Assessment | None:
        """What the law gives on what was shown, where somebody measured it."""
        return entitlement.assessment(self.complaint)

    @cached_property
    def answers(self) -> list[CustomerAnswer]:
        """What the customer decided, in this round and before, the oldest first."""
        return list(self.complaint.answers.all())

    def answered(self, *kinds: str) -> list[CustomerAnswer]:
        """His answers of these kinds in the present round."""
        return [row for row in self.answers if row.kind in kinds and row.round == self.complaint.round]

    def answered_here(self, *kinds: str) -> list[CustomerAnswer]:
        """His answers of these kinds since the case stands where it stands."""
        return [row for row in self.answers if row.kind in kinds and row.at >= self.complaint.stage_since]

    @cached_property
    def told(self) -> list[Said]:
        """Every message that went out to the customer."""
        rows = Interaction.objects.filter(complaint=self.complaint, direction=Direction.OUT)
        return [Said(at, apology) for at, apology in rows.order_by("at").values_list("at", "apology")]

    @cached_property
    def actions(self) -> list[Action]:
        """What was to be carried out, in every round."""
        return list(self.complaint.actions.all())

    @cached_property
    def callbacks(self) -> list[Callback]:
        """The callbacks of the present round, by when they are due."""
        return list(self.complaint.callbacks.filter(round=self.complaint.round))

    @cached_property
    def tries(self) -> list[ContactAttempt]:
        """Every try to reach a customer who does not answer."""
        return list(self.complaint.contact_attempts.all())

    @cached_property
    def last_word(self) -> datetime:
        """When the customer was last heard: by message, by answer, or on the telephone."""
        heard = [
            Interaction.objects.filter(complaint=self.complaint, direction=Direction.IN),
            CallbackAttempt.objects.filter(callback__complaint=self.complaint, reached=True),
        ]
        times = [rows.aggregate(at=Max("at"))["at"] for rows in heard]
        times += [row.at for row in self.answers]
        times += [row.at for row in self.tries if row.reached]
        return max((at for at in times if at is not None), default=self.complaint.received_at)

    @cached_property
    def review(self) -> Review | None:
        return self.complaint.reviews.filter(round=self.complaint.round).first()


Guard = Callable[[Case], None]


def seats_of(complaint: Complaint, actor: Actor, at: datetime) -> set[Seat]:
    """How the actor sits towards the case: a customer never sits anywhere, the system sits in its own seat."""
    if actor.kind is ActorKind.SYSTEM:
        return {Seat.SYSTEM}
    person = actor.person
    if person is None or not person.is_active:
        return set()
    found = {Seat.RECEIVER} if can(person, "complaint.receive") else set()
    if person.pk == complaint.owner_id:
        found.add(Seat.OWNER)
    elif availability.acts_for(person, complaint.owner, at):
        found.add(Seat.DUTY)
    if person.pk == complaint.handler_id:
        found.add(Seat.HANDLER)
    if person.has_role(Role.SUPERVISOR) or person.has_role(Role.MANAGER):
        found.add(Seat.SUPERVISOR)
    if person.has_role(Role.LEADER):
        found.add(Seat.LEADER)
    return found


def interest_of(complaint: Complaint, person: Person | None) -> Interest | None:
    """What somebody declared, or others of him: he decides nothing here; asked once for each row in hand."""
    if person is None:
        return None
    prefetch_related_objects([complaint], "interests")
    return next((row for row in complaint.interests.all() if row.person_id == person.pk), None)


def options_of(plan: Plan) -> list[Option]:
    """The options of a plan, best first, with remedies and answers; asked once for each row in hand."""
    prefetch_related_objects([plan], "options__lines", "options__answers")
    return list(plan.options.all())
