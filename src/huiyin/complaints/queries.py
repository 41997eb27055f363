"""Who sees which case: one rule for list, detail, count, search, export and API (decision 9)."""

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import promises, rules
from huiyin.complaints.models import Action, Claim, Complaint, Interest, NumberAlias, Task
from huiyin.people.models import Person
from huiyin.people.roles import Role, can
from huiyin.rules import Refusal

# What a case opened by its number says of the reader's own interest in it: the reason, or nothing.
OWN_INTEREST = "own_interest"


class ChangedMeanwhile(Refusal):
    rule = rules.UNCHANGED
    sentence = _("Somebody else has just worked on this case; nothing of yours was written.")
    unblock = _("Look at what changed, then send your part again; your text is still there.")


def visible_to(person: Person) -> QuerySet[Complaint]:
    """Every case this person may open. Administrators see none; handlers those they take part in.

    Whoever has something to do or to recover in a case sees what for: tasks, actions of the department, claims (S2-54).
    """
    if not person.is_active:
        return Complaint.objects.none()
    if can(person, "complaint.read_all") or can(person, "complaint.read_masked"):
        return Complaint.objects.all()
    if not can(person, "complaint.read"):
        return Complaint.objects.none()
    mine = Q(owner=person) | Q(handler=person)
    mine |= Q(pk__in=Task.objects.filter(assignee=person).values("complaint_id"))
    doing = Q(assignee=person)
    if person.department_id is not None:
        mine |= Q(department_id=person.department_id)
        doing |= Q(department_id=person.department_id)
    mine |= Q(pk__in=Action.objects.filter(doing).values("complaint_id"))
    return Complaint.objects.filter(mine | Q(pk__in=claims_of(person).values("complaint_id")))


def claims_of(person: Person) -> QuerySet[Claim]:
    """Claims against third parties that this person follows up; finance follows up every one (S0-55)."""
    return Claim.objects.all() if person.has_role(Role.FINANCE) else Claim.objects.filter(owner=person)


def by_number(person: Person, number: str) -> Complaint | None:
    """The visible case with this number, also by a number it once had; nothing when there is none to see."""
    wanted = number.strip().upper()
    own = Interest.objects.filter(complaint=OuterRef("pk"), person=person).values("reason")
    rows = visible_to(person).annotate(**{OWN_INTEREST: Subquery(own[:1])})
    rows = rows.select_related("owner__department", "handler", "department", "customer")
    aliases = NumberAlias.objects.filter(number=wanted).values("complaint_id")
    return only(rows.filter(number=wanted)) or only(rows.filter(pk__in=aliases))


def only(rows: QuerySet[Complaint]) -> Complaint | None:
    """The one row there can be, or nothing. `first()` would sort, and Django compares every column to sort by one."""
    return next(iter(rows.order_by()[:1]), None)


def sees_contacts(person: Person, complaint: Complaint) -> bool:
    """Whether the person may reveal contacts: owner, and handler where the pack says so (S0-06, AMB-13)."""
    if complaint.owner_id == person.pk:
        return True
    if complaint.handler_id != person.pk:
        return False
    return promises.pack_of(complaint).settings.privacy_full_view == "owner_and_handler"


def require_unchanged(complaint_id: int, seen: int) -> None:
    """Lock the case and refuse when its timeline went on since the page showed it (flow-04)."""
    if Complaint.objects.locked(complaint_id).last_number != seen:
        raise ChangedMeanwhile()
