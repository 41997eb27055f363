"""A question to somebody outside the house, and the link and codes by which he answers it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Complaint
from huiyin.complaints.models.inquiry import Evidence, Task


class PartnerRequest(models.Model):
    """One question to a carrier or merchant (S0-17, S4-118). Only digests of its link and codes are kept."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("Text message")

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Taken back")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="partner_requests")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="partner_request")
    # What the partner may quote when he calls; it says nothing of the case.
    reference = models.CharField(max_length=16, unique=True)
    party = models.CharField(max_length=120)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=16)
    question = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    link_hash = models.CharField(max_length=64, unique=True)
    links_sent = models.PositiveSmallIntegerField(default=1)
    code_hash = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(status="answered") | Q(answered_at__isnull=False, evidence__isnull=False),
                name="an_answer_is_evidence",
            ),
        )

    def __str__(self) -> str:
        return self.reference
