"""The roles people hold and what each role may do: the one place where capability is given."""

from collections.abc import Iterable
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.people.rules import DUTY
from huiyin.rules import Refusal


class Role(models.TextChoices):
    AGENT = "agent", _("Agent")
    DUTY_AGENT = "duty_agent", _("Duty agent")
    SUPERVISOR = "supervisor", _("Supervisor")
    MANAGER = "manager", _("Manager")
    LEADER = "leader", _("Leader")
    HANDLER = "handler", _("Handler")
    TECHNICIAN = "technician", _("Technician")
    EDITOR = "editor", _("Editor")
    SALESPERSON = "salesperson", _("Salesperson")
    FINANCE = "finance", _("Finance")
    INSPECTOR = "inspector", _("Inspector")
    TRAINER = "trainer", _("Trainer")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")


class NotYourDuty(Refusal):
    rule = DUTY
    sentence = _("This is not part of your duties.")
    unblock = _("Somebody with one of these roles may do it: %(roles)s.")


class HasRoles(Protocol):
    """Whoever holds roles: a person, or a test's stand-in."""

    is_active: bool

    @property
    def role_codes(self) -> frozenset[str]: ...


# Reading. `read`: cases one takes part in. `read_masked`: every case, contacts masked.
# `read_all`: every case, as its supervisor. Revealing a contact is always a step of its own.
_TAKES_PART = frozenset({"complaint.read", "complaint.note", "complaint.reveal"})

_AGENT = _TAKES_PART | {
    "complaint.read_masked",
    "complaint.receive",
    "complaint.acknowledge",
    "complaint.register",
    "complaint.settle_at_once",
    "complaint.message",
    "complaint.explain",
    "complaint.plan",
    "complaint.offer",
    "complaint.execute",
    "complaint.follow_up",
    "complaint.review",
    "complaint.withdraw",
    "complaint.link",
    "complaint.flag",
    "task.create",
    "task.complete",
}

_HANDLER = _TAKES_PART | {
    "complaint.investigate",
    "complaint.find",
    "complaint.plan",
    "complaint.execute",
    "task.complete",
}

_SUPERVISOR = _AGENT | {
    "complaint.read_all",
    "complaint.assign",
    "complaint.confirm_unfounded",
    "complaint.approve",
    "complaint.close",
    "complaint.reopen",
    "complaint.change_owner",
    "complaint.export",
    "absence.record",
    "customer.merge",
    "knowledge.edit",
    "report.read",
}

_LEADER = _TAKES_PART | {
    "complaint.read_masked",
    "complaint.read_all",
    "complaint.approve",
    "complaint.refuse_above_standard",
    "complaint.settle_externally",
    "complaint.override",
    "complaint.find",
    "complaint.follow_up",
    "complaint.export",
    "penalty.post",
    "report.read",
}

_SPECIALIST = _TAKES_PART | {"complaint.investigate", "task.complete"}
_COACH = frozenset({"rating.give", "library.read", "report.read"})

CAPABILITIES: dict[Role, frozenset[str]] = {
    Role.AGENT: frozenset(_AGENT),
    Role.DUTY_AGENT: frozenset(_AGENT | {"complaint.act_for_absent"}),
    Role.SUPERVISOR: frozenset(_SUPERVISOR),
    Role.MANAGER: frozenset(_SUPERVISOR),
    Role.LEADER: frozenset(_LEADER),
    Role.HANDLER: frozenset(_HANDLER),
    Role.TECHNICIAN: frozenset(_SPECIALIST),
    Role.EDITOR: frozenset(_SPECIALIST | {"knowledge.edit"}),
    Role.SALESPERSON: frozenset(_SPECIALIST),
    Role.FINANCE: frozenset({"complaint.read", "complaint.note", "task.complete", "report.read"}),
    Role.INSPECTOR: _COACH,
    Role.TRAINER: _COACH | {"training.run"},
    Role.ADMINISTRATOR: frozenset({"people.manage", "pack.manage", "channel.manage"}),
    Role.AUDITOR: frozenset({"complaint.read_masked", "log.read", "log.export", "report.read"}),
}

ALL_CAPABILITIES: frozenset[str] = frozenset().union(*CAPABILITIES.values())


def capabilities_of(roles: Iterable[str]) -> frozenset[str]:
    """Everything that somebody with these roles may do."""
    return frozenset().union(*(CAPABILITIES[Role(role)] for role in roles))


def can(person: HasRoles, capability: str) -> bool:
    """Whether the person may do it at all; whose case it is, is asked by the step itself.

    An unknown capability is a mistake in the program, never a silent no.
    """
    if capability not in ALL_CAPABILITIES:
        raise LookupError(f"No role gives the capability {capability!r}.")
    return person.is_active and any(capability in CAPABILITIES[Role(role)] for role in person.role_codes)


def require(person: HasRoles, capability: str) -> None:
    """Refuse whoever holds no role that gives the capability (S2-54)."""
    if not can(person, capability):
        raise refusal(capability)


def refusal(capability: str) -> NotYourDuty:
    """The refusal that names the roles which give the capability."""
    return NotYourDuty(capability=capability, roles=", ".join(str(role.label) for role in roles_with(capability)))


def roles_with(capability: str) -> list[Role]:
    """The roles that give a capability, in the order of the list above."""
    return [role for role in Role if capability in CAPABILITIES[role]]
