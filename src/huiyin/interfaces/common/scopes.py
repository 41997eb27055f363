"""What a token may be used for: each scope opens some of what its person may do, never more."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """Scopes from the least to the gravest; a token holds any number of them."""

    READ = "read", _("Read the cases, lists and numbers this person sees")
    RECEIVE = "receive", _("File new complaints and enquiries")
    WRITE = "write", _("Work on cases: messages, forms, evidence, plans, actions, callbacks")
    DECIDE = "decide", _("Assign, approve, confirm, refuse, close and reopen")
    REVEAL = "reveal", _("Show contacts in full, each time with a reason")


# Which scope a capability falls under when an operation needs it; what is not named here is everyday work.
BY_CAPABILITY: dict[str, Scope] = {
    "complaint.receive": Scope.RECEIVE,
    "complaint.read": Scope.READ,
    "complaint.read_all": Scope.READ,
    "complaint.read_masked": Scope.READ,
    "complaint.reveal": Scope.REVEAL,
    "complaint.assign": Scope.DECIDE,
    "complaint.change_owner": Scope.DECIDE,
    "complaint.confirm_unfounded": Scope.DECIDE,
    "complaint.approve": Scope.DECIDE,
    "complaint.override": Scope.DECIDE,
    "complaint.refuse_above_standard": Scope.DECIDE,
    "complaint.settle_externally": Scope.DECIDE,
    "complaint.withdraw": Scope.DECIDE,
    "complaint.close": Scope.DECIDE,
    "complaint.reopen": Scope.DECIDE,
}


def scope_for(capability: str) -> Scope:
    """Give the scope a token needs for what asks for this capability."""
    return BY_CAPABILITY.get(capability, Scope.WRITE)
