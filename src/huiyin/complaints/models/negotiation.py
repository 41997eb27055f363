"""What the customer expects, made clear and ranked, and how the conversation about it is prepared."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Channel, Complaint, Demand
from huiyin.complaints.models.inquiry import Evidence


class Source(models.TextChoices):
    """Where an expectation comes from (S3-21 to S3-23)."""

    HISTORY = "history", _("Earlier experience")
    ADVERTISED = "advertised", _("Our advertising")
    REPUTATION = "reputation", _("Word of mouth")
    PERSONAL = "personal", _("Personal need or character")
    RIGHT = "right", _("Law, contract or policy")
    OTHER = "other", _("Not known yet")


class Weight(models.TextChoices):
    """What the customer himself said he can do without (S3-33)."""

    MUST = "must", _("Must")
    MAY = "may", _("Negotiable")
    DROP = "drop", _("Can be dropped")


class Expectation(models.Model):
    """One thing the customer expects: his own words beside what was made of them (S3-33, S3-36 to S3-38)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="expectations")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    said = models.CharField(max_length=500, blank=True)
    fuzzy = models.BooleanField(default=False)
    implicit = models.BooleanField(default=False)
    unrealistic = models.BooleanField(default=False)
    precise = models.CharField(max_length=300, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    remedy = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.OTHER)
    source_note = models.CharField(max_length=300, blank=True)
    # The same promise of ours, however it was written; what marketing is asked about (S3-22).
    source_key = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    weight = models.CharField(max_length=4, choices=Weight.choices, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    replacement = models.CharField(max_length=300, blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    alternative = models.CharField(max_length=300, blank=True)
    proved_by = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = (models.F("rank").asc(nulls_last=True), "id")
        indexes = (models.Index(fields=["source_key"], name="advertised_promises", condition=~Q(source_key="")),)
        constraints = (
            models.UniqueConstraint(
                fields=["complaint", "rank"],
                condition=Q(rank__isnull=False, dropped_at=None),
                name="one_expectation_per_rank",
            ),
        )

    def __str__(self) -> str:
        return self.precise or self.said

    @property
    def is_precise(self) -> bool:
        """Measurable: a time, an amount, or words that say what exactly."""
        return bool(self.precise.strip() and (not self.fuzzy or self.due_at or self.amount is not None))

    @property
    def hidden(self) -> bool:
        """Unspoken, and not confirmed by the customer yet (S3-37)."""
        return self.implicit and self.confirmed_at is None

    @property
    def settled(self) -> bool:
        """Realistic, or replaced by something that is, or refused with an alternative (S3-38, S3-39)."""
        refused = bool(self.refusal.strip() and self.alternative.strip())
        return not self.unrealistic or bool(self.replacement.strip()) or refused


class AskedQuestion(models.Model):
    """One question put to the customer and what he answered; asked one at a time (S3-32, S3-34)."""

    class Kind(models.TextChoices):
        ELSE = "else", _("What else?")
        CLARIFY = "clarify", _("What exactly?")
        CONFIRM = "confirm", _("Is this what you expect?")
        WEIGH = "weigh", _("How much does it matter?")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="asked_questions")
    expectation = models.ForeignKey(
        Expectation, on_delete=models.PROTECT, related_name="questions", null=True, blank=True
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    question = models.CharField(max_length=300)
    answer = models.CharField(max_length=500)
    via = models.CharField(max_length=12, choices=Channel.choices)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.question


class ExpectationAnswer(models.Model):
    """What one option makes of one expectation: met, something instead, or dropped (S3-35)."""

    class Kind(models.TextChoices):
        MET = "met", _("Met")
        INSTEAD = "instead", _("Something instead")
        DROPPED = "dropped", _("Not met")

    option = models.ForeignKey("Option", on_delete=models.PROTECT, related_name="expected")
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["option", "expectation"], name="one_answer_per_expectation"),)

    def __str__(self) -> str:
        return self.kind


class Negotiation(models.Model):
    """The preparation of a hard conversation: facts, intent, goal, opening, what both sides gain (S3-27, S4-125)."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="negotiation")
    facts = models.TextField(blank=True)
    intent = models.CharField(max_length=500, blank=True)
    goal = models.CharField(max_length=300, blank=True)
    opening = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    steps = models.CharField(max_length=500, blank=True)
    law = models.CharField(max_length=500, blank=True)
    evidence_request = models.CharField(max_length=500, blank=True)
    alternatives = models.CharField(max_length=500, blank=True)
    gain_customer = models.CharField(max_length=300, blank=True)
    gain_company = models.CharField(max_length=300, blank=True)
    long_term = models.CharField(max_length=300, blank=True)
    checks = models.JSONField(default=list)
    bottom_line_met = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    needs = models.CharField(max_length=500, blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.goal


class Scene(models.Model):
    """How the conversation may go, and what we do then (S4-125)."""

    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="scenes")
    place = models.PositiveSmallIntegerField()
    situation = models.CharField(max_length=300)
    response = models.CharField(max_length=500)

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=["negotiation", "place"], name="scenes_are_numbered"),)

    def __str__(self) -> str:
        return self.situation


class Principle(models.Model):
    """The bottom line of a case in money and words; it holds once somebody else approved it (S4-126)."""

    class Decision(models.TextChoices):
        PENDING = "pending", _("Pending")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="principles")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    text = models.CharField(max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(decision="pending"), name="one_principle_waits_per_case"
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount}"


class Concession(models.Model):
    """One step of giving way: from what to what, why, and what was obtained for it (S3-25)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="concessions")
    number = models.PositiveSmallIntegerField()
    before = models.DecimalField(max_digits=14, decimal_places=2)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reason = models.CharField(max_length=300)
    obtained = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["complaint", "number"], name="concessions_are_numbered"),)

    def __str__(self) -> str:
        return f"{self.before} → {self.amount}"


class Entitlement(models.Model):
    """What was shown of one purchase, for the four bases of the law; each condition with its evidence (S3-26)."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="entitlement")
    price = models.DecimalField(max_digits=14, decimal_places=2)
    refund = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    loss = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    household_price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    promised = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    promise_source = models.CharField(max_length=300, blank=True)
    # Condition by its code → the evidence that shows it.
    shown = models.JSONField(default=dict)
    ruled_out = models.JSONField(default=list)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.price}"
