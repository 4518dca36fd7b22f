"""A notice on its way, several of them in one mail, who wants how many mails, and a message in somebody's inbox."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class State(models.TextChoices):
    """What became of a notice or a digest."""

    PENDING = "pending", _("menunggu")
    SENT = "sent", _("terkirim")
    SKIPPED = "skipped", _("dilewati")
    DEAD = "dead", _("gagal")


class MailChoiceQuerySet(models.QuerySet["MailChoice"]):
    """Choices, asked by whose they are."""

    def paces(self, user_ids: Collection[int]) -> dict[tuple[int, str], str]:
        """Return what each of these people chose, by person and group; who chose nothing wants each at once."""
        rows = self.filter(user_id__in=user_ids).values_list("user_id", "group", "pace")
        return {(user_id, group): pace for user_id, group, pace in rows}


class MailChoice(models.Model):
    """How one person wants the mails of one group of kinds. The inbox in the app gets everything all the same."""

    class Pace(models.TextChoices):
        NOW = "now", _("Langsung")
        DAILY = "daily", _("Ringkasan harian")
        OFF = "off", _("Tidak lewat surel")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices")
    group = models.CharField(max_length=20)
    pace = models.CharField(max_length=8, choices=Pace.choices)
    changed_at = models.DateTimeField(default=clock.now)

    objects = MailChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilihan surel")
        verbose_name_plural = _("pilihan surel")
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="notices_mailchoice_once_per_group")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.group} {self.pace}"


class Digest(models.Model):
    """One mail that carries several notices. Once closed nothing joins it, so that a second try says the same."""

    class Sort(models.TextChoices):
        DAILY = "daily", _("harian")
        BURST = "burst", _("beruntun")

    lock_rank = "digest"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    sort = models.CharField(max_length=8, choices=Sort.choices)
    group = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("ringkasan")
        verbose_name_plural = _("ringkasan")
        constraints = [
            models.UniqueConstraint(fields=["user", "sort", "group"], condition=Q(closed_at=None), name="notices_digest_one_open")
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(state="pending"), name="notices_digest_due")]

    def __str__(self) -> str:
        return f"digest:{self.pk}"


class Notice(models.Model):
    """One thing to tell one person by one channel, once. The payload holds ids only; words are made at sending."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("surel")
        APP = "app", _("kotak masuk")

    dedup_key = models.CharField(max_length=160)
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
    digest = models.ForeignKey(Digest, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        constraints = [
            models.UniqueConstraint(fields=["dedup_key"], name="notices_notice_key"),
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(email=""), name="notices_notice_has_a_recipient"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="pending"), name="notices_notice_due"),
            models.Index(fields=["ref", "kind"], name="notices_notice_about"),
            models.Index(fields=["user", "sent_at"], condition=Q(channel="email", state="sent"), name="notices_notice_mailed"),
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
