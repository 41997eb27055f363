"""Staff, departments, customers and their identities, sign-ins, and the log of who looked at what."""

from huiyin.people.models.access import AccessKind, AccessLog, PersonChange, SignIn
from huiyin.people.models.customers import (
    Customer,
    CustomerKind,
    Identity,
    IdentityKind,
    MergeProposal,
    MergeStatus,
    Tier,
)
from huiyin.people.models.staff import Density, Department, Person, PersonRole, TenureLayer, Theme

__all__ = [
    "AccessKind",
    "AccessLog",
    "Customer",
    "CustomerKind",
    "Density",
    "Department",
    "Identity",
    "IdentityKind",
    "MergeProposal",
    "MergeStatus",
    "Person",
    "PersonChange",
    "PersonRole",
    "SignIn",
    "TenureLayer",
    "Theme",
    "Tier",
]
