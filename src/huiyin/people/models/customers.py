"""Customers: one row per person, with the identities they are known by."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CustomerKind(models.TextChoices):
    POTENTIAL = "potential", _("Potential customer")
    NEW = "new", _("New customer")
    OLD = "old", _("Returning customer")


class Tier(models.TextChoices):
    NORMAL = "normal", _("Ordinary")
    GOLD = "gold", _("Gold card")


class IdentityKind(models.TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    OPENID = "openid", _("Messenger account")
    CARD = "card", _("Membership card")
    HANDLE = "handle", _("User name")


class MergeStatus(models.TextChoices):
    PROPOSED = "proposed", _("Merge proposed")
    MERGED = "merged", _("Merged")
    REJECTED = "rejected", _("Kept apart")


class Customer(models.Model):
    name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=16, choices=CustomerKind.choices, default=CustomerKind.NEW)
    tier = models.CharField(max_length=16, choices=Tier.choices, default=Tier.NORMAL)
    card_number = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=16, default="zh-hans")
    do_not_sms = models.BooleanField(default=False)
    preferences = models.TextField(blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"customer {self.pk}"


class Identity(models.Model):
    """A way to reach or recognise a customer: claimed by them, or verified by us."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="identities")
    kind = models.CharField(max_length=16, choices=IdentityKind.choices)
    value = models.CharField(max_length=200)
    normalized = models.CharField(max_length=200)
    verified_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("customer", "kind", "normalized"), name="people_identity_once"),
            models.UniqueConstraint(
                fields=("kind", "normalized"),
                condition=Q(verified_at__isnull=False),
                name="people_identity_verified_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("kind", "normalized"), name="people_identity_lookup")]

    def __str__(self) -> str:
        return f"{self.kind} of customer {self.customer_id}"

    @property
    def verified(self) -> bool:
        return self.verified_at is not None


class MergeProposal(models.Model):
    """Two customers who look like one person; only a named person decides."""

    first = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    identity_kind = models.CharField(max_length=16, choices=IdentityKind.choices)
    status = models.CharField(max_length=16, choices=MergeStatus.choices, default=MergeStatus.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="people_merge_pair_ordered"),
            models.UniqueConstraint(fields=("first", "second"), name="people_merge_pair_once"),
        ]

    def __str__(self) -> str:
        return f"customers {self.first_id} and {self.second_id}: {self.status}"
