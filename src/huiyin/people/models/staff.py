"""Departments, the people who work in them, and the roles they hold."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.people.roles import Role


class Theme(models.TextChoices):
    SYSTEM = "system", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Density(models.TextChoices):
    COMFORTABLE = "comfortable", _("Comfortable")
    COMPACT = "compact", _("Compact")


class TenureLayer(models.TextChoices):
    """Which training layer a person belongs to (S0-41 to S0-43)."""

    NEWCOMER = "newcomer", _("Newcomer")
    REGULAR = "regular", _("Regular staff")
    EXPERIENCED = "experienced", _("Experienced staff")


class Department(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    head = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Rows of staff; sign-in names are found without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=(username or "").strip().casefold())


class Person(AbstractBaseUser):
    """Somebody who works here. Never deleted: a leaver is deactivated."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    language = models.CharField(max_length=16, default="zh-hans")
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    theme = models.CharField(max_length=16, choices=Theme.choices, default=Theme.SYSTEM)
    density = models.CharField(max_length=16, choices=Density.choices, default=Density.COMFORTABLE)
    joined_on = models.DateField(null=True, blank=True)
    tenure_layer = models.CharField(max_length=16, choices=TenureLayer.choices, default=TenureLayer.REGULAR)
    is_active = models.BooleanField(default=True)
    password_due = models.BooleanField(default=False)
    password_is_demo = models.BooleanField(default=False)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def role_codes(self) -> frozenset[str]:
        """Codes of the roles held; uses `prefetch_related("roles")` when the query asked for it."""
        return frozenset(row.role for row in self.roles.all())

    @property
    def duty_words(self) -> str:
        """The roles held, in the reader's language, for the corner that says who is signed in."""
        return gettext(", ").join(str(role.label) for role in Role if role in self.role_codes)

    def has_role(self, role: Role | str) -> bool:
        return str(role) in self.role_codes


class PersonRole(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=32, choices=Role.choices)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("person", "role"), name="people_one_row_per_role")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"
