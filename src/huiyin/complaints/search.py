"""Finding cases by words: pairs of Han characters and whole Latin words, folded (so 退款 finds 退貨與退款)."""

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from huiyin.complaints import queries
from huiyin.complaints.models import Complaint, Demand, Interaction, Registration, SearchText
from huiyin.language.fold import Query, query, tokens
from huiyin.people.models import Person

FTS5 = "SELECT rowid FROM complaints_search WHERE complaints_search MATCH %s"
TSVECTOR = (
    "SELECT complaint_id FROM complaints_searchtext WHERE to_tsvector('simple', tokens) @@ to_tsquery('simple', %s)"
)


def index(complaint: Complaint) -> None:
    """Write what the case is found by: number, title, the customer's words, demands, messages, the customer's name."""
    form: Registration | None = getattr(complaint, "registration", None)
    parts = [
        *own_words(complaint),
        *((form.object, form.matter, form.complainant) if form else ()),
        *Demand.objects.filter(complaint=complaint).values_list("text", flat=True),
        *Interaction.objects.filter(complaint=complaint).values_list("text", flat=True),
    ]
    found_by = tokens("\n".join(part for part in parts if part))
    SearchText.objects.bulk_create(
        [SearchText(complaint=complaint, tokens=found_by)],
        update_conflicts=True,
        unique_fields=["complaint"],
        update_fields=["tokens"],
    )


def own_words(complaint: Complaint) -> list[str]:
    """What the row of the case itself is found by."""
    return [
        complaint.number,
        complaint.title,
        complaint.text,
        complaint.order_number,
        complaint.product,
        complaint.customer.name,
    ]


def find(person: Person, text: str) -> QuerySet[Complaint]:
    """The visible cases that hold every word of the text, newest first; nothing for an empty text."""
    asked = query(text)
    if not asked:
        return Complaint.objects.none()
    return queries.visible_to(person).filter(pk__in=_matching(asked)).order_by("-pk")


def _matching(asked: Query) -> RawSQL:
    if connection.vendor == "postgresql":
        return RawSQL(TSVECTOR, (asked.tsquery,))  # noqa: S611 - the statement is constant
    return RawSQL(FTS5, (asked.fts5,))  # noqa: S611
