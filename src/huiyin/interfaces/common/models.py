"""The keys of requests that may be repeated, and how often something was tried from one place."""

from django.db import models


class IdempotencyKey(models.Model):
    """One request that was done, and what was answered; without a status it is being done."""

    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True, default="")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["scope", "key"], name="one_request_per_key"),)

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class Tries(models.Model):
    """How often something was tried by one source in one stretch of time; the source is a keyed digest."""

    scope = models.CharField(max_length=40)
    source = models.CharField(max_length=64)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["scope", "source", "since"], name="tries_counted_once"),)
        indexes = (models.Index(fields=["since"], name="tries_by_time"),)

    def __str__(self) -> str:
        return f"{self.scope} {self.count}"
