"""The journal of stock, and promises made from it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class StockMovement(models.Model):
    """One change of `on_hand`; append-only. `ref` names the business event above without a key to it."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("stok awal")
        ADJUSTMENT = "adjustment", _("penyesuaian")
        SALE = "sale", _("terjual")
        RETURN = "return", _("kembali")
        REPLACEMENT = "replacement", _("pengganti")
        WRITE_OFF = "write_off", _("tidak bisa dijual lagi")

    variant = models.ForeignKey("catalog.Variant", on_delete=models.PROTECT, related_name="movements", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    delta = models.IntegerField()
    on_hand_after = models.IntegerField()
    ref = models.CharField(max_length=40, blank=True)
    idem_key = models.CharField(max_length=64)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("gerak stok")
        verbose_name_plural = _("gerak stok")
        constraints = [
            models.UniqueConstraint(fields=["idem_key"], name="catalog_movement_key"),
            models.CheckConstraint(condition=~Q(delta=0), name="catalog_movement_moves"),
            models.CheckConstraint(condition=Q(on_hand_after__gte=0), name="catalog_movement_never_below_zero"),
        ]
        indexes = [
            models.Index(fields=["variant", "-id"], name="catalog_movement_journal"),
            models.Index(fields=["ref"], name="catalog_movement_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.delta:+d}"


class Reservation(models.Model):
    """A promise of stock to an order line, with an end. Held becomes claimed or released, once."""

    class State(models.TextChoices):
        HELD = "held", _("ditahan")
        CLAIMED = "claimed", _("diambil")
        RELEASED = "released", _("dilepas")

    variant = models.ForeignKey("catalog.Variant", on_delete=models.PROTECT, related_name="reservations")
    quantity = models.PositiveIntegerField()
    ref = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    until = models.DateTimeField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("stok ditahan")
        verbose_name_plural = _("stok ditahan")
        constraints = [
            models.UniqueConstraint(fields=["ref", "variant"], condition=Q(state="held"), name="catalog_reservation_held_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="catalog_reservation_quantity"),
        ]
        indexes = [
            models.Index(fields=["ref"], name="catalog_reservation_ref"),
            models.Index(fields=["until"], condition=Q(state="held"), name="catalog_reservation_due"),
            models.Index(fields=["variant"], condition=Q(state="held"), name="catalog_reservation_of_variant"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.state}"
