"""The keys of requests that may be repeated, how often something was tried from one place, tokens of programs."""

from datetime import datetime

from django.conf import settings
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


class ApiToken(models.Model):
    """A token for a program that acts for a person: what it may do, until when; only a digest of it is kept."""

    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["person", "-made_at"], name="tokens_of_person"),)

    def __str__(self) -> str:
        return f"{self.prefix} {self.name}"

    def is_good(self, at: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.revoked_at is None and at < self.expires_at
