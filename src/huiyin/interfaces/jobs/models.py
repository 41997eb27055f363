"""The mark of a database that `demo` made."""

from django.db import models


class Demonstration(models.Model):
    """This database was made by `demo`: without this row nothing is ever dropped.

    `footprint` counts what people write, as it stood when the demo was loaded; `links` holds secret links into the
    complainant's pages, which a demonstration may show.
    """

    made_at = models.DateTimeField()
    footprint = models.JSONField(default=dict)
    links = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
