"""A notice on its way, and a message in somebody's in-app inbox."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class Notice(models.Model):
    """One thing to tell one person by one channel, once. The payload holds ids only; words are made at sending."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("surel")
        APP = "app", _("kotak masuk")

    class State(models.TextChoices):
        PENDING = "pending", _("menunggu")
        SENT = "sent", _("terkirim")
        SKIPPED = "skipped", _("dilewati")
        DEAD = "dead", _("gagal")

    dedup_key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="notices")
    email = models.EmailField(max_length=254, blank=True)
    guest_language = models.CharField(max_length=2, default="id", db_default="id")
    ref = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(email=""), name="notices_notice_has_a_recipient")
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="pending"), name="notices_notice_due"),
            models.Index(fields=["ref", "kind"], name="notices_notice_about"),
        ]

    def __str__(self) -> str:
        return self.dedup_key

    @property
    def address(self) -> str:
        """Where an e-mail goes."""
        return self.user.email if self.user is not None else self.email

    @property
    def language(self) -> str:
        """The recipient's language."""
        return self.user.language if self.user is not None else self.guest_language


class InboxMessageQuerySet(models.QuerySet["InboxMessage"]):
    """Messages, asked by whose they are."""

    def of(self, user_id: int | None) -> InboxMessageQuerySet:
        """A person's own, newest first."""
        return self.filter(user_id=user_id or 0).order_by("-id")

    def unread_count(self, user_id: int | None) -> int:
        """How many a person has not opened, up to 99."""
        return self.filter(user_id=user_id, read_at=None)[:99].count() if user_id else 0


class InboxMessage(models.Model):
    """What a notice said, in the recipient's language of that day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbox")
    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="message")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    body = models.TextField()
    url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = InboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesan kotak masuk")
        verbose_name_plural = _("pesan kotak masuk")
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_inbox_of_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notices_inbox_unread"),
        ]

    def __str__(self) -> str:
        return self.title
