"""Staff, departments, customers and their identities, sign-ins, and the log of who looked at what."""

from .access import AccessKind, AccessLog, PersonChange, SignIn
from .customers import Customer, CustomerKind, Identity, IdentityKind, MergeProposal, MergeStatus, Tier
from .staff import Density, Department, Person, PersonRole, TenureLayer, Theme

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
