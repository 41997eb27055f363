"""Who signed in, who looked at what, and who changed whose account."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.people.models.customers import Customer
from huiyin.people.models.staff import Person


class AccessKind(models.TextChoices):
    VIEW = "view", _("Opened the case")
    REVEAL = "reveal", _("Revealed a contact")
    EXPORT = "export", _("Exported")


class AccessLog(models.Model):
    """One look at somebody's data. Views are logged once per person, case and hour."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=AccessKind.choices)
    complaint_id = models.BigIntegerField(null=True, blank=True)
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    hour = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "complaint_id", "hour"), condition=Q(kind="view"), name="people_view_once_an_hour"
            ),
            models.CheckConstraint(
                condition=Q(kind="view") | ~Q(reason=""), name="people_reveal_and_export_have_a_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("complaint_id", "at"), name="people_access_case"),
            models.Index(fields=("at",), name="people_access_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.person_id}"


class SignIn(models.Model):
    """One browser signed in, until its session ends."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=64, unique=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    device = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("person", "ended_at"), name="people_sign_in_open")]

    def __str__(self) -> str:
        return f"sign-in of {self.person_id}"


class PersonChange(models.Model):
    """What an administrator changed about an account: roles, department, activity, password."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("person", "at"), name="people_change_person")]

    def __str__(self) -> str:
        return f"{self.field} of {self.person_id}"
