"""Companies that buy, and who buys for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    """A company, modern retailer or foreign buyer."""

    name = models.CharField(max_length=160)
    country = models.CharField(max_length=2, default="ID")
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("perusahaan")
        verbose_name_plural = _("perusahaan")

    def __str__(self) -> str:
        return self.name


class CompanyMember(models.Model):
    """A person who acts for a company."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="company_seats")

    class Meta:
        verbose_name = _("anggota perusahaan")
        verbose_name_plural = _("anggota perusahaan")
        constraints = [models.UniqueConstraint(fields=["company", "user"], name="accounts_company_member_once")]

    def __str__(self) -> str:
        return f"{self.company_id} {self.user_id}"
