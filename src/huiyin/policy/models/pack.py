"""A pack as it was loaded: the frozen text that cases point to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PackKind(models.TextChoices):
    BASE = "base", _("Base pack")
    OVERLAY = "overlay", _("Overlay")


class PackVersion(models.Model):
    """One version of one pack; written once by `packs.store.load`, never changed afterwards (ENG-13)."""

    # Made from the content hash, so that a number never stands for another content, in any database: what has been
    # read once may stay in memory.
    id = models.BigIntegerField(primary_key=True)
    code = models.CharField(max_length=48)
    kind = models.CharField(max_length=8, choices=PackKind.choices, default=PackKind.BASE)
    version = models.CharField(max_length=32)
    content_hash = models.CharField(max_length=64, unique=True)
    in_force_from = models.DateTimeField()
    in_force_to = models.DateTimeField(null=True, blank=True)
    content = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ("code", "-in_force_from", "-id")
        indexes = (models.Index(fields=["code", "-in_force_from", "-id"], name="pack_in_force"),)
        constraints = (
            models.UniqueConstraint(fields=["code", "version"], name="one_content_per_pack_version"),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gt=F("in_force_from")),
                name="a_pack_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
