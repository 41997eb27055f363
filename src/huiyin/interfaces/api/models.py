"""Tokens for programs that act for a person; only a digest of the secret is kept."""

from datetime import datetime

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """One token: whose it is, what it may do, until when. Its public beginning names it in logs."""

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
