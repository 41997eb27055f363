"""What arrives, what is said, and what somebody is still writing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Channel, Complaint
from huiyin.people.models import Customer, Department


class Intake(models.Model):
    """Whatever arrives is a row; only complaints become cases."""

    class Status(models.TextChoices):
        NEW = "new", _("New")
        COMPLAINT = "complaint", _("Became a complaint")
        JOINED = "joined", _("Joined to a case")
        ANSWERED = "answered", _("Answered")
        PASSED_ON = "passed_on", _("Passed on")
        PARKED = "parked", _("Parked")
        JUNK = "junk", _("Not a message")

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("Complaint")
        ENQUIRY = "enquiry", _("Enquiry")
        REPORT = "report", _("Report")
        SUGGESTION = "suggestion", _("Suggestion")
        PRAISE = "praise", _("Praise")

    channel = models.CharField(max_length=12, choices=Channel.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.COMPLAINT)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NEW)
    reason = models.CharField(max_length=300, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_value = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    received_at = models.DateTimeField()
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="intakes", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.received_at:%Y-%m-%d}"


class Enquiry(models.Model):
    """A question passed to a department: answered within the pack's limit (S4-98, S4-99)."""

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="enquiry")
    contact_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40)
    question = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    passed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["due_at"], name="open_enquiries", condition=Q(answered_at=None) & Q(breached_at=None)),
        )

    def __str__(self) -> str:
        return self.contact_name


class Direction(models.TextChoices):
    IN = "in", _("From the customer")
    OUT = "out", _("To the customer")
    NOTE = "note", _("Internal note")


class Apology(models.TextChoices):
    NONE = "", _("No apology")
    REGRET = "regret", _("Regret, fault left open")
    LIABILITY = "liability", _("On behalf of the company")


class Interaction(models.Model):
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="interactions")
    direction = models.CharField(max_length=4, choices=Direction.choices)
    medium = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    text = models.TextField()
    salt = models.CharField(max_length=32)
    at = models.DateTimeField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    apology = models.CharField(max_length=10, choices=Apology.choices, blank=True)
    move = models.CharField(max_length=32, blank=True)
    proactive = models.BooleanField(default=False)
    asks_where_it_stands = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=["at"], name="unanswered_inbound", condition=Q(direction="in") & Q(answered_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.direction} {self.at:%Y-%m-%d %H:%M}"


class CustomerAnswer(models.Model):
    """What the customer decided, told by himself or recorded from the telephone; never a move by itself."""

    class Kind(models.TextChoices):
        RESTATEMENT = "restatement", _("Confirmed the restatement")
        CHOICE = "choice", _("Chose an option")
        OBJECTION = "objection", _("Objected to the options")
        ACCEPT = "accept", _("Accepted the result")
        REJECT = "reject", _("Rejected the result")
        UNDERSTOOD = "understood", _("Understood the explanation")
        NEW_EVIDENCE = "new_evidence", _("Brought new evidence")
        WITHDRAW = "withdraw", _("Withdrew the complaint")
        NUDGE = "nudge", _("Asked to hurry")
        ASK_PERSON = "ask_person", _("Asked for a person")
        ASK_SUPERIOR = "ask_superior", _("Asked for a superior")
        RATE = "rate", _("Rated")
        REOPEN = "reopen", _("Asked to reopen")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    round = models.PositiveSmallIntegerField()
    option = models.ForeignKey("Option", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # About the matter, and about how it felt (S3-02).
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    feeling = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    via = models.CharField(max_length=12, choices=Channel.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ContactAttempt(models.Model):
    """A try to reach the customer who does not answer (AMB-40)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="contact_attempts")
    round = models.PositiveSmallIntegerField()
    medium = models.CharField(max_length=12, choices=Channel.choices)
    reached = models.BooleanField(default=False)
    final_notice = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.medium} {self.at:%Y-%m-%d}"


class Draft(models.Model):
    """Text somebody has not sent yet; kept across reloads and sign-ins."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="+")
    slot = models.CharField(max_length=32)
    text = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "complaint", "slot"], name="one_draft_per_slot"),)

    def __str__(self) -> str:
        return self.slot


class Follow(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="follows")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "complaint"], name="follow_once"),)

    def __str__(self) -> str:
        return str(self.complaint_id)


class Viewing(models.Model):
    """What a person has seen of a case, and when he last looked: unread mark and «who else is here»."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="viewings")
    seen_number = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "complaint"], name="view_once"),)

    def __str__(self) -> str:
        return str(self.seen_number)


class PortalAccess(models.Model):
    """The complainant's way in: a secret link shown once, and one-time codes. Only hashes are kept."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="portal_access")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    link_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    code_hash = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.complaint_id)
