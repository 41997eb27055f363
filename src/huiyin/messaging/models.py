"""What goes out, to whom nothing may go, and what staff are told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    PORTAL = "portal", _("Portal")
    CONSOLE = "console", _("Console")


class Status(models.TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    BLOCKED = "blocked", _("Held back: the recipient wants no such messages")
    WITHDRAWN = "withdrawn", _("Taken back before it was sent")


class Outgoing(models.Model):
    """One message going out, with what became of it; it is written in the transaction that wants it sent."""

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=8, choices=Channel)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField()
    language = models.CharField(max_length=16)
    # What it is about, as the rooms above name it: a complaint's public number, a task.
    reference = models.CharField(max_length=80, blank=True, default="")
    status = models.CharField(max_length=9, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    provider_reason = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["reference", "-id"], name="outgoing_reference"),
            models.Index(fields=["-id"], name="outgoing_unsent", condition=Q(sent_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.key} {self.status}"


class DoNotContact(models.Model):
    """An address to which nothing may be sent; the sender asks this table before each message."""

    kind = models.CharField(max_length=8, choices=(("phone", _("Phone")), ("email", _("E-mail"))))
    value = models.CharField(max_length=254)
    reason = models.CharField(max_length=200)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    added_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "value"], condition=Q(lifted_at__isnull=True), name="one_do_not_contact_per_address"
            ),
        )

    def __str__(self) -> str:
        return f"do not contact {self.pk} ({self.kind})"


class Notice(models.Model):
    """One line under the bell of one person; it holds numbers and codes, never personal data."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "key"], name="one_notice_per_key"),)
        indexes = (
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["person", "-at", "-id"], name="notice_newest"),
        )

    def __str__(self) -> str:
        return f"notice {self.pk} ({self.kind})"
