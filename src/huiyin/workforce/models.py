"""When people are away, and who stands in for them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Person


class AbsenceKind(models.TextChoices):
    LEAVE = "leave", _("On leave")
    SICK = "sick", _("Sick leave")
    TRAINING = "training", _("In training")
    OFF_SHIFT = "off_shift", _("Off shift")
    OTHER = "other", _("Other absence")


class Absence(models.Model):
    """A person is away from `from_at` up to, not including, `to_at`."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=AbsenceKind.choices, default=AbsenceKind.LEAVE)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    substitute = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(from_at__lt=F("to_at")), name="workforce_absence_has_length"),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("person")),
                name="workforce_nobody_stands_in_for_themselves",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("person", "to_at"), name="workforce_absence_person")]

    def __str__(self) -> str:
        return f"absence of {self.person_id}"
