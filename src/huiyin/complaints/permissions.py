"""Who may read what is attached to a case: whoever may see the case, and the customer what he may see."""

from huiyin.complaints import queries
from huiyin.files import permission
from huiyin.people.models import Person

CASE = "complaint"


def register_all() -> None:
    permission.register(CASE, may_read)


def may_read(reader: object, complaint_id: int) -> bool:
    """Staff read the files of the cases they see; a complainant's own page asks through the portal."""
    return isinstance(reader, Person) and queries.visible_to(reader).filter(pk=complaint_id).exists()
