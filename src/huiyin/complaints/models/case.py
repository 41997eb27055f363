"""The case itself: who complains, about what, who owns it, where it stands."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.states import Outcome, State
from huiyin.people.models import Customer, Department


class Emotion(models.IntegerChoices):
    """One ordered list (S0-08): a later entry can be compared with an earlier one."""

    CALM = 1, _("Calm")
    ANXIOUS = 2, _("Anxious")
    DISAPPOINTED = 3, _("Disappointed")
    ANGRY = 4, _("Angry")
    HOSTILE = 5, _("Hostile")


class Channel(models.TextChoices):
    PHONE = "phone", _("Telephone")
    TICKET = "ticket", _("Ticket")
    SOCIAL = "social", _("Social platform")
    EMAIL = "email", _("E-mail")
    PORTAL = "portal", _("Web portal")
    STORE = "store", _("In person")
    LETTER = "letter", _("Letter")
    API = "api", _("Connected system")
    IMPORT = "import", _("Imported")


class ComplaintManager(models.Manager["Complaint"]):
    def locked(self, complaint_id: int) -> "Complaint":
        """The row under a lock that lasts until the transaction ends; every step begins with it."""
        return self.select_for_update().get(pk=complaint_id)


OPEN = Q(next_due_at__isnull=False)


class Complaint(models.Model):
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.RECEIVED)
    outcome = models.CharField(max_length=24, choices=Outcome.choices, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    category = models.CharField(max_length=64, blank=True)
    profile = models.CharField(max_length=24, blank=True)
    order_number = models.CharField(max_length=64, blank=True)
    product = models.CharField(max_length=120, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    # The policy of this day applies to what is owed (S2-39).
    purchased_on = models.DateField(null=True, blank=True)
    minor = models.BooleanField(default=False)
    compound = models.BooleanField(default=False)
    escalated = models.BooleanField(default=False)
    media = models.BooleanField(default=False)
    external = models.BooleanField(default=False)
    unreasonable = models.BooleanField(default=False)
    # Many are concerned, or more than one department (S4-121).
    wide = models.BooleanField(default=False)
    # The customer's expectation is a matter of his own needs or character (S3-23).
    difficult = models.BooleanField(default=False)
    # The newest note of what kind of caller it is, in short (S2-48); the notes themselves are rows of their own.
    caller = models.CharField(max_length=12, blank=True)
    # Something is noted of expectations, a bottom line or the law; most cases never bargain, and ask no table for it.
    bargained = models.BooleanField(default=False)
    # Few cases have these; an index over all the empty ones would only mislead the planner.
    repeat_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    returned_count = models.PositiveSmallIntegerField(default=0)
    admitted = models.BooleanField(default=False)
    # The nearest open due time, kept by promises.py so that the queue is one indexed scan.
    next_due_at = models.DateTimeField(null=True, blank=True)
    stage_since = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)
    last_number = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, blank=True)

    objects = ComplaintManager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | ~Q(outcome=""), name="a_closed_complaint_has_an_outcome"
            ),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="a_complaint_is_not_its_own_twin"),
        )
        # An open case has a next due time and nothing else has one, so these indexes hold open cases alone.
        indexes = (
            models.Index(fields=["next_due_at", "id"], name="open_by_due", condition=OPEN),
            models.Index(fields=["owner", "next_due_at", "id"], name="open_by_owner", condition=OPEN),
            models.Index(fields=["handler", "next_due_at", "id"], name="open_by_handler", condition=OPEN),
            models.Index(fields=["state", "next_due_at", "id"], name="open_by_state", condition=OPEN),
            models.Index(fields=["category", "next_due_at", "id"], name="open_by_category", condition=OPEN),
            models.Index(
                fields=["owner", "next_due_at"], name="open_waiting", condition=Q(waiting_since__isnull=False)
            ),
            models.Index(fields=["next_due_at", "id"], name="open_compound", condition=Q(compound=True)),
            models.Index(fields=["next_due_at", "id"], name="open_escalated", condition=Q(escalated=True)),
            models.Index(fields=["next_due_at", "id"], name="open_media", condition=Q(media=True)),
            models.Index(fields=["next_due_at", "id"], name="open_external", condition=Q(external=True)),
            models.Index(fields=["-closed_at", "-id"], name="closed_lately", condition=Q(closed_at__isnull=False)),
            models.Index(
                fields=["category", "-closed_at", "-id"],
                name="closed_by_category",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(fields=["repeat_of"], name="repeats", condition=Q(repeat_of__isnull=False)),
            models.Index(fields=["merged_into"], name="merged", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["customer", "-received_at"], name="by_customer"),
            models.Index(fields=["-received_at", "-id"], name="by_received"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED


class NumberAlias(models.Model):
    """A number that once belonged to a case and must resolve for ever (merges, imports)."""

    number = models.CharField(max_length=64, unique=True)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="aliases")

    def __str__(self) -> str:
        return self.number


class NumberCounter(models.Model):
    """The last running number given on one day."""

    day = models.DateField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.last}"


class Registration(models.Model):
    """The four elements 人、事、情、求 (S0-05); demands are rows of their own."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="registration")
    complainant = models.CharField(max_length=200)
    card_number = models.CharField(max_length=64, blank=True)
    object = models.CharField(max_length=200)
    happened_on = models.DateField(null=True, blank=True)
    happened_where = models.CharField(max_length=200, blank=True)
    happened_step = models.CharField(max_length=200, blank=True)
    matter = models.TextField()
    emotion_note = models.CharField(max_length=500)
    restated = models.TextField(blank=True)
    restatement_confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.object


class EmotionEntry(models.Model):
    """One reading in the series (S0-08)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="emotions")
    level = models.PositiveSmallIntegerField(choices=Emotion.choices)
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=12, default="person")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return str(self.get_level_display())


class Demand(models.Model):
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="demands")
    rank = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    must = models.BooleanField(default=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("rank", "id")
        constraints = (models.UniqueConstraint(fields=["complaint", "rank"], name="one_demand_per_rank"),)

    def __str__(self) -> str:
        return f"{self.rank} {self.text}"


class Interest(models.Model):
    """Somebody complained about, or with an interest in the case: neither handler nor approver (ENG-15)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="interests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    complained_about = models.BooleanField(default=True)
    reason = models.CharField(max_length=300)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["complaint", "person"], name="one_interest_per_person"),)

    def __str__(self) -> str:
        return self.reason


class Confirmation(models.Model):
    """The second person's part of a move marked †: asked by one, confirmed or declined by another."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="confirmations")
    move = models.CharField(max_length=32)
    round = models.PositiveSmallIntegerField()
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["complaint", "move"], condition=Q(confirmed=None), name="one_open_confirmation_per_move"
            ),
        )

    def __str__(self) -> str:
        return self.move


class Override(models.Model):
    """A named leader lets one rule pass in one round, and says why; the timeline holds it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="overrides")
    round = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=16)
    reason = models.CharField(max_length=500)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["complaint", "round", "rule"], name="one_override_per_rule_and_round"),
        )

    def __str__(self) -> str:
        return self.rule


class SearchText(models.Model):
    """The tokens a case is found by; full-text indexes stand on this table (migration 0004)."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, primary_key=True, related_name="+")
    tokens = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)
