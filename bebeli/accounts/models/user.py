"""A person, known by e-mail. Roles are rows elsewhere, never flags here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class UserManager(BaseUserManager["User"]):
    """Makes people; an e-mail is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a person."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a person by e-mail, in any case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person."""

    email = models.EmailField(_("surel"), max_length=254, unique=True)
    name = models.CharField(_("nama"), max_length=120, blank=True)
    phone = models.CharField(_("telepon"), max_length=16, blank=True)
    language = models.CharField(_("bahasa"), max_length=2, default="id", choices=[("id", "Indonesia"), ("en", "English")])
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=clock.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("orang")
        verbose_name_plural = _("orang")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_one_per_email")]

    def __str__(self) -> str:
        return self.email

    @property
    def first_name(self) -> str:
        """The name one greets with."""
        return self.name.split(" ", 1)[0] if self.name else self.email.split("@", 1)[0]


class Appointment(models.Model):
    """A duty at the regency's office: who may verify, pay, or look on."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("petugas dinas")
        FINANCE = "finance", _("keuangan")
        AUDITOR = "auditor", _("auditor")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=10, choices=Role.choices)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("penunjukan")
        verbose_name_plural = _("penunjukan")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=models.Q(until=None), name="accounts_appointment_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Consent(models.Model):
    """What a person agreed to, for one purpose, when; a withdrawal is one more row."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    given = models.BooleanField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("persetujuan data")
        verbose_name_plural = _("persetujuan data")
        indexes = [models.Index(fields=["user", "purpose", "-at"], name="accounts_consent_latest")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given}"
