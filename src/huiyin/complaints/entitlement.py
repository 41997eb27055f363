"""What the law gives in a case, measured on what was shown there with evidence (standards 4.7)."""

from huiyin.complaints.models import Complaint, Entitlement, Evidence
from huiyin.policy import compensation
from huiyin.policy.compensation import Assessment, Facts


def assessment(complaint: Complaint) -> Assessment | None:
    """The four bases on the facts of the case as they stand; nothing while nobody has measured it.

    A condition whose evidence was struck out since is no longer shown.
    """
    row = Entitlement.objects.filter(complaint=complaint).first() if complaint.bargained else None
    return None if row is None else measured(row)


def measured(row: Entitlement) -> Assessment:
    """The same for a row that is at hand."""
    standing = set(Evidence.objects.filter(complaint=row.complaint_id, struck_at=None).values_list("pk", flat=True))
    shown = frozenset(code for code, evidence in row.shown.items() if evidence in standing)
    return compensation.assess(
        Facts(
            price=row.price,
            refund=row.refund,
            loss=row.loss,
            household_price=row.household_price,
            promised=row.promised,
            shown=shown,
            ruled_out=frozenset(row.ruled_out),
        )
    )
