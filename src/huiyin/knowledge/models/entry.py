"""An entry of the knowledge base as it stands, and every version it ever had."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.knowledge.kinds import SHAPES, Kind, Shape


class Origin(models.TextChoices):
    SHIPPED = "shipped", _("Authored here")
    HOUSE = "house", _("Written in this house")


class Entry(models.Model):
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=500)
    # What it is filed under: the step of a script, the moment of a card, the caller of a playbook, the topic of a fact.
    topic = models.CharField(max_length=64, blank=True)
    scene = models.CharField(max_length=64, blank=True)
    content = models.JSONField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.HOUSE)
    # A person has changed it: a newer wording of ours is then offered beside it, never put over it (decision 2).
    by_hand = models.BooleanField(default=False)
    seed_hash = models.CharField(max_length=64, blank=True)
    offered = models.JSONField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("kind", "code")
        constraints = (models.UniqueConstraint(fields=["kind", "code"], name="one_entry_per_code"),)
        indexes = (
            models.Index(fields=["kind", "topic", "scene"], name="entries_filed"),
            models.Index(fields=["valid_to"], name="facts_running_out", condition=models.Q(kind="fact")),
            models.Index(fields=["kind"], name="entries_offered", condition=models.Q(offered__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.kind}:{self.code}"

    @property
    def shape(self) -> Shape:
        return SHAPES[self.kind]


class VersionKind(models.TextChoices):
    SHIPPED = "shipped", _("Shipped")
    RENEWED = "renewed", _("Newer wording of ours")
    WRITTEN = "written", _("Written")
    EDITED = "edited", _("Edited")
    ADOPTED = "adopted", _("Newer wording taken over")
    RETIRED = "retired", _("Retired")
    RESTORED = "restored", _("Restored")


class Version(models.Model):
    """What an entry said from then on: who wrote it, when and why. Written once, never changed."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=VersionKind.choices)
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["entry", "number"], name="one_version_per_number"),)

    def __str__(self) -> str:
        return f"{self.entry_id} v{self.number}"


class EntryText(models.Model):
    """The tokens an entry is found by; full-text indexes stand on this table."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="+")
    tokens = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)
