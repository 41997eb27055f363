"""Ratings by dimension, and checklists item by item."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Complaint


class Assessment(models.Model):
    """One rating of all dimensions: what was expected or what was felt, said by the customer or by an inspector."""

    class Side(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        ACTUAL = "actual", _("Felt")

    class Rater(models.TextChoices):
        CUSTOMER = "customer", _("Customer")
        INSPECTOR = "inspector", _("Inspector")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices)
    rater = models.CharField(max_length=10, choices=Rater.choices)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["complaint", "side", "rater"], name="quality_assessment_of_case"),)

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.side}"


class Score(models.Model):
    """The points of one dimension, 0 to 100."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    dimension = models.CharField(max_length=64)
    points = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["assessment", "dimension"], name="quality_one_score_per_dimension"),
            models.CheckConstraint(condition=Q(points__gte=0) & Q(points__lte=100), name="quality_points_of_100"),
        )

    def __str__(self) -> str:
        return f"{self.dimension} {self.points}"


class Checklist(models.Model):
    """One filled checklist of a case."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["complaint", "code"], name="quality_checklist_of_case"),)

    def __str__(self) -> str:
        return self.code


class ChecklistItem(models.Model):
    """Whether one item was kept, and what shows it."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=64)
    kept = models.BooleanField()
    evidence = models.CharField(max_length=500)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["checklist", "code"], name="quality_one_answer_per_item"),)

    def __str__(self) -> str:
        return self.code
