"""Carrying out, asking the customer, looking back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Channel, Complaint
from huiyin.complaints.models.solution import RemedyLine
from huiyin.files.models import StoredFile
from huiyin.people.models import Department


class Action(models.Model):
    """One thing that was promised and must be done, with proof (T18)."""

    class Status(models.TextChoices):
        OPEN = "open", _("To do")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="actions")
    round = models.PositiveSmallIntegerField()
    line = models.OneToOneField(RemedyLine, on_delete=models.PROTECT, related_name="action", null=True, blank=True)
    remedy = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    due_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    proof_kind = models.CharField(max_length=24, blank=True)
    proof_reference = models.CharField(max_length=120, blank=True)
    proof_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    customer_told_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrival_told_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(fields=["due_at"], name="actions_to_watch", condition=Q(status="open") & Q(breached_at=None)),
            models.Index(fields=["remedy", "-done_at"], name="actions_done", condition=Q(status="done")),
        )

    def __str__(self) -> str:
        return self.title


class Callback(models.Model):
    class Kind(models.TextChoices):
        NEXT_DAY = "next_day", _("Callback")
        VERIFY = "verify", _("Does it still work?")
        SURVEY = "survey", _("Survey")

    class Status(models.TextChoices):
        OPEN = "open", _("Due")
        REACHED = "reached", _("Reached")
        NOT_REACHED = "not_reached", _("Never reached")
        CANCELLED = "cancelled", _("Cancelled")

    class Satisfied(models.TextChoices):
        UNKNOWN = "", _("Not asked yet")
        YES = "yes", _("Satisfied")
        NO = "no", _("Not satisfied")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="callbacks")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    purpose = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    satisfied = models.CharField(max_length=3, choices=Satisfied.choices, blank=True)
    end_condition_met = models.BooleanField(default=False)
    matter_score = models.PositiveSmallIntegerField(null=True, blank=True)
    feeling_score = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    trust_gained = models.BooleanField(default=False)
    reached_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    breached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(
                fields=["due_at"], name="callbacks_to_watch", condition=Q(status="open") & Q(breached_at=None)
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())


class CallbackAttempt(models.Model):
    callback = models.ForeignKey(Callback, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    medium = models.CharField(max_length=12, choices=Channel.choices)
    reached = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Claim(models.Model):
    """Recovery from the responsible third party; it outlives the complaint (S0-55)."""

    class Status(models.TextChoices):
        OPENED = "opened", _("Opened")
        EVIDENCE_SENT = "evidence_sent", _("Evidence sent")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        AGREED = "agreed", _("Agreed")
        DISPUTED = "disputed", _("Disputed")
        RECOVERED = "recovered", _("Recovered")
        WRITTEN_OFF = "written_off", _("Written off")

    ENDED = (Status.RECOVERED, Status.WRITTEN_OFF)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="claims")
    party = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    basis = models.CharField(max_length=500)
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.OPENED)
    recovered = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["due_at"], name="claims_to_watch", condition=Q(ended_at=None) & Q(breached_at=None)),
        )

    def __str__(self) -> str:
        return self.party


class Review(models.Model):
    """The four summary answers (S4-123, S4-124) of one round."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    what_caused_it = models.TextField()
    what_we_learnt = models.TextField()
    how_to_avoid = models.TextField()
    what_to_improve = models.TextField()
    lesson = models.TextField(blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["complaint", "round"], name="one_review_per_round"),)

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.round}"


class ClosingQuestion(models.Model):
    """Improvement, penalty, case study: proposed, or none with a reason; rooms above answer by a step."""

    class Question(models.TextChoices):
        IMPROVEMENT = "improvement", _("Improvement")
        PENALTY = "penalty", _("Penalty")
        CASE_STUDY = "case_study", _("Case study")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="closing_questions")
    round = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=12, choices=Question.choices)
    proposed = models.BooleanField()
    text = models.TextField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["complaint", "round", "question"], name="one_answer_per_closing_question"),
        )

    def __str__(self) -> str:
        return self.question


class OutsideDecision(models.Model):
    """The agreement or decision of an outside body (T24), with its document."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="outside_decisions")
    body = models.CharField(max_length=200)
    agreement = models.BooleanField()
    summary = models.TextField()
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.body
