"""Finance writes down a maker's tax letter, and when it ends early."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import verb
from bebeli.orders.models import TaxLetter
from bebeli.sellers.models import Seller


@dataclass(frozen=True)
class LetterWish:
    """What finance copies from the paper."""

    seller: str
    kind: str
    number: str
    valid_from: date
    valid_until: date


@verb
def record_tax_letter(wish: LetterWish, user_id: int) -> TaxLetter:
    """Write a letter down; it counts for sales from its first day to its last. Raises InvalidInput at the field."""
    seller = Seller.objects.filter(slug=wish.seller).first()
    if seller is None:
        raise InvalidInput("no_seller", _("Toko itu tidak ada. Tulis alamat pendek tokonya."), field="toko")
    if wish.kind not in TaxLetter.Kind.values:
        raise InvalidInput("bad_kind", _("Pilih jenis suratnya."), field="surat")
    if not wish.number.strip():
        raise InvalidInput("number_needed", _("Tulis nomor suratnya."), field="nomor")
    if wish.valid_until < wish.valid_from:
        raise InvalidInput("bad_days", _("Hari terakhir tidak boleh sebelum hari pertama."), field="sampai")
    if wish.kind == TaxLetter.Kind.STATEMENT and wish.valid_until.year != wish.valid_from.year:
        raise InvalidInput("bad_days", _("Surat pernyataan berlaku untuk satu tahun pajak saja."), field="sampai")
    try:
        with transaction.atomic():
            return TaxLetter.objects.create(
                seller=seller,
                kind=wish.kind,
                number=" ".join(wish.number.split())[:60],
                valid_from=wish.valid_from,
                valid_until=wish.valid_until,
                recorded_by_id=user_id,
            )
    except IntegrityError as error:
        raise InvalidInput("letter_known", _("Surat dengan nomor ini sudah dicatat."), field="nomor") from error


@verb
def end_tax_letter(letter_id: int, user_id: int) -> TaxLetter:
    """Let a letter hold no longer than today, because the turnover passed its limit; what was sold stays as it was."""
    letter = TaxLetter.objects.get(pk=letter_id)
    if letter.valid_until < clock.today():
        raise Refused("letter_over", _("Surat ini sudah tidak berlaku."))
    letter.valid_until = max(clock.today(), letter.valid_from - timedelta(days=1))
    letter.ended_by_id = user_id
    letter.save()
    return letter
