"""How far somebody may go in a case: his own limit, and the bottom line that was approved for him (S2-37, S4-126)."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import promises, rules
from huiyin.complaints.models import Complaint, Principle
from huiyin.people.models import Person
from huiyin.policy import authority
from huiyin.rules import Refusal

REST = "*"


class BeyondOwnLimit(Refusal):
    rule = rules.WITHIN_AUTHORITY
    sentence = _("A bottom line of %(amount)s is beyond your own limit of %(limit)s.")
    unblock = _("Let somebody decide whose authority covers it.")


def limit_of(complaint: Complaint, person: Person) -> Decimal | None:
    """What this person may give in one case, all remedies together; None where nothing limits him."""
    limit = authority.limit_for(promises.base_pack(complaint), person.role_codes, REST)
    return Decimal("0.00") if limit is None else limit.per_case


def reach(complaint: Complaint, person: Person, principle: Principle | None) -> Decimal | None:
    """How far one may open: the approved bottom line where there is one, else the own limit; None where neither is."""
    return principle.amount if principle is not None else limit_of(complaint, person)


def reserve(complaint: Complaint, person: Person, principle: Principle | None, opening: Decimal) -> Decimal | None:
    """What is left between the opening and the end of one's reach; None where nothing limits (S2-37)."""
    end = reach(complaint, person, principle)
    return None if end is None else end - opening
