"""What is kept about the shelves themselves: when one changed, which files were loaded, which cards were put aside."""

from django.conf import settings
from django.db import models

from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models.entry import Entry


class Shelf(models.Model):
    """One kind of entries; every change gives it another stamp, so that whoever keeps a copy sees at once it is old."""

    kind = models.CharField(max_length=12, choices=Kind.choices, unique=True)
    stamp = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.kind} {self.stamp}"


class Seeding(models.Model):
    """The files that were loaded last, by the hash over all of them."""

    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]


class Dismissal(models.Model):
    """A coaching card somebody put aside in one matter; `about` names it, as the number of a case."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "about", "entry"], name="put_aside_once"),)

    def __str__(self) -> str:
        return self.about
