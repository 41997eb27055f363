"""What a guard is given: the locked case, who acts, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from huiyin.complaints import promises
from huiyin.complaints.models import Complaint, Finding, Override, Plan
from huiyin.people.actors import Actor
from huiyin.policy.packs.schema import Pack


@dataclass(frozen=True)
class Case:
    complaint: Complaint
    actor: Actor
    at: datetime

    @cached_property
    def pack(self) -> Pack:
        return promises.base_pack(self.complaint)

    @cached_property
    def finding(self) -> Finding | None:
        """What was established in the present round."""
        return Finding.objects.filter(complaint=self.complaint, round=self.complaint.round).first()

    @cached_property
    def plan(self) -> Plan | None:
        """The newest plan of the present round."""
        rows = Plan.objects.filter(complaint=self.complaint, round=self.complaint.round)
        return rows.exclude(status=Plan.Status.SUPERSEDED).order_by("-number").first()

    @cached_property
    def overridden(self) -> frozenset[str]:
        """Codes of the rules a leader let pass in this round."""
        rows = Override.objects.filter(complaint=self.complaint, round=self.complaint.round)
        return frozenset(rows.values_list("rule", flat=True))


Guard = Callable[[Case], None]
