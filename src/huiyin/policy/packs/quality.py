"""quality.toml: the dimensions of service quality with their weights, and the checklists that replace a bare mark."""

from django.utils.translation import gettext_lazy as _

from huiyin.policy.packs.reading import Table, unique
from huiyin.policy.packs.schema import Checklist, Dimension
from huiyin.policy.packs.sections import read_items

WHOLE_PERCENT = 100
ABOUT = ("case", "contact", "attitude")


def read_dimensions(sheet: Table) -> tuple[Dimension, ...]:
    """Read the dimensions; together they weigh exactly 100 (S3-08)."""
    found = []
    for table in sheet.tables("dimension"):
        weight = table.integer("weight", 0, WHOLE_PERCENT)
        found.append((table, Dimension(table.code(), table.title(), weight, table.text("source", ""))))
        table.finish()
    unique((table, dimension.code) for table, dimension in found)
    total = sum(dimension.weight for _table, dimension in found)
    if found and total != WHOLE_PERCENT:
        wrong = _("The weights add up to %(total)s, not to 100 (S3-08).")
        sheet.wrong("dimension.weight", wrong, str(WHOLE_PERCENT), total=total)
    return tuple(dimension for _table, dimension in found)


def read_checklists(sheet: Table) -> tuple[Checklist, ...]:
    found = []
    for table in sheet.tables("checklist"):
        listed = Checklist(
            code=table.code(),
            title=table.title(),
            about=table.choice("about", ABOUT),
            items=read_items(table, "item"),
            source=table.text("source", ""),
        )
        if not listed.items:
            table.wrong("item", _("The list is empty."), "[[checklist.item]]")
        table.finish()
        found.append((table, listed))
    unique((table, listed.code) for table, listed in found)
    return tuple(listed for _table, listed in found)
