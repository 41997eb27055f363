"""One table: what was attached, by whom, to what."""

from django.db import models


class StoredFile(models.Model):
    """One attached file; its bytes lie in the data folder under a random name."""

    name = models.CharField(max_length=120)
    stored_as = models.CharField(max_length=32, unique=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    # What it belongs to: a kind somebody registered in files.permission, and that thing's number.
    owner_kind = models.CharField(max_length=40)
    owner_id = models.PositiveBigIntegerField()
    # Who attached it, as a label without personal data: person:7, customer:12, system(mail).
    uploaded_by = models.CharField(max_length=80)
    at = models.DateTimeField()
    public_to_customer = models.BooleanField(default=False)
    # Hashes of the pictures made from it, without its metadata; empty where none could be made.
    picture_sha256 = models.CharField(max_length=64, blank=True, default="")
    thumbnail_sha256 = models.CharField(max_length=64, blank=True, default="")
    disposed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["owner_kind", "owner_id"], name="file_owner"),)

    def __str__(self) -> str:
        return f"file {self.pk} ({self.media_type}, {self.size} bytes)"

    @property
    def has_picture(self) -> bool:
        return bool(self.picture_sha256)
